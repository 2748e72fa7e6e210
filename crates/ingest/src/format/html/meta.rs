//! What a page's head says of the report: Open Graph and Dublin Core tags, JSON-LD, `time`, `title`, the canonical link.

use super::scan::{Attributes, Mark, Scanner};
use crate::dates;
use crate::label::{Given, Meta};
use serde_json::Value;

/// Names of `meta` tags that hold the day of publication, the surest first. In lower case.
const PUBLISHED: [&str; 17] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "publication_date",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
];
const UPDATED: [&str; 4] = ["article:modified_time", "og:updated_time", "datemodified", "last-modified"];
const TITLE: [&str; 4] = ["og:title", "twitter:title", "dc.title", "dcterms.title"];
const PUBLISHER: [&str; 4] = ["og:site_name", "dc.publisher", "dcterms.publisher", "application-name"];

/// What was found, and how surely: the lower the rank, the surer.
#[derive(Default)]
struct Ranked(Option<(usize, String)>);

impl Ranked {
    fn offer(&mut self, rank: usize, value: &str) {
        let value = value.trim();
        if !value.is_empty() && self.0.as_ref().is_none_or(|(known, _)| rank < *known) {
            self.0 = Some((rank, value.to_owned()));
        }
    }

    fn value(self) -> Option<String> {
        self.0.map(|(_, value)| value)
    }
}

/// JSON-LD ranks behind the first tag, `time` and `title` behind all.
const JSON_LD: usize = 1;
const LAST: usize = 100;

#[derive(Default)]
struct Found {
    published: Ranked,
    updated: Ranked,
    title: Ranked,
    publisher: Ranked,
    url: Ranked,
}

/// What the page says of itself, and whether its title is a headline's words and not a window's.
pub fn meta(html: &str) -> (Meta, bool) {
    let mut found = Found::default();
    let mut in_headline = false;
    let mut headline = String::new();
    for mark in Scanner::new(html) {
        match mark {
            Mark::Open { name, attributes } => match name.as_str() {
                "meta" => found.tag(attributes),
                "link" if attributes.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                    found.url.offer(0, &attributes.get("href").unwrap_or_default());
                }
                "time" => found.time(attributes),
                "h1" => in_headline = headline.trim().is_empty(),
                _ => {}
            },
            Mark::Close { name } if name == "h1" => in_headline = false,
            Mark::Raw { name, attributes, content } => match name.as_str() {
                "script" if attributes.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json")) => {
                    found.json_ld(content)
                }
                "title" => found.title.offer(LAST, &html_escape::decode_html_entities(content)),
                _ => {}
            },
            // A headline that nobody closed must not swallow the page.
            Mark::Text(text) if in_headline && headline.len() < 400 => headline.push_str(&html_escape::decode_html_entities(text)),
            Mark::Text(_) | Mark::Close { .. } => {}
        }
    }
    if headline.len() < 400 {
        found.title.offer(LAST - 1, &headline);
    }
    let is_headline = found.title.0.as_ref().is_some_and(|(rank, _)| *rank < LAST);
    (found.meta(), is_headline)
}

impl Found {
    fn tag(&mut self, attributes: Attributes) {
        let name = ["property", "name", "itemprop", "http-equiv"].into_iter().find_map(|key| attributes.get(key));
        let (Some(name), Some(content)) = (name, attributes.get("content")) else { return };
        let name = name.to_ascii_lowercase();
        let rank = |names: &[&str]| names.iter().position(|known| *known == name).map(|at| if at == 0 { 0 } else { JSON_LD + at });
        if let Some(rank) = rank(&PUBLISHED) {
            self.published.offer(rank, &content);
        } else if let Some(rank) = rank(&UPDATED) {
            self.updated.offer(rank, &content);
        } else if let Some(rank) = rank(&TITLE) {
            self.title.offer(rank, &content);
        } else if let Some(rank) = rank(&PUBLISHER) {
            self.publisher.offer(rank, &content);
        } else if name == "og:url" {
            self.url.offer(1, &content);
        }
    }

    /// `<time datetime=…>`: that of the publication where it says so, else the first that is a day.
    fn time(&mut self, attributes: Attributes) {
        let Some(value) = attributes.get("datetime").filter(|value| dates::read(value).is_some()) else { return };
        let says_so = attributes.get("pubdate").is_some()
            || attributes.get("itemprop").is_some_and(|prop| prop.eq_ignore_ascii_case("datePublished"));
        self.published.offer(if says_so { LAST - 1 } else { LAST }, &value);
    }

    fn json_ld(&mut self, content: &str) {
        // A damaged block is as good as none: pages carry several.
        let Ok(value) = serde_json::from_str::<Value>(content.trim()) else { return };
        self.walk(&value);
    }

    /// Looks for an article in a JSON-LD value. The JSON reader bounds how deep it nests.
    fn walk(&mut self, value: &Value) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.walk(value)),
            Value::Object(object) => {
                if is_article(&object.get("@type").cloned().unwrap_or_default()) {
                    let text = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default();
                    self.published.offer(JSON_LD, text("datePublished"));
                    self.updated.offer(JSON_LD, text("dateModified"));
                    self.title.offer(JSON_LD, &html_escape::decode_html_entities(text("headline")));
                    let publisher = object.get("publisher").and_then(|publisher| publisher.get("name")).and_then(Value::as_str);
                    self.publisher.offer(JSON_LD, publisher.unwrap_or_default());
                } else if let Some(graph) = object.get("@graph").or_else(|| object.get("mainEntity")) {
                    self.walk(graph);
                }
            }
            _ => {}
        }
    }

    fn meta(self) -> Meta {
        let publisher = self.publisher.value();
        let title = self.title.value().map(|title| match &publisher {
            // 'Headline - Wire' is how windows are titled.
            Some(publisher) => {
                let bare = title
                    .strip_suffix(publisher.as_str())
                    .map(|bare| bare.trim_end().trim_end_matches(['|', '-', '–', '—', '·', ':']).trim_end());
                bare.filter(|bare| !bare.is_empty()).unwrap_or(&title).to_owned()
            }
            None => title,
        });
        Meta {
            title,
            date: self.published.value().map(|words| Given::new(&words)),
            updated: self.updated.value().map(|words| Given::new(&words)),
            publisher,
            url: self.url.value().filter(|url| url.starts_with("http://") || url.starts_with("https://")),
        }
    }
}

fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => kind.ends_with("Article") || kind == "BlogPosting" || kind == "Report" || kind == "LiveBlogPosting",
        Value::Array(kinds) => kinds.iter().any(is_article),
        _ => false,
    }
}

/// The charset that a page names in its first bytes, in `meta` or in the XML declaration.
pub fn charset(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    for mark in ["charset", "encoding"] {
        for (at, _) in head.match_indices(mark) {
            let tag = head[..at].rfind('<').map_or("", |open| &head[open..at]);
            let Some(value) = head[at + mark.len()..].trim_start().strip_prefix('=') else { continue };
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(value.len());
            if (tag.starts_with("<meta") || tag.starts_with("<?xml")) && end > 0 {
                return Some(value[..end].to_owned());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surest_date_and_title_are_taken() {
        let html = r#"<title>Army takes Kidal | Sahel Wire</title><meta name="date" content="2023-05-01">
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},
            {"@type":["NewsArticle"],"headline":"Army &amp; rebels","datePublished":"2023-05-02T10:00:00Z","publisher":{"name":"Wire"}}]}</script>
            <meta property="og:site_name" content="Sahel Wire"><link rel="canonical" href="https://example.org/a?b&amp;c">
            <time datetime="2022-01-01">x</time>"#;
        let (found, is_headline) = meta(html);
        assert_eq!(found.date, Some(Given::new("2023-05-02T10:00:00Z")));
        assert_eq!((found.title.as_deref(), is_headline), (Some("Army & rebels"), true));
        assert_eq!(found.publisher.as_deref(), Some("Sahel Wire"));
        assert_eq!(found.url.as_deref(), Some("https://example.org/a?b&c"));
        let (first, _) = meta(&format!("{html}<meta property='article:published_time' content='2023-05-03'>"));
        assert_eq!(first.date, Some(Given::new("2023-05-03")));
    }

    #[test]
    fn a_window_title_is_no_headline() {
        let (found, is_headline) =
            meta("<title>Army takes Kidal - Wire</title><meta property=og:site_name content=Wire><time datetime='2023-05-03T10:00'>");
        assert_eq!((found.title.as_deref(), is_headline), (Some("Army takes Kidal"), false));
        assert_eq!(found.date, Some(Given::new("2023-05-03T10:00")));
    }

    #[test]
    fn charsets_that_pages_name() {
        assert_eq!(charset(b"<META http-equiv=Content-Type content=\"text/html; charset=ISO-8859-1\">").as_deref(), Some("iso-8859-1"));
        assert_eq!(charset(b"<?xml version='1.0' encoding='windows-1251'?>").as_deref(), Some("windows-1251"));
        assert_eq!(charset(b"<meta charset = 'utf-8'>").as_deref(), Some("utf-8"));
        assert_eq!(charset(b"<p>charset=x</p><script charset=y>"), None);
    }
}
