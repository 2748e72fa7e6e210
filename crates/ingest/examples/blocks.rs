//! Shows what becomes of reports: `cargo run -p griot-ingest --example blocks -- FILE…`. One line a block, its kind before it.

use griot_ingest::{Options, Reader};

fn main() {
    let reader = Reader::new(Options::default());
    for outcome in std::env::args().skip(1).flat_map(|path| reader.open(path)) {
        match outcome {
            Ok(document) => {
                println!("{} {}", document.name, document.id);
                println!("  {:?} {:?} {:?} {:?}", document.date, document.title, document.publisher, document.url);
                for block in &document.blocks {
                    println!("  {:9} {:?}", format!("{:?}", block.kind), block.span.of(&document.text));
                }
                for note in &document.notes {
                    println!("  note: {}", note.text);
                }
            }
            Err(error) => eprintln!("{error}"),
        }
    }
}
