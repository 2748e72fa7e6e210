//! What the dictionary knows of one actor.

use griot_types::SmolStr;

/// What sort of actor a phrase or an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    /// A country as such.
    State,
    /// Its government, rulers, authorities.
    Government,
    /// Armed forces of a state, or soldiers.
    Military,
    /// Police, gendarmes.
    Police,
    /// A peacekeeping or other mission, or its members.
    Mission,
    /// An armed opposition group, or its members.
    Group,
    /// An armed group that is no opposition: self-defence, pro-government, communal.
    Militia,
    /// A private military company.
    Pmc,
    /// States joined for war.
    Alliance,
    /// An intergovernmental organisation.
    Igo,
    /// A non-governmental organisation.
    Ngo,
    /// A political party, the opposition, a parliament's side.
    Party,
    /// A court, prosecutors, judges.
    Court,
    /// A ministry.
    Ministry,
    /// Press and agencies.
    Media,
    /// Business.
    Company,
    /// People who do not fight.
    Civilian,
    /// One person with a name or a public role.
    Person,
    /// Attackers whom nobody has named.
    Unidentified,
    /// A vague collective that another word must explain: group, force, side, organisation.
    Body,
}

impl ActorKind {
    /// The kind that a dictionary's word means.
    pub fn from_word(word: &str) -> Option<ActorKind> {
        use ActorKind::*;
        Some(match word {
            "state" => State,
            "government" => Government,
            "military" => Military,
            "police" => Police,
            "mission" => Mission,
            "group" => Group,
            "militia" => Militia,
            "pmc" => Pmc,
            "alliance" => Alliance,
            "igo" => Igo,
            "ngo" => Ngo,
            "party" => Party,
            "court" => Court,
            "ministry" => Ministry,
            "media" => Media,
            "company" => Company,
            "civilian" | "people" => Civilian,
            "person" => Person,
            "unidentified" => Unidentified,
            "body" => Body,
            _ => return None,
        })
    }

    /// The kind that PLOVER sectors make of a vague body.
    pub fn from_sectors(sectors: &[SmolStr]) -> Option<ActorKind> {
        use ActorKind::*;
        sectors.iter().find_map(|sector| {
            Some(match sector.as_str() {
                "GOV" | "LEG" | "SPY" => Government,
                "MIL" => Military,
                "COP" => Police,
                "REB" => Group,
                "PRM" => Militia,
                "PTY" | "OPP" => Party,
                "JUD" => Court,
                "JRN" => Media,
                "BUS" => Company,
                "UAF" => Unidentified,
                "CVL" | "AGR" | "EDU" | "LAB" | "MED" | "REF" | "REL" | "SOC" | "CRM" | "ELI" => Civilian,
                _ => return None,
            })
        })
    }

    /// Whether its members stand for it: a fighter of the group is the group, an official of a court is not its army.
    pub fn has_members(self) -> bool {
        use ActorKind::*;
        matches!(self, Group | Militia | Pmc | Party | Mission | Military | Police)
    }

    /// Whether it can be stationed somewhere.
    pub fn is_force(self) -> bool {
        use ActorKind::*;
        matches!(self, Military | Police | Mission | Group | Militia | Pmc)
    }
}

/// A relation that an entry is known to have: dictionary knowledge, not a claim of the report.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRelation {
    /// A relation type of the claim: `affiliated_with`, `part_of` …
    pub type_: SmolStr,
    /// The other entry's id.
    pub to: SmolStr,
    /// Year, month or day; empty where unknown.
    pub since: SmolStr,
    /// Empty while it holds.
    pub until: SmolStr,
}

/// One actor of the dictionary: a state, its government, army or police, or a named organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Unique: `mli`, `mli-mil`, `jnim`.
    pub id: SmolStr,
    /// The name that claims carry.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// CAMEO-like: `MLIREBJNM`.
    pub code: SmolStr,
    /// Home country, ISO 3166-1 alpha-3.
    pub country: Option<SmolStr>,
    /// PLOVER sectors.
    pub sectors: Vec<SmolStr>,
    /// Countries that it acts in, alpha-3.
    pub active: Vec<SmolStr>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Names that mean it only in a report that names one of its countries.
    pub short: Vec<String>,
    /// Year, month or day of its start; empty where unknown.
    pub since: SmolStr,
    /// Of its end; empty while it exists.
    pub until: SmolStr,
    /// Its relations to other entries.
    pub relations: Vec<EntryRelation>,
    /// UCDP Actor number.
    pub ucdp: Option<u32>,
    /// Whether this is only what an actor was for a time; the entry of the same id without it says what it is otherwise.
    pub phase: bool,
}
