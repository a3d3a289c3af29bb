//! What a client carries for this server from one request to the next: it can read it, and not change it.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::sync::Arc;

/// What seals: the first key; what opens: each of them. So a new secret can come in while states of the old one are on their way.
#[derive(Clone, Default)]
pub(crate) struct Keys(Arc<[Vec<u8>]>);

/// As long as what SHA-256 gives; a longer one seals no better.
const SHORTEST: usize = 32;

/// The bytes of a seal.
const SEAL: usize = 32;

impl Keys {
    /// Reads secrets, separated by white space.
    ///
    /// # Errors
    ///
    /// What is wrong with them, as the end of a sentence.
    pub(crate) fn read(secrets: &str) -> Result<Self, String> {
        let keys: Arc<[Vec<u8>]> = secrets.split_whitespace().map(|secret| secret.as_bytes().to_vec()).collect();
        match keys.iter().map(Vec::len).min() {
            None => Err("is empty".into()),
            Some(length) if length < SHORTEST => Err(format!("has {length} bytes, and one with fewer than {SHORTEST} can be guessed")),
            Some(_) => Ok(Keys(keys)),
        }
    }

    /// Keys that nobody else has, for as long as this process lives: for development, where std's own randomness is enough.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn of_this_process() -> Self {
        use std::hash::BuildHasher;
        let random = || std::collections::hash_map::RandomState::new().hash_one(0).to_le_bytes();
        Keys(Arc::new([std::iter::repeat_with(random).take(SHORTEST / 8).flatten().collect()]))
    }

    /// Text for a header or a member of JSON.
    pub(crate) fn seal(&self, content: &[u8]) -> String {
        let seal = self.0.first().map(|key| mac(key, content).finalize().into_bytes()).unwrap_or_default();
        BASE64_URL_SAFE_NO_PAD.encode([&seal, content].concat())
    }

    /// The content, if it was sealed here and nobody has changed it.
    pub(crate) fn open(&self, sealed: &str) -> Option<Vec<u8>> {
        let mut seal = BASE64_URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let content = (seal.len() > SEAL).then(|| seal.split_off(SEAL))?;
        // Compares in the same time wherever they differ.
        let fits = |key: &Vec<u8>| mac(key, &content).verify_slice(&seal).is_ok();
        self.0.iter().any(fits).then_some(content)
    }
}

/// Named, so that a secret which seals other things elsewhere seals none of these.
fn mac(key: &[u8], content: &[u8]) -> Hmac<Sha256> {
    // HMAC takes a key of any length.
    let key = Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default()));
    key.chain_update(b"chatui requestState 1\0").chain_update(content)
}

#[cfg(test)]
mod tests {
    use super::Keys;

    const SECRET: &str = "nobody-knows-this-one-nobody-knows";
    const OTHER: &str = "another-one-another-one-another-one";

    #[test]
    fn whatever_is_changed_is_refused() {
        let keys = Keys::read(SECRET).unwrap();
        let sealed = keys.seal(b"{\"until\":1}");
        assert_eq!(keys.open(&sealed).as_deref(), Some(&b"{\"until\":1}"[..]));
        for at in 0..sealed.len() {
            for letter in ["A", "B", "_", "-", "=", "", "é"] {
                let changed = format!("{}{letter}{}", &sealed[..at], &sealed[at + 1..]);
                assert!(changed == sealed || keys.open(&changed).is_none(), "{changed}");
            }
            assert!(keys.open(&sealed[..at]).is_none(), "cut at {at}");
        }
        for more in ["A", "AAAA", "-TAMPERED", "="] {
            assert!(keys.open(&format!("{sealed}{more}")).is_none(), "{more}");
        }
    }

    #[test]
    fn a_secret_can_be_replaced_while_states_are_on_their_way() {
        let (old, new) = (Keys::read(SECRET).unwrap(), Keys::read(OTHER).unwrap());
        let both = Keys::read(&format!("{OTHER}\n{SECRET}")).unwrap();
        assert!(both.open(&old.seal(b"a")).is_some() && both.open(&new.seal(b"a")).is_some());
        assert!(new.open(&both.seal(b"a")).is_some());
        assert!(new.open(&old.seal(b"a")).is_none());
    }

    #[test]
    fn what_can_be_guessed_is_no_secret() {
        assert_eq!(Keys::read(" \n").err().as_deref(), Some("is empty"));
        assert_eq!(Keys::read("password").err().as_deref(), Some("has 8 bytes, and one with fewer than 32 can be guessed"));
        assert!(Keys::read(&format!("{SECRET} short")).is_err());
    }

    #[test]
    fn each_process_has_keys_of_its_own() {
        let (a, b) = (Keys::of_this_process(), Keys::of_this_process());
        assert!(a.open(&a.seal(b"a")).is_some() && b.open(&a.seal(b"a")).is_none());
        // Without any nothing opens.
        assert!(Keys::default().open(&Keys::default().seal(b"a")).is_none());
    }
}
