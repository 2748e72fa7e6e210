//! A user's own codebook, laid over the shipped one.

use crate::Misuse;
use griot_coder::{Codebook, Coder};
use griot_world::World;
use std::fs;
use std::path::Path;

/// The shipped frames: name and text of each file.
static FRAMES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/frames.rs"));

/// A file's name and its text.
type Source = (String, String);

/// What a user's folder holds.
#[derive(Debug, Default)]
pub struct Folder {
    frames: Vec<Source>,
    dictionaries: Vec<Source>,
}

impl Folder {
    /// Reads `frames/` and `dictionaries/` of a folder, in the order of their names.
    pub fn read(folder: &Path) -> Result<Folder, Misuse> {
        if !folder.is_dir() {
            return Err(Misuse(format!(
                "{}: is not a folder; --codebook asks for one with 'frames' or 'dictionaries' in it",
                folder.display()
            )));
        }
        let (mut read, mut others) = (Folder::default(), Vec::new());
        for path in inside(folder)? {
            match path.file_name().and_then(|name| name.to_str()) {
                Some("frames") => sources(&path, &mut read.frames)?,
                Some("dictionaries") => sources(&path, &mut read.dictionaries)?,
                Some(name) if name.ends_with(".toml") => others.push(name.to_owned()),
                _ => {}
            }
        }
        // A rule that is silently left out would make claims under rules that the user believes changed.
        if let Some(name) = others.first() {
            let path = folder.join(name);
            return Err(Misuse(format!(
                "{}: only frames and dictionaries can be laid over; move it to 'frames' or 'dictionaries'",
                path.display()
            )));
        }
        if read.frames.is_empty() && read.dictionaries.is_empty() {
            return Err(Misuse(format!("{}: holds no rules; it needs TOML files in 'frames' or 'dictionaries'", folder.display())));
        }
        Ok(read)
    }

    /// The shipped frames with these over them: a frame of the same name is replaced, others are added.
    pub fn coder(&self) -> Result<Option<Coder>, Misuse> {
        if self.frames.is_empty() {
            return Ok(None);
        }
        let shipped = FRAMES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let all: Vec<Source> = shipped.chain(self.frames.iter().cloned()).collect();
        Codebook::compile(&all).map(|book| Some(Coder::new(book))).map_err(|error| Misuse(error.to_string()))
    }

    /// The shipped dictionaries with these over them.
    pub fn world(&self) -> Result<Option<World>, Misuse> {
        if self.dictionaries.is_empty() {
            return Ok(None);
        }
        World::with_sources(&self.dictionaries).map(Some).map_err(|error| Misuse(error.to_string()))
    }
}

/// All TOML files below `folder`.
fn sources(folder: &Path, into: &mut Vec<Source>) -> Result<(), Misuse> {
    for path in inside(folder)? {
        if path.is_dir() {
            sources(&path, into)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            into.push((path.display().to_string(), text));
        }
    }
    Ok(())
}

fn inside(folder: &Path) -> Result<Vec<std::path::PathBuf>, Misuse> {
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>());
    let mut paths = entries.map_err(|error| unreadable(folder, &error))?;
    paths.sort();
    Ok(paths)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Misuse {
    Misuse(format!("{}: cannot be read ({error}); check the path and your rights to it", path.display()))
}
