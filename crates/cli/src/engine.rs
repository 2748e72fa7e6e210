//! The line from a report to its claims.

use crate::{codebook, explain};
use griot_coder::{Coder, Missed};
use griot_language::Language;
use griot_types::{Claim, Document, Span};
use griot_world::World;
use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

/// Language model, dictionaries and coding rules; immutable, shared by all threads.
pub struct Engine {
    language: Language,
    world: World,
    coder: Coder,
    /// Of frames and dictionaries together: claims made under either's change are told apart.
    version: String,
}

/// A report and what it says.
#[derive(Debug)]
pub struct Coded {
    /// The report.
    pub document: Document,
    /// Its claims; offsets in bytes.
    pub claims: Vec<Claim>,
    /// For each claim what it rests on, where that was asked for; else empty.
    pub explained: Vec<explain::Ground>,
}

impl Coded {
    /// The same without claims that are less likely right; those without a confidence stay. What pointed at a claim that is gone points nowhere.
    pub fn at_least(mut self, chance: f64) -> Coded {
        let stays: Vec<bool> = self.claims.iter().map(|claim| claim.confidence.is_none_or(|sure| sure >= chance)).collect();
        let (mut at, mut of) = (stays.iter(), stays.iter());
        self.claims.retain(|_| at.next().copied().unwrap_or(true));
        self.explained.retain(|_| of.next().copied().unwrap_or(true));
        let ids: Vec<String> = self.claims.iter().map(|claim| claim.id.clone()).collect();
        for claim in &mut self.claims {
            claim.of_event = claim.of_event.take().filter(|id| ids.contains(id));
            claim.inside = claim.inside.take().filter(|id| ids.contains(id));
        }
        self
    }
}

impl Engine {
    /// The shipped parts, or those with a user's folder laid over them.
    pub fn new(folder: Option<&Path>) -> anyhow::Result<Engine> {
        let own = folder.map(codebook::Folder::read).transpose()?.unwrap_or_default();
        let coder = match own.coder()? {
            Some(coder) => coder,
            None => Coder::shipped()?,
        };
        let world = own.world()?.unwrap_or_else(World::shipped);
        let version = format!("{}+{}", coder.codebook().version, world.version());
        Ok(Engine { language: Language::shipped(), world, coder, version })
    }

    /// The language layer.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The dictionaries.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The coding rules.
    pub fn coder(&self) -> &Coder {
        &self.coder
    }

    /// The version of frames and dictionaries together, which claims carry.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What a report says. A fault of the program is an error about this report alone, so that the others go on.
    pub fn code(&self, document: Document, explain: bool) -> Result<Coded, Fault> {
        let name = document.name.clone();
        guarded(|| self.code_unguarded(document, explain)).map_err(|cause| Fault { name, cause })
    }

    /// Sentences of a report that tell of something and share no word with `told`, its claims' quotes in bytes.
    pub fn missed(&self, document: Document, told: &[Span]) -> (Document, Vec<Missed>) {
        let found = guarded(|| {
            let sentences = self.language.read(&document);
            let reading = self.world.read(&document, &sentences);
            griot_coder::missed::missed(&self.coder.scene(&document, &sentences, &reading), told)
        });
        (document, found.unwrap_or_default())
    }

    fn code_unguarded(&self, document: Document, explain: bool) -> Coded {
        let sentences = self.language.read(&document);
        let reading = self.world.read(&document, &sentences);
        let scene = self.coder.scene(&document, &sentences, &reading);
        let (mut claims, mut explained) = (Vec::new(), Vec::new());
        if explain {
            for (claim, origin) in griot_coder::claims::with_origins(&scene) {
                explained.push(explain::ground(&scene, &origin, &claim));
                claims.push(claim);
            }
        } else {
            claims = griot_coder::claims::of(&scene);
        }
        drop(scene);
        drop(reading);
        for claim in &mut claims {
            claim.codebook.clone_from(&self.version);
        }
        Coded { document, claims, explained }
    }
}

/// A mistake of the program itself, met while it read one report.
#[derive(Debug)]
pub struct Fault {
    name: String,
    cause: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}: Griot itself failed on this report ({}); please report it together with the text", self.name, self.cause)
    }
}

thread_local! {
    /// Where the last panic of this thread happened, for the message.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Makes faults that [`Engine::code`] turns into errors leave their place for the message in place of a printed trace.
pub fn hold_faults() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
        PLACE.with(|slot| *slot.borrow_mut() = place);
    }));
}

fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload: Box<dyn Any + Send>| {
        let words = payload.downcast_ref::<String>().map(String::as_str).or_else(|| payload.downcast_ref::<&str>().copied());
        let place = PLACE.with(|slot| slot.take());
        [words.unwrap_or("unknown"), &place].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", at ")
    })
}
