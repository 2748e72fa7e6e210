//! Files that are there as a whole or not at all.

use crate::error::{Error, Result};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a file under another name beside its own, and gives it its name once all of it is on the disk.
///
/// # Errors
/// It cannot be written; what `fill` fails with. Then nothing is left behind and what was there before stays.
pub fn whole<T>(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let part = part(path);
    let failed = |error| Error::file(path, error);
    let outcome = (|| {
        let mut file = BufWriter::new(File::create(&part).map_err(failed)?);
        let value = fill(&mut file)?;
        file.flush().map_err(failed)?;
        file.get_ref().sync_all().map_err(failed)?;
        Ok(value)
    })();
    match outcome {
        Ok(value) => {
            fs::rename(&part, path).map_err(failed)?;
            Ok(value)
        }
        Err(error) => {
            let _ = fs::remove_file(&part);
            Err(error)
        }
    }
}

fn part(path: &Path) -> PathBuf {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    path.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_half_file_stands_under_the_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, "old").unwrap();
        let failed = whole(&path, |file| {
            file.write_all(b"half").unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), "old");
            Err::<(), _>(Error::Asked("no more".into()))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        whole(&path, |file| file.write_all(b"new").map_err(|error| Error::file(&path, error))).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
