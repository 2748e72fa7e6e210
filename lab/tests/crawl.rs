//! A web archive with damage sown in: each damage is a row of `errors`, and nothing else is lost.

use griot_archive::{Counts, Plan};
use griot_ingest::{Options, Reader};
use griot_lab::crawl;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Reads the archive and marks its copies; no claims are made.
fn run(archive: &Path, out: &Path, threads: usize) {
    let plan = Plan {
        inputs: vec![archive.to_owned()],
        out: out.to_owned(),
        reader: Reader::new(Options { limits: griot_ingest::Limits { bytes: 16 << 20, text: 2 << 20 }, ..Options::default() }),
        coder: Arc::new(|document| Ok((document, Vec::new()))),
        key: String::new(),
        threads,
        shard: 1 << 20,
        patience: Duration::from_secs(120),
    };
    griot_archive::run(plan, &|_: &Counts| {}).expect("the archive can be read to its end");
}

#[test]
fn damage_is_told_and_nothing_else_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    for packing in ["warc", "warc.gz", "warc.zst"] {
        let (archive, out) = (folder.path().join(format!("made.{packing}")), folder.path().join(packing));
        let sown = crawl::write(&archive, 2600, 3).expect("the archive is written");
        run(&archive, &out, 2);
        let (kinds, wrong) = crawl::check(&sown, &out).expect("the tables can be read");
        assert!(wrong.is_empty(), "{packing}: {} otherwise\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
        assert!(kinds.len() >= 14 && kinds.values().all(|found| found.sown == found.right), "{packing}: {kinds:?}");
    }
}
