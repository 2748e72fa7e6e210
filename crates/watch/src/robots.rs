//! What a host asks of robots.

use robotstxt::matcher::{LongestMatchRobotsMatchStrategy, RobotsMatcher};
use robotstxt::{RobotsParseHandler, parse_robotstxt};
use std::time::Duration;

/// The name under which rules are looked up.
const NAME: &str = "griot";
/// The longest pause between requests that is kept to: an hour.
const LONGEST: f64 = 3600.0;

/// A text as the matcher takes it: its paths are compared with an address's, in which all but ASCII is written as `%XX`.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut bytes = [0; 4];
    for c in text.trim_start_matches('\u{feff}').chars() {
        if c.is_ascii() {
            plain.push(c);
        } else {
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| plain.push_str(&format!("%{byte:02X}")));
        }
    }
    plain
}

/// Whether an address may be fetched under these rules. `url` is percent-encoded already.
pub fn allows(rules: &str, url: &str) -> bool {
    RobotsMatcher::<LongestMatchRobotsMatchStrategy>::default().one_agent_allowed_by_robots(rules, NAME, url)
}

/// How long to wait between two requests, where the rules say.
pub fn delay(rules: &str) -> Option<Duration> {
    let mut delays = Delays::default();
    parse_robotstxt(rules, &mut delays);
    let told = if delays.named { delays.own } else { delays.all };
    told.map(|seconds| Duration::from_secs_f64(seconds.min(LONGEST)))
}

/// Pauses that are asked for: of this robot by name, and of all.
#[derive(Default)]
struct Delays {
    own: Option<f64>,
    all: Option<f64>,
    /// Whether any group names this robot.
    named: bool,
    /// Of the group under way: whether its names go on, and whom it means.
    names: bool,
    is_own: bool,
    is_all: bool,
}

impl RobotsParseHandler for Delays {
    fn handle_robots_start(&mut self) {}
    fn handle_robots_end(&mut self) {}
    fn handle_user_agent(&mut self, _line: u32, name: &str) {
        if !self.names {
            (self.is_own, self.is_all) = (false, false);
        }
        self.names = true;
        self.is_own |= name.trim().eq_ignore_ascii_case(NAME);
        self.is_all |= name.trim() == "*";
        self.named |= self.is_own;
    }
    fn handle_allow(&mut self, _line: u32, _path: &str) {
        self.names = false;
    }
    fn handle_disallow(&mut self, _line: u32, _path: &str) {
        self.names = false;
    }
    fn handle_sitemap(&mut self, _line: u32, _path: &str) {}
    fn handle_unknown_action(&mut self, _line: u32, action: &str, value: &str) {
        self.names = false;
        let seconds = || value.trim().parse::<f64>().ok().filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
        if action.eq_ignore_ascii_case("crawl-delay") {
            self.own = if self.is_own { seconds().or(self.own) } else { self.own };
            self.all = if self.is_all { seconds().or(self.all) } else { self.all };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_for_this_robot_or_for_all() {
        let rules =
            plain("User-agent: *\nDisallow: /private\nCrawl-delay: 7\n\nUser-agent: griot\nDisallow: /nouvelles/été\nCrawl-delay: 2.5\n");
        assert!(allows(&rules, "https://a.example/private/x"));
        assert!(!allows(&rules, "https://a.example/nouvelles/%C3%A9t%C3%A9/1"));
        assert_eq!(delay(&rules), Some(Duration::from_millis(2500)));
        let all = "User-agent: *\nDisallow: /private\nCrawl-delay: 7";
        assert!(!allows(all, "https://a.example/private/x"));
        assert_eq!(delay(all), Some(Duration::from_secs(7)));
        assert_eq!(delay("User-agent: other\nCrawl-delay: 9"), None);
        assert_eq!(delay("User-agent: *\nCrawl-delay: -1"), None);
    }
}
