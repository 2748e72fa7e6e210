//! A claim in the making: its parts still know their words, and other drafts are named by number.

use crate::codebook::Template;
use crate::reference::Who;
use crate::scene::Scene;
use crate::where_when::Found;
use griot_types::{Cause, Change, Part, Parts, Place, Quantity, SmolStr, Span, Status, Time, Type};

/// A claim in the making.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its sentence.
    pub sentence: usize,
    /// Its proposition, if a frame made it.
    pub proposition: Option<usize>,
    /// The token of its word for the act, or of the counted noun.
    pub predicate: usize,
    /// Its type.
    pub type_: Type,
    /// PLOVER mode.
    pub mode: Option<SmolStr>,
    /// PLOVER contexts.
    pub context: Vec<SmolStr>,
    /// CAMEO code.
    pub cameo: Option<SmolStr>,
    /// Who did it.
    pub source: Vec<Who>,
    /// To whom.
    pub target: Vec<Who>,
    /// Both alike.
    pub mutual: bool,
    /// How many, and the words.
    pub quantity: Option<Found<Quantity>>,
    /// Rise or fall.
    pub change: Option<Change>,
    /// What killed.
    pub cause: Option<Cause>,
    /// The event it belongs to: a draft's number.
    pub of_event: Option<usize>,
    /// The figure it is a part of: a draft's number.
    pub inside: Option<usize>,
    /// Where.
    pub places: Vec<Found<Place>>,
    /// When.
    pub time: Option<Found<Time>>,
    /// Whether it is reported as done.
    pub status: Status,
    /// Who says so.
    pub said_by: Vec<Who>,
    /// The words for the act.
    pub action: Option<Span>,
    /// Further sentences and propositions that tell the same act, with their words.
    pub retold: Vec<(usize, usize, Span)>,
}

impl Draft {
    /// An empty draft of a type.
    pub fn new(sentence: usize, predicate: usize, type_: Type) -> Draft {
        Draft {
            sentence,
            proposition: None,
            predicate,
            type_,
            mode: None,
            context: Vec::new(),
            cameo: None,
            source: Vec::new(),
            target: Vec::new(),
            mutual: false,
            quantity: None,
            change: None,
            cause: None,
            of_event: None,
            inside: None,
            places: Vec::new(),
            time: None,
            status: Status::Actual,
            said_by: Vec::new(),
            action: None,
            retold: Vec::new(),
        }
    }

    /// What a template says of itself.
    pub fn of_template(sentence: usize, proposition: usize, predicate: usize, template: &Template) -> Draft {
        Draft {
            proposition: Some(proposition),
            mode: template.mode.clone(),
            context: template.context.clone(),
            cameo: template.cameo.clone(),
            cause: template.cause,
            mutual: template.mutual,
            ..Draft::new(sentence, predicate, template.type_)
        }
    }

    /// Whether it came from this proposition, or is told again by it.
    pub fn tells(&self, sentence: usize, proposition: usize) -> bool {
        self.sentence == sentence && self.proposition == Some(proposition)
            || self.retold.iter().any(|&(s, p, _)| (s, p) == (sentence, proposition))
    }

    /// The parts of its evidence that stand in its own sentence.
    pub fn parts(&self, scene: &Scene) -> Parts {
        let inside = scene.trees[self.sentence].sentence.span;
        let mut parts = Parts::default();
        let mut add = |part: Part, span: Span| {
            if inside.contains(span) {
                parts.add(part, span);
            }
        };
        for (part, whos) in [(Part::Source, &self.source), (Part::Target, &self.target), (Part::Speaker, &self.said_by)] {
            for who in whos {
                add(part, who.span);
            }
        }
        if let Some(span) = self.action {
            add(Part::Action, span);
        }
        if let Some(found) = &self.quantity {
            add(Part::Quantity, found.span);
        }
        if let Some(found) = self.places.first() {
            add(Part::Place, found.span);
        }
        if let Some(found) = &self.time {
            add(Part::Time, found.span);
        }
        parts
    }
}
