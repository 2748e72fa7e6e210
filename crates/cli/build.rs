//! Lists what the program carries: the frames of `codebook/frames/`, which a user's own are laid over, and the reports of the demonstration.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let home = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    list("frames.rs", "include_str", ".toml", &[home.join("../../codebook/frames")])?;
    list("demonstration.rs", "include_bytes", ".txt", &[home.join("../../examples/sahel"), home.join("../../tests/reports/demo")])
}

/// Writes name and contents of all files in `folders` that end as told, by name, as the Rust of a slice.
fn list(into: &str, include: &str, ending: &str, folders: &[PathBuf]) -> io::Result<()> {
    let mut all = String::from("&[\n");
    for folder in folders {
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut names: Vec<String> = fs::read_dir(folder)?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.ends_with(ending))
            .collect();
        names.sort();
        for name in names {
            // Writing to a string cannot fail.
            let _ = writeln!(all, "    ({:?}, {include}!({:?})),", name, folder.join(&name));
        }
    }
    all.push(']');
    fs::write(Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join(into), all)
}
