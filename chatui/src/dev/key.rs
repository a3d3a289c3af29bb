//! The key of the page: who opens it by the address in the terminal sits at this machine. A name, an origin and an address tell
//! nothing of that, as whoever comes by a tunnel of plain TCP has all three.

use super::random;
use axum::http::{HeaderMap, HeaderValue};
use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
};

/// How the page says it.
const HEADER: &str = "x-chatui-dev";

/// Compares all of it in any case: how long that takes tells nothing.
pub(super) fn is_told(headers: &HeaderMap, key: &str) -> bool {
    let said = headers.get(HEADER).map(HeaderValue::as_bytes).unwrap_or_default();
    said.len() == key.len() && said.iter().zip(key.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// The key of the last build, so that a page that is open stays the person's over a rebuild: beside the binary, where nobody looks
/// who does not build it. None where nothing can be kept there.
pub(super) fn kept() -> Option<String> {
    kept_in(&std::env::current_exe().ok()?.with_extension("dev-key"))
}

fn kept_in(file: &Path) -> Option<String> {
    let read = || fs::read_to_string(file).ok().filter(|key| key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit()));
    read().or_else(|| {
        // Whole before it has its name: another process may be looking for it.
        let fresh = file.with_extension(random());
        let linked = write(&fresh).and_then(|()| fs::hard_link(&fresh, file));
        let _ = fs::remove_file(&fresh);
        // Whoever was first has named the key.
        linked.ok();
        read()
    })
}

fn write(file: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(random().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{is_told, kept_in};
    use axum::http::HeaderMap;

    #[test]
    fn only_the_whole_key_is_the_key() {
        let told = |said: &str| is_told(&HeaderMap::from_iter([("x-chatui-dev".parse().unwrap(), said.parse().unwrap())]), "0123abcd");
        assert!(told("0123abcd"));
        for wrong in ["", "0123abc", "0123abcde", "0123abce", "0123ABCD"] {
            assert!(!told(wrong), "{wrong}");
        }
        assert!(!is_told(&HeaderMap::new(), "0123abcd"));
    }

    #[test]
    fn a_key_outlives_the_process_and_is_its_users_alone() {
        let folder = std::env::temp_dir().join(format!("chatui-key-{}", super::random()));
        std::fs::create_dir(&folder).unwrap();
        let file = folder.join("app.dev-key");
        let key = kept_in(&file).unwrap();
        assert_eq!((key.len(), kept_in(&file)), (32, Some(key.clone())));
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions()) & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing else is left");
        assert_ne!(kept_in(&folder.join("other.dev-key")), Some(key));
        assert_eq!(kept_in(&folder.join("nowhere/app.dev-key")), None);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
