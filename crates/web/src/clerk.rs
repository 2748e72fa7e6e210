//! The one thread that has the record open. Work is handed to it and done in order, so that nothing is asked of a record that another request is
//! changing, and so that undo and redo have one line of steps.

use crate::error::{Error, Result};
use griot_record::{Decision, Record, Verdict};
use griot_types::Claim;
use std::sync::mpsc;
use std::thread;
use tokio::sync::oneshot;

/// What a person did, so that it can be taken back.
enum Step {
    /// A decision.
    Decided(i64),
    /// A claim of one's own.
    Wrote(String),
}

/// The record, who sits there, and the steps that can be taken back.
pub struct Desk {
    /// The record, open to write.
    pub record: Record,
    /// Who sits there.
    pub who: String,
    done: Vec<Step>,
    undone: Vec<i64>,
}

impl Desk {
    /// A desk that goes on where this person stopped: the decisions of earlier sittings can be undone, too, and what was undone last done again.
    fn open(record: Record, who: String) -> griot_record::Result<Desk> {
        let (mut done, mut undone): (Vec<i64>, Vec<i64>) = (Vec::new(), Vec::new());
        for decision in record.history()?.into_iter().filter(|decision| decision.who == who) {
            let target = decision.subject.first().and_then(|n| n.parse::<i64>().ok()).filter(|_| decision.what == "undo");
            match target {
                Some(target) if undone.contains(&target) => {
                    undone.retain(|n| *n != target);
                    done.push(decision.n);
                }
                Some(target) => {
                    done.retain(|n| *n != target);
                    undone.push(decision.n);
                }
                None => {
                    done.push(decision.n);
                    undone.clear();
                }
            }
        }
        Ok(Desk { record, who, done: done.into_iter().map(Step::Decided).collect(), undone })
    }

    /// How many steps can be undone and done again.
    pub fn steps(&self) -> (usize, usize) {
        (self.done.len(), self.undone.len())
    }

    /// Decides; what was undone before can no longer be done again.
    pub fn decide(&mut self, verdict: &Verdict, why: &str) -> Result<Decision> {
        let decision = self.record.decide(verdict, &self.who, why)?;
        self.done.push(Step::Decided(decision.n));
        self.undone.clear();
        Ok(decision)
    }

    /// Keeps a claim that the person wrote.
    pub fn write(&mut self, report: &str, claim: Claim) -> Result<Claim> {
        let kept = self.record.write_claim(report, claim, &self.who)?;
        self.done.push(Step::Wrote(kept.id.clone()));
        self.undone.clear();
        Ok(kept)
    }

    /// Takes the last step back; `None` where there is none.
    pub fn undo(&mut self) -> Result<Option<Decision>> {
        let Some(step) = self.done.last() else { return Ok(None) };
        let verdict = match step {
            Step::Decided(n) => Verdict::Undo(*n),
            Step::Wrote(claim) => Verdict::Reject(vec![claim.clone()]),
        };
        let decision = self.record.decide(&verdict, &self.who, "taken back")?;
        self.done.pop();
        self.undone.push(decision.n);
        Ok(Some(decision))
    }

    /// Does again what was taken back last; `None` where there is nothing.
    pub fn redo(&mut self) -> Result<Option<Decision>> {
        let Some(n) = self.undone.last() else { return Ok(None) };
        let decision = self.record.decide(&Verdict::Undo(*n), &self.who, "done again")?;
        self.undone.pop();
        self.done.push(Step::Decided(decision.n));
        Ok(Some(decision))
    }
}

type Work = Box<dyn FnOnce(&mut Desk) + Send>;

/// The way to the thread.
#[derive(Clone)]
pub struct Clerk {
    line: mpsc::Sender<Work>,
}

impl Clerk {
    /// Starts the thread; `open` opens the record there, since a record stays with the thread that opened it.
    ///
    /// # Errors
    /// The record cannot be opened, or the system gives no thread.
    pub fn start(open: impl FnOnce() -> griot_record::Result<Record> + Send + 'static, who: String) -> Result<Clerk> {
        let (line, work) = mpsc::channel::<Work>();
        let (told, opened) = mpsc::channel();
        let run = move || match open().and_then(|record| Desk::open(record, who)) {
            Ok(mut desk) => {
                let _ = told.send(Ok(()));
                work.into_iter().for_each(|work| work(&mut desk));
            }
            Err(error) => {
                let _ = told.send(Err(error));
            }
        };
        thread::Builder::new().name("clerk".into()).spawn(run).map_err(Error::Start)?;
        opened.recv().map_err(|_| Error::Closed)??;
        Ok(Clerk { line })
    }

    /// Has the thread do `work` and waits for it.
    pub async fn ask<T: Send + 'static>(&self, work: impl FnOnce(&mut Desk) -> Result<T> + Send + 'static) -> Result<T> {
        let (tell, told) = oneshot::channel();
        let job = move |desk: &mut Desk| {
            // Nobody may be waiting any longer; what was decided is decided.
            let _ = tell.send(work(desk));
        };
        self.line.send(Box::new(job)).map_err(|_| Error::Closed)?;
        told.await.map_err(|_| Error::Closed)?
    }
}
