//! Files, folders and streams to documents: the one place of this crate that does I/O.

use crate::finish::{Draft, finish};
use crate::format::{self, Format, html, jsonl, plain};
use crate::{Error, ErrorKind, Manifest, charset};
use griot_types::{Date, Document};
use std::collections::VecDeque;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// What the person who runs Griot says about the reports.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day of publication of reports whose source gives none. Outweighed by the manifest, by the source's own metadata and by a dateline
    /// with a year; outweighs a date in the file's name.
    pub date: Option<Date>,
    /// Date, publisher and link by file name. Outweighs all else.
    pub manifest: Option<Manifest>,
}

/// Reads reports.
#[derive(Clone, Debug)]
pub struct Reader {
    options: Options,
    today: Date,
}

impl Reader {
    /// A reader under `options`. Dates of publication after today, by the computer's clock (UTC), are noted.
    pub fn new(options: Options) -> Self {
        let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
        Reader { options, today }
    }

    /// Takes another day for today.
    pub fn with_today(mut self, today: Date) -> Self {
        self.today = today;
        self
    }

    /// Reads what `path` names: a file, a folder (all below it, sorted by name, hidden files and symbolic links to folders left out; files of
    /// kinds that are no reports, such as pictures and tables, left out too), or `-` for standard input.
    ///
    /// Reports come one at a time; a JSONL file is read line by line. An error stands for one file or item, and the others go on.
    pub fn open(&self, path: impl AsRef<Path>) -> Documents<'_> {
        let path = path.as_ref();
        if path.as_os_str() == "-" {
            return self.stream("-", io::stdin());
        }
        Documents { pending: vec![path.to_owned()], root: Some(path.to_owned()), ..Documents::new(self) }
    }

    /// Reads a stream; `name` is for messages, for the manifest, and its ending for the format.
    pub fn stream<'r>(&'r self, name: &str, stream: impl Read + 'r) -> Documents<'r> {
        let mut documents = Documents::new(self);
        documents.begin(name, Box::new(stream));
        documents
    }

    /// Reads bytes that are at hand. Does no I/O. Several documents come from JSONL alone.
    pub fn read_bytes(&self, name: &str, bytes: Vec<u8>) -> Vec<Result<Document, Error>> {
        match self.tell(name, &bytes[..bytes.len().min(format::HEAD)]) {
            Err(error) => vec![Err(error)],
            Ok(Format::Jsonl) => {
                let lines = bytes.split(|&b| b == b'\n').zip(1..);
                let items: Vec<_> = lines.filter_map(|(line, number)| self.item(name, number, line)).collect();
                if items.is_empty() { vec![Err(Error::new(name, ErrorKind::Empty))] } else { items }
            }
            Ok(format) => vec![self.whole(name, format, bytes)],
        }
    }

    fn tell(&self, name: &str, head: &[u8]) -> Result<Format, Error> {
        let format = format::tell(name, head).map_err(|kind| Error::new(name, kind))?;
        if format == Format::Jsonl && charset::is_no_utf8_text(head) {
            return Err(Error::new(name, ErrorKind::NotUtf8));
        }
        Ok(format)
    }

    /// A file that is one report.
    fn whole(&self, name: &str, format: Format, bytes: Vec<u8>) -> Result<Document, Error> {
        if bytes.is_empty() {
            return Err(Error::new(name, ErrorKind::Empty));
        }
        let draft = if format == Format::Html { html::read(name, bytes) } else { plain::read(name, bytes) };
        self.finish(draft.map_err(|kind| Error::new(name, kind))?)
    }

    fn item(&self, name: &str, number: u64, line: &[u8]) -> Option<Result<Document, Error>> {
        let draft = jsonl::read_line(name, number, line)?;
        Some(draft.and_then(|draft| self.finish(draft)).map_err(|error| if error.line().is_none() { error.at_line(number) } else { error }))
    }

    fn finish(&self, draft: Draft) -> Result<Document, Error> {
        finish(draft, &self.options, self.today)
    }
}

/// Reads bytes that are at hand, without I/O but for a look at the clock: [`Reader::read_bytes`] of a reader that is used once.
pub fn read_bytes(name: &str, bytes: Vec<u8>, options: &Options) -> Vec<Result<Document, Error>> {
    Reader::new(options.clone()).read_bytes(name, bytes)
}

/// The reports of a file, a folder or a stream, in order.
pub struct Documents<'r> {
    reader: &'r Reader,
    /// Paths yet to be read, the next one last.
    pending: Vec<PathBuf>,
    /// The path that was asked for, until something came of it.
    root: Option<PathBuf>,
    ready: VecDeque<Result<Document, Error>>,
    lines: Option<Lines<'r>>,
}

/// A JSONL file under way.
struct Lines<'r> {
    name: String,
    input: Box<dyn BufRead + 'r>,
    number: u64,
    /// Whether any line held something.
    found: bool,
}

impl<'r> Documents<'r> {
    fn new(reader: &'r Reader) -> Self {
        Documents { reader, pending: Vec::new(), root: None, ready: VecDeque::new(), lines: None }
    }

    fn fail(&mut self, name: &str, kind: ErrorKind) {
        self.ready.push_back(Err(Error::new(name, kind)));
    }

    /// Starts on a file or folder.
    fn visit(&mut self, path: &Path) {
        let name = path.to_string_lossy().into_owned();
        let outcome =
            fs::metadata(path).and_then(|metadata| if metadata.is_dir() { self.enter(path) } else { self.open_file(path, &name) });
        if let Err(error) = outcome {
            self.fail(&name, ErrorKind::Io(error));
        }
    }

    fn enter(&mut self, folder: &Path) -> io::Result<()> {
        let mut inside = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let kind = entry.file_type()?;
            // A link to a folder may lead back to where it stands.
            let linked_folder = kind.is_symlink() && fs::metadata(entry.path()).is_ok_and(|target| target.is_dir());
            if kind.is_dir() || !linked_folder && format::is_wanted(&name.to_string_lossy()) {
                inside.push(entry.path());
            }
        }
        inside.sort_unstable_by(|a, b| b.cmp(a));
        self.pending.append(&mut inside);
        Ok(())
    }

    fn open_file(&mut self, path: &Path, name: &str) -> io::Result<()> {
        let file = fs::File::open(path)?;
        self.begin(name, Box::new(file));
        Ok(())
    }

    /// Tells a stream's format and reads it, or makes ready to read it line by line.
    fn begin(&mut self, name: &str, stream: Box<dyn Read + 'r>) {
        if let Err(error) = self.try_begin(name, stream) {
            self.ready.push_back(Err(error));
        }
    }

    fn try_begin(&mut self, name: &str, mut stream: Box<dyn Read + 'r>) -> Result<(), Error> {
        let failed = |error| Error::new(name, ErrorKind::Io(error));
        let mut head = Vec::new();
        stream.by_ref().take(format::HEAD as u64).read_to_end(&mut head).map_err(failed)?;
        let format = self.reader.tell(name, &head)?;
        if format == Format::Jsonl {
            let input = Box::new(BufReader::with_capacity(1 << 16, io::Cursor::new(head).chain(stream)));
            self.lines = Some(Lines { name: name.to_owned(), input, number: 0, found: false });
            return Ok(());
        }
        let limit = if format == Format::Html { html::LARGEST } else { format::LARGEST };
        let mut bytes = head;
        stream.take(limit + 1 - bytes.len() as u64).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > limit {
            return Err(Error::new(name, ErrorKind::TooLarge { limit }));
        }
        self.ready.push_back(self.reader.whole(name, format, bytes));
        Ok(())
    }

    /// The next report of the JSONL file under way; `None` at its end.
    fn next_line(&mut self) -> Option<Result<Document, Error>> {
        let lines = self.lines.as_mut()?;
        let mut line = Vec::new();
        loop {
            line.clear();
            lines.number += 1;
            let here = |kind| Error::new(&lines.name, kind).at_line(lines.number);
            let read = lines.input.by_ref().take(format::LARGEST + 1).read_until(b'\n', &mut line);
            let wrong = match read {
                Ok(0) if lines.found => None,
                Ok(0) => Some(Error::new(&lines.name, ErrorKind::Empty)),
                Ok(length) if length as u64 > format::LARGEST => Some(here(ErrorKind::TooLarge { limit: format::LARGEST })),
                Err(error) => Some(here(ErrorKind::Io(error))),
                Ok(_) => {
                    let bytes = line.strip_suffix(b"\n").unwrap_or(&line);
                    match self.reader.item(&lines.name, lines.number, bytes) {
                        None => continue,
                        Some(outcome) => {
                            lines.found = true;
                            return Some(outcome);
                        }
                    }
                }
            };
            self.lines = None;
            return wrong.map(Err);
        }
    }
}

impl Iterator for Documents<'_> {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(outcome) = self.ready.pop_front().or_else(|| self.next_line()) {
                self.root = None;
                return Some(outcome);
            }
            match self.pending.pop() {
                Some(path) => self.visit(&path),
                None => {
                    let root = self.root.take()?;
                    return Some(Err(Error::new(&root.to_string_lossy(), ErrorKind::EmptyFolder)));
                }
            }
        }
    }
}
