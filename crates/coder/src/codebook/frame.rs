//! A frame as the coder uses it.

use griot_types::{Cause, Change, Status, Type};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// What kind of word a predicate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Form {
    /// A verb.
    Verb,
    /// A noun for an act, or one that names someone ('affiliate').
    Noun,
    /// An adjective or a participle used as one.
    Adjective,
}

/// The words that call a frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// What kind of word `lemma` is.
    pub form: Form,
    /// The head word.
    pub lemma: SmolStr,
    /// For nouns and adjectives: the lemmas that stand before the head.
    pub before: Vec<SmolStr>,
    /// For verbs: a fixed object ('open fire').
    pub object: Option<SmolStr>,
    /// For verbs: particles or prepositions that belong to the meaning.
    pub particles: Vec<SmolStr>,
}

impl Pattern {
    /// How many words beyond the head it fixes.
    pub fn extra(&self) -> usize {
        self.before.len() + self.object.iter().len() + self.particles.len()
    }
}

/// One frame.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Frame {
    /// Its unique name.
    pub name: SmolStr,
    /// File and line, for messages.
    pub place: String,
    /// What calls it.
    pub patterns: Vec<Pattern>,
    /// What must hold.
    pub when: Vec<Condition>,
    /// What must not hold.
    pub unless: Vec<Condition>,
    /// The claims it makes, the main one first.
    pub claims: Vec<Template>,
    /// What it does to a governed proposition.
    pub complement: Option<Complement>,
    /// Whether it is an act of speech.
    pub speech: bool,
    /// Whether its event is the act of force last told, of which it tells no more: 'the group claimed responsibility'.
    pub retells: bool,
    /// Whether it lends its arguments to a noun.
    pub light: Option<Light>,
    /// For nouns: 'of X' names the doer.
    pub of_is_doer: bool,
    /// For nouns: 'X's' names the sufferer.
    pub poss_is_sufferer: bool,
    /// Whether it was laid over the shipped ones: then it wins over them.
    pub own: bool,
    /// Sentences on which it must fire.
    pub examples: Vec<String>,
}

impl Frame {
    /// Whether the frame tells of a rise or a fall.
    pub fn changes(&self) -> bool {
        self.claims.iter().any(|t| matches!(t.count, Some(Count::Change(..))))
    }

    /// Whether the frame asks for a role by name anywhere.
    pub fn names_role(&self, role: &str) -> bool {
        let in_roles = |roles: &Roles| roles.0.iter().flatten().any(|item| item.path.first().is_some_and(|r| r == role));
        self.when.iter().chain(&self.unless).any(|c| c.role == role)
            || self.claims.iter().any(|t| in_roles(&t.source) || in_roles(&t.target) || in_roles(&t.place))
            || self.complement.as_ref().is_some_and(|c| c.roles.iter().any(|r| r == role))
    }
}

/// One role and what may fill it: any of the tests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// The role looked at.
    pub role: SmolStr,
    /// One of these must hold.
    pub any: Vec<Test>,
}

/// A test on a role's filler.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Test {
    /// It has one of these lemmas.
    Lemmas(Vec<SmolStr>),
    /// It is of this class.
    Class(Class),
    /// It is a noun for an act, or a clause, with a frame of this type (or of any).
    Event(Option<Type>),
    /// It is a clause of this form.
    Clause(Clause),
    /// It is one that the reader is taken to know: 'the attack', 'its raid'.
    Definite,
    /// All of these hold of the same filler.
    All(Vec<Test>),
    /// The role is empty.
    Absent,
    /// The role is filled.
    Any,
}

/// What a filler can be; see `docs/FRAMES.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Class {
    Actor,
    Someone,
    Force,
    State,
    Government,
    Military,
    Group,
    Body,
    Person,
    Civilian,
    Igo,
    Mission,
    People,
    Place,
    Time,
    Number,
    Money,
}

/// The form of a governed clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Clause {
    Infinitive,
    Finite,
    Gerund,
    Obligation,
    Refusal,
    Question,
}

/// Roles in order of preference, each alternative a union.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Roles(pub Vec<Vec<Item>>);

impl Roles {
    /// Whether no role is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a role is named after others: 'obj | subj'.
    pub fn falls_back_on(&self, role: &str) -> bool {
        self.0.iter().skip(1).flatten().any(|item| item.path.len() == 1 && item.path[0] == role)
    }
}

/// One role in an expression: a path, and a class its filler must have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// `subj`, or `comp` and `subj` for `comp.subj`.
    pub path: Vec<SmolStr>,
    /// What the filler must be.
    pub test: Option<Test>,
}

/// What must be filled for a claim to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Needs {
    Source,
    Target,
    Both,
    Either,
    Place,
    None,
}

/// One claim that a frame makes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Template {
    /// Its type.
    pub type_: Type,
    /// PLOVER mode.
    pub mode: Option<SmolStr>,
    /// The mode by the type of the governed proposition.
    pub mode_by: Vec<(Type, SmolStr)>,
    /// PLOVER contexts.
    pub context: Vec<SmolStr>,
    /// CAMEO code.
    pub cameo: Option<SmolStr>,
    /// Who does it.
    pub source: Roles,
    /// To whom.
    pub target: Roles,
    /// Who says so, where the frame's own words tell ('put the toll at 31'); else whoever speaks around it.
    pub said_by: Roles,
    /// Where, when the place is an argument.
    pub place: Roles,
    /// Both sides do it alike.
    pub mutual: bool,
    /// Overrides the status.
    pub status: Option<Status>,
    /// What killed.
    pub cause: Option<Cause>,
    /// What must be filled.
    pub needs: Needs,
    /// For figures.
    pub count: Option<Count>,
}

/// What a figure counts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Count {
    /// The quantity of a role's filler.
    Of(Roles),
    /// A rise or fall of what a role names; the measure follows from the noun.
    Change(Change, Roles),
}

/// What a frame does to the proposition that it governs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Complement {
    /// Where the governed proposition stands.
    pub roles: Vec<SmolStr>,
    /// What becomes of it; `None` keeps it as it is.
    pub status: Option<Status>,
    /// The same where the frame's verb stands in the simple past, if that differs: who 'had to open fire' did so.
    pub past: Option<Status>,
    /// Which role says so.
    pub speaker: Option<Roles>,
    /// Whether the doer of the frame is the doer of an infinitive that names none.
    pub subject_controls: bool,
}

/// A verb that lends its arguments to a noun for an act.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Light {
    /// Where the noun stands.
    pub role: SmolStr,
    /// What the verb's subject is to the noun: `subj` or `obj`.
    pub subject: SmolStr,
}
