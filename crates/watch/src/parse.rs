//! A feed's bytes to its entries.

use crate::Failure;
use feed_rs::model;
use griot_ingest::decode;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use url::Url;

/// What a feed says of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the feed calls it.
    pub id: String,
    pub link: Option<Url>,
    pub title: Option<String>,
    /// The day of publication (UTC), else of the last change.
    pub date: Option<Date>,
    /// The feed's own text of it, as HTML.
    pub html: Option<String>,
}

/// Reads a feed; `media` is the type that was sent with it, `url` what its links are relative to.
pub fn parse(bytes: Vec<u8>, media: Option<&str>, url: &Url) -> Result<Vec<Entry>, Failure> {
    let wrong = |why: String| Failure::NoFeed(why.chars().take(160).collect());
    let sent = media.and_then(|media| attribute(&media.to_ascii_lowercase(), "charset"));
    let declared = sent.or_else(|| attribute(&declaration(&bytes), "encoding"));
    let text = decode(bytes, declared.as_deref()).map_err(|error| wrong(error.to_string()))?;
    let text = text.trim_start();
    // The text is UTF-8 by now, whatever its first line says.
    let text = match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest.trim_start(),
        None => text,
    };
    if !text.starts_with('<') {
        return Err(wrong("it is no XML".to_owned()));
    }
    let parser = feed_rs::parser::Builder::new().base_uri(Some(url.as_str())).build();
    let feed = parser.parse(text.as_bytes()).map_err(|error| wrong(error.to_string()))?;
    Ok(feed.entries.into_iter().map(|entry| Entry::new(entry, url)).collect())
}

/// The XML declaration, in lower case.
fn declaration(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_ascii_lowercase();
    head.split_once("?>").map_or_else(String::new, |(declaration, _)| declaration.to_owned())
}

/// The value of `name=…`, quoted or not.
fn attribute(words: &str, name: &str) -> Option<String> {
    let (_, rest) = words.split_once(name)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let value: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.')).collect();
    (!value.is_empty()).then_some(value)
}

impl Entry {
    fn new(entry: model::Entry, base: &Url) -> Entry {
        let pages = || entry.links.iter().filter(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
        let link = pages().find_map(|link| base.join(link.href.trim()).ok()).filter(|link| matches!(link.scheme(), "http" | "https"));
        let moment = entry.published.or(entry.updated);
        let date = moment.and_then(|at| Timestamp::from_second(at.timestamp()).ok()).map(|at| at.to_zoned(TimeZone::UTC).date());
        let text = |text: model::Text| text.content;
        let body = entry.content.and_then(|content| content.body).or(entry.summary.map(text));
        let title = entry.title.map(|title| plain(&title.content)).filter(|title| !title.is_empty());
        Entry {
            id: entry.id,
            link,
            date,
            html: body.filter(|body| !body.trim().is_empty()).map(|body| page(title.as_deref(), &body)),
            title,
        }
    }
}

/// A feed's text of a report, under its title, as a page.
fn page(title: Option<&str>, body: &str) -> String {
    let heading = title.map_or_else(String::new, |title| format!("<h1>{}</h1>\n", escape(title)));
    let marked =
        body.match_indices('<').any(|(at, _)| body[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!'));
    if marked {
        return format!("{heading}{body}");
    }
    let paragraphs = body.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    // What is no markup may still hold '&amp;' from being escaped twice; the page's reader undoes that.
    paragraphs.fold(heading, |page, paragraph| page + "<p>" + &paragraph.replace('<', "&lt;") + "</p>\n")
}

fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}

/// A title without the markup that some feeds put into it.
fn plain(title: &str) -> String {
    let (mut words, mut inside) = (String::new(), false);
    let mut rest = title.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '<' if rest.peek().is_some_and(|next| next.is_ascii_alphabetic() || *next == '/') => inside = true,
            '>' if inside => inside = false,
            _ if !inside => words.push(c),
            _ => {}
        }
    }
    let words = ["&amp;", "&quot;", "&#39;", "&lt;", "&gt;"]
        .iter()
        .zip(["&", "\"", "'", "<", ">"])
        .fold(words, |words, (from, to)| words.replace(from, to));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Entry> {
        parse(text.as_bytes().to_vec(), None, &"https://a.example/feed".parse().unwrap()).unwrap()
    }

    #[test]
    fn rss_and_atom_give_the_same_entry() {
        let rss = "<?xml version='1.0'?><rss version='2.0'><channel><title>A</title><item><title>Army &amp;amp; rebels</title><link>/1</link>\
                   <guid>one</guid><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate><description>Five died.</description></item></channel></rss>";
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><entry><title>Army &amp; rebels</title><id>one</id>\
                    <link rel='enclosure' href='/1.mp3'/><link href='/1'/><published>2024-05-03T10:00:00Z</published><updated>2024-05-09T10:00:00Z</updated>\
                    <summary>Five died.</summary></entry></feed>";
        let [one] = &read(rss)[..] else { panic!() };
        assert_eq!(one.link.as_ref().map(Url::as_str), Some("https://a.example/1"));
        assert_eq!((one.id.as_str(), one.title.as_deref(), one.date), ("one", Some("Army & rebels"), Some(jiff::civil::date(2024, 5, 3))));
        assert_eq!(one.html.as_deref(), Some("<h1>Army &amp; rebels</h1>\n<p>Five died.</p>\n"));
        assert_eq!(read(atom)[0], *one);
    }

    #[test]
    fn charsets_are_those_of_the_answer_or_of_the_first_line() {
        let feed = "<?xml version='1.0' encoding='windows-1252'?><rss version='2.0'><channel><item><title>Sévaré – calm</title></item></channel></rss>";
        let bytes: Vec<u8> = feed.chars().map(|c| if c == '–' { 0x96 } else { c as u8 }).collect();
        let url = "https://a.example/".parse().unwrap();
        let title = |bytes, media| parse(bytes, media, &url).unwrap()[0].title.clone();
        assert_eq!(title(bytes.clone(), None).as_deref(), Some("Sévaré – calm"));
        let bare = bytes[bytes.iter().position(|byte| *byte == b'>').unwrap() + 1..].to_vec();
        assert_eq!(title(bare, Some("text/xml; charset=Windows-1252")).as_deref(), Some("Sévaré – calm"));
    }

    #[test]
    fn what_is_no_feed_is_said_and_deep_nesting_is_survived() {
        let url: Url = "https://a.example/".parse().unwrap();
        for text in ["", "hello", "<html><body>x</body></html>", "<rss version='2.0'><channel><item><title>x</channel>", "{\"version\": 1}"]
        {
            assert!(matches!(parse(text.as_bytes().to_vec(), None, &url), Err(Failure::NoFeed(_))), "{text}");
        }
        let deep = "<a>".repeat(300_000);
        for text in [
            format!("<rss version='2.0'><channel><item>{deep}"),
            format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>{deep}"),
        ] {
            let _ = parse(text.into_bytes(), None, &url);
        }
    }
}
