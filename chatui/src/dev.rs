//! `dev`: a saved template is seen without a rebuild.

use crate::{
    app::Server,
    table::Table,
    widget::{Page, Widget},
};
use chatui_template::{Disk, prepare};
use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

/// The server, made anew whenever a template on the disk has changed.
pub(crate) struct Dev {
    now: Mutex<(Server, Vec<Option<SystemTime>>)>,
}

impl Dev {
    pub(crate) fn new(server: Server) -> Self {
        let server = reread(&server);
        let stamps = stamps(&server.table);
        Dev { now: Mutex::new((server, stamps)) }
    }

    pub(crate) fn current(&self) -> Server {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let stamps = stamps(&now.0.table);
        if stamps != now.1 {
            *now = (reread(&now.0), stamps);
        }
        now.0.clone()
    }
}

fn stamps(table: &Table) -> Vec<Option<SystemTime>> {
    let stamp = |page: &Page| {
        let template = &page.widget().template;
        std::fs::metadata(Path::new(template.root).join(template.path)).and_then(|file| file.modified()).ok()
    };
    table.pages().iter().map(stamp).collect()
}

fn reread(server: &Server) -> Server {
    let pages = server.table.pages().iter().map(|page| fresh(page.widget())).collect();
    Server { table: Arc::new(server.table.with_pages(pages)), ..server.clone() }
}

/// The page as it is on the disk now; one that stands in the source stays as it is. A template that is wrong at the moment is said, and its embedded state shown.
fn fresh(widget: &'static Widget) -> Page {
    if widget.template.path.is_empty() {
        return Page::new(widget);
    }
    match prepare(widget.template.path, &Disk::new(widget.template.root)) {
        Ok(document) => Page::with_template(widget, &document.before, &document.after),
        Err(problem) => {
            tracing::warn!("{problem}");
            Page::new(widget)
        }
    }
}
