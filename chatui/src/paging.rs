//! How a list is cut into pages.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

/// So many entries on a page, and the cursors of all pages but the first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paging {
    pub(crate) size: usize,
    /// As a value: a Worker whose lists have one page each has nothing of how others are cut.
    pub(crate) cursors: Cursors,
}

/// Of a list, by its key, its entries and the size of its pages.
type Cursors = fn(&str, &[Box<RawValue>], usize) -> Vec<String>;

impl Paging {
    pub(crate) fn of(size: usize) -> Self {
        Paging { size, cursors }
    }
}

/// Each is a hash of the whole list and of the entry that it leads to: what another list gave, or this one as it was before, leads
/// nowhere.
fn cursors(key: &str, entries: &[Box<RawValue>], size: usize) -> Vec<String> {
    let mut whole = Sha256::new();
    whole.update(key);
    for entry in entries {
        whole.update(entry.get());
    }
    let cursor = |start: usize| {
        let mut hash = whole.clone();
        // As text: a Worker counts with 32 bits.
        hash.update(start.to_string());
        BASE64_URL_SAFE_NO_PAD.encode(&hash.finalize()[..12])
    };
    (size..entries.len()).step_by(size).map(cursor).collect()
}

#[cfg(test)]
mod tests {
    use super::cursors;
    use serde_json::value::{RawValue, to_raw_value};

    fn entries(count: u32) -> Vec<Box<RawValue>> {
        (0..count).map(|number| to_raw_value(&number).unwrap()).collect()
    }

    #[test]
    fn there_is_a_cursor_for_each_page_but_the_first() {
        assert_eq!(cursors("tools", &entries(4), 2).len(), 1);
        assert_eq!(cursors("tools", &entries(5), 2).len(), 2);
        assert_eq!(cursors("tools", &entries(2), 2), [""; 0]);
    }

    #[test]
    fn no_two_lists_have_the_same() {
        let one = cursors("tools", &entries(9), 2);
        assert_eq!(one, cursors("tools", &entries(9), 2), "and each always has its own");
        for other in [cursors("prompts", &entries(9), 2), cursors("tools", &entries(10), 2)] {
            assert!(one.iter().all(|cursor| !other.contains(cursor)));
        }
    }
}
