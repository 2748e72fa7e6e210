//! How fast a host is asked.

use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant};

/// When each host was asked last.
#[derive(Debug, Default)]
pub struct Pace {
    last: HashMap<String, Instant>,
}

impl Pace {
    /// Waits until `gap` lies between the last request to this host and now.
    pub fn wait(&mut self, host: &str, gap: Duration) {
        if let Some(last) = self.last.get(host) {
            thread::sleep(gap.saturating_sub(last.elapsed()));
        }
        self.last.insert(host.to_owned(), Instant::now());
    }

    /// An answer came: the gap counts from its end.
    pub fn answered(&mut self, host: &str) {
        self.last.insert(host.to_owned(), Instant::now());
    }
}
