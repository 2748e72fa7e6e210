//! Lists what `ui/dist` holds, for the program to carry. Where nobody built it, the list is empty and the server says how to.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let home = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let folder = home.join("../../ui/dist");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut found = Vec::new();
    if folder.is_dir() {
        walk(&folder, &mut found)?;
    } else {
        // A folder that comes later is seen by the change of the one above it.
        println!("cargo::rerun-if-changed={}", home.join("../../ui").display());
    }
    found.sort();
    let mut list = String::from("&[\n");
    for path in found {
        let name = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        // Writing to a string cannot fail.
        let _ = writeln!(list, "    ({name:?}, include_bytes!({:?})),", path.display().to_string());
    }
    list.push(']');
    fs::write(Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("assets.rs"), list)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}
