//! The compiled dictionaries are those of the sources.

use std::{fs, path::Path};

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the folder of dictionaries") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|e| e == "toml") {
            let name = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).expect("UTF-8")));
        }
    }
}

#[test]
fn the_shipped_dictionary_is_made_of_the_sources() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook/dictionaries");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files.sort();
    let made = griot_world::compile(&files).expect("the dictionaries are right");
    let shipped = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/dictionary.bin")).expect("models/dictionary.bin");
    assert!(made == shipped, "stale: run `cargo run -p griot-lab -- compile-dictionary`");
    assert_eq!(griot_world::World::shipped().dictionary().entry("mli-mil").map(|e| e.code.as_str()), Some("MLIMIL"));
}
