//! A checked app, with what its door lends and the names it answers to.

use crate::{hosts::Hosts, platform::Platform, table::Table};
use std::sync::Arc;

/// A checked app that answers requests. Cheap to clone.
#[derive(Clone)]
pub struct Server {
    pub(crate) table: Arc<Table>,
    pub(crate) platform: &'static Platform,
    pub(crate) hosts: Arc<Hosts>,
}
