//! Web pages around made-up reports: what stands around a report on news sites, in eight ways of building a page.

use super::prose::{Prose, Story};
use crate::random::Random;
use std::fmt::Write;

/// How many ways there are.
pub const LAYOUTS: usize = 8;

/// The page in one of the layouts. `charset` is what it says of itself; empty for nothing.
pub fn page(story: &Story, layout: usize, charset: &str, prose: &Prose, chance: &mut Random) -> String {
    let mut side = Side { prose, chance, out: String::new() };
    match layout % LAYOUTS {
        0 => side.article(story, charset),
        1 => side.boxes(story, charset),
        2 => side.table(story, charset),
        3 => side.breaks(story, charset),
        4 => side.sections(story, charset),
        5 => side.open_tags(story, charset),
        6 => side.blog(story, charset),
        _ => side.spans(story, charset),
    }
    side.out
}

/// The page under way.
struct Side<'p> {
    prose: &'p Prose,
    chance: &'p mut Random,
    out: String,
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

impl Side<'_> {
    fn put(&mut self, words: &str) {
        self.out.push_str(words);
    }

    fn one(&mut self, list: &str) -> String {
        escaped(&self.prose.one(list, self.chance))
    }

    /// A head with the date where machines look for it, and the styles and scripts that make most of a page's bytes.
    fn head(&mut self, story: &Story, charset: &str, doctype: &str) {
        let (title, publisher) = (escaped(&story.title), escaped(&story.publisher));
        self.put(doctype);
        self.put("<html lang=\"en\"><head>");
        if !charset.is_empty() {
            let _ = write!(self.out, "<meta charset=\"{charset}\">");
        }
        let _ = write!(
            self.out,
            "<title>{title} | {publisher}</title>\n<meta property=\"og:title\" content=\"{title}\"><meta property=\"og:site_name\" content=\"{publisher}\">\
             <meta property=\"article:published_time\" content=\"{}T08:30:00Z\">\n<style>\n",
            story.day
        );
        for _ in 0..90 + self.chance.below(60) {
            let (a, b, c) = (self.chance.below(1 << 24), self.chance.below(60), self.chance.below(1000));
            let _ = writeln!(self.out, ".c{c}-{b} > div {{ margin: {b}px auto; color: #{a:06x}; background: url(/static/{a:x}.svg) }}");
        }
        self.put("</style>\n<script>\nwindow.settings = {");
        for n in 0..60 + self.chance.below(60) {
            let key = self.chance.draw();
            let _ = writeln!(self.out, "\"key{n}\": \"{key:016x}\", \"slot{n}\": function () {{ return \"<div>{key:x}</div>\" }},");
        }
        self.put("};\n</script></head>\n");
    }

    /// A list of links.
    fn links(&mut self, list: &str, number: usize) {
        self.put("<ul>");
        for _ in 0..number {
            let (to, words) = (self.chance.below(1 << 30), self.one(list));
            let _ = writeln!(self.out, "<li class=\"item\"><a href=\"/news/{to:x}\">{words}</a></li>");
        }
        self.put("</ul>");
    }

    fn menu(&mut self) {
        self.put("<nav class=\"main-nav\"><ul>");
        for name in ["Home", "World", "Africa", "Asia", "Business", "Sport", "Opinion", "Video", "Podcasts", "Sign in"] {
            let _ = write!(self.out, "<li><a href=\"/{}\">{name}</a></li>", name.to_lowercase());
        }
        self.put("</ul></nav>\n");
    }

    fn cookies(&mut self) {
        self.put(
            "<div class=\"cookie-banner\" id=\"consent\"><p>We and our partners use cookies to show you content and advertisements. You can \
             change your choices at any time.</p><button>Accept all</button><button>Settings</button></div>\n",
        );
    }

    fn advert(&mut self) {
        let words = self.one("advert");
        let _ = writeln!(self.out, "<div class=\"ad-slot advertisement\"><span>Advertisement</span><a href=\"/ad\">{words}</a></div>");
    }

    fn related(&mut self) {
        self.put("<aside class=\"related\"><h3>More on this story</h3>");
        self.links("headline", 5);
        self.put("</aside>\n");
    }

    fn comments(&mut self, number: usize) {
        self.put("<div id=\"comments\" class=\"comments\"><h3>Comments</h3>");
        for _ in 0..number {
            let (first, words) = (self.one("first"), self.one("comment"));
            let _ = writeln!(self.out, "<div class=\"comment\"><b>{first}</b><p>{words}</p><a href=\"#reply\">Reply</a></div>");
        }
        self.put("</div>\n");
    }

    fn foot(&mut self, story: &Story) {
        let publisher = escaped(&story.publisher);
        self.put("<footer><h4>Most read</h4>");
        self.links("headline", 20);
        let _ = write!(
            self.out,
            "<p>About us | Contact | Privacy | Terms</p><p>&copy; {publisher}. All rights reserved.</p></footer>\n<script>load(\"x\")</script></body></html>"
        );
    }

    fn paragraph(&mut self, words: &str, open: &str, close: &str) {
        let words = escaped(words);
        // Some words are links, as names are on many sites.
        let words = match words.find(' ').filter(|_| self.chance.below(4) == 0) {
            Some(at) => format!("<a href=\"/topic/1\">{}</a>{}", &words[..at], &words[at..]),
            None => words,
        };
        let _ = writeln!(self.out, "{open}{words}{close}");
    }

    fn article(&mut self, story: &Story, charset: &str) {
        self.head(story, charset, "<!DOCTYPE html>");
        self.put("<body class=\"post\">");
        self.cookies();
        self.put("<header>");
        self.menu();
        self.put("</header><main><article>");
        let (title, author, caption) = (escaped(&story.title), escaped(&story.author), self.one("caption"));
        let _ = write!(self.out, "<h1>{title}</h1><div class=\"byline\">By {author}</div><time datetime=\"{}\"></time>", story.day);
        let _ = write!(self.out, "<figure><img src=\"/a.jpg\" alt=\"\"><figcaption>{caption}</figcaption></figure>");
        for (at, words) in story.paragraphs.iter().enumerate() {
            self.paragraph(words, "<p>", "</p>");
            if at == 2 {
                self.advert();
            }
        }
        self.put("</article></main>");
        self.related();
        self.foot(story);
    }

    fn boxes(&mut self, story: &Story, charset: &str) {
        self.head(story, charset, "<!DOCTYPE html>");
        self.put("<body><div id=\"wrap\"><div class=\"top\">");
        self.menu();
        let title = escaped(&story.title);
        let _ =
            write!(self.out, "</div><div class=\"cols\"><div class=\"left\"><h2 class=\"headline\">{title}</h2><div class=\"story-body\">");
        for words in &story.paragraphs {
            self.paragraph(words, "<div class=\"txt\"><p>", "</p></div>");
        }
        self.put("</div>");
        self.comments(4);
        self.put("</div><div class=\"right sidebar\">");
        self.advert();
        self.related();
        self.put("</div></div></div>");
        self.cookies();
        self.foot(story);
    }

    fn table(&mut self, story: &Story, charset: &str) {
        self.head(story, charset, "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">\n");
        self.put("<BODY BGCOLOR=white><TABLE WIDTH=780><TR><TD COLSPAN=3>");
        self.menu();
        self.put("</TD></TR><TR><TD WIDTH=140 VALIGN=top>");
        self.links("headline", 12);
        let title = escaped(&story.title);
        let _ = write!(self.out, "</TD><TD VALIGN=top><FONT SIZE=5><B>{title}</B></FONT>");
        for words in &story.paragraphs {
            self.paragraph(words, "<P><FONT FACE=Arial SIZE=2>", "</FONT></P>");
        }
        self.put("</TD><TD WIDTH=160>");
        self.advert();
        self.put("</TD></TR></TABLE>");
        self.foot(story);
    }

    fn breaks(&mut self, story: &Story, charset: &str) {
        self.head(story, charset, "");
        self.put("<body>");
        self.menu();
        let (title, author) = (escaped(&story.title), escaped(&story.author));
        let _ = writeln!(self.out, "<h1>{title}</h1><div class=\"content\"><i>{author}</i><br><br>");
        for words in &story.paragraphs {
            self.paragraph(words, "", "<br><br>");
        }
        self.put("</div><hr>");
        self.links("headline", 8);
        self.foot(story);
    }

    fn sections(&mut self, story: &Story, charset: &str) {
        self.head(story, charset, "<!DOCTYPE html>");
        self.put("<body>");
        self.menu();
        let title = escaped(&story.title);
        let _ = write!(self.out, "<main role=\"main\"><h1 itemprop=\"headline\">{title}</h1><div itemprop=\"articleBody\">");
        for (at, words) in story.paragraphs.iter().enumerate() {
            if at % 3 == 0 {
                let caption = self.one("caption");
                let _ = write!(self.out, "</section><section><figure><img src=\"/b.jpg\"><figcaption>{caption}</figcaption></figure>");
            }
            self.paragraph(words, "<p class=\"paragraph\">", "</p>");
        }
        self.put("</section></div></main>");
        self.comments(6);
        self.related();
        self.cookies();
        self.foot(story);
    }

    fn open_tags(&mut self, story: &Story, charset: &str) {
        self.head(story, charset, "<!doctype html>\n");
        self.put("<body><div id=nav>");
        self.links("headline", 10);
        let title = escaped(&story.title);
        let _ = writeln!(self.out, "</div><div id=content><h1>{title}</h1>");
        for words in &story.paragraphs {
            self.paragraph(words, "<p>", "");
        }
        self.put("</div><div id=foot>");
        self.advert();
        self.put("</div>");
        self.foot(story);
    }

    fn blog(&mut self, story: &Story, charset: &str) {
        self.head(story, charset, "<!DOCTYPE html>");
        let (title, author) = (escaped(&story.title), escaped(&story.author));
        let _ = write!(
            self.out,
            "<body class=\"blog single\"><div id=\"primary\"><div class=\"entry hentry\"><h1 class=\"entry-title\">{title}</h1>\
             <div class=\"entry-meta\">Posted by {author}</div><div class=\"entry-content\">"
        );
        for words in &story.paragraphs {
            self.paragraph(words, "<p style=\"text-align: justify\">", "</p>");
        }
        self.put("<div class=\"share\"><a href=\"#s\">Share</a> <a href=\"#t\">Print</a></div></div></div>");
        self.comments(12);
        self.put("</div><div id=\"secondary\" class=\"widget-area\"><h3>Archives</h3>");
        self.links("headline", 15);
        self.put("</div>");
        self.foot(story);
    }

    fn spans(&mut self, story: &Story, charset: &str) {
        self.head(story, charset, "<!DOCTYPE html>");
        let title = escaped(&story.title);
        self.put("<body><app-root><div data-page=\"1\">");
        self.menu();
        self.cookies();
        let _ = write!(self.out, "<div class=\"css-1x\"><h1>{title}</h1></div><div class=\"css-2y article-content\">");
        for words in &story.paragraphs {
            self.paragraph(words, "<div class=\"css-3z\"><p><span>", "</span></p></div>");
        }
        self.put("</div>");
        self.related();
        self.put("</div></app-root>");
        self.foot(story);
    }
}
