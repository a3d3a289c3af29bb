//! The committed corpora, findings among them, through the targets.

use fuzz_targets::TARGETS;
use std::{fs, path::Path};

#[test]
fn every_input_of_the_corpora_is_fine() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (name, run) in TARGETS {
        let mut files: Vec<_> = fs::read_dir(folder.join(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(files.len() >= 10, "{name} has a corpus");
        for file in files {
            // What a panic does not say.
            eprintln!("{}", file.display());
            run(&fs::read(&file).unwrap());
        }
    }
}
