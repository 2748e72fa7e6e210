//! A page to a plain, balanced page: what the tree builder gets to see.
//!
//! Kept are the elements that give a page its blocks, and links, by whose share of the text navigation is told. Elements inside a line are
//! unwrapped: the tree builder would open them again in every paragraph, and a page of a few megabytes can ask for billions of copies.
//! Scripts, forms, pictures and the like are left out with all inside them.

use super::scan::{Attributes, Mark, Scanner};
use crate::ErrorKind;
use griot_types::SmolStr;

/// The deepest nesting that is read. Pages that people write stay below a hundred; browsers stop near five hundred.
pub const DEEPEST: usize = 512;

const KEPT: [&str; 48] = [
    "a",
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "ul",
    "legend",
    "dir",
];

/// Elements that are left out with all that is inside them.
const LEFT_OUT: [&str; 14] =
    ["svg", "math", "template", "object", "applet", "select", "button", "video", "audio", "canvas", "map", "dialog", "datalist", "head"];

/// Attributes by which readability judges an element.
const ATTRIBUTES: [&str; 10] = ["class", "id", "role", "hidden", "aria-hidden", "style", "href", "itemprop", "rel", "aria-modal"];
/// No attribute that matters is longer.
const LONGEST_VALUE: usize = 1000;

/// Character references in one piece of text. The tree's serializer looks from each of them to the end of its piece, which is work that grows with the
/// square of their number.
const MOST_REFERENCES: usize = 1000;

/// The body of `html`, balanced and bounded.
///
/// # Errors
/// [`ErrorKind::TooDeep`] where elements lie in each other deeper than [`DEEPEST`].
pub fn simplify(html: &str) -> Result<String, ErrorKind> {
    let mut page = Page { out: String::with_capacity(html.len()), open: Vec::new(), left_out: None };
    for mark in Scanner::new(html) {
        page.take(mark)?;
    }
    page.close_to(0);
    Ok(page.out)
}

struct Page {
    out: String,
    open: Vec<SmolStr>,
    /// The element that is being left out, and how many of its name are open.
    left_out: Option<(SmolStr, usize)>,
}

impl Page {
    fn take(&mut self, mark: Mark) -> Result<(), ErrorKind> {
        if let Some((left_out, depth)) = &mut self.left_out {
            match mark {
                Mark::Open { name, .. } if name == *left_out => *depth += 1,
                Mark::Close { name } if name == *left_out => *depth -= 1,
                // A head that nobody closed ends where the body starts.
                Mark::Open { name, .. } if left_out == "head" && KEPT.contains(&name.as_str()) => {
                    self.left_out = None;
                    return Ok(());
                }
                _ => {}
            }
            if self.left_out.as_ref().is_some_and(|(_, depth)| *depth == 0) {
                self.left_out = None;
            }
            return Ok(());
        }
        match mark {
            Mark::Text(text) => self.text(text),
            Mark::Raw { .. } => {}
            Mark::Open { name, .. } if LEFT_OUT.contains(&name.as_str()) => self.left_out = Some((name, 1)),
            Mark::Open { name, attributes } => self.open(name, attributes)?,
            Mark::Close { name } => self.close(&name),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let mut references = 0;
        for c in text.chars() {
            if matches!(c, '<' | '&') {
                references += 1;
                if references % MOST_REFERENCES == 0 {
                    self.out.push_str("<wbr>");
                }
            }
            // A lone bracket is text here and must be text for the tree builder.
            match c {
                '<' => self.out.push_str("&lt;"),
                c => self.out.push(c),
            }
        }
    }

    fn open(&mut self, name: SmolStr, attributes: Attributes) -> Result<(), ErrorKind> {
        match name.as_str() {
            "br" => self.out.push_str("<br>"),
            "hr" => {
                self.close_paragraph();
                self.out.push_str("<hr>");
            }
            // A target of links is no link.
            "a" if attributes.get("href").is_none() => {}
            "body" => {}
            known if !KEPT.contains(&known) => {
                // 'one<span>two</span>' is a word, but unknown elements may be boxes.
                if known.contains('-') {
                    self.out.push(' ');
                }
            }
            _ => {
                self.close_implied(&name);
                if self.open.len() == DEEPEST {
                    return Err(ErrorKind::TooDeep { limit: DEEPEST });
                }
                self.write_open(&name, attributes);
                self.open.push(name);
            }
        }
        Ok(())
    }

    fn write_open(&mut self, name: &str, attributes: Attributes) {
        self.out.push('<');
        self.out.push_str(name);
        let mut seen = [false; ATTRIBUTES.len()];
        for (attribute, value) in attributes {
            let Some(at) = ATTRIBUTES.iter().position(|known| known.eq_ignore_ascii_case(attribute)) else { continue };
            if !seen[at] && value.len() <= LONGEST_VALUE {
                seen[at] = true;
                self.out.push(' ');
                self.out.push_str(ATTRIBUTES[at]);
                self.out.push_str("=\"");
                self.out.push_str(&value.replace('"', "&quot;"));
                self.out.push('"');
            }
        }
        self.out.push('>');
    }

    /// Ends what the standard lets end without a tag.
    fn close_implied(&mut self, name: &str) {
        match name {
            "li" => self.close_inside(&["li"], &["ul", "ol", "menu", "dir"]),
            "dt" | "dd" => self.close_inside(&["dt", "dd"], &["dl"]),
            "tr" => self.close_inside(&["tr"], &["table"]),
            "td" | "th" => self.close_inside(&["td", "th"], &["tr", "table"]),
            "tbody" | "thead" | "tfoot" => self.close_inside(&["tbody", "thead", "tfoot"], &["table"]),
            "a" => self.close_inside(&["a"], &["td", "th", "table"]),
            "time" => {}
            _ => self.close_paragraph(),
        }
    }

    fn close_paragraph(&mut self) {
        self.close_inside(&["p"], &["td", "th", "table", "li", "div"]);
    }

    /// Closes down to the nearest of `names`, unless one of `walls` stands before it.
    fn close_inside(&mut self, names: &[&str], walls: &[&str]) {
        let found = self.open.iter().rposition(|open| names.contains(&open.as_str()) || walls.contains(&open.as_str()));
        if let Some(at) = found.filter(|&at| names.contains(&self.open[at].as_str())) {
            self.close_to(at);
        }
    }

    fn close(&mut self, name: &str) {
        let of_table = matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "caption");
        let walls: &[&str] = if of_table { &[] } else { &["td", "th", "caption"] };
        self.close_inside(&[name], walls);
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(name) = self.open.pop() {
                self.out.push_str("</");
                self.out.push_str(&name);
                self.out.push('>');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_balanced() {
        for (html, simple) in [
            ("<p>a<p>b", "<p>a</p><p>b</p>"),
            ("<div><b>a<i>b</div>c", "<div>ab</div>c"),
            ("<ul><li>a<li>b<ul><li>c</ul></ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
            ("<table><tr><td>a</div><td>b</table>", "<table><tr><td>a</td><td>b</td></tr></table>"),
            ("<head><title>t</title><meta x></head><body onload='x'>a<script>b</script>", "a"),
            ("<head><meta x><p>lost<p class='x \"y' onclick=z>a", "lost<p class=\"x &quot;y\">a</p>"),
            ("<svg><svg><p>a</svg></svg>b < c", "b &lt; c"),
            ("<a name=x>a<a href=y>b<a href=z>c", "a<a href=\"y\">b</a><a href=\"z\">c</a>"),
        ] {
            assert_eq!(simplify(html).unwrap(), simple, "{html}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_and_flat_pages_are_not() {
        assert!(matches!(simplify(&"<div>".repeat(100_000)), Err(ErrorKind::TooDeep { limit: DEEPEST })));
        assert!(matches!(simplify(&"<div><table><tr><td></div></table>".repeat(100_000)), Err(ErrorKind::TooDeep { .. })));
        for part in ["<p>x", "<li>x", "<b>", "<span>x", "<font size=1>x", "<p><a href=x>y", "<div></div>"] {
            assert!(simplify(&part.repeat(100_000)).is_ok(), "{part}");
        }
    }
}
