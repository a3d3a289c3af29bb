//! Templates as they are on the disk: a saved one is seen without a rebuild.

use crate::{
    Error,
    server::Server,
    table::Table,
    widget::{Files, Finding, Page, Widget},
};
use chatui_template::{Asset, Disk, Files as _, Policy, prepare};
use std::{
    borrow::Cow,
    collections::BTreeSet,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

/// The server, made anew whenever a template on the disk has changed, or a file that went into one.
pub(crate) struct Templates {
    /// Where templates are looked for, instead of where they were when the crate was built.
    root: Option<PathBuf>,
    now: Mutex<Now>,
}

struct Now {
    server: Server,
    read: Vec<Read>,
    /// What is wrong with the templates as they are. A file that one lacks has no stamp yet, so they are all read again.
    problems: BTreeSet<String>,
    /// How often something else was read than before.
    version: u64,
}

struct Read {
    file: PathBuf,
    stamp: Stamp,
}

/// When a file was last saved; None where that is not known, or where it may have been saved after it was read.
type Stamp = Option<SystemTime>;

/// File systems take the time from a clock that is as much behind: 10 ms on Linux with the slowest tick, 15.6 on Windows.
const TICK: Duration = Duration::from_millis(20);

impl Templates {
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
        let mut now = Now { server, read: Vec::new(), problems: BTreeSet::new(), version: 0 };
        now.reread(root.as_ref());
        Ok(Templates { root, now: Mutex::new(now) })
    }

    pub(crate) fn current(&self) -> Server {
        let mut now = self.now();
        if !now.problems.is_empty() || now.is_old() {
            now.reread(self.root.as_ref());
        }
        now.server.clone()
    }

    /// The version of what is on the disk, for whoever looks many times a second: while a template is wrong, what it lacks
    /// is only looked for when `thoroughly`.
    pub(crate) fn version(&self, thoroughly: bool) -> u64 {
        let mut now = self.now();
        if now.is_old() || (thoroughly && !now.problems.is_empty()) {
            now.reread(self.root.as_ref());
        }
        now.version
    }

    /// What is wrong with them at the moment.
    pub(crate) fn problems(&self) -> Vec<String> {
        self.now().problems.iter().cloned().collect()
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn stamp(file: &PathBuf) -> Stamp {
    std::fs::metadata(file).and_then(|file| file.modified()).ok()
}

/// The stamp of a file that was read after `began`: one that was saved since is read again.
fn settled(stamp: Stamp, began: SystemTime) -> Stamp {
    stamp.filter(|saved| *saved + TICK < began)
}

impl Now {
    fn is_old(&self) -> bool {
        self.read.iter().any(|read| stamp(&read.file) != read.stamp)
    }

    fn reread(&mut self, root: Option<&PathBuf>) {
        // Before any file is read: which files there are is only known afterwards, and one may be saved in between.
        let began = SystemTime::now();
        let (mut read, mut problems) = (Vec::new(), BTreeSet::new());
        let table = &self.server.table;
        let pages = table.pages().iter().map(|page| fresh(page.widget(), root, table, &mut read, &mut problems));
        let pages: Vec<Page> = pages.collect();
        if problems != self.problems || !pages.iter().map(Page::uri).eq(table.pages().iter().map(Page::uri)) {
            self.version += 1;
        }
        // Said once, and not with every request until it is mended.
        let found = |pages: &[Page]| pages.iter().flat_map(Page::findings).collect::<BTreeSet<_>>();
        for news in problems.difference(&self.problems).chain(found(&pages).difference(&found(table.pages()))) {
            tracing::warn!("{news}");
        }
        self.server.table = Arc::new(table.with_pages(pages));
        self.read = read.into_iter().map(|file| Read { stamp: settled(stamp(&file), began), file }).collect();
        self.problems = problems;
    }
}

/// The page as it is on the disk now; one that stands in the source stays as it is. A template that is wrong at the
/// moment is said, and its embedded state shown.
fn fresh(widget: &'static Widget, root: Option<&PathBuf>, table: &Table, read: &mut Vec<PathBuf>, problems: &mut BTreeSet<String>) -> Page {
    let path = widget.template.path;
    if path.is_empty() {
        return Page::new(widget, &table.site);
    }
    let disk = Disk::new(root.cloned().unwrap_or_else(|| widget.template.root.into()));
    let csp = widget.csp;
    let policy = Policy {
        connect: csp.connect,
        resource: csp.resource,
        frame: csp.frame,
        redirect: csp.redirect,
        permissions: widget.permissions,
        assets: widget.template.assets.map(|assets| assets.folder),
        fields: Some(widget.template.fields).filter(|fields| !fields.is_empty()),
        allow: widget.allow,
    };
    let mut note = |path: &str| read.push(disk.locate(path));
    match prepare(path, &disk, &policy) {
        Ok(document) => {
            document.files.iter().chain(document.assets.iter().map(|asset| &asset.file)).for_each(|file| note(file));
            // A file that is added changes the folder.
            let folders: BTreeSet<&str> = document.assets.iter().filter_map(|asset| Some(asset.file.rsplit_once('/')?.0)).collect();
            folders.into_iter().for_each(&mut note);
            let findings = document.findings.into_iter();
            let findings = findings.map(|finding| Finding { code: finding.code, message: finding.message.into() }).collect();
            let page = Page::with_template(widget, &document.before, &document.after, &document.version, findings, &table.site);
            let read = |asset: Asset| Some((Cow::Owned(asset.path), disk.read_bytes(&asset.file).ok()?.into()));
            page.with_assets(Files { version: document.version.into(), files: document.assets.into_iter().filter_map(read).collect() })
        }
        Err(wrong) => {
            note(path);
            problems.extend(wrong.iter().map(ToString::to_string));
            Page::new(widget, &table.site)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{TICK, settled};
    use std::time::{Duration, SystemTime};

    #[test]
    fn a_save_while_it_is_read_is_seen() {
        let began = SystemTime::now();
        let before = began - Duration::from_secs(1);
        assert_eq!(settled(Some(before), began), Some(before));
        for saved in [began + Duration::from_secs(1), began, began - TICK] {
            assert_eq!(settled(Some(saved), began), None, "{saved:?}");
        }
    }
}
