//! What goes to standard error: errors, notes once, progress.

use crate::table::layout::plain;
use griot_types::{Document, Note};
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// Says a line to the person. What comes from files is stripped of what would steer a terminal.
pub fn say(line: &str) {
    // Nobody is left to tell when standard error is gone.
    let _ = writeln!(io::stderr(), "griot: {}", plain(line));
}

/// Notes, each said at its first report and counted afterwards, and the number of inputs that failed.
#[derive(Default)]
pub struct Messages {
    notes: BTreeMap<String, usize>,
    failed: usize,
    reports: usize,
}

impl Messages {
    /// Says that an input failed, and why.
    pub fn failed(&mut self, error: &str) {
        self.failed += 1;
        say(error);
    }

    /// Counts a report and says its notes that were not said before; `silent` where the table says them.
    pub fn report(&mut self, document: &Document, silent: bool) {
        self.reports += 1;
        if silent {
            return;
        }
        for note in &document.notes {
            let seen = self.notes.entry(note.text.clone()).or_insert(0);
            *seen += 1;
            if *seen == 1 {
                say(&format!("note: {}: {}", document.name, placed(document, note)));
            }
        }
    }

    /// Says how often notes came again and how many inputs failed of how many. Whether any failed.
    pub fn finish(self) -> bool {
        for (note, count) in self.notes.iter().filter(|(_, count)| **count > 1) {
            say(&format!("note: {} more reports: {note}", count - 1));
        }
        let all = self.reports + self.failed;
        if self.failed > 0 && all > 1 {
            say(&format!("{} of {all} inputs failed; the others are done", self.failed));
        }
        self.failed > 0
    }
}

/// A note with its line, where it has a place.
pub fn placed(document: &Document, note: &Note) -> String {
    match note.span {
        Some(span) => {
            let before = document.text.get(..span.start as usize).unwrap_or("");
            format!("line {}: {}", before.matches('\n').count() + 1, note.text)
        }
        None => note.text.clone(),
    }
}

/// How long work goes on before progress is shown.
const PATIENCE: Duration = Duration::from_secs(2);

/// Progress of long work on a terminal; nothing where the results themselves appear there, or where nobody looks.
pub struct Progress {
    bar: Option<indicatif::ProgressBar>,
    since: Instant,
    wanted: bool,
}

impl Progress {
    /// Ready to show. `visible_results` is whether results go to the same terminal.
    pub fn new(visible_results: bool) -> Progress {
        Progress { bar: None, since: Instant::now(), wanted: io::stderr().is_terminal() && !visible_results }
    }

    /// So many reports have been read.
    pub fn at(&mut self, reports: usize) {
        if !self.wanted || self.since.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let style = indicatif::ProgressStyle::with_template("griot: {pos} reports, {per_sec}, {elapsed}");
            let bar = indicatif::ProgressBar::new_spinner();
            bar.set_style(style.unwrap_or_else(|_| indicatif::ProgressStyle::default_spinner()));
            bar
        });
        bar.set_position(reports as u64);
    }

    /// Runs `work`, which may print, with the progress line out of the way.
    pub fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(work),
            None => work(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
