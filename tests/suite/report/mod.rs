//! The document to hand over: the same figures in every format, the same bytes in every run, every
//! text as text, and nothing internal for others.

mod browser;
mod editions;
mod figures;
mod golden;
mod hostile;
mod page;
mod what_if;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rayon::prelude::*;

use crate::common::{all_files, comanage, repository, samples, temporary, text_of};
use page::Page;

/// The files of a document.
struct Written {
    folder: PathBuf,
    html: String,
    markdown: String,
    ledger: String,
}

impl Written {
    /// Writes the document of a file; the folder is removed in the end.
    #[track_caller]
    fn new(test: &str, file: &Path, arguments: &[&str]) -> Self {
        let folder = temporary(test);
        let mut command = comanage(&["report"]);
        let run = command.arg(file).args(arguments).arg("--quiet").arg("--output").arg(&folder).output();
        let run = run.expect("the program starts");
        assert!(run.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&run.stderr));
        let path = |name: &str| {
            let files = all_files(&folder);
            files.iter().find(|path| path.ends_with(name)).map(|path| folder.join(path)).expect("it was written")
        };
        let names = match arguments.contains(&"client") {
            true => ["report.html", "report.md", "ledger-client.csv"],
            false => ["report-internal.html", "report-internal.md", "ledger.csv"],
        };
        let [html, markdown, ledger] = names.map(|name| text_of(&path(name)));
        Self { folder, html, markdown, ledger }
    }

    fn page(&self) -> Page {
        Page::new(&self.html)
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A sample by its name.
fn sample(name: &str) -> PathBuf {
    repository(&format!("scenarios/{name}.toml"))
}

/// The documents of all stories, without the published cases; each is written once.
static STORIES: LazyLock<Vec<(PathBuf, Written)>> = LazyLock::new(|| {
    let stories = samples().into_iter().filter(|path| !path.iter().any(|part| part == "published"));
    let stories: Vec<PathBuf> = stories.collect();
    let write = |path: PathBuf| {
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let written = Written::new(&format!("report-story-{name}"), &path, &[]);
        let _ = fs::remove_dir_all(&written.folder);
        (path, written)
    };
    stories.into_par_iter().map(write).collect()
});

#[test]
fn documents_stay_small() {
    let largest = STORIES.iter().map(|(_, written)| written.html.len()).max().expect("there are samples");
    assert!(largest < 1_500_000, "{largest} bytes");
}

#[test]
fn every_run_gives_the_same_bytes() {
    let runs = [vec!["--jobs", "1"], vec!["--jobs", "4"], vec![]];
    let written = runs.map(|jobs| Written::new("report-bytes", &sample("no-it-staff"), &jobs));
    for other in &written[1..] {
        assert_eq!(other.html, written[0].html);
        assert_eq!(other.markdown, written[0].markdown);
    }
}

/// The page loads nothing and tells nobody anything.
#[test]
fn the_page_stands_alone() {
    for (path, written) in STORIES.iter() {
        let html = &written.html;
        for outside in ["src=", "@import", "url(", "<link", "<iframe", "fetch(", "XMLHttpRequest"] {
            assert!(!html.contains(outside), "{}: {outside}", path.display());
        }
        let page = written.page();
        let links =
            page.all("a").into_iter().map(|link| link.attribute("href").expect("a link leads somewhere").to_string());
        let anchors: Vec<String> =
            page.all("section").iter().filter_map(|section| Some(format!("#{}", section.attribute("id")?))).collect();
        for link in links {
            assert!(link == "#content" || anchors.contains(&link), "{}: {link}", path.display());
        }
    }
}

/// One heading of the first order, no order left out, a caption and heads for each table, words for
/// each picture.
#[test]
fn the_page_is_well_built() {
    for (path, written) in STORIES.iter() {
        let (page, name) = (written.page(), path.display());
        assert_eq!(page.all("h1").len(), 1, "{name}");
        let orders = page.headings();
        assert!(orders.windows(2).all(|pair| pair[1].0 <= pair[0].0 + 1), "{name}: {orders:?}");
        for landmark in ["header", "nav", "main", "footer"] {
            assert_eq!(page.all(landmark).len(), 1, "{name}: {landmark}");
        }
        for table in page.tables() {
            assert!(!table.caption.is_empty(), "{name}");
            assert!(table.rows.iter().all(|row| row.len() == table.headers.len()), "{name}: {}", table.caption);
        }
        for picture in page.all("svg") {
            let says =
                |tag: &str| picture.children().any(|node| node.tag_name().name() == tag && node.text().is_some());
            assert!(says("title") && says("desc"), "{name}");
        }
        assert!(page.ids_are_unique(), "{name}");
    }
}

#[test]
fn what_is_internal_stays_inside() {
    let folder = temporary("report-internal-in");
    let file = folder.join("secret-folder.toml");
    let text = text_of(&sample("three-quotes"));
    let note = "note = \"\"\"held until March\nInternal: our margin is 32%\"\"\"\nsource = \"internal: the partner's sheet\"\n";
    let text = text.replacen("[employment]\n", &format!("[employment]\n{note}"), 1);
    assert!(text.contains(note));
    fs::write(&file, text).expect("a file can be written");
    let inside = Written::new("report-inside", &file, &[]);
    let outside = Written::new("report-outside", &file, &["--audience", "client"]);
    for (text, is_inside) in
        [(&inside.html, true), (&inside.markdown, true), (&outside.html, false), (&outside.markdown, false)]
    {
        assert_eq!(text.contains("our margin"), is_inside);
        assert_eq!(text.contains("partner's sheet") || text.contains("partner&#39;s sheet"), is_inside);
        assert_eq!(text.contains("report-internal-in"), is_inside);
        assert!(text.contains("held until March"));
    }
    let figures =
        |written: &Written| written.page().tables().into_iter().take(4).map(|table| table.rows).collect::<Vec<_>>();
    assert_eq!(figures(&inside), figures(&outside), "figures stay as they are");
    fs::remove_dir_all(&folder).expect("the folder can be removed");
}
