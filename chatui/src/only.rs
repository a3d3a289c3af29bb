//! What there is only where somebody can sign in.

use serde::{Serialize, Serializer};
use std::ops::Deref;

/// Something that there is only where somebody can sign in. With the feature `auth` off there is none, which the compiler
/// knows by this type: nothing of it is in the binary.
#[cfg(feature = "auth")]
#[derive(Debug)]
pub(crate) struct Only<T>(pub(crate) T);
#[cfg(not(feature = "auth"))]
#[derive(Debug)]
pub(crate) enum Only<T> {
    Never(std::convert::Infallible, std::marker::PhantomData<T>),
}

impl<T> Only<T> {
    #[cfg(feature = "auth")]
    pub(crate) fn try_map<U, E>(self, f: impl FnOnce(T) -> Result<U, E>) -> Result<Only<U>, E> {
        f(self.0).map(Only)
    }

    #[cfg(not(feature = "auth"))]
    pub(crate) fn try_map<U, E>(self, _: impl FnOnce(T) -> Result<U, E>) -> Result<Only<U>, E> {
        match self {
            Only::Never(never, _) => match never {},
        }
    }

    /// What there is because there is this.
    #[cfg(feature = "auth")]
    pub(crate) fn with<U>(&self, other: U) -> Only<U> {
        Only(other)
    }

    #[cfg(not(feature = "auth"))]
    pub(crate) fn with<U>(&self, _: U) -> Only<U> {
        match self {
            Only::Never(never, _) => match *never {},
        }
    }
}

impl<T: Serialize> Serialize for Only<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<T> Deref for Only<T> {
    type Target = T;

    #[cfg(feature = "auth")]
    fn deref(&self) -> &T {
        &self.0
    }

    #[cfg(not(feature = "auth"))]
    fn deref(&self) -> &T {
        match self {
            Only::Never(never, _) => match *never {},
        }
    }
}
