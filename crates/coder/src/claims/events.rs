//! Events and relations: frames filled from propositions, and the same act told by two words ('killed in an attack') made one.

use super::draft::Draft;
use super::retold::{RETOLD, announced, earlier, retell, retelling, stormed};
use crate::codebook::{Clause, Form, Needs, Roles, Template, Test};
use crate::proposition::{ClauseForm, Link, Origin};
use crate::reference::{Who, same};
use crate::scene::Scene;
use crate::where_when::Found;
use griot_types::{Cause, Deprel, Kind, Place, Precision, Quantity, Span, Status, Type};
use griot_world::ActorKind;

/// Roles in which the noun for the same act stands: 'killed in an attack', 'the attack killed'.
const SAME_ACT: [&str; 5] = ["subj", "in", "by", "during", "with"];

/// Drafts the events and relations of a sentence.
pub fn of_sentence(scene: &Scene, s: usize, drafts: &mut Vec<Draft>) {
    let n = scene.propositions[s].list.len();
    for p in 0..n {
        let Some(frame) = scene.frame(s, p) else { continue };
        if frame.light.is_some() && !scene.governed(s, p).is_empty() && frame.claims.is_empty() {
            continue;
        }
        let home = home(scene, s, p);
        for template in &frame.claims {
            if template.count.is_some() || template.type_.kind() == Kind::Event && (home.is_some() || said_by_verb(scene, s, p, template)) {
                continue;
            }
            let (mut draft, mut enough) = draft(scene, s, p, template);
            if frame.retells && !retelling(scene, p, &mut draft, drafts) {
                continue;
            }
            if let Some(at) = earlier(scene, p, &draft, drafts) {
                retell(scene, &mut drafts[at], draft);
                continue;
            }
            if !enough && let Some(at) = announced(scene, p, &draft, drafts) {
                draft.source.clone_from(&drafts[at].source);
                if draft.places.is_empty() {
                    draft.places.clone_from(&drafts[at].places);
                }
                enough = true;
            }
            if let Some(at) = stormed(scene, p, &draft, drafts) {
                draft.source.clone_from(&drafts[at].source);
                if draft.places.is_empty() {
                    draft.places.clone_from(&drafts[at].places);
                }
                draft.time = draft.time.take().or_else(|| drafts[at].time.clone());
                enough = true;
            }
            if !enough {
                continue;
            }
            // 'The ministry claimed that its troops had taken the town': who speaks of his own side charges nobody.
            if frame.complement.is_some() && of_its_own_side(&draft) {
                continue;
            }
            // 'promised not to attack schools' is no threat.
            if draft.type_ == Type::Threaten
                && frame.complement.is_some()
                && scene.governed(s, p).iter().any(|&q| scene.proposition(s, q).negated)
            {
                continue;
            }
            // Forces that are not sent are not there, and what is not seized is not held.
            let follows = template.type_.kind() == Kind::Relation && main_event(scene, s, p).is_some();
            if follows && draft.status != Status::Actual {
                continue;
            }
            drafts.push(draft);
        }
    }
}

/// Whether all whom it accuses are of the same state as the one who does.
fn of_its_own_side(draft: &Draft) -> bool {
    let of_state = |who: &Who| who.actor.sectors.iter().all(|sector| matches!(sector.as_str(), "GOV" | "MIL" | "COP" | "SPY"));
    let country = |side: &[Who]| side.first().and_then(|who| who.actor.country.clone()).filter(|_| side.iter().all(of_state));
    draft.type_ == Type::Accuse && country(&draft.source).is_some_and(|own| country(&draft.target).as_ref() == Some(&own))
}

/// 'will not accept an agreement', 'signed a deal': the noun is what the verb does, and the verb makes the claim.
fn said_by_verb(scene: &Scene, s: usize, p: usize, template: &Template) -> bool {
    let proposition = scene.proposition(s, p);
    let Some(governor) = proposition.governor.as_ref().filter(|_| proposition.form == Form::Noun) else { return false };
    let object = matches!(&governor.link, Link::Role(role) if role == "obj")
        && main_event(scene, s, governor.proposition).is_some_and(|above| above.type_ == template.type_);
    // 'agreed to a truce' claims the truce with the agreement.
    let also = matches!(&governor.link, Link::Role(_))
        && template.mode.is_some()
        && scene
            .frame(s, governor.proposition)
            .is_some_and(|f| f.claims.iter().any(|c| c.type_ == template.type_ && c.mode == template.mode));
    template.type_ != Type::Assault && (object || also)
}

/// The proposition that tells the same act and makes the claim in place of this one.
pub fn home(scene: &Scene, s: usize, p: usize) -> Option<usize> {
    let mut at = p;
    let mut found = None;
    for _ in 0..scene.propositions[s].list.len() {
        match next_home(scene, s, at) {
            Some(next) if next != p => {
                at = next;
                found = Some(next);
            }
            _ => break,
        }
    }
    found
}

fn next_home(scene: &Scene, s: usize, p: usize) -> Option<usize> {
    let main = main_event(scene, s, p)?;
    let proposition = scene.proposition(s, p);
    if let Some(noun) = noun_home(scene, s, p) {
        return Some(noun);
    }
    let tree = &scene.trees[s];
    // 'killed four and wounded nine in a raid': the noun that the last verb names is the act of the first.
    for conjunct in tree.conjuncts(proposition.head).into_iter().filter(|&c| c != proposition.head) {
        let Some(q) = scene.propositions[s].at(conjunct) else { continue };
        if shares_subject(scene, s, q)
            && agree(main, main_event(scene, s, q))
            && let Some(noun) = noun_home(scene, s, q)
        {
            return Some(noun).filter(|&n| n != p);
        }
    }
    if let Some(main) = described_doing(scene, s, p) {
        return Some(main);
    }
    let above = match (&proposition.governor, tree.deprel(proposition.head)) {
        // 'An ADF attack on Beni and a CODECO ambush near Bunia' are two.
        (_, Deprel::Conj) if proposition.form == Form::Noun && proposition.arguments.iter().any(|a| a.role != "self") => None,
        (_, Deprel::Conj) => tree.head(proposition.head).and_then(|h| scene.propositions[s].at(h)),
        (Some(g), _)
            if matches!(&g.link, Link::Adverbial(mark) if mark.is_empty() || mark == "by") && proposition.clause != ClauseForm::Finite =>
        {
            Some(g.proposition)
        }
        _ => None,
    }?;
    (shares_subject(scene, s, p) && scene.proposition(s, above).negated == proposition.negated && agree(main, main_event(scene, s, above)))
        .then_some(above)
}

/// 'Shells fired by the rebels struck a camp': who fired them struck it.
fn described_doing(scene: &Scene, s: usize, p: usize) -> Option<usize> {
    let tree = &scene.trees[s];
    let proposition = scene.proposition(s, p);
    let relative = proposition.governor.as_ref().is_some_and(|g| g.link == Link::Relative);
    if !relative || !proposition.passive || proposition.clause == ClauseForm::Finite {
        return None;
    }
    let thing = tree.head(proposition.head)?;
    (0..scene.propositions[s].list.len()).find(|&q| {
        q != p
            && scene.proposition(s, q).fillers("subj").any(|a| a.token == thing)
            && main_event(scene, s, p).is_some_and(|main| agree(main, main_event(scene, s, q)))
            && scene.proposition(s, q).form == Form::Verb
    })
}

fn shares_subject(scene: &Scene, s: usize, p: usize) -> bool {
    let proposition = scene.proposition(s, p);
    proposition.arguments.iter().any(|a| a.origin == Origin::Shared && matches!(a.role.as_str(), "subj" | "obj"))
        || !proposition.has("subj")
}

/// The noun for the same act: 'killed in an attack', 'the attack killed'.
fn noun_home(scene: &Scene, s: usize, p: usize) -> Option<usize> {
    let main = main_event(scene, s, p)?;
    if scene.proposition(s, p).form == Form::Noun {
        return None;
    }
    SAME_ACT.iter().flat_map(|role| scene.role(s, p, role)).find_map(|(fs, token)| {
        let noun = scene.propositions[fs].inside(&scene.trees[fs], token).filter(|&q| q != p)?;
        (scene.proposition(fs, noun).form == Form::Noun && agree(main, main_event(scene, fs, noun))).then_some(noun)
    })
}

/// The event that a proposition's frame makes.
fn main_event<'s>(scene: &'s Scene, s: usize, p: usize) -> Option<&'s Template> {
    scene.frame(s, p)?.claims.iter().find(|t| t.type_.kind() == Kind::Event)
}

/// Modes of force that no plain 'attack' stands for.
const APART: [&str; 3] = ["abduct", "destroy", "sexual"];

pub fn is_apart(draft: &Draft) -> bool {
    APART.iter().any(|mode| draft.mode.as_deref() == Some(mode))
}

/// Whether two words can tell the same act of force. Who attacks a village and abducts its women or burns its houses has done two things.
fn agree(a: &Template, b: Option<&Template>) -> bool {
    let apart = |t: &Template| APART.iter().any(|mode| t.mode.as_deref() == Some(mode));
    let alike = |b: &Template| a.mode == b.mode || (a.mode.is_none() || b.mode.is_none()) && !apart(a) && !apart(b);
    b.is_some_and(|b| a.type_ == Type::Assault && b.type_ == a.type_ && alike(b))
}

/// The propositions that tell the same act as `p` and leave the claim to it.
fn guests(scene: &Scene, s: usize, p: usize) -> Vec<usize> {
    (0..scene.propositions[s].list.len()).filter(|&q| q != p && main_event(scene, s, q).is_some() && home(scene, s, q) == Some(p)).collect()
}

/// The claim that a template makes, and whether it says enough to stand alone.
fn draft(scene: &Scene, s: usize, p: usize, template: &Template) -> (Draft, bool) {
    let proposition = scene.proposition(s, p);
    let stance = scene.stance(s, p);
    let mut draft = Draft::of_template(s, p, proposition.head, template);
    sides(scene, s, p, template, &mut draft);
    draft.status = match template.status {
        // A noun for a plan says that the act is planned; what is said of the plan may weaken it further.
        Some(status) => crate::proposition::stronger(status, stance.status),
        None => stance.status,
    };
    draft.said_by = speakers(scene, s, p, template, stance.said_by);
    draft.action = Some(action(scene, s, p));
    draft.time = scene.when(s, p);
    draft.places = places(scene, s, p, template);
    let begins = matches!(
        template.type_,
        Type::PartOf | Type::AffiliatedWith | Type::AlliedWith | Type::PresentIn | Type::Controls | Type::Leads | Type::SuccessorOf
    );
    if template.type_.kind() == Kind::Relation && (main_event(scene, s, p).is_some() || begins && proposition.form == Form::Verb) {
        brought_about(&mut draft);
    }
    if template.type_.kind() == Kind::Relation {
        draft.quantity = share(scene, s, p);
        if let Some(time) = draft.time.as_mut().filter(|t| t.value.start.is_some() && t.value.end.is_none() && is_over(scene, s, p)) {
            time.value.end = scene.document.date.filter(|&date| time.value.start.is_some_and(|start| start <= date));
        }
    }
    if template.type_.kind() == Kind::Event {
        for guest in guests(scene, s, p) {
            adopt(scene, s, guest, &mut draft);
        }
    }
    let first_person = proposition.fillers("subj").any(|a| scene.trees[s].token(a.token).feature("Person") == Some("1"));
    if first_person && matches!(draft.type_, Type::Request | Type::Accuse | Type::Reject | Type::Threaten | Type::Agree | Type::Support) {
        // 'I call on both sides': saying so is the act.
        draft.said_by.retain(|speaker| !draft.source.iter().any(|source| same(&source.actor, &speaker.actor)));
    }
    choose_mode(scene, s, p, template, &mut draft);
    drop_repeats(&mut draft);
    // 'called for a ceasefire': an act that is asked for, planned or refused need not say whose it is.
    let governed = proposition.form == Form::Noun
        && matches!(draft.status, Status::CalledFor | Status::Intended | Status::Negated)
        // 'pledged to lift the siege' denies nobody's siege.
        && (draft.status != Status::Negated || !draft.source.is_empty() || !draft.target.is_empty() || !draft.places.is_empty())
        && template.type_.kind() == Kind::Event
        && proposition.governor.as_ref().is_some_and(|g| {
            matches!(&g.link, Link::Role(role) if scene.frame(s, g.proposition).and_then(|f| f.complement.as_ref()).is_some_and(|c| c.roles.contains(role)))
        });
    // 'The raid left 19 dead': the verb that tells the act may ask for less than its noun.
    let told = || guests(scene, s, p).into_iter().filter_map(|guest| main_event(scene, s, guest)).any(|t| enough(&draft, t, false));
    let struck = proposition.form == Form::Verb && proposition.has("obj");
    let stands = governed || enough(&draft, template, struck) || template.type_.kind() == Kind::Event && told();
    (draft, stands)
}

/// 'had been in Mali since 2014': it held until something else happened, which was by the day of the report.
fn is_over(scene: &Scene, s: usize, p: usize) -> bool {
    let tree = &scene.trees[s];
    let had = |c: usize| tree.lemma(c) == "have" && tree.token(c).feature("Tense") == Some("Past");
    tree.children(scene.proposition(s, p).head).any(|c| tree.deprel(c) == Deprel::Aux && had(c))
}

/// 'holds 80 % of the capital': the share that a relation covers.
fn share(scene: &Scene, s: usize, p: usize) -> Option<Found<Quantity>> {
    let tree = &scene.trees[s];
    let count = scene.counts[s].iter().find(|c| {
        c.quantity.unit == "percent"
            && (scene.holder(s, c.head) == Some(p) || scene.proposition(s, p).fillers("obj").any(|a| tree.dominates(a.token, c.head)))
    })?;
    Some(Found { value: count.quantity.clone(), span: tree.sentence.cover(count.first, count.end) })
}

/// A relation that an act brings about holds from the act on, and nobody has said until when.
fn brought_about(draft: &mut Draft) {
    if let Some(time) = &mut draft.time
        && time.value.start.is_some()
        && time.value.precision != Some(Precision::Range)
    {
        time.value.end = None;
        time.value.precision = Some(Precision::Range);
    }
}

/// Takes over what the other word for the same act says.
fn adopt(scene: &Scene, s: usize, guest: usize, draft: &mut Draft) {
    let Some(template) = main_event(scene, s, guest) else { return };
    let mut other = Draft::of_template(s, guest, draft.predicate, template);
    sides(scene, s, guest, template, &mut other);
    if draft.source.is_empty() {
        draft.source = other.source;
    }
    if draft.target.is_empty() {
        draft.target = other.target;
    }
    draft.mode = draft.mode.take().or(other.mode);
    draft.time = draft.time.take().or_else(|| scene.when(s, guest));
    if draft.places.is_empty() {
        draft.places = scene.places(s, guest);
    }
    let stance = scene.stance(s, guest);
    if draft.said_by.is_empty() {
        draft.said_by = stance.said_by;
    }
    if scene.proposition(s, draft.proposition.unwrap_or(guest)).form == Form::Noun {
        draft.status = crate::proposition::stronger(draft.status, stance.status);
    }
}

/// Source and target; for what both do, the side named first and the other.
fn sides(scene: &Scene, s: usize, p: usize, template: &Template, draft: &mut Draft) {
    if !template.mutual {
        draft.source = doers(scene, s, p, &template.source, template.type_, true);
        draft.target = doers(scene, s, p, &template.target, template.type_, false);
        return;
    }
    let mut groups: Vec<Vec<Who>> = Vec::new();
    for union in &template.source.0 {
        for item in union {
            let group = doers(scene, s, p, &Roles(vec![vec![item.clone()]]), template.type_, true);
            if !group.is_empty() {
                groups.push(group);
            }
        }
        if !groups.is_empty() {
            break;
        }
    }
    let target = doers(scene, s, p, &template.target, template.type_, true);
    if !target.is_empty() {
        groups.push(target);
    }
    if groups.len() > 1 {
        draft.source = groups.remove(0);
        draft.target = groups.concat();
    } else if let Some(mut group) = groups.pop() {
        draft.target = group.split_off(1.min(group.len()));
        draft.source = group;
    }
    // A truce can be one side's alone.
    draft.mutual &= !matches!(template.type_, Type::Retreat | Type::Agree) || !draft.target.is_empty();
}

/// The actors of a role expression. A capital stands for its government, except where force is used on the city itself.
pub fn doers(scene: &Scene, s: usize, p: usize, roles: &Roles, type_: Type, doing: bool) -> Vec<Who> {
    let physical = matches!(type_, Type::Assault | Type::Controls | Type::Coerce);
    let mut found = scene.actors(s, p, roles);
    // 'For which no group has claimed responsibility' names nobody.
    found.retain(|who| !scene.trees[who.sentence].children(who.token).any(|c| scene.trees[who.sentence].lemma(c) == "no"));
    if physical && !doing {
        found.retain(|who| !(who.place && who.kind == ActorKind::Government));
    }
    if found.is_empty() && doing && type_ == Type::Assault {
        found = owners_of_arms(scene, s, p, roles);
    }
    let sends = matches!(type_, Type::Mobilize | Type::Retreat | Type::Aid | Type::PresentIn | Type::Personnel);
    if sends && doing {
        found = own_forces(scene, s, p, found);
    }
    found
}

/// 'Angola sent 500 soldiers': a force that is sent, withdrawn or lent without a name is the sender's, and of two senders each one's.
pub fn own_forces(scene: &Scene, s: usize, p: usize, forces: Vec<Who>) -> Vec<Who> {
    let is_bare = |who: &Who| !who.named && who.force && who.actor.country.is_none();
    let with_owner = |who: Who| {
        let owned = if is_bare(&who) { owners(scene, s, p, &who) } else { Vec::new() };
        if owned.is_empty() { vec![who] } else { owned }
    };
    forces.into_iter().flat_map(with_owner).collect()
}

/// 'Its aircraft struck a hideout', 'the army's guns shelled the town': those whose arms they are.
fn owners_of_arms(scene: &Scene, s: usize, p: usize, roles: &Roles) -> Vec<Who> {
    let armed = |fs: usize, token: usize| {
        let tree = &scene.trees[fs];
        // 'the group's attack', 'its leader's death' are no arms.
        let thing = scene.propositions[fs].at(token).is_none() && scene.reading.mention_at(fs, token).is_none();
        let owner = tree.children(token).filter(|&c| thing && tree.deprel(c) == Deprel::NmodPoss);
        owner.flat_map(|c| scene.who(fs, c)).collect::<Vec<Who>>()
    };
    // Arms are no actors, so a role that asks for one is looked at whatever fills it.
    let items = roles.0.iter().flatten().map(|item| item.path.join("."));
    items.flat_map(|role| scene.role(s, p, &role)).map(|(fs, token)| armed(fs, token)).find(|owners| !owners.is_empty()).unwrap_or_default()
}

fn owners(scene: &Scene, s: usize, p: usize, force: &Who) -> Vec<Who> {
    let Some(mention) = scene.reading.mention_at(force.sentence, force.token) else { return Vec::new() };
    let owners = scene
        .role(s, p, "subj")
        .into_iter()
        .flat_map(|(fs, token)| scene.who(fs, token))
        .filter(|o| o.token != force.token && (o.actor.country.is_some() || o.named) && o.kind != ActorKind::Person);
    owners.map(|owner| Who { actor: scene.reading.possessed(&owner.actor, mention), ..force.clone() }).collect()
}

fn places(scene: &Scene, s: usize, p: usize, template: &Template) -> Vec<Found<Place>> {
    let mut found: Vec<Found<Place>> = Vec::new();
    for (fs, token) in scene.fill(s, p, &template.place) {
        for conjunct in scene.trees[fs].conjuncts(token) {
            if let Some(mention) = scene.place_or_whole(fs, conjunct) {
                found.push(scene.place(fs, mention));
            }
        }
    }
    for place in scene.places(s, p) {
        // 'moved towards Sirte' is not there yet.
        if template.type_ == Type::PresentIn && is_ahead(scene, s, &place) {
            continue;
        }
        // 'sent soldiers from Mandalay' does not say where to.
        if matches!(template.type_, Type::PresentIn | Type::Mobilize | Type::Aid) && is_left(scene, s, &place) {
            continue;
        }
        if !found.iter().any(|f| f.span == place.span) {
            found.push(place);
        }
    }
    found
}

/// Whether a place is only what somebody heads for.
fn is_ahead(scene: &Scene, s: usize, place: &Found<Place>) -> bool {
    let tree = &scene.trees[s];
    let first = (0..tree.len()).find(|&t| tree.token(t).span.start >= place.span.start);
    first.and_then(|t| t.checked_sub(1)).is_some_and(|t| matches!(tree.lemma(t), "toward" | "towards"))
}

/// Whether a place is only where somebody comes from.
fn is_left(scene: &Scene, s: usize, place: &Found<Place>) -> bool {
    let tree = &scene.trees[s];
    let first = (0..tree.len()).find(|&t| tree.token(t).span.start >= place.span.start);
    first.and_then(|t| t.checked_sub(1)).is_some_and(|t| tree.lemma(t) == "from")
}

/// The words for the act: the verb with its particle or fixed object; in a refusal the refused clause's verb with its 'would not'.
fn action(scene: &Scene, s: usize, p: usize) -> Span {
    let tree = &scene.trees[s];
    let proposition = scene.proposition(s, p);
    let refusal = scene.frame(s, p).is_some_and(|f| f.when.iter().any(|c| c.any.contains(&Test::Clause(Clause::Refusal))));
    if refusal && let Some(&inner) = scene.governed(s, p).first() {
        let verb = scene.proposition(s, inner).head;
        let auxiliaries = tree.children(verb).filter(|&c| matches!(tree.deprel(c), Deprel::Aux | Deprel::Advmod) && c < verb);
        return auxiliaries.map(|c| tree.token(c).span).fold(tree.token(verb).span, Span::cover);
    }
    let mut span = tree.token(proposition.head).span;
    if proposition.form == Form::Verb {
        for (_, token) in proposition.particles.iter().filter(|(_, t)| tree.deprel(*t) == Deprel::CompoundPrt) {
            if token.abs_diff(proposition.head) <= 2 {
                span = span.cover(tree.token(*token).span);
            }
        }
    }
    span
}

/// Some modes follow from what is asked, refused, promised.
fn choose_mode(scene: &Scene, s: usize, p: usize, template: &Template, draft: &mut Draft) {
    if draft.mode.is_none() && draft.type_ == Type::Assault {
        draft.mode = scene.means(s, p);
    }
    for inner in scene.governed(s, p) {
        let head = scene.proposition(s, inner).head;
        if let Some(Some(type_)) = scene.event_type(s, head, 0)
            && let Some((_, mode)) = template.mode_by.iter().find(|(t, _)| *t == type_)
        {
            draft.mode = Some(mode.clone());
            return;
        }
    }
}

/// Nobody does a thing to himself: such a reading is a mistake about who is meant.
fn drop_repeats(draft: &mut Draft) {
    let source = draft.source.clone();
    let relation = draft.type_.kind() == Kind::Relation;
    // 'its partners': a state is no ally of its own army.
    let one = |a: &Who, b: &Who| same(&a.actor, &b.actor) || relation && a.actor.name == b.actor.name;
    draft.target.retain(|t| !source.iter().any(|x| one(x, t)));
}

/// Those whom the frame itself has speak, else those around it.
pub fn speakers(scene: &Scene, s: usize, p: usize, template: &Template, around: Vec<Who>) -> Vec<Who> {
    let own = scene.actors(s, p, &template.said_by);
    if own.is_empty() { around } else { own }
}

/// Whether a claim has what its frame asks for. `struck` says that the act was done to something: force used on a thing at a place is an attack,
/// whoever used it ('the convoy was ambushed near Boni').
fn enough(draft: &Draft, template: &Template, struck: bool) -> bool {
    let (source, target, place) = (!draft.source.is_empty(), !draft.target.is_empty(), !draft.places.is_empty());
    if template.type_ == Type::Assault && struck && place {
        return true;
    }
    if template.type_.wants_place() {
        return source && place;
    }
    match template.needs {
        Needs::Source => source,
        Needs::Target => target,
        Needs::Both => source && target,
        Needs::Either => source || target,
        Needs::Place => place,
        Needs::None => true,
    }
}

/// The event that a figure of this proposition belongs to: a draft's number.
pub fn event_for(scene: &Scene, s: usize, p: usize, from: usize, drafts: &[Draft]) -> Option<usize> {
    let find = |q: usize| {
        (0..drafts.len())
            .rev()
            .take_while(|&d| d >= from || s - drafts[d].sentence <= RETOLD)
            .find(|&d| drafts[d].tells(s, q) && drafts[d].type_.kind() == Kind::Event && drafts[d].status != Status::Negated)
    };
    if let Some(found) = find(home(scene, s, p).unwrap_or(p)) {
        return Some(found);
    }
    // 'were killed when gunmen attacked', 'attacked the village, leaving 12 dead', 'four were killed and one was wounded when …'
    let together = coordinated(scene, s, p);
    let governor = scene.proposition(s, p).governor.as_ref();
    let governor = governor.filter(|g| matches!(g.link, Link::Adverbial(_) | Link::Relative | Link::Role(_))).map(|g| g.proposition);
    // 'The army clashed with rebels near Mucojo; sources reported five rebels killed.': the clause beside says whose toll it is.
    let beside = std::iter::successors(Some(p), |&q| scene.proposition(s, q).governor.as_ref().map(|g| g.proposition))
        .take(CLAUSES)
        .find_map(|q| scene.proposition(s, q).governor.as_ref().filter(|g| g.link == Link::Beside).map(|g| g.proposition));
    let clauses = scene.propositions[s].list.iter().enumerate().filter(|(_, q)| {
        q.governor
            .as_ref()
            .is_some_and(|g| together.contains(&g.proposition) && matches!(&g.link, Link::Adverbial(m) if AT_ONCE.contains(&m.as_str())))
    });
    let assault = |d: &usize| drafts[*d].type_ == Type::Assault;
    SAME_ACT
        .iter()
        .chain(&["after"])
        .flat_map(|role| scene.role(s, p, role))
        .filter_map(|(fs, t)| scene.propositions[fs].inside(&scene.trees[fs], t))
        .chain(governor)
        .chain(beside)
        .chain(clauses.map(|(q, _)| q))
        .chain(together.iter().copied().filter(|&q| q != p))
        // A light verb leaves the act to its noun: 'carried out three attacks, in which 27 people died'.
        .flat_map(|q| std::iter::once(q).chain(scene.governed(s, q)).collect::<Vec<_>>())
        .filter_map(|q| find(home(scene, s, q).unwrap_or(q)))
        .find(assault)
}

/// How many clauses a toll stands away from the act beside.
const CLAUSES: usize = 4;

/// Conjunctions of the clause that tells how those who died came to die.
const AT_ONCE: [&str; 5] = ["when", "after", "as", "while", "where"];

/// The propositions that are coordinated with one, itself among them.
pub fn coordinated(scene: &Scene, s: usize, p: usize) -> Vec<usize> {
    let tree = &scene.trees[s];
    let mut first = scene.proposition(s, p).head;
    while let Some(above) = tree.head(first).filter(|_| tree.deprel(first) == Deprel::Conj) {
        first = above;
    }
    tree.conjuncts(first).into_iter().filter_map(|t| scene.propositions[s].at(t)).collect()
}

/// The clauses that tell how and where those whom a proposition counts came to harm, and the adjective that does so for a verb without meaning.
pub fn told_with(scene: &Scene, s: usize, p: usize) -> Vec<usize> {
    let together = coordinated(scene, s, p);
    let list = &scene.propositions[s].list;
    let tells = |q: &usize| {
        list[*q].governor.as_ref().is_some_and(|g| match &g.link {
            Link::Adverbial(mark) => together.contains(&g.proposition) && AT_ONCE.contains(&mark.as_str()),
            Link::Role(role) => g.proposition == p && role == "comp" && list[*q].form == Form::Adjective,
            _ => false,
        })
    };
    (0..list.len()).filter(tells).collect()
}

/// How far back the attack may be told whose toll a sentence gives, in sentences.
const TOLLS: usize = 2;

/// 'Gunmen stormed the town on Sunday. Twelve people were killed.': the attack of an earlier sentence, if the toll names no time, place or doer of
/// its own and is not one of months ('have been killed').
pub fn told_before(scene: &Scene, s: usize, p: usize, draft: &Draft, drafts: &[Draft]) -> Option<usize> {
    let tree = &scene.trees[s];
    let head = scene.proposition(s, p).head;
    // A tally since some day, whose end is the day of the report, is not the toll of one act either.
    let since = draft.time.as_ref().is_some_and(|t| t.value.precision == Some(Precision::Range));
    let cumulative = since || tree.children(head).any(|c| tree.deprel(c) == Deprel::Aux && tree.lemma(c) == "have");
    let toll = matches!(draft.type_, Type::Killed | Type::Injured | Type::Casualties | Type::Missing);
    let accident = draft.cause.is_some_and(|c| c != Cause::Violence);
    // What is told in the sentence itself is not told before it.
    let told = told_with(scene, s, p).into_iter().any(|q| scene.proposition(s, q).form != Form::Adjective)
        || ["after", "when"].iter().any(|role| scene.proposition(s, p).has(role));
    if !toll
        || told
        || cumulative
        || accident
        || draft.status != Status::Actual
        || scene.proposition(s, p).form == Form::Adjective && draft.time.is_some()
    {
        return None;
    }
    let place = |d: &Draft| d.places.first().map(|f| f.value.name.clone());
    // Only the act last told: a toll does not jump over another attack, an arrest, a march, nor over a toll that has no act.
    let between = |d: &Draft| match d.type_ {
        Type::Coerce | Type::Protest | Type::Mobilize | Type::Retreat => true,
        Type::Killed | Type::Injured | Type::Casualties => d.of_event.is_none(),
        _ => false,
    };
    let mut near = (0..drafts.len()).rev().take_while(|&d| s - drafts[d].sentence <= TOLLS);
    // What the same sentence goes on to tell stands behind the toll.
    let earlier = |d: &Draft| d.sentence < s || d.predicate < head;
    let act = near.find(|&d| drafts[d].type_ == Type::Assault && drafts[d].sentence < s || between(&drafts[d]) && earlier(&drafts[d]))?;
    if drafts[act].type_ != Type::Assault || drafts[act].mode.as_deref() == Some("abduct") {
        return None;
    }
    let other = &drafts[act];
    let days = |d: &Draft| d.time.as_ref().map(|t| (t.value.start, t.value.end));
    let same_day = draft.time.is_none() || days(draft) == days(other);
    let same_place = draft.places.is_empty() || place(draft) == place(other);
    let same_doer = draft.source.is_empty() || draft.source.iter().any(|a| other.source.iter().any(|b| same(&a.actor, &b.actor)));
    let fits = other.status == Status::Actual && !other.mutual && same_day && same_place && same_doer;
    fits.then_some(act)
}
