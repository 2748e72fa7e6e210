//! Files, folders and streams to items: the one place of this crate that does I/O.

use crate::format::parquet::Table;
use crate::format::warc::{Warc, damage};
use crate::format::{self, Format, html, jsonl};
use crate::item::{Form, Item, Place};
use crate::packed::{Packing, Raw, Unpacked};
use crate::{Error, ErrorKind, Limits, charset};
use std::collections::VecDeque;
use std::fs;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The reports of a file, a folder or a stream as they lie there, in order.
pub struct Items<'r> {
    limits: Limits,
    /// Paths yet to be read, the next one last.
    pending: Vec<PathBuf>,
    /// The path that was asked for, until something came of it.
    root: Option<PathBuf>,
    ready: VecDeque<Result<Item, Error>>,
    open: Option<Open<'r>>,
    behind: Arc<AtomicU64>,
}

/// A file of many items under way.
enum Open<'r> {
    Lines(Box<Lines<'r>>),
    Warc(Box<Warc<'r>>),
    Table(Box<Table>),
}

/// A JSONL file under way.
struct Lines<'r> {
    name: String,
    input: Unpacked<'r>,
    number: u64,
    /// Whether any line held something.
    found: bool,
    ended: bool,
}

/// How a file can be looked at from its end, as some formats want.
enum Again<'a> {
    Path(&'a Path),
    Bytes(Vec<u8>),
    Never,
}

/// Counts what is read from a file.
struct Tally<R> {
    inner: R,
    behind: Arc<AtomicU64>,
}

impl<R: Read> Read for Tally<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.behind.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

impl<'r> Items<'r> {
    fn new(limits: Limits) -> Self {
        Items { limits, pending: Vec::new(), root: None, ready: VecDeque::new(), open: None, behind: Arc::default() }
    }

    /// What a path names.
    pub(crate) fn open(path: &Path, limits: Limits) -> Items<'static> {
        let mut items = Items::new(limits);
        if path.as_os_str() == "-" {
            items.begin("-", Box::new(io::stdin()), Again::Never);
        } else {
            items.pending.push(path.to_owned());
            items.root = Some(path.to_owned());
        }
        items
    }

    pub(crate) fn stream(name: &str, stream: impl Read + Send + 'r, limits: Limits) -> Items<'r> {
        let mut items = Items::new(limits);
        items.begin(name, Box::new(stream), Again::Never);
        items
    }

    pub(crate) fn of(name: &str, bytes: Vec<u8>, limits: Limits) -> Items<'static> {
        let mut items = Items::new(limits);
        if bytes.starts_with(b"PAR1") {
            items.begin(name, Box::new(io::empty()), Again::Bytes(bytes));
        } else {
            items.begin(name, Box::new(io::Cursor::new(bytes)), Again::Never);
        }
        items
    }

    /// How many bytes of the files are behind, for whoever shows progress.
    pub fn behind(&self) -> u64 {
        let table = if let Some(Open::Table(table)) = &self.open { table.position() } else { 0 };
        self.behind.load(Ordering::Relaxed) + table
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
        let mut inside = inside(folder)?;
        inside.reverse();
        self.pending.append(&mut inside);
        Ok(())
    }

    fn open_file(&mut self, path: &Path, name: &str) -> io::Result<()> {
        let file = Tally { inner: fs::File::open(path)?, behind: self.behind.clone() };
        self.begin(name, Box::new(file), Again::Path(path));
        Ok(())
    }

    /// Tells a stream's format and reads it, or makes ready to read it item by item.
    fn begin(&mut self, name: &str, stream: Raw<'r>, again: Again) {
        if let Err(error) = self.try_begin(name, stream, again) {
            self.ready.push_back(Err(error));
        }
    }

    fn try_begin(&mut self, name: &str, stream: Raw<'r>, again: Again) -> Result<(), Error> {
        if let Again::Bytes(bytes) = again {
            self.open = Some(Open::Table(Box::new(Table::of(name, bytes, self.limits.bytes)?)));
            return Ok(());
        }
        let failed = |packing, error| Error::new(name, damage(packing, error));
        let mut input = Unpacked::new(stream).map_err(|error| failed(Packing::None, error))?;
        let packing = input.packing();
        let head = input.peek(format::HEAD).map_err(|error| failed(packing, error))?.to_vec();
        let unpacked = if packing == Packing::None { name } else { format::unpacked_name(name) };
        let format = format::tell(unpacked, &head).map_err(|kind| Error::new(name, kind))?;
        let form = match format {
            Format::Jsonl if charset::is_no_utf8_text(&head) => return Err(Error::new(name, ErrorKind::NotUtf8)),
            Format::Jsonl => {
                self.open = Some(Open::Lines(Box::new(Lines { name: name.to_owned(), input, number: 0, found: false, ended: false })));
                return Ok(());
            }
            Format::Warc => {
                self.open = Some(Open::Warc(Box::new(Warc::new(name, input, self.limits.bytes))));
                return Ok(());
            }
            Format::Parquet => {
                let Again::Path(path) = again else { return Err(Error::new(name, ErrorKind::Stream("Parquet"))) };
                if packing != Packing::None {
                    return Err(Error::new(name, ErrorKind::PackedTwice));
                }
                // What was read of it is read again, and counted there.
                self.behind.fetch_sub(input.pulled(), Ordering::Relaxed);
                let file = fs::File::open(path).map_err(|error| Error::new(name, ErrorKind::Io(error)))?;
                self.open = Some(Open::Table(Box::new(Table::open(name, file, self.limits.bytes)?)));
                return Ok(());
            }
            Format::Plain => Form::Plain,
            Format::Html => Form::Html,
            Format::Pdf => Form::Pdf,
            Format::Docx => Form::Docx,
        };
        let limit = self.limits.bytes.min(if format == Format::Html { html::LARGEST } else { format::LARGEST });
        let mut bytes = Vec::new();
        input.take(limit + 1).read_to_end(&mut bytes).map_err(|error| failed(packing, error))?;
        if bytes.len() as u64 > limit {
            return Err(Error::new(name, ErrorKind::TooLarge { limit }));
        }
        self.ready.push_back(Ok(Item::new(name, form, bytes)));
        Ok(())
    }

    /// The next item of the file under way; `None` at its end.
    fn next_inside(&mut self) -> Option<Result<Item, Error>> {
        let item = match self.open.as_mut()? {
            Open::Lines(lines) => lines.next(self.limits.bytes),
            Open::Warc(warc) => warc.next(),
            Open::Table(table) => table.next(),
        };
        if item.is_none() {
            let behind = self.behind();
            self.open = None;
            self.behind.store(behind, Ordering::Relaxed);
        }
        item
    }
}

/// What of a folder is read, in order.
fn inside(folder: &Path) -> io::Result<Vec<PathBuf>> {
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
    inside.sort_unstable();
    Ok(inside)
}

/// How many bytes there are to read below a path; what cannot be looked at counts as nothing.
pub fn size(path: &Path) -> u64 {
    let mut pending = vec![path.to_owned()];
    let mut all = 0;
    while let Some(path) = pending.pop() {
        let Ok(metadata) = fs::metadata(&path) else { continue };
        if metadata.is_dir() {
            pending.append(&mut inside(&path).unwrap_or_default());
        } else {
            all += metadata.len();
        }
    }
    all
}

impl Lines<'_> {
    /// The next line that holds something.
    fn next(&mut self, limit: u64) -> Option<Result<Item, Error>> {
        loop {
            if self.ended {
                return None;
            }
            self.number += 1;
            let place = Place { line: Some(self.number), record: None, offset: Some(self.input.taken()) };
            let wrong = |kind| Some(Err(Error::new(&self.name, kind).at(place)));
            let packing = self.input.packing();
            let mut line = Vec::new();
            match self.input.by_ref().take(limit + 1).read_until(b'\n', &mut line) {
                Ok(0) => {
                    self.ended = true;
                    return if self.found { None } else { Some(Err(Error::new(&self.name, ErrorKind::Empty))) };
                }
                Ok(length) if length as u64 > limit => {
                    self.found = true;
                    if !line.ends_with(b"\n") && pass_line(&mut self.input).is_err() {
                        self.ended = true;
                    }
                    return wrong(ErrorKind::TooLarge { limit });
                }
                Err(error) => {
                    self.ended = true;
                    return wrong(match damage(packing, error) {
                        ErrorKind::Damaged(cause) => ErrorKind::BrokenOff(cause),
                        kind => kind,
                    });
                }
                Ok(_) => {
                    let Some(bytes) = jsonl::strip(self.number, &line) else { continue };
                    self.found = true;
                    let mut item = Item::new(&self.name, Form::Jsonl, bytes.to_vec());
                    item.name = format!("{}#{}", self.name, self.number);
                    item.place = place;
                    return Some(Ok(item));
                }
            }
        }
    }
}

/// Passes over the rest of a line without holding it.
fn pass_line(input: &mut Unpacked) -> io::Result<()> {
    loop {
        let bytes = input.fill_buf()?;
        if bytes.is_empty() {
            return Ok(());
        }
        let end = bytes.iter().position(|&b| b == b'\n');
        let length = end.map_or(bytes.len(), |at| at + 1);
        input.consume(length);
        if end.is_some() {
            return Ok(());
        }
    }
}

impl Iterator for Items<'_> {
    type Item = Result<Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(outcome) = self.ready.pop_front().or_else(|| self.next_inside()) {
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
