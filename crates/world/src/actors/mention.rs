//! A noun phrase that can be an actor.

use crate::dictionary::ActorKind;
use griot_types::{Actor, SmolStr};

/// One noun phrase that can be an actor: the maximal phrase without its clauses.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// First token that `actor.text` covers.
    pub first: usize,
    /// One past the last.
    pub end: usize,
    /// The phrase's head in the tree.
    pub head: usize,
    /// The tokens of the name or of the noun itself, without determiners, titles and modifiers: `first..end`.
    pub core: (usize, usize),
    /// Who it is as far as the phrase itself tells: `country` is `None` where the context must tell.
    pub actor: Actor,
    /// The other actors of a phrase that names several at once: 'Russian and Chinese officials'.
    pub others: Vec<Actor>,
    /// What it is.
    pub kind: ActorKind,
    /// Names a dictionary entry or bears a proper name.
    pub named: bool,
    /// Opens with 'the', a demonstrative or a possessor.
    pub definite: bool,
    /// Names several.
    pub plural: bool,
    /// Can be stationed somewhere and counted as strength.
    pub force: bool,
    /// Names people one by one: what counts people.
    pub people: bool,
    /// The token of a possessor that the context must resolve: 'its', 'their', 'group' of 'the group's leader' and 'the leader of the group'.
    pub possessor: Option<usize>,
    /// Names somebody else than the one it is said to belong to: 'its allies', 'their rival'.
    pub apart: bool,
    /// An actor only where the context tells whom it takes up: 'the force', 'the leadership'.
    pub bare: bool,
    /// For a capital, a seat or a state: its government.
    pub government: Option<Actor>,
    /// Can also be a place: states and capitals.
    pub place: bool,
    /// A thing that stands for those it belongs to: 'an army base'.
    pub metonym: bool,
    /// What the common noun says, for composing it with an owner.
    pub described: Option<Described>,
}

/// What a common noun and its modifiers say of an actor, before it is known whose it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// What it names.
    pub kind: ActorKind,
    /// PLOVER sectors.
    pub sectors: Vec<SmolStr>,
    /// Ends the entry id of a state's body or office: `defence`, `president`; empty where it has none.
    pub suffix: SmolStr,
    /// Whether it is an office with one holder at a time.
    pub office: bool,
    /// The noun as it stands, for names such as 'UN peacekeepers'.
    pub noun: String,
    /// The word that makes it a body of a part of a country ('provincial'); empty where that part is named ('the Borno government').
    pub local: Option<SmolStr>,
}
