//! Marks and text of a page, one after the other: no tree, no entities, linear in the page.
//!
//! The tree builder of the readability library is fed what [`super::simplify`] lets through, so that no page can make it nest or copy
//! without bound. This scanner is what decides; it follows the HTML standard's tokenizer as far as tags, quotes, comments and raw text go.

use griot_types::SmolStr;

/// One tag or stretch of text.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark<'h> {
    /// `<name attributes>`; the name in lower case.
    Open {
        /// The element's name.
        name: SmolStr,
        /// What stands between the name and the closing bracket.
        attributes: Attributes<'h>,
    },
    /// `</name>`.
    Close {
        /// The element's name.
        name: SmolStr,
    },
    /// An element whose content is no markup, with that content: a script, a title.
    Raw {
        /// The element's name.
        name: SmolStr,
        /// Its attributes.
        attributes: Attributes<'h>,
        /// What is inside.
        content: &'h str,
    },
    /// Text with its entities.
    Text(&'h str),
}

/// Elements whose content is no markup.
const RAW: [&str; 9] = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// Walks a page.
pub struct Scanner<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Scanner<'h> {
    /// From the page's start.
    pub fn new(html: &'h str) -> Self {
        Scanner { html, at: 0 }
    }

    /// Moves behind the next `needle`, or to the page's end.
    fn skip_past(&mut self, needle: &str) {
        self.at = self.html[self.at..].find(needle).map_or(self.html.len(), |found| self.at + found + needle.len());
    }

    /// A tag at the current '<'; `None` where there is none.
    fn tag(&mut self) -> Option<Mark<'h>> {
        let rest = &self.html[self.at + 1..];
        let closing = rest.starts_with('/');
        let start = self.at + 1 + usize::from(closing);
        let name = name(&self.html[start..])?;
        let attributes = start + name.len();
        let end = tag_end(&self.html[attributes..]).map(|end| attributes + end);
        // A tag that never ends swallows the rest, as browsers have it.
        let inside = &self.html[attributes..end.unwrap_or(self.html.len())];
        self.at = end.map_or(self.html.len(), |end| end + 1);
        let name: SmolStr = if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() };
        if closing {
            return Some(Mark::Close { name });
        }
        let attributes = Attributes { rest: inside };
        if !RAW.contains(&name.as_str()) {
            return Some(Mark::Open { name, attributes });
        }
        let from = self.at;
        let until = closing_tag(&self.html[from..], &name).map_or(self.html.len(), |found| from + found);
        self.at = until;
        self.skip_past(">");
        Some(Mark::Raw { name, attributes, content: &self.html[from..until] })
    }
}

impl<'h> Iterator for Scanner<'h> {
    type Item = Mark<'h>;

    fn next(&mut self) -> Option<Mark<'h>> {
        while self.at < self.html.len() {
            let rest = &self.html[self.at..];
            if rest.starts_with("<!--") {
                self.at += 4;
                self.skip_past("-->");
            } else if rest.starts_with("<!") || rest.starts_with("<?") {
                self.skip_past(">");
            } else if rest.starts_with('<')
                && let Some(tag) = self.tag()
            {
                return Some(tag);
            } else {
                let first = rest.chars().next().map_or(1, char::len_utf8);
                let end = rest[first..].find('<').map_or(rest.len(), |found| found + first);
                self.at += end;
                return Some(Mark::Text(&rest[..end]));
            }
        }
        None
    }
}

/// The name that a tag starts with.
fn name(rest: &str) -> Option<&str> {
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(rest.len());
    Some(&rest[..end])
}

/// Where the bracket stands that ends a tag: the first outside quoted values.
fn tag_end(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = 0;
    let mut before_value = false;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return Some(at),
            b'=' => before_value = true,
            quote @ (b'"' | b'\'') if before_value => {
                before_value = false;
                at += 1 + bytes[at + 1..].iter().position(|&b| b == quote)?;
            }
            b if b.is_ascii_whitespace() => {}
            _ => before_value = false,
        }
        at += 1;
    }
    None
}

/// Where `</name` stands, in any case.
fn closing_tag(rest: &str, name: &str) -> Option<usize> {
    rest.match_indices("</").map(|(at, _)| at).find(|&at| {
        let tail = &rest.as_bytes()[at + 2..];
        tail.len() >= name.len()
            && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            && tail.get(name.len()).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
    })
}

/// The attributes of one tag, in order: names as written, values with their entities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attributes<'h> {
    rest: &'h str,
}

impl<'h> Attributes<'h> {
    /// The first value of an attribute, its entities undone.
    pub fn get(self, name: &str) -> Option<String> {
        let (_, value) = self.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(html_escape::decode_html_entities(value).trim().to_owned())
    }
}

impl<'h> Iterator for Attributes<'h> {
    type Item = (&'h str, &'h str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        // A name may start with '=' so that every step moves on.
        let end =
            rest.char_indices().skip(1).find(|&(_, c)| c.is_ascii_whitespace() || matches!(c, '=' | '/')).map_or(rest.len(), |(at, _)| at);
        let name = &rest[..end];
        let after = rest[end..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(value) = after.strip_prefix('=') else {
            self.rest = after;
            return Some((name, ""));
        };
        let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let (value, rest) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        self.rest = rest;
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The marks of a page in short.
    fn marks(html: &str) -> Vec<String> {
        let list = |attributes: Attributes| attributes.map(|(name, value)| format!(" {name}={value}")).collect::<String>();
        Scanner::new(html)
            .map(|mark| match mark {
                Mark::Open { name, attributes } => format!("<{name}{}>", list(attributes)),
                Mark::Close { name } => format!("</{name}>"),
                Mark::Raw { name, attributes, content } => format!("<{name}{}|{content}>", list(attributes)),
                Mark::Text(text) => text.to_owned(),
            })
            .collect()
    }

    #[test]
    fn tags_text_and_raw_elements() {
        assert_eq!(
            marks("<!DOCTYPE html><P Class=a id='b > c' hidden>A &amp; b<br/><!-- <p> --></p>"),
            ["<p Class=a id=b > c hidden=>", "A &amp; b", "<br>", "</p>"]
        );
        assert_eq!(marks("<script>if (a </b) '<p>'</SCRIPT >x"), ["<script|if (a </b) '<p>'>", "x"]);
        assert_eq!(marks("1 < 2 <3 & <é>"), ["1 ", "< 2 ", "<3 & ", "<é>"]);
    }

    #[test]
    fn what_never_ends_swallows_the_rest() {
        assert_eq!(marks("a<p title=\"x>y"), ["a", "<p title=x>y>"]);
        assert_eq!(marks("a<!-- b <p>"), ["a"]);
        assert_eq!(marks("a<script>b"), ["a", "<script|b>"]);
        assert_eq!(marks("a<p"), ["a", "<p>"]);
    }
}
