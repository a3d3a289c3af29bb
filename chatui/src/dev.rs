//! `dev`: a saved template is seen without a rebuild.

use crate::{
    Error,
    server::Server,
    table::Table,
    widget::{Page, Widget},
};
use chatui_template::{Disk, prepare};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

/// The server, made anew whenever a template on the disk has changed.
pub(crate) struct Dev {
    /// Where templates are looked for, instead of where they were when the crate was built.
    root: Option<PathBuf>,
    now: Mutex<(Server, Vec<Option<SystemTime>>)>,
}

impl Dev {
    /// # Errors
    ///
    /// A release build, which does not know where its templates are.
    pub(crate) fn new(server: Server, root: Option<String>) -> Result<Self, Error> {
        let root = root.map(PathBuf::from);
        let lost = |page: &&Page| !page.widget().template.path.is_empty() && page.widget().template.root.is_empty();
        if root.is_none() && server.table.pages().iter().any(|page| lost(&page)) {
            return Err(Error::tell(
                "a release build does not know where its templates are; build without `--release`, or say `--templates DIR`",
            ));
        }
        let dev = Dev { root, now: Mutex::new((server, Vec::new())) };
        dev.current();
        Ok(dev)
    }

    pub(crate) fn current(&self) -> Server {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let stamps = self.stamps(&now.0.table);
        if stamps != now.1 {
            *now = (self.reread(&now.0), stamps);
        }
        now.0.clone()
    }

    fn root(&self, widget: &Widget) -> PathBuf {
        self.root.clone().unwrap_or_else(|| widget.template.root.into())
    }

    fn stamps(&self, table: &Table) -> Vec<Option<SystemTime>> {
        let file = |page: &Page| self.root(page.widget()).join(page.widget().template.path);
        let stamp = |page: &Page| std::fs::metadata(file(page)).and_then(|file| file.modified()).ok();
        table.pages().iter().map(stamp).collect()
    }

    fn reread(&self, server: &Server) -> Server {
        let pages = server.table.pages().iter().map(|page| self.fresh(page.widget())).collect();
        Server { table: Arc::new(server.table.with_pages(pages)), ..server.clone() }
    }

    /// The page as it is on the disk now; one that stands in the source stays as it is. A template that is wrong at the
    /// moment is said, and its embedded state shown.
    fn fresh(&self, widget: &'static Widget) -> Page {
        if widget.template.path.is_empty() {
            return Page::new(widget);
        }
        match prepare(widget.template.path, &Disk::new(self.root(widget))) {
            Ok(document) => Page::with_template(widget, &document.before, &document.after),
            Err(problem) => {
                tracing::warn!("{problem}");
                Page::new(widget)
            }
        }
    }
}
