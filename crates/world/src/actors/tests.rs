//! Phrases in small sentences, one row each.
//!
//! A sentence is written as its tokens, `form/XPOS/head/deprel` with heads counted from 1 and 0 for the root; `form=lemma` gives the lemma
//! where it is not the form in small letters; a leading `_` joins a token to the one before. `form/XPOS` alone makes a left modifier of the next
//! noun: determiners, adjectives, numbers and nouns get the relation that their tag suggests. `<P`, `<L`, `<O` after a token open a name
//! of that kind at it and `>` closes it.

use crate::{Mention, World};
use griot_types::{Block, BlockKind, Deprel, Document, Name, NameKind, ROOT, Sentence, Span, Token, Upos, Xpos};

const FIXTURE: &str = r#"
[[country]]
iso3 = "MLI"
name = "Mali"
demonyms = ["Malian", "Malians"]
capital = "Bamako"
forces = ["Malian Armed Forces", "FAMa"]
[[country]]
iso3 = "FRA"
name = "France"
demonyms = ["French", "Frenchman"]
capital = "Paris"
seats = ["Élysée"]
[[country]]
iso3 = "NER"
name = "Niger"
demonyms = ["Nigerien", "Nigeriens"]
capital = "Niamey"
[[country]]
iso3 = "RUS"
name = "Russia"
demonyms = ["Russian", "Russians"]
capital = "Moscow"
[[country]]
iso3 = "TUR"
name = "Turkey"
demonyms = ["Turkish"]
capital = "Ankara"
[[country]]
iso3 = "IRN"
name = "Iran"
demonyms = ["Iranian"]
capital = "Tehran"
[[country]]
iso3 = "USA"
name = "United States"
aliases = ["US", "U.S."]
demonyms = ["American"]
capital = "Washington"
[[actor]]
id = "un"
name = "United Nations"
kind = "igo"
code = "IGOUNO"
aliases = ["UN"]
[[actor]]
id = "un-peacekeepers"
name = "UN peacekeepers"
kind = "mission"
code = "IGOUNOPKO"
sectors = ["PKO"]
aliases = ["blue helmets", "UN peacekeeping force"]
[[actor]]
id = "wagner"
name = "Wagner Group"
kind = "pmc"
code = "RUSPRMWAG"
country = "RUS"
sectors = ["PRM"]
aliases = ["Wagner"]
ucdp = 7
[[actor]]
id = "jnim"
name = "Jama'at Nusrat al-Islam wal-Muslimin"
kind = "group"
code = "MLIREBJNM"
country = "MLI"
sectors = ["REB"]
aliases = ["JNIM"]
relations = [{ type = "affiliated_with", to = "al-qaeda" }]
[[actor]]
id = "al-qaeda"
name = "al-Qaeda"
kind = "group"
code = "IMGREBALQ"
sectors = ["REB"]
aliases = ["Al Qaida"]
[[agent]]
nouns = ["soldier", "troops"]
sectors = ["MIL"]
force = true
kind = "military"
[[agent]]
nouns = ["army", "armed forces"]
sectors = ["MIL"]
force = true
kind = "military"
people = false
[[agent]]
nouns = ["forces", "force"]
sectors = ["MIL"]
force = true
kind = "body"
needs_modifier = true
[[agent]]
nouns = ["military rulers", "junta"]
sectors = ["GOV", "MIL"]
kind = "government"
[[agent]]
nouns = ["government", "official", "ruler"]
sectors = ["GOV"]
kind = "government"
[[agent]]
nouns = ["defence ministry", "ministry of defence"]
sectors = ["GOV", "MIL"]
kind = "ministry"
[[agent]]
nouns = ["police"]
sectors = ["COP"]
force = true
kind = "police"
[[agent]]
nouns = ["rebel", "militant", "fighter", "rebel group"]
sectors = ["REB"]
force = true
kind = "group"
[[agent]]
nouns = ["militia"]
sectors = ["REB"]
force = true
kind = "militia"
[[agent]]
nouns = ["mercenary"]
sectors = ["PRM"]
force = true
kind = "pmc"
[[agent]]
nouns = ["peacekeeper"]
sectors = ["PKO"]
force = true
kind = "mission"
[[agent]]
nouns = ["affiliate"]
sectors = ["REB"]
kind = "group"
[[agent]]
nouns = ["group", "member"]
kind = "body"
[[agent]]
nouns = ["leader", "spokesman"]
kind = "person"
needs_modifier = true
[[agent]]
nouns = ["general"]
sectors = ["MIL"]
kind = "person"
[[agent]]
nouns = ["civilian", "villager", "people", "child"]
sectors = ["CVL"]
kind = "civilian"
[[agent]]
nouns = ["base", "convoy"]
sectors = ["MIL"]
kind = "military"
metonym = true
needs_modifier = true
[[modifier]]
words = ["rebel", "Islamist", "separatist", "al-Qaeda-linked"]
sectors = ["REB"]
[[modifier]]
words = ["military", "army"]
sectors = ["MIL"]
[[modifier]]
words = ["government"]
sectors = ["GOV"]
[[modifier]]
words = ["former"]
sectors = ["ELI"]
[[unidentified]]
nouns = ["gunman", "armed men"]
[[office]]
titles = ["president"]
suffix = "president"
sectors = ["GOV"]
[[office]]
titles = ["secretary-general"]
suffix = "secretary-general"
[[apart]]
nouns = ["affiliate"]
[[counting]]
words = ["several", "dozens", "thousand"]
[[collectives]]
nouns = ["group"]
[[holder]]
name = "Emmanuel Macron"
short = ["Macron"]
office = "president"
country = "FRA"
from = "2017-05-14"
[[holder]]
name = "François Hollande"
short = ["Hollande"]
office = "president"
country = "FRA"
from = "2012-05-15"
until = "2017-05-14"
[[figure]]
name = "Iyad Ag Ghaly"
body = "jnim"
role = "leader"
"#;

fn upos(xpos: Xpos) -> Upos {
    match xpos.as_str() {
        "CD" => Upos::Num,
        "NNP" | "NNPS" => Upos::Propn,
        "NN" | "NNS" => Upos::Noun,
        "IN" => Upos::Adp,
        "DT" => Upos::Det,
        "JJ" | "JJS" => Upos::Adj,
        "PRP" | "PRP$" => Upos::Pron,
        "POS" | "TO" => Upos::Part,
        "CC" => Upos::Cconj,
        tag if tag.starts_with("VB") => Upos::Verb,
        tag if tag.starts_with("RB") => Upos::Adv,
        _ => Upos::Punct,
    }
}

fn sentence(notation: &str) -> (String, Sentence) {
    let mut text = String::new();
    let mut sentence = Sentence::default();
    let mut unlinked = Vec::new();
    for word in notation.split(' ') {
        let (word, close) = word.strip_suffix('>').map_or((word, false), |w| (w, true));
        let (word, open) = match word.split_once('<') {
            Some((w, kind)) => (w, Some(kind)),
            None => (word, None),
        };
        let mut parts = word.split('/');
        let form = parts.next().expect("a form");
        let (form, glued) = form.strip_prefix('_').map_or((form, false), |f| (f, true));
        let (form, lemma) = form.split_once('=').map_or((form, form.to_lowercase()), |(f, l)| (f, l.to_owned()));
        if !text.is_empty() && !glued {
            text.push(' ');
        }
        let start = text.len() as u32;
        text.push_str(form);
        let xpos: Xpos = parts.next().expect("a tag").parse().expect("a known tag");
        let head = parts.next().map(|h| h.parse::<u32>().expect("a head"));
        let number = sentence.tokens.len();
        if head.is_none() {
            unlinked.push(number);
        }
        let deprel = parts.next().map_or(Deprel::Dep, |d| d.parse().expect("a known relation"));
        let head = head.map_or(ROOT, |h| h.checked_sub(1).unwrap_or(ROOT));
        let feats = if xpos == Xpos::Dt && lemma == "the" { "Definite=Def|PronType=Art" } else { "" };
        let span = Span::new(start, text.len() as u32);
        sentence.tokens.push(Token {
            span,
            upos: upos(xpos),
            xpos,
            feats: feats.into(),
            lemma: lemma.as_str().into(),
            head,
            deprel,
            margin: 255,
        });
        if let Some(kind) = open {
            let kind = match kind {
                "P" => NameKind::Person,
                "L" => NameKind::Place,
                _ => NameKind::Organisation,
            };
            sentence.names.push(Name { first: number as u32, end: number as u32 + 1, kind });
        }
        if close {
            sentence.names.last_mut().expect("an open name").end = number as u32 + 1;
        }
    }
    for token in unlinked {
        let next = (token + 1..sentence.tokens.len())
            .find(|t| matches!(sentence.tokens[*t].upos, Upos::Noun | Upos::Propn) && sentence.tokens[*t].deprel != Deprel::Dep)
            .unwrap_or(token);
        let this = &mut sentence.tokens[token];
        this.head = next as u32;
        this.deprel = match this.upos {
            Upos::Det => Deprel::Det,
            Upos::Adj => Deprel::Amod,
            Upos::Num => Deprel::Nummod,
            Upos::Pron => Deprel::NmodPoss,
            Upos::Punct => Deprel::Punct,
            _ => Deprel::Compound,
        };
    }
    sentence.span = Span::new(0, text.len() as u32);
    (text, sentence)
}

fn world() -> World {
    World::from_sources(&[("fixture.toml".to_owned(), FIXTURE.to_owned())]).expect("the fixture is right")
}

/// Reads sentences of one report published on 2023-08-26 and hands each sentence's mentions to `look`.
fn read<T>(notations: &[&str], look: impl FnOnce(&crate::Reading) -> T) -> T {
    let mut document = Document { date: Some(griot_types::Date::constant(2023, 8, 26)), ..Document::default() };
    let mut sentences = Vec::new();
    for notation in notations {
        let (text, mut sentence) = sentence(notation);
        let shift = document.text.len() as u32;
        document.text.push_str(&text);
        document.text.push('\n');
        for token in &mut sentence.tokens {
            token.span = Span::new(token.span.start + shift, token.span.end + shift);
        }
        sentence.span = Span::new(sentence.span.start + shift, sentence.span.end + shift);
        sentence.block = document.blocks.len() as u32;
        document.blocks.push(Block { span: sentence.span, kind: BlockKind::Paragraph });
        sentences.push(sentence);
    }
    let world = world();
    look(&world.read(&document, &sentences))
}

/// The mention headed by token `head` (from 1) of a sentence of its own.
fn mention(notation: &str, head: usize) -> Option<Mention> {
    read(&[notation], |reading| reading.mention_at(0, head - 1).cloned())
}

/// Checks text, name, code and id (`-` for none) of one phrase.
#[track_caller]
fn check(notation: &str, head: usize, expected: (&str, &str, &str, &str)) -> Mention {
    let found = mention(notation, head).unwrap_or_else(|| panic!("no mention in {notation}"));
    let actor = &found.actor;
    let seen = (actor.text.as_str(), actor.name.as_str(), actor.code.as_str(), actor.id.as_deref().unwrap_or("-"));
    assert_eq!(seen, expected, "{notation}");
    found
}

#[test]
fn nationality_and_noun() {
    let soldiers = check(
        "At/IN/3/advmod least/JJS/3/advmod 17/CD/5/nummod Nigerien/JJ/5/amod soldiers=soldier/NNS/6/nsubj:pass died=die/VBD/0/root",
        5,
        ("Nigerien soldiers", "Niger", "NERMIL", "ner-mil"),
    );
    assert!(soldiers.force && soldiers.people && soldiers.plural && !soldiers.definite && soldiers.actor.person.is_none());
    check("Malian/JJ/2/amod police/NNS/0/root", 2, ("Malian police", "Mali", "MLICOP", "mli-cop"));
    check("Malian/JJ/2/amod villagers=villager/NNS/0/root", 2, ("Malian villagers", "Malian villagers", "MLICVL", "-"));
    check("Malian/JJ government/NN soldiers=soldier/NNS/0/root", 3, ("Malian government soldiers", "Mali", "MLIMIL", "mli-mil"));
    check("the/DT army/NN/0/root of/IN/4/case Mali/NNP/2/nmod", 2, ("the army of Mali", "Mali", "MLIMIL", "mli-mil"));
}

#[test]
fn several_nationalities_are_several_actors() {
    let both = check(
        "French/JJ/4/amod and/CC/3/cc Malian/JJ/1/conj troops/NNS/0/root",
        4,
        ("French and Malian troops", "France", "FRAMIL", "fra-mil"),
    );
    assert_eq!(both.others.iter().map(|a| a.code.as_str()).collect::<Vec<_>>(), ["MLIMIL"]);
}

#[test]
fn governments_and_ministries() {
    let rulers = check(
        "Niger/NNP/4/nmod:poss _'s/POS/1/case military/JJ/4/amod rulers=ruler/NNS/5/nsubj told=tell/VBD/0/root",
        4,
        ("Niger's military rulers", "Government of Niger", "NERGOV", "ner-gov"),
    );
    assert_eq!(rulers.actor.sectors, ["GOV", "MIL"]);
    assert!(rulers.definite);
    check("the/DT defence/NN ministry/NN/0/root", 3, ("the defence ministry", "the defence ministry", "---GOVMIL", "-"));
    check(
        "Mali/NNP/4/nmod:poss _'s/POS/1/case defence/NN/4/compound ministry/NN/0/root",
        4,
        ("Mali's defence ministry", "Mali", "MLIGOVMIL", "mli-defence"),
    );
    check(
        "the/DT ministry/NN/0/root of/IN/4/case defence/NN/2/nmod",
        2,
        ("the ministry of defence", "the ministry of defence", "---GOVMIL", "-"),
    );
    check("spokesman/NN/0/root for/IN/4/case the/DT/4/det FAMa/NNP/1/nmod", 1, ("spokesman for the FAMa", "Mali", "MLIMIL", "mli-mil"));
    check("Malian/JJ army/NN spokesman/NN/0/root", 3, ("Malian army spokesman", "Mali", "MLIMIL", "mli-mil"));
}

#[test]
fn capitals_have_two_readings() {
    let paris = check("Paris/NNP/2/nsubj refused=refuse/VBD/0/root", 1, ("Paris", "France", "FRAGOV", "fra-gov"));
    assert!(paris.place && paris.government == Some(paris.actor.clone()));
    let mali = check("Mali/NNP/2/nsubj refused=refuse/VBD/0/root", 1, ("Mali", "Mali", "MLI", "mli"));
    assert!(mali.place);
    assert_eq!(mali.government.map(|g| (g.name, g.code.to_string())), Some(("Mali".to_owned(), "MLIGOV".to_owned())));
    let palace = check("the/DT Élysée/NNP/0/root", 2, ("the Élysée", "France", "FRAGOV", "fra-gov"));
    assert!(!palace.place);
}

#[test]
fn office_holders() {
    let tree = "French/JJ/2/amod President/NNP/3/nmod:desc Emmanuel/NNP/5/nsubj<P Macron/NNP/3/flat> spoke=speak/VBD/0/root";
    let macron = check(tree, 3, ("French President Emmanuel Macron", "Emmanuel Macron", "FRAGOV", "fra-president"));
    assert_eq!(macron.actor.person, Some(griot_types::Person::Public));
    assert_eq!(mention(tree, 4).map(|m| m.head), Some(2), "the surname leads to the whole name");
    // Years after the term a bare surname is anybody's.
    check("Hollande/NNP/2/nsubj<P> spoke=speak/VBD/0/root", 1, ("Hollande", "Hollande", "---", "-"));
    let titled = "President/NNP/2/nmod:desc Hollande/NNP/3/nsubj<P> spoke=speak/VBD/0/root";
    check(titled, 2, ("President Hollande", "François Hollande", "FRAGOV", "fra-president"));
    check("the/DT French/JJ president/NN/0/root", 3, ("the French president", "Emmanuel Macron", "FRAGOV", "fra-president"));
    check("Brigitte/NNP/3/nsubj<P Macron/NNP/1/flat> spoke=speak/VBD/0/root", 1, ("Brigitte Macron", "Brigitte Macron", "---", "-"));
    check(
        "Iyad/NNP/4/nsubj<P Ag/NNP/1/flat Ghaly/NNP/1/flat> spoke=speak/VBD/0/root",
        1,
        ("Iyad Ag Ghaly", "Iyad Ag Ghaly", "MLIREBJNM", "jnim-leader"),
    );
}

#[test]
fn other_persons() {
    let general = check(
        "General/NNP/2/nmod:desc Oumar/NNP/4/nsubj<P Diarra/NNP/2/flat> spoke=speak/VBD/0/root",
        2,
        ("General Oumar Diarra", "Oumar Diarra", "---MIL", "-"),
    );
    assert_eq!(general.actor.person, Some(griot_types::Person::Public));
    let private = check("Oumar/NNP/3/nsubj<P Diarra/NNP/1/flat> fled=flee/VBD/0/root", 1, ("Oumar Diarra", "Oumar Diarra", "---", "-"));
    assert_eq!(private.actor.person, Some(griot_types::Person::Private));
    let spokesman =
        check("a/DT JNIM/NNP spokesman/NN/0/root", 3, ("a JNIM spokesman", "Jama'at Nusrat al-Islam wal-Muslimin", "MLIREBJNM", "jnim"));
    assert_eq!(spokesman.actor.person, Some(griot_types::Person::Public));
}

#[test]
fn groups_and_their_members() {
    let wagner = ("Russia's Wagner group", "Wagner Group", "RUSPRMWAG", "wagner");
    check("Russia/NNP/4/nmod:poss _'s/POS/1/case Wagner/NNP/4/compound group/NN/0/root", 4, wagner);
    check(
        "mercenaries=mercenary/NNS/0/root from/IN/6/case Russia/NNP/6/nmod:poss _'s/POS/3/case Wagner/NNP/6/compound group/NN/1/nmod",
        1,
        ("mercenaries from Russia's Wagner group", "Wagner Group", "RUSPRMWAG", "wagner"),
    );
    check("Wagner/NNP fighters=fighter/NNS/0/root", 2, ("Wagner fighters", "Wagner Group", "RUSPRMWAG", "wagner"));
    check(
        "members=member/NNS/0/root of/IN/3/case JNIM/NNP/1/nmod",
        1,
        ("members of JNIM", "Jama'at Nusrat al-Islam wal-Muslimin", "MLIREBJNM", "jnim"),
    );
    check("Al/NNP/3/compound -/HYPH/3/punct Qaeda/NNP/0/root", 3, ("Al - Qaeda", "al-Qaeda", "IMGREBALQ", "al-qaeda"));
    check("Islamist/JJ militants=militant/NNS/0/root", 2, ("Islamist militants", "Islamist militants", "---REB", "-"));
    check(
        "separatist/JJ rebels=rebel/NNS/0/root in/IN/4/case Mali/NNP/2/nmod",
        2,
        ("separatist rebels", "separatist rebels", "MLIREB", "-"),
    );
    check(
        "a/DT/2/det militia/NN/0/root in/IN/5/case the/DT/5/det north/NN/2/nmod",
        2,
        ("a militia in the north", "a militia in the north", "---REB", "-"),
    );
}

#[test]
fn a_friend_is_no_owner() {
    // The tree has torn the name off.
    check(
        "Iran/NNP/5/nsubj _-/HYPH/1/punct _backed=back/VBN/4/amod rebels=rebel/NNS/5/nsubj fled=flee/VBD/0/root",
        4,
        ("Iran-backed rebels", "Iran-backed rebels", "---REB", "-"),
    );
    check(
        "Iran/NNP/3/compound _-/HYPH/3/punct _backed=back/VBN/4/amod militia/NN/0/root",
        4,
        ("Iran-backed militia", "Iran-backed militia", "---REB", "-"),
    );
}

#[test]
fn missions() {
    let un = check("UN/NNP peacekeepers=peacekeeper/NNS/0/root", 2, ("UN peacekeepers", "UN peacekeepers", "IGOUNOPKO", "un-peacekeepers"));
    assert!(un.force);
    check(
        "More/JJ/3/advmod than/IN/1/fixed 300/CD/5/nummod UN/NNP/5/compound peacekeepers=peacekeeper/NNS/0/root",
        5,
        ("UN peacekeepers", "UN peacekeepers", "IGOUNOPKO", "un-peacekeepers"),
    );
    assert!(un.people);
    check("blue/JJ helmets=helmet/NNS/0/root", 2, ("blue helmets", "UN peacekeepers", "IGOUNOPKO", "un-peacekeepers"));
}

#[test]
fn possessors_are_left_to_the_caller() {
    read(&["its/PRP$/3/nmod:poss 1,500/CD/3/nummod soldiers=soldier/NNS/0/root", "France/NNP/2/nsubj left=leave/VBD/0/root"], |reading| {
        let soldiers = reading.mention_at(0, 2).expect("a mention");
        assert_eq!((soldiers.actor.text.as_str(), soldiers.possessor, soldiers.definite), ("its 1,500 soldiers", Some(0), true));
        let france = &reading.mention_at(1, 0).expect("a mention").actor;
        let actor = reading.possessed(france, soldiers);
        assert_eq!((actor.code.as_str(), actor.id.as_deref(), actor.name.as_str()), ("FRAMIL", Some("fra-mil"), "France"));
        assert_eq!(reading.in_country("MLI", soldiers).code, "MLIMIL");
    });
    read(
        &["its/PRP$/3/nmod:poss 12,000/CD/3/nummod peacekeepers=peacekeeper/NNS/0/root", "The/DT UN/NNP/0/root", "Wagner/NNP/0/root"],
        |reading| {
            let peacekeepers = reading.mention_at(0, 2).expect("a mention");
            let un = reading.mention_at(1, 1).expect("a mention").actor.clone();
            assert_eq!(reading.possessed(&un, peacekeepers).id.as_deref(), Some("un-peacekeepers"));
        },
    );
}

#[test]
fn unnamed_attackers_and_people() {
    check("armed/JJ men=man/NNS/0/root on/IN/4/case motorbikes=motorbike/NNS/2/nmod", 2, ("armed men", "armed men", "UAF", "-"));
    check("Islamist/JJ gunmen=gunman/NNS/0/root", 2, ("Islamist gunmen", "Islamist gunmen", "---REB", "-"));
    check("gunmen=gunman/NNS/0/root", 1, ("gunmen", "gunmen", "UAF", "-"));
    let dead = check(
        "at/IN/3/advmod least/JJS/3/advmod 12/CD/4/nummod civilians=civilian/NNS/0/root",
        4,
        ("civilians", "civilians", "---CVL", "-"),
    );
    assert!(dead.people && !dead.force);
    check("Malians=Malian/NNPS/0/root", 1, ("Malians", "Malians", "MLICVL", "-"));
    check("the/DT/2/det French/JJ/0/root", 2, ("the French", "France", "FRA", "fra"));
}

#[test]
fn counts_are_no_part_of_a_name() {
    let villagers = ("villagers", "villagers", "---CVL", "-");
    check("several/JJ/3/amod thousand/NN/3/compound villagers=villager/NNS/0/root", 3, villagers);
    check("dozens=dozen/NNS/4/nsubj of/IN/3/case villagers=villager/NNS/1/nmod fled=flee/VBD/0/root", 1, villagers);
    check(
        "two/CD/5/nsubj of/IN/4/case the/DT/4/det villagers=villager/NNS/1/nmod fled=flee/VBD/0/root",
        1,
        ("the villagers", "the villagers", "---CVL", "-"),
    );
    check("the/DT/3/det 40/CD/3/nummod villagers=villager/NNS/0/root", 3, ("the 40 villagers", "villagers", "---CVL", "-"));
    let people = |notation| mention(notation, 2).map(|m| m.people);
    assert_eq!(people("three/CD/2/nummod rebels=rebel/NNS/0/root"), Some(true));
    assert_eq!(mention("two/CD/3/nummod rebel/NN/3/compound groups=group/NNS/0/root", 3).map(|m| m.people), Some(false));
}

#[test]
fn an_affiliate_is_somebody_else() {
    check("an/DT al-Qaeda/NNP affiliate/NN/0/root", 3, ("an al-Qaeda affiliate", "an al-Qaeda affiliate", "---REB", "-"));
}

#[test]
fn former_holders_of_power() {
    check("former/JJ French/JJ officials=official/NNS/0/root", 3, ("former French officials", "former French officials", "FRAELI", "-"));
    check("former/JJ French/JJ soldiers=soldier/NNS/0/root", 3, ("former French soldiers", "France", "FRAMIL", "fra-mil"));
}

#[test]
fn things_stand_for_their_owners() {
    assert!(check("a/DT French/JJ base/NN/0/root", 3, ("a French base", "France", "FRAMIL", "fra-mil")).metonym);
    assert_eq!(mention("a/DT base/NN/0/root", 2), None);
}

#[test]
fn names_that_only_the_report_knows() {
    for head in [3, 4] {
        let tree = "the/DT rebel/NN/3/compound group/NN/0/root 3R/NNP/3/appos<O>";
        assert!(check(tree, head, ("the rebel group 3R", "3R", "---REB", "-")).named);
    }
    check(
        "a/DT/2/det group/NN/0/root calling=call/VBG/2/acl itself/PRP/3/obj Dawn/NNP/3/xcomp<O>",
        2,
        ("a group calling itself Dawn", "Dawn", "---", "-"),
    );
    read(
        &[
            "the/DT Dawn/NNP/3/compound<O Front/NNP/7/nsubj> (/-LRB-/5/punct DF/NNP/3/appos )/-RRB-/5/punct fought=fight/VBD/0/root",
            "DF/NNP/2/nsubj fled=flee/VBD/0/root",
        ],
        |reading| {
            let later = reading.mention_at(1, 0).expect("a mention");
            assert_eq!((later.actor.name.as_str(), later.actor.text.as_str()), ("Dawn Front", "DF"));
        },
    );
    read(
        &[
            "Colonel/NNP/2/nmod:desc Oumar/NNP/4/nsubj<P Diarra/NNP/2/flat> spoke=speak/VBD/0/root",
            "Diarra/NNP/2/nsubj fled=flee/VBD/0/root",
        ],
        |reading| {
            let later = reading.mention_at(1, 0).expect("a mention");
            assert_eq!((later.actor.name.as_str(), later.kind), ("Oumar Diarra", crate::ActorKind::Person));
        },
    );
}

#[test]
fn words_are_not_names() {
    for (notation, head) in [
        ("us/PRP/0/root", 1),
        ("turkey/NN/0/root", 1),
        ("an/DT idea/NN/0/root", 2),
        ("French/JJ/2/amod wine/NN/0/root", 1),
        ("leaders=leader/NNS/0/root", 1),
    ] {
        assert_eq!(mention(notation, head), None, "{notation}");
    }
    // These can take up somebody named before, and are nobody otherwise.
    assert!(mention("the/DT leaders=leader/NNS/0/root", 2).is_some_and(|m| m.bare));
    check("U.S./NNP troops/NNS/0/root", 2, ("U.S. troops", "United States", "USAMIL", "usa-mil"));
    check("MALI/NNP/3/nsubj HAS=have/VBZ/3/aux TOLD=tell/VBN/0/root THE/DT/5/det UN/NNP/3/iobj", 1, ("MALI", "Mali", "MLI", "mli"));
    // Among capitals a short acronym is a word unless the tagger says that it is a name.
    let shouted =
        |tag: &str| format!("A=a/DT/3/det UN=un/{tag}/3/compound BOMB=bomb/NN/4/nsubj KILLED=kill/VBD/0/root SOLDIERS=soldier/NNS/4/obj");
    let named = |tag: &str| read(&[&shouted(tag)], |reading| reading.mention_at(0, 1).is_some_and(|m| m.actor.id.as_deref() == Some("un")));
    assert!(named("NNP") && !named("NN"));
}

#[test]
fn countries_are_counted() {
    read(&["Malian/JJ soldiers=soldier/NNS/3/nsubj left=leave/VBD/0/root Bamako/NNP/3/obj with/IN/6/case Wagner/NNP/3/obl"], |reading| {
        let counts: Vec<_> = reading.countries().iter().map(|(c, n)| (c.as_str(), *n)).collect();
        assert_eq!(counts, [("MLI", 2), ("RUS", 1)]);
    });
}

#[test]
fn faults_name_their_line() {
    let fault = |text: &str| World::from_sources(&[("x.toml".into(), text.into())]).err().map(|e| e.to_string());
    assert_eq!(fault("[[agent]]\nnouns = [\"x\"]\nkind = \"odd\"\n").as_deref(), Some("x.toml:2: 'odd' is not a kind of agent"));
    assert!(fault("[[agent]]\nnoun = 3\n").is_some_and(|m| m.starts_with("x.toml:2: unknown field `noun`")));
    assert!(
        fault("[[actor]]\nid = \"a\"\nname = \"A\"\ncode = \"X\"\nkind = \"group\"\nrelations = [{ type = \"part_of\", to = \"b\" }]\n")
            .is_some()
    );
}

#[test]
fn whose_friend_somebody_is() {
    // The parser has hung the name on the verb.
    let torn =
        "al/NNP/6/nsubj Qaeda/NNP/1/flat _-/HYPH/4/punct _linked=link/VBN/5/amod fighters=fighter/NNS/6/nsubj stormed=storm/VBD/0/root";
    check(torn, 5, ("al Qaeda-linked fighters", "al Qaeda-linked fighters", "---REB", "-"));
    assert_eq!(mention(torn, 1).and_then(|m| m.actor.id), None, "what the verb has for its subject");
    assert_eq!(mention(torn, 2).and_then(|m| m.actor.id).as_deref(), Some("al-qaeda"), "what '-linked' has for its object");
}
