//! As much of XML as the sets need: elements that do not nest in themselves, their attributes, five entities.

/// The attributes and contents of all elements of a name, with where each starts and ends; nested ones of the same name do not occur.
pub fn elements<'x>(xml: &'x str, tag: &str) -> impl Iterator<Item = Element<'x>> {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + xml.get(at..)?.find(&open)?;
            let head = start + open.len();
            at = head;
            if !xml[head..].starts_with(['>', ' ', '/', '\n', '\t']) {
                continue;
            }
            let stop = head + xml[head..].find('>')?;
            if xml[..stop].ends_with('/') {
                at = stop + 1;
                return Some(Element { start, end: stop + 1, attributes: &xml[head..stop - 1], content: "" });
            }
            let end = stop + 1 + xml[stop + 1..].find(&close)?;
            at = end + close.len();
            return Some(Element { start, end: at, attributes: &xml[head..stop], content: &xml[stop + 1..end] });
        }
    })
}

/// One element.
pub struct Element<'x> {
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    attributes: &'x str,
    /// What it holds.
    pub content: &'x str,
}

impl<'x> Element<'x> {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&'x str> {
        let head = format!("{name}=\"");
        let mut from = 0;
        loop {
            let at = from + self.attributes.get(from..)?.find(&head)?;
            if at == 0 || self.attributes[..at].ends_with(char::is_whitespace) {
                let rest = &self.attributes[at + head.len()..];
                return Some(&rest[..rest.find('"')?]);
            }
            from = at + 1;
        }
    }
}

/// The contents of all elements of a name.
pub fn contents<'x>(xml: &'x str, tag: &str) -> impl Iterator<Item = &'x str> {
    elements(xml, tag).map(|element| element.content)
}

/// Entities undone.
pub fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}
