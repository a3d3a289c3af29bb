//! A checked app, with what its door lends and the names it answers to.

use crate::{names::Names, platform::Platform, state::States, table::Table};
#[cfg(not(target_family = "wasm"))]
use crate::{places::Places, rate::Rate, task::Shared, user::User};
use std::sync::Arc;

/// A checked app that answers requests. Cheap to clone.
#[derive(Clone)]
pub struct Server {
    pub(crate) table: Arc<Table>,
    pub(crate) platform: &'static Platform,
    pub(crate) names: Arc<Names>,
    #[cfg(not(target_family = "wasm"))]
    pub(crate) rate: Option<Arc<Rate>>,
    /// Of those who are followed by a stream; Workers have a bound of their own.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) streams: Arc<Places>,
    /// What the door lends to the tools of one request.
    pub(crate) door: Arc<States>,
}

impl Server {
    /// The same server, at a door where somebody sits who needs no token, if anybody does.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn with_user_at_the_door(self, user: Option<User>) -> Self {
        let Some(user) = user else { return self };
        self.lending(user)
    }

    /// The same server, at a door that lends this too.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn lending<T: Shared>(mut self, value: T) -> Self {
        match Arc::get_mut(&mut self.door) {
            Some(door) => door.add(Box::new(value)),
            // Somebody answers with what was lent before.
            None => {
                let mut door = States::default();
                door.add(Box::new(value));
                self.door = Arc::new(door);
            }
        }
        self
    }
}
