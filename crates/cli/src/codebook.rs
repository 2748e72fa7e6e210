//! A user's own codebook, laid over the shipped one.

use crate::Misuse;
use griot_coder::{Codebook, Coder};
use griot_world::World;
use std::fs;
use std::path::{Path, PathBuf};

/// The shipped frames: name and text of each file.
static FRAMES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/frames.rs"));

/// A file's name and its text.
type Source = (String, String);

/// What a user's folder holds.
#[derive(Debug, Default)]
pub struct Folder {
    frames: Vec<Source>,
    /// Dictionaries, regions, the calendar and country files of places.
    world: Vec<Source>,
}

impl Folder {
    /// Reads a folder that is laid out as `codebook/` is, in the order of its files' names.
    pub fn read(folder: &Path) -> Result<Folder, Misuse> {
        if !folder.is_dir() {
            return Err(Misuse(format!(
                "{}: is not a folder; --codebook asks for one that holds 'frames', 'dictionaries' or 'places'",
                folder.display()
            )));
        }
        let mut read = Folder::default();
        read.enter(folder, None)?;
        if read.frames.is_empty() && read.world.is_empty() {
            return Err(Misuse(format!(
                "{}: holds no rules; it needs TOML files in 'frames' or 'dictionaries', or GeoNames' country files (.txt) in 'places'",
                folder.display()
            )));
        }
        Ok(read)
    }

    /// Takes all TOML files, and GeoNames' country files in 'places', below `folder`, which is the room called `room` or lies in it.
    fn enter(&mut self, folder: &Path, room: Option<&str>) -> Result<(), Misuse> {
        for path in inside(folder)? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_dir() {
                self.enter(&path, room.or(Some(name)))?;
            } else if room == Some("places") && name.ends_with(".txt") {
                self.world.push((path.display().to_string(), fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?));
            } else if name.ends_with(".toml") {
                let into = match (room, name) {
                    (Some("frames"), _) => &mut self.frames,
                    (Some("dictionaries"), _) | (None, "calendar.toml" | "regions.toml") => &mut self.world,
                    // Rules that are passed over would make claims under a codebook that the user believes to be another.
                    _ => {
                        let known = "frames/*.toml, dictionaries/**/*.toml, places/*.txt, calendar.toml or regions.toml";
                        return Err(Misuse(format!("{}: cannot be laid over the shipped codebook; what can is {known}", path.display())));
                    }
                };
                into.push((path.display().to_string(), fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?));
            }
        }
        Ok(())
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

    /// The shipped dictionaries, regions and calendar with these over them.
    pub fn world(&self) -> Result<Option<World>, Misuse> {
        if self.world.is_empty() {
            return Ok(None);
        }
        World::with_sources(&self.world).map(Some).map_err(|error| Misuse(error.to_string()))
    }
}

fn inside(folder: &Path) -> Result<Vec<PathBuf>, Misuse> {
    let entries = fs::read_dir(folder).and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>());
    let mut paths = entries.map_err(|error| unreadable(folder, &error))?;
    paths.sort();
    Ok(paths)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Misuse {
    Misuse(format!("{}: cannot be read ({error}); check the path and your rights to it", path.display()))
}
