//! How often each subject asks: a token bucket for everybody who was here lately.

use crate::platform::in_words;
use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// So many subjects are known in each of the two generations.
const KNOWN: usize = 16_384;

/// Where a request comes from; lent by the door.
#[derive(Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// The buckets, as moments: a bucket is full again at the moment that it holds, and each request moves that on by the time
/// that one token takes (known as GCRA). One that is full is as good as none.
pub(crate) struct Rate {
    requests: u32,
    per: Duration,
    hasher: RandomState,
    known: Mutex<Known>,
}

/// Two generations, so that old ones are forgotten without being looked for. All of a generation that is older than `per` is
/// full again; only where there are more subjects than places is one forgotten that is not.
#[derive(Default)]
struct Known {
    since: Duration,
    young: HashMap<u64, Duration>,
    old: HashMap<u64, Duration>,
}

impl Rate {
    pub(crate) fn new(requests: u32, per: Duration) -> Self {
        Rate { requests, per, hasher: RandomState::new(), known: Mutex::default() }
    }

    /// Takes a token of a subject's bucket, or says how long it is until there is one.
    pub(crate) fn take(&self, subject: Option<&str>, peer: Option<Peer>, now: Duration) -> Result<(), Duration> {
        let key = match (subject, peer) {
            (Some(subject), _) => self.key(subject),
            (None, Some(Peer(address))) => self.key(network(address)),
            // A door that knows nobody lets everybody in.
            (None, None) => return Ok(()),
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.young.len() >= KNOWN || now.saturating_sub(known.since) >= self.per {
            known.old = std::mem::take(&mut known.young);
            known.since = now;
        }
        let full = known.young.get(&key).or_else(|| known.old.get(&key)).copied().unwrap_or(now).max(now);
        let next = full + self.per / self.requests;
        let early = next.saturating_sub(now + self.per);
        // Who is refused was here too, and is not to be forgotten for that.
        known.young.insert(key, if early.is_zero() { next } else { full });
        if early.is_zero() { Ok(()) } else { Err(early) }
    }

    /// What is sent there reads how much that is.
    pub(crate) fn told(&self, wait: Duration) -> String {
        format!(
            "too many requests: {} in {} are answered; wait {} s\n",
            self.requests,
            in_words(self.per.as_millis() as u64),
            seconds(wait)
        )
    }

    /// A number in place of a name, so that long ones take no more room; nobody outside can look for two that are the same.
    fn key(&self, subject: impl Hash) -> u64 {
        self.hasher.hash_one(subject)
    }
}

/// As `Retry-After` counts: whole, and none too few.
pub(crate) fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

/// A household has one address of IPv4, and of IPv6 as many as it likes.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) >> 64 << 64).into()),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, Peer, Rate};
    use std::time::Duration;

    const SECOND: Duration = Duration::from_secs(1);

    fn peer(address: &str) -> Option<Peer> {
        Some(Peer(address.parse().unwrap()))
    }

    #[test]
    fn a_bucket_is_emptied_at_once_and_filled_little_by_little() {
        let rate = Rate::new(3, 30 * SECOND);
        let take = |at: u32| rate.take(Some("anna"), None, at * SECOND);
        assert_eq!([take(1), take(1), take(1)], [Ok(()); 3]);
        assert_eq!(take(1), Err(10 * SECOND));
        assert_eq!(take(9), Err(2 * SECOND));
        assert_eq!(take(11), Ok(()));
        assert_eq!(take(11), Err(10 * SECOND));
        // Full again, and no fuller.
        assert_eq!([take(100), take(100), take(100)], [Ok(()); 3]);
        assert_eq!(take(100), Err(10 * SECOND));
    }

    #[test]
    fn everybody_has_a_bucket_of_their_own() {
        let rate = Rate::new(1, SECOND);
        assert!(rate.take(Some("anna"), peer("192.0.2.1"), SECOND).is_ok());
        assert!(rate.take(Some("anna"), peer("192.0.2.2"), SECOND).is_err());
        assert!(rate.take(Some("bert"), peer("192.0.2.1"), SECOND).is_ok());
        assert!(rate.take(None, peer("192.0.2.1"), SECOND).is_ok());
        assert!(rate.take(None, peer("::ffff:192.0.2.1"), SECOND).is_err());
        assert!(rate.take(None, peer("2001:db8:1::1"), SECOND).is_ok());
        assert!(rate.take(None, peer("2001:db8:1::2"), SECOND).is_err());
        assert!(rate.take(None, peer("2001:db8:2::1"), SECOND).is_ok());
    }

    #[test]
    fn memory_is_bounded_and_who_comes_again_is_known() {
        let rate = Rate::new(2, 1000 * SECOND);
        for number in 0..10 * KNOWN {
            assert!(rate.take(Some(&number.to_string()), None, SECOND).is_ok());
            let _ = rate.take(Some("anna"), None, SECOND);
        }
        assert!(rate.take(Some("anna"), None, SECOND).is_err());
        let known = rate.known.lock().unwrap();
        assert!(known.young.len() + known.old.len() <= 2 * KNOWN);
    }
}
