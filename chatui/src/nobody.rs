//! `User` in a Worker to which nobody can sign in: there is none, which the compiler knows, so that nothing of one is in it.

#[derive(Debug, Clone)]
pub(crate) enum User {}

impl User {
    pub(crate) fn has_scope(&self, _: &str) -> bool {
        match *self {}
    }
}
