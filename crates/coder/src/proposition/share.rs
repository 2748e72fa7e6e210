//! What hangs on what, and what is shared: subjects over conjunction, control and participles, objects over coordinated verbs, antecedents over
//! relative clauses, negation and modality over conjuncts that have none of their own.

use super::{Argument, ClauseForm, Governor, Link, Origin, Propositions, Tree};
use crate::codebook::{Form, Grammar};
use griot_types::{Deprel, SmolStr, Upos, Xpos};

/// Finds each proposition's governor.
pub(super) fn govern(tree: &Tree, all: &mut Propositions) {
    for number in 0..all.list.len() {
        let head = all.list[number].head;
        all.list[number].governor = governor(tree, all, head).filter(|g| g.proposition != number);
    }
}

/// Climbs from a token to the proposition that it hangs on.
fn governor(tree: &Tree, all: &Propositions, from: usize) -> Option<Governor> {
    let mut at = from;
    let mut relative = false;
    // Each step climbs the tree, so its depth bounds the loop.
    for _ in 0..tree.len() {
        let above = tree.head(at)?;
        let deprel = tree.deprel(at);
        let link = match deprel {
            Deprel::Conj => {
                at = above;
                continue;
            }
            Deprel::Parataxis | Deprel::List => Link::Beside,
            Deprel::Advcl | Deprel::AdvclRelcl => Link::Adverbial(tree.conjunction(at)),
            Deprel::AclRelcl => {
                relative = true;
                at = above;
                continue;
            }
            _ => match role_of(all, above, at) {
                Some(role) => Link::Role(role),
                None if matches!(deprel, Deprel::Acl | Deprel::Appos) => {
                    relative = true;
                    at = above;
                    continue;
                }
                // A series of attacks, a town's mayor: the noun in between means nothing to frames.
                None => {
                    at = above;
                    continue;
                }
            },
        };
        if let Some(proposition) = all.at(above) {
            return Some(Governor { proposition, link: if relative { Link::Relative } else { link } });
        }
        at = above;
    }
    None
}

fn role_of(all: &Propositions, above: usize, token: usize) -> Option<SmolStr> {
    let proposition = &all.list[all.at(above)?];
    proposition.arguments.iter().find(|a| a.token == token).map(|a| a.role.clone())
}

/// Shares arguments and modality from the top of the tree downwards.
pub(super) fn share(tree: &Tree, all: &mut Propositions, grammar: &Grammar) {
    let mut order: Vec<usize> = (0..all.list.len()).collect();
    order.sort_by_key(|&p| depth(tree, all.list[p].head));
    for number in order {
        let head = all.list[number].head;
        if all.list[number].form == Form::Noun {
            // 'the militia, which is at war with the army'
            if tree.deprel(head) == Deprel::AclRelcl {
                antecedent(tree, all, number);
            }
            continue;
        }
        match tree.deprel(head) {
            Deprel::Conj => conjunct(tree, all, number, grammar),
            Deprel::Xcomp | Deprel::Ccomp => controlled(tree, all, number),
            Deprel::Advcl => adverbial(tree, all, number),
            Deprel::AclRelcl => relative(tree, all, number),
            Deprel::Acl | Deprel::Amod => participle(tree, all, number),
            _ => {}
        }
    }
}

fn depth(tree: &Tree, token: usize) -> usize {
    let mut depth = 0;
    let mut at = token;
    while let Some(head) = tree.head(at) {
        depth += 1;
        at = head;
        if depth > tree.len() {
            break;
        }
    }
    depth
}

/// The surface subject of a proposition: what a clause without a subject of its own shares.
fn surface_subject(all: &Propositions, number: usize) -> Option<usize> {
    let proposition = &all.list[number];
    let role = match (proposition.form, proposition.passive) {
        (Form::Noun, _) if proposition.fillers("self").any(|a| a.token != proposition.head) => "self",
        (_, true) => "obj",
        _ => "subj",
    };
    proposition.fillers(role).next().map(|a| a.token)
}

fn has_surface_subject(all: &Propositions, number: usize) -> bool {
    surface_subject(all, number).is_some()
}

fn give_subject(all: &mut Propositions, number: usize, token: usize) {
    let proposition = &mut all.list[number];
    if token == proposition.head {
        return;
    }
    let role = if proposition.form == Form::Verb && proposition.passive { "obj" } else { "subj" };
    proposition.add(role, token, Origin::Shared);
}

fn conjunct(tree: &Tree, all: &mut Propositions, number: usize, grammar: &Grammar) {
    let head = all.list[number].head;
    let Some(first) = first_conjunct(tree, all, head) else { return };
    share_act(tree, all, first, number);
    if has_surface_subject(all, number) {
        return;
    }
    // '23 were killed and more than 60 wounded': the number before the participle is its own subject.
    if all.list[number].passive && head > 0 && tree.token(head - 1).upos == Upos::Num {
        all.list[number].add("obj", head - 1, Origin::Own);
        return;
    }
    if let Some(subject) = surface_subject(all, first) {
        give_subject(all, number, subject);
    }
    share_agent(all, first, number);
    share_objects(tree, all, first, number);
    let same_form = all.list[first].clause == all.list[number].clause
        || all.list[first].clause == ClauseForm::Finite && all.list[number].clause == ClauseForm::Infinitive && tree.mark(head) != "to";
    let own_aux = tree.child(head, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]).is_some();
    if same_form && !own_aux && is_bare(tree, head, first, all) {
        all.list[number].modality = all.list[number].modality.or(all.list[first].modality);
        let but = tree
            .children(head)
            .any(|c| tree.deprel(c) == Deprel::Cc && grammar.conjunctions.contains_key(tree.lemma(c).to_lowercase().as_str()));
        if all.list[first].negated && !but {
            all.list[number].negated = true;
        }
    }
}

/// Whether the conjunct's verb is of the form that the first one's auxiliary asks for ('will leave and hand over', 'was not seen or heard').
fn is_bare(tree: &Tree, head: usize, first: usize, all: &Propositions) -> bool {
    let first = all.list[first].head;
    tree.token(head).xpos == tree.token(first).xpos
}

fn first_conjunct(tree: &Tree, all: &Propositions, token: usize) -> Option<usize> {
    let mut at = token;
    while tree.deprel(at) == Deprel::Conj {
        at = tree.head(at)?;
        if let Some(first) = all.at(at) {
            return Some(first);
        }
    }
    None
}

/// 'Five were killed and twelve injured in an attack': what stands behind a second passive without an auxiliary of its own is said of both.
fn share_act(tree: &Tree, all: &mut Propositions, first: usize, second: usize) {
    let (one, other) = (&all.list[first], &all.list[second]);
    let elliptical = one.passive && other.passive && is_elliptical(tree, other.head);
    const ROLES: [&str; 3] = ["in", "during", "by"];
    let acts: Vec<Argument> = (other.arguments.iter())
        .filter(|a| elliptical && a.token > other.head && a.origin == Origin::Own && ROLES.contains(&a.role.as_str()) && !one.has(&a.role))
        .map(|a| Argument { origin: Origin::Shared, ..a.clone() })
        .collect();
    all.list[first].arguments.extend(acts);
}

/// A passive participle joined to one that has the auxiliary for both.
pub(crate) fn is_elliptical(tree: &Tree, head: usize) -> bool {
    tree.deprel(head) == Deprel::Conj && tree.child(head, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]).is_none()
}

/// 'were attacked and beaten by guards': the doer behind the last of several passives is that of all.
fn share_agent(all: &mut Propositions, first: usize, second: usize) {
    if !all.list[first].passive || !all.list[second].passive {
        return;
    }
    let agent = |number: usize| -> Option<usize> { all.list[number].fillers("subj").next().map(|a| a.token) };
    let last = all.list[second].head;
    match (agent(first), agent(second)) {
        (Some(token), None) if token > last => all.list[second].add("subj", token, Origin::Shared),
        (None, Some(token)) if token > last => all.list[first].add("subj", token, Origin::Shared),
        _ => {}
    }
}

/// 'attacked and looted the village', 'seized and held the town'.
fn share_objects(tree: &Tree, all: &mut Propositions, first: usize, second: usize) {
    let (a, b) = (all.list[first].head, all.list[second].head);
    let object = |number: usize| -> Option<usize> {
        let p: &super::Proposition = &all.list[number];
        if p.passive { None } else { p.fillers("obj").next().map(|x| x.token) }
    };
    match (object(first), object(second)) {
        (Some(o), None) if o > b && !all.list[second].passive => all.list[second].add("obj", o, Origin::Shared),
        (None, Some(o)) if b.saturating_sub(a) <= 3 && !all.list[first].passive && tree.children(a).all(|c| c <= b) => {
            all.list[first].add("obj", o, Origin::Shared);
        }
        _ => {}
    }
}

fn controlled(tree: &Tree, all: &mut Propositions, number: usize) {
    if has_surface_subject(all, number) {
        return;
    }
    let head = all.list[number].head;
    let Some(above) = tree.head(head).and_then(|h| all.at(h)) else { return };
    let (subject, object) = {
        let g = &all.list[above];
        (surface_subject(all, above), g.fillers("iobj").chain(g.fillers("obj")).find(|a| a.token != head).map(|a| a.token))
    };
    // The frame of the governor may know better (promise); it corrects this when it is chosen.
    if let Some(token) = object.or(subject) {
        give_subject(all, number, token);
    }
}

fn adverbial(tree: &Tree, all: &mut Propositions, number: usize) {
    let head = all.list[number].head;
    let Some(above) = tree.head(head).and_then(|h| all.at(h)) else { return };
    if has_surface_subject(all, number) || all.list[number].clause == ClauseForm::Finite {
        return;
    }
    // 'sent troops to quell the revolt': the purpose is the troops' as well as the sender's; the sender is the doer of record.
    if let Some(token) = surface_subject(all, above) {
        give_subject(all, number, token);
    }
}

fn relative(tree: &Tree, all: &mut Propositions, number: usize) {
    let head = all.list[number].head;
    let Some(noun) = tree.head(head) else { return };
    if tree.token(noun).upos == Upos::Verb || antecedent(tree, all, number) {
        return;
    }
    if tree.children(head).any(|c| tree.deprel(c) == Deprel::Advmod && tree.token(c).xpos == Xpos::Wrb) {
        all.list[number].add("in", noun, Origin::Shared);
    } else if !all.list[number].has("obj") && all.list[number].has("subj") && all.list[number].form == Form::Verb {
        all.list[number].add("obj", noun, Origin::Shared);
    } else if !has_surface_subject(all, number) {
        give_subject(all, number, noun);
    }
}

/// Puts the noun that a relative clause describes in the place of its pronoun; returns whether there was one.
fn antecedent(tree: &Tree, all: &mut Propositions, number: usize) -> bool {
    let Some(noun) = tree.head(all.list[number].head).filter(|&n| tree.token(n).upos != Upos::Verb) else { return false };
    let mut found = false;
    let proposition = &mut all.list[number];
    for argument in &mut proposition.arguments {
        let token = tree.token(argument.token);
        let marked = token.feature("PronType").is_some_and(|t| t.split(',').any(|t| t == "Rel"));
        let relative = token.upos == Upos::Pron && (marked || matches!(token.lemma.as_str(), "which" | "that" | "who" | "whom"));
        if relative && argument.token > noun {
            argument.origin = Origin::Relative(argument.token);
            argument.token = noun;
            found = true;
        }
    }
    found
}

/// 'troops sent to Mali', 'rebels fighting the army', 'the first to arrive', 'wounded soldiers'.
fn participle(tree: &Tree, all: &mut Propositions, number: usize) {
    if all.list[number].form != Form::Verb || has_surface_subject(all, number) {
        return;
    }
    let head = all.list[number].head;
    let Some(noun) = tree.head(head) else { return };
    if tree.token(noun).upos == Upos::Verb {
        return;
    }
    match all.at(noun) {
        // 'France's decision to withdraw', 'no intention of leaving': the doer is the decision's.
        Some(above)
            if all.list[above].form == Form::Noun
                && (all.list[number].clause == ClauseForm::Infinitive
                    || all.list[number].clause == ClauseForm::Gerund && !tree.mark(head).is_empty()) =>
        {
            let doer = {
                let g = &all.list[above];
                g.fillers("subj").chain(g.fillers("poss")).chain(g.fillers("mod")).chain(g.fillers("of")).next().map(|a| a.token)
            };
            if let Some(token) = doer.or_else(|| carrier_subject(all, above)) {
                give_subject(all, number, token);
            }
        }
        _ => give_subject(all, number, noun),
    }
}

/// 'The group has plans to attack': who has the plans.
fn carrier_subject(all: &Propositions, noun: usize) -> Option<usize> {
    let governor = all.list[noun].governor.as_ref()?;
    matches!(&governor.link, Link::Role(role) if role == "obj").then(|| surface_subject(all, governor.proposition)).flatten()
}
