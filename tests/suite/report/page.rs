//! A page, read back.

use roxmltree::{Document, Node};

/// The body of a page as a tree. It is well-formed XML but for the script, which is left out.
pub struct Page {
    text: String,
}

/// A table of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct PageTable {
    pub caption: String,
    pub headers: Vec<String>,
    pub rows: Vec<Vec<PageCell>>,
}

/// A cell: what is printed, and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct PageCell {
    pub print: String,
    pub value: Option<String>,
}

/// An element, apart from the tree it was read from.
pub type Element = Node<'static, 'static>;

impl Page {
    #[track_caller]
    pub fn new(html: &str) -> Self {
        let (_, body) = html.split_once("<body>").expect("a page has a body");
        let (body, script) = body.rsplit_once("<script>").expect("a page has a script");
        assert_eq!(script.matches("</script>").count(), 1, "the script ends once");
        Self { text: format!("<body>{body}</body>") }
    }

    #[track_caller]
    fn tree(&self) -> Document<'_> {
        Document::parse(&self.text).unwrap_or_else(|error| panic!("the body is no XML: {error}"))
    }

    /// Every element with a name, in order. The tree is kept for as long as the tests run.
    pub fn all(&self, tag: &str) -> Vec<Element> {
        let text: &'static str = Box::leak(self.text.clone().into_boxed_str());
        let tree: &'static Document<'static> =
            Box::leak(Box::new(Document::parse(text).unwrap_or_else(|error| panic!("the body is no XML: {error}"))));
        tree.descendants().filter(|node| node.is_element() && node.tag_name().name() == tag).collect()
    }

    /// Names of elements and of attributes.
    pub fn names(&self) -> (Vec<String>, Vec<String>) {
        let tree = self.tree();
        let elements = tree.descendants().filter(|node| node.is_element());
        let (mut tags, mut attributes) = (Vec::new(), Vec::new());
        for element in elements {
            tags.push(element.tag_name().name().to_string());
            attributes.extend(element.attributes().map(|attribute| attribute.name().to_string()));
        }
        (tags, attributes)
    }

    /// The headings with their order.
    pub fn headings(&self) -> Vec<(u32, String)> {
        let tree = self.tree();
        let order = |node: Node| node.tag_name().name().strip_prefix('h').and_then(|rest| rest.parse::<u32>().ok());
        tree.descendants().filter_map(|node| Some((order(node)?, words(node)))).collect()
    }

    /// The tables, in order.
    pub fn tables(&self) -> Vec<PageTable> {
        self.tree().descendants().filter(|node| node.tag_name().name() == "table").map(table).collect()
    }

    /// The table with a caption.
    #[track_caller]
    pub fn table(&self, caption: &str) -> PageTable {
        let found = self.tables().into_iter().find(|table| table.caption == caption);
        found.unwrap_or_else(|| panic!("there is no table {caption}"))
    }

    /// The text of the element with an id.
    #[track_caller]
    pub fn text_of(&self, id: &str) -> String {
        let tree = self.tree();
        let found = tree.descendants().find(|node| node.attribute("id") == Some(id));
        words(found.unwrap_or_else(|| panic!("there is no {id}")))
    }

    /// All words of the page.
    pub fn words(&self) -> String {
        words(self.tree().root_element())
    }

    pub fn ids_are_unique(&self) -> bool {
        let tree = self.tree();
        let mut ids: Vec<&str> = tree.descendants().filter_map(|node| node.attribute("id")).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        ids.len() == all
    }
}

fn words(node: Node) -> String {
    node.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect()
}

fn table(node: Node) -> PageTable {
    let within = |tag: &'static str| node.descendants().filter(move |node| node.tag_name().name() == tag);
    let rows = within("tbody").flat_map(|body| body.children()).filter(|node| node.is_element()).map(|row| {
        let cells = row.children().filter(|node| node.is_element());
        // A mark behind a name says how its row stands out.
        let print = |cell: Node| {
            cell.children().filter(|part| part.is_text()).filter_map(|part| part.text()).collect::<String>()
        };
        let cell = |cell: Node| PageCell {
            print: print(cell).trim().to_string(),
            value: cell.attribute("data-value").map(String::from),
        };
        cells.map(cell).collect()
    });
    PageTable {
        caption: within("caption").map(words).collect(),
        headers: within("thead")
            .flat_map(|head| head.descendants())
            .filter(|node| node.tag_name().name() == "th")
            .map(words)
            .collect(),
        rows: rows.collect(),
    }
}
