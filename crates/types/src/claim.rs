//! The claim: one thing that one report says.

use crate::{Actor, CodePoints, Place, Quantity, SmolStr, Span, Time, sha256};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeMap};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// One thing that one report says: an event, a relation or a figure, with its evidence. Serialises to the published JSON, keys in this order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Hash of document, kind, type, evidence offsets and an ordinal; see [`Claim::identify`].
    pub id: String,
    /// The report's `sha256:…`.
    pub document: String,
    /// The version of the coding rules.
    pub codebook: String,
    /// Event, relation or figure.
    pub kind: Kind,
    /// PLOVER event type, relation type or figure measure.
    #[serde(rename = "type")]
    pub type_: Type,
    /// PLOVER mode; events alone.
    pub mode: Option<SmolStr>,
    /// PLOVER contexts; events alone.
    pub context: Vec<SmolStr>,
    /// CAMEO code; events alone.
    pub cameo: Option<SmolStr>,
    /// Who did it, or the first end of a relation, or the force that a personnel figure counts.
    pub source: Vec<Actor>,
    /// Whom it was done to, or the other end, or who suffered it.
    pub target: Vec<Actor>,
    /// Whether it is done by both alike.
    pub mutual: bool,
    /// How many; figures, and shares on relations.
    pub quantity: Option<Quantity>,
    /// Whether a figure rose or fell.
    pub change: Option<Change>,
    /// What killed or displaced.
    pub cause: Option<Cause>,
    /// The event that a figure belongs to.
    pub of_event: Option<String>,
    /// The figure that this one is a part of.
    pub inside: Option<String>,
    /// Where: the first place named.
    pub place: Option<Place>,
    /// All places named.
    pub places: Vec<Place>,
    /// When the act was, never the saying.
    pub time: Option<Time>,
    /// Reported as done, planned, demanded, denied or uncertain.
    pub status: Status,
    /// In whose mouth the report puts it; empty where it speaks in its own voice.
    pub said_by: Vec<Actor>,
    /// The words it came from.
    pub evidence: Evidence,
    /// The chance that it is right, once calibrated.
    pub confidence: Option<f64>,
}

impl Claim {
    /// Sets the id from document, kind, type, evidence offsets and `ordinal`, which counts claims that agree in all of these.
    pub fn identify(&mut self, ordinal: u32) {
        let key = format!(
            "{}\n{}\n{}\n{}\n{}\n{}",
            self.document,
            self.kind.as_str(),
            self.type_.as_str(),
            self.evidence.start,
            self.evidence.end,
            ordinal
        );
        self.id = sha256(key.as_bytes())["sha256:".len()..][..16].to_owned();
    }

    /// The same claim with its offsets in code points, as the JSON contract has them.
    pub fn in_code_points(mut self, points: &CodePoints) -> Claim {
        let evidence = &mut self.evidence;
        let whole = points.span(Span::new(evidence.start, evidence.end));
        (evidence.start, evidence.end) = (whole.start, whole.end);
        for (_, span) in &mut evidence.parts.0 {
            *span = points.span(*span);
        }
        for also in &mut evidence.also {
            let span = points.span(Span::new(also.start, also.end));
            (also.start, also.end) = (span.start, span.end);
        }
        self
    }
}

/// Where in the report a claim stands. Inside the program the offsets are bytes, in JSON code points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The sentence's number, from 0.
    pub sentence: u32,
    /// Where the quote starts.
    pub start: u32,
    /// One past its end.
    pub end: u32,
    /// Exactly that stretch of the text, the smallest that holds all parts.
    pub quote: String,
    /// Which words say what.
    pub parts: Parts,
    /// Further mentions of the same claim.
    pub also: Vec<Stretch>,
}

/// A further mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Where it starts.
    pub start: u32,
    /// One past its end.
    pub end: u32,
}

/// The parts of a claim's evidence, each at most once, kept in the order of [`Part`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts(pub Vec<(Part, Span)>);

impl Parts {
    /// Adds a part or widens it.
    pub fn add(&mut self, part: Part, span: Span) {
        match self.0.binary_search_by_key(&part, |(p, _)| *p) {
            Ok(at) => self.0[at].1 = self.0[at].1.cover(span),
            Err(at) => self.0.insert(at, (part, span)),
        }
    }

    /// Where a part stands.
    pub fn get(&self, part: Part) -> Option<Span> {
        self.0.iter().find(|(p, _)| *p == part).map(|(_, span)| *span)
    }

    /// The smallest span that holds all parts.
    pub fn cover(&self) -> Option<Span> {
        self.0.iter().map(|(_, span)| *span).reduce(Span::cover)
    }
}

impl Serialize for Parts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (part, span) in &self.0 {
            map.serialize_entry(part, span)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Parts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Parts(BTreeMap::<Part, Span>::deserialize(deserializer)?.into_iter().collect()))
    }
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// As the JSON has it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err(format!("'{text}' is not one of: {}", [$($text),+].join(", "))),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { f.pad(self.as_str()) }
        }
    };
}

words! {
    /// What kind of thing a claim says.
    Kind {
        /// An act: who did what to whom.
        Event = "event",
        /// Something that holds for a time.
        Relation = "relation",
        /// A count, or a change in one.
        Figure = "figure",
    }
}

words! {
    /// The 16 PLOVER event types, the relation types and the figure measures.
    #[allow(missing_docs)]
    Type {
        Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE", Cooperate = "COOPERATE", Aid = "AID",
        Retreat = "RETREAT", Request = "REQUEST", Accuse = "ACCUSE", Reject = "REJECT", Threaten = "THREATEN", Protest = "PROTEST",
        Sanction = "SANCTION", Mobilize = "MOBILIZE", Coerce = "COERCE", Assault = "ASSAULT",
        PartOf = "part_of", AffiliatedWith = "affiliated_with", AlliedWith = "allied_with", OpposedTo = "opposed_to", Supports = "supports",
        PresentIn = "present_in", ActiveIn = "active_in", Controls = "controls", Leads = "leads", SuccessorOf = "successor_of",
        MandatedTo = "mandated_to",
        Killed = "killed", Injured = "injured", Displaced = "displaced", Abducted = "abducted", Detained = "detained", Missing = "missing",
        Freed = "freed", Personnel = "personnel", Attacks = "attacks", Recruits = "recruits", Casualties = "casualties", Other = "other",
    }
}

impl Type {
    /// Which kind of claim has this type.
    pub fn kind(self) -> Kind {
        if self <= Type::Assault {
            Kind::Event
        } else if self <= Type::MandatedTo {
            Kind::Relation
        } else {
            Kind::Figure
        }
    }

    /// Whether the other end of the relation is a place.
    pub fn wants_place(self) -> bool {
        matches!(self, Type::PresentIn | Type::ActiveIn | Type::Controls)
    }
}

words! {
    /// Whether it is reported as done.
    Status {
        /// Reported as having happened or holding.
        Actual = "actual",
        /// Planned, promised, agreed to, threatened.
        Intended = "intended",
        /// Demanded, urged, ordered, mandated.
        CalledFor = "called_for",
        /// Reported not to have happened, or denied, or refused.
        Negated = "negated",
        /// Feared, conditional, unclear, under investigation.
        Possible = "possible",
    }
}

words! {
    /// The direction of a change.
    Change {
        /// It rose.
        Rise = "rise",
        /// It fell.
        Fall = "fall",
    }
}

words! {
    /// What killed, injured or displaced.
    Cause {
        /// Armed force.
        Violence = "violence",
        /// A crash, a fire, a collapse.
        Accident = "accident",
        /// Disease or hunger.
        Illness = "illness",
        /// Flood, drought, quake.
        Disaster = "disaster",
    }
}

words! {
    /// What a stretch of the evidence says.
    Part {
        /// Who did it.
        Source = "source",
        /// The word for the act.
        Action = "action",
        /// Whom it was done to.
        Target = "target",
        /// How many.
        Quantity = "quantity",
        /// Where.
        Place = "place",
        /// When.
        Time = "time",
        /// Who says so.
        Speaker = "speaker",
    }
}
