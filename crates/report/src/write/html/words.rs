//! Text in the page: whatever it holds, it is shown and does nothing.

use maud::{Markup, PreEscaped, Render, html};

use super::super::text::visible;

/// A text from anywhere. Markup in it is escaped; line breaks become spaces; characters that turn the
/// direction of writing or cannot be in a page are shown as the sign for what cannot be shown.
pub(super) struct Words<'a>(pub &'a str);

impl Render for Words<'_> {
    fn render_to(&self, page: &mut String) {
        let shown = visible(&self.0.replace(['\n', '\r', '\t'], " ")).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
        shown.as_str().render_to(page);
    }
}

/// Running text with the marks that reports use: `code` and **strong**. A mark that does not close is
/// text.
pub(super) fn marked(text: &str) -> Markup {
    let (mark, tag) = match (text.find("**"), text.find('`')) {
        (Some(strong), Some(code)) if code < strong => ("`", code),
        (Some(strong), _) => ("**", strong),
        (None, Some(code)) => ("`", code),
        (None, None) => return html! { (Words(text)) },
    };
    let (before, rest) = (&text[..tag], &text[tag + mark.len()..]);
    let Some((inner, after)) = rest.split_once(mark) else { return html! { (Words(text)) } };
    html! {
        (Words(before))
        @if mark == "`" { code { (Words(inner)) } } @else { strong { (Words(inner)) } }
        (marked(after))
    }
}

/// Markup of our own that is put in as it is.
pub(super) fn own(markup: &str) -> Markup {
    PreEscaped(markup.to_string())
}

/// A heading as an anchor.
pub(super) fn anchor(heading: &str) -> String {
    let letters =
        heading.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        for (text, shown) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\" onload='x'", "&quot; onload='x'"),
            ("a\u{202e}b\u{0}c", "a\u{fffd}b\u{fffd}c"),
            ("🦀 & co", "🦀 &amp; co"),
            ("one\ntwo", "one two"),
        ] {
            assert_eq!(html! { (Words(text)) }.into_string(), shown);
        }
    }

    #[test]
    fn marks_are_shown() {
        for (text, shown) in [
            ("plain", "plain"),
            ("**a** b `c`", "<strong>a</strong> b <code>c</code>"),
            ("`a.b` = 2**3", "<code>a.b</code> = 2**3"),
            ("**<b>**", "<strong>&lt;b&gt;</strong>"),
            ("`", "`"),
        ] {
            assert_eq!(marked(text).into_string(), shown);
        }
    }
}
