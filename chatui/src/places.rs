//! So many at once, and no more.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// How many are free.
pub(crate) struct Places(AtomicUsize);

/// One of them, until this is dropped.
pub(crate) struct Place(Arc<Places>);

impl Places {
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn new(count: usize) -> Arc<Self> {
        Arc::new(Places(AtomicUsize::new(count)))
    }

    /// None where all are taken.
    pub(crate) fn take(self: &Arc<Self>) -> Option<Place> {
        // The count guards nothing but itself.
        let taken = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |free| free.checked_sub(1));
        taken.ok().map(|_| Place(self.clone()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn what_is_given_back_can_be_taken_again() {
        let places = Places::new(2);
        let (first, second) = (places.take(), places.take());
        assert!(first.is_some() && second.is_some() && places.take().is_none());
        drop(first);
        assert!(places.take().is_some());
        assert!(Places::new(0).take().is_none());
    }
}
