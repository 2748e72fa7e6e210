//! Verbs and predicates with a copula: their arguments in deep roles, their negation and modality.

use super::{Argument, ClauseForm, Origin, Proposition, Tree};
use crate::codebook::{Form, Grammar, Index};
use griot_types::{Deprel, SmolStr, Status, Upos, Xpos};

/// The proposition of a verb, or of a noun or adjective with a copula, at this token.
pub(super) fn read(tree: &Tree, at: usize, index: &Index, grammar: &Grammar) -> Option<Proposition> {
    let token = tree.token(at);
    let copula = tree.child(at, &[Deprel::Cop]);
    let mut proposition = match token.upos {
        Upos::Verb if is_predicate(tree.deprel(at)) => Proposition::new(at, Form::Verb, &lemma(tree, at, index, grammar)),
        // 'six were killed and nine wounded' writes the auxiliary once.
        Upos::Adj
            if copula.is_some()
                // Headlines leave the copula out: 'Nine soldiers dead in Gao'.
                || tree.child(at, &[Deprel::NsubjPass, Deprel::AuxPass, Deprel::Nsubj]).is_some() =>
        {
            match participle(tree, at, index, grammar) {
                Some(lemma) => Proposition { passive: true, ..Proposition::new(at, Form::Verb, &lemma) },
                None => Proposition::new(at, Form::Adjective, &token.lemma),
            }
        }
        // 'is about to leave'.
        Upos::Adv if copula.is_some() && tree.child(at, &[Deprel::Xcomp, Deprel::Advcl]).is_some() => {
            Proposition::new(at, Form::Adjective, &token.lemma)
        }
        Upos::Noun | Upos::Propn | Upos::Pron if copula.is_some() => {
            return copular(tree, at, index, grammar).or_else(|| counted(tree, at, grammar));
        }
        Upos::Num if copula.is_some() => return counted(tree, at, grammar),
        Upos::Noun if is_headline_verb(tree, at) => {
            let lemma = lemma(tree, at, index, grammar);
            if index.find(Form::Verb, &lemma).is_empty() {
                return None;
            }
            Proposition::new(at, Form::Verb, &lemma)
        }
        _ => return None,
    };
    proposition.clause = clause_form(tree, at, copula);
    proposition.passive |= is_passive(tree, at) || is_headline_passive(tree, at, index, &proposition.lemma);
    arguments(tree, at, &mut proposition);
    modality(tree, at, grammar, &mut proposition);
    Some(proposition)
}

/// The verb's lemma; where no frame knows it, the one that some frame knows among those that the word's form could have. Lemmatizers trained on
/// small treebanks cannot know every verb ('shelled' is of 'shell', 'fled' of 'flee'); frames list what matters here.
fn lemma(tree: &Tree, at: usize, index: &Index, grammar: &Grammar) -> SmolStr {
    let lemma: SmolStr = tree.lemma(at).to_lowercase().into();
    let known = |word: &SmolStr| !index.find(Form::Verb, word).is_empty();
    if known(&lemma) {
        return lemma;
    }
    let form = tree.token(at).span.of(tree.text).to_lowercase();
    if let Some(irregular) = grammar.irregular.get(form.as_str()) {
        return irregular.clone();
    }
    let mut candidates: Vec<String> = Vec::new();
    for (ending, replacement) in
        [("ies", "y"), ("ied", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ed", ""), ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e")]
    {
        if let Some(stem) = form.strip_suffix(ending) {
            let mut letters = stem.chars().rev();
            let doubled = letters.next().is_some_and(|last| letters.next() == Some(last));
            candidates.push(format!("{stem}{replacement}"));
            if doubled && replacement.is_empty() {
                candidates.push(stem[..stem.len() - stem.chars().next_back().map_or(0, char::len_utf8)].to_owned());
            }
        }
    }
    candidates.into_iter().map(SmolStr::from).find(known).unwrap_or(lemma)
}

/// The verb of a participle that the tagger takes for an adjective: 'two others were injured'.
fn participle(tree: &Tree, at: usize, index: &Index, grammar: &Grammar) -> Option<SmolStr> {
    let form = tree.token(at).span.of(tree.text).to_lowercase();
    let adjective = !index.find(Form::Adjective, &tree.lemma(at).to_lowercase().into()).is_empty();
    if adjective || !form.ends_with("ed") && !grammar.irregular.contains_key(form.as_str()) {
        return None;
    }
    let lemma = lemma(tree, at, index, grammar);
    (lemma != form && !index.find(Form::Verb, &lemma).is_empty()).then_some(lemma)
}

fn is_predicate(deprel: Deprel) -> bool {
    !matches!(
        deprel,
        Deprel::Aux
            | Deprel::AuxPass
            | Deprel::Cop
            | Deprel::Case
            | Deprel::Mark
            | Deprel::Fixed
            | Deprel::Flat
            | Deprel::Goeswith
            | Deprel::Cc
    )
}

/// 'X is an affiliate of Y': the noun's own proposition, with the subject as the one it names.
fn copular(tree: &Tree, at: usize, index: &Index, grammar: &Grammar) -> Option<Proposition> {
    if let Some(found) = phrase(tree, at, index, grammar).or_else(|| located(tree, at, index, grammar)) {
        return Some(found);
    }
    let mut proposition = super::nouns::bare(tree, at, index)?;
    for child in tree.children(at) {
        if matches!(tree.deprel(child), Deprel::Nsubj | Deprel::NsubjOuter) {
            // The one who is called so is the subject, not the name that he is called.
            proposition.arguments.retain(|a| a.role != "self" || a.token != at);
            // 'Who is behind the attack' did it.
            let role = if tree.case(at) == "behind" { "subj" } else { "self" };
            proposition.add(role, child, Origin::Own);
        }
    }
    modality(tree, at, grammar, &mut proposition);
    for child in tree.children(at).filter(|&c| matches!(tree.deprel(c), Deprel::Obl | Deprel::OblUnmarked | Deprel::Advcl)) {
        let case = tree.case(child);
        if !case.is_empty() {
            proposition.add(case, child, Origin::Own);
        }
    }
    Some(proposition)
}

/// 'A withdrawal is out of the question': a preposition with its noun that frames list among the adjectives says what the subject is like.
fn phrase(tree: &Tree, at: usize, index: &Index, grammar: &Grammar) -> Option<Proposition> {
    let case = tree.case(at);
    if case.is_empty() {
        return None;
    }
    let lemma = format!("{case} {}", tree.lemma(at).to_lowercase());
    if index.find(Form::Adjective, &lemma.as_str().into()).is_empty() {
        return None;
    }
    let mut proposition = Proposition { clause: ClauseForm::Finite, ..Proposition::new(at, Form::Adjective, &lemma) };
    arguments(tree, at, &mut proposition);
    modality(tree, at, grammar, &mut proposition);
    Some(proposition)
}

/// 'Wagner has been in Mali since 2021': after a preposition the noun says where the subject is, not what it is.
fn located(tree: &Tree, at: usize, index: &Index, grammar: &Grammar) -> Option<Proposition> {
    let case = tree.case(at);
    // 'are at war', 'are on strike': such a noun is an act and no place.
    let act = !index.find(Form::Noun, &tree.lemma(at).to_lowercase().into()).is_empty();
    if act || tree.child(at, &[Deprel::Cop]).is_none() || !grammar.locatives.iter().any(|l| *l == case.as_str()) {
        return None;
    }
    let mut proposition = Proposition::new(at, Form::Verb, "be");
    for subject in tree.children(at).filter(|&c| matches!(tree.deprel(c), Deprel::Nsubj | Deprel::NsubjOuter)) {
        proposition.add("subj", subject, Origin::Own);
    }
    proposition.add(case, at, Origin::Own);
    modality(tree, at, grammar, &mut proposition);
    Some(proposition)
}

/// 'The toll was 20', 'its strength is 2,000 men': a number says how much the subject is.
fn counted(tree: &Tree, at: usize, grammar: &Grammar) -> Option<Proposition> {
    let subject = tree.child(at, &[Deprel::Nsubj, Deprel::NsubjOuter])?;
    // 'eight of the dead were children'
    let number = [at, subject].iter().any(|&t| tree.token(t).upos == Upos::Num) || tree.child(at, &[Deprel::Nummod]).is_some();
    if !number || !tree.case(at).is_empty() {
        return None;
    }
    let mut proposition = Proposition::new(at, Form::Verb, "be");
    proposition.add("subj", subject, Origin::Own);
    proposition.add("obj", at, Origin::Own);
    modality(tree, at, grammar, &mut proposition);
    Some(proposition)
}

/// The form of the clause that a predicate heads.
fn clause_form(tree: &Tree, at: usize, copula: Option<usize>) -> ClauseForm {
    let verb = copula.unwrap_or(at);
    let to = tree.children(at).any(|c| tree.deprel(c) == Deprel::Mark && tree.lemma(c) == "to");
    let finite_aux = tree.children(at).any(|c| {
        matches!(tree.deprel(c), Deprel::Aux | Deprel::AuxPass | Deprel::Cop)
            && (tree.token(c).feature("VerbForm") == Some("Fin") || tree.token(c).xpos == Xpos::Md)
    });
    match tree.token(verb).xpos {
        _ if finite_aux => ClauseForm::Finite,
        _ if to => ClauseForm::Infinitive,
        // 'accused of having executed', 'claims having killed'
        _ if is_perfect_gerund(tree, at) => ClauseForm::Gerund,
        Xpos::Vbg => ClauseForm::Gerund,
        Xpos::Vbn if copula.is_none() && (tree.deprel(at) != Deprel::Root || !has_subject(tree, at)) => ClauseForm::Participle,
        Xpos::Vbd if copula.is_none() && tree.deprel(at) == Deprel::Acl && !has_subject(tree, at) => ClauseForm::Participle,
        Xpos::Vb if !has_subject(tree, at) => ClauseForm::Infinitive,
        _ if tree.deprel(at) == Deprel::Amod => ClauseForm::Nominal,
        _ => ClauseForm::Finite,
    }
}

/// 'having executed'.
fn is_perfect_gerund(tree: &Tree, at: usize) -> bool {
    tree.children(at).any(|c| tree.deprel(c) == Deprel::Aux && tree.token(c).xpos == Xpos::Vbg)
}

fn has_subject(tree: &Tree, at: usize) -> bool {
    tree.child(at, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter, Deprel::Csubj, Deprel::CsubjPass]).is_some()
}

fn is_passive(tree: &Tree, at: usize) -> bool {
    if tree.child(at, &[Deprel::AuxPass, Deprel::NsubjPass, Deprel::CsubjPass]).is_some() {
        return true;
    }
    let token = tree.token(at);
    // 'soldiers sent to Mali': after a noun, without subject and auxiliary, a past form that taggers waver on is a participle.
    let past = token.xpos == Xpos::Vbd && tree.deprel(at) == Deprel::Acl && !has_subject(tree, at);
    if token.xpos != Xpos::Vbn && !past || tree.children(at).any(|c| tree.deprel(c) == Deprel::Aux && tree.lemma(c) == "have") {
        return false;
    }
    match tree.deprel(at) {
        Deprel::Acl | Deprel::Amod | Deprel::Advcl => !has_subject(tree, at),
        // 'was attacked and killed' writes the auxiliary once.
        Deprel::Conj => !has_subject(tree, at) && tree.head(at).is_some_and(|h| tree.token(h).xpos == Xpos::Vbn && is_passive(tree, h)),
        Deprel::AclRelcl | Deprel::Ccomp | Deprel::Xcomp => tree.child(at, &[Deprel::OblAgent]).is_some(),
        Deprel::Root | Deprel::Parataxis => is_headline_clause(tree, at),
        _ => false,
    }
}

/// A clause without an object in a line without a full stop.
fn is_headline_clause(tree: &Tree, at: usize) -> bool {
    let headline = !tree.is_empty() && tree.token(tree.len() - 1).upos != Upos::Punct;
    let object = tree.child(at, &[Deprel::Obj, Deprel::Aux, Deprel::Ccomp, Deprel::Xcomp, Deprel::CompoundPrt]);
    headline && has_subject(tree, at) && object.is_none()
}

/// 'Army revises toll': in the present tense of headlines taggers see plural nouns, but a noun has no subject and object.
fn is_headline_verb(tree: &Tree, at: usize) -> bool {
    tree.token(at).span.of(tree.text).ends_with('s')
        && (tree.child(at, &[Deprel::Nsubj]).is_some_and(|subject| subject < at)
            // '… and controls half of the town'
            || tree.deprel(at) == Deprel::Conj && tree.head(at).is_some_and(|head| tree.token(head).upos == Upos::Verb))
        && tree.child(at, &[Deprel::Obj]).is_some_and(|object| object > at)
}

/// A headline tells in the present and leaves the auxiliary of its passives out, so that taggers read a past tense: 'Twelve soldiers killed in raid'.
fn is_headline_passive(tree: &Tree, at: usize, index: &Index, lemma: &str) -> bool {
    let token = tree.token(at);
    let either = token.xpos == Xpos::Vbd && token.span.of(tree.text).ends_with("ed");
    let clause = matches!(tree.deprel(at), Deprel::Root | Deprel::Parataxis | Deprel::Ccomp);
    either && clause && is_headline_clause(tree, at) && index.takes_object(lemma)
}

fn arguments(tree: &Tree, at: usize, proposition: &mut Proposition) {
    for child in tree.children(at) {
        let deprel = tree.deprel(child);
        match deprel {
            Deprel::Nsubj | Deprel::NsubjOuter | Deprel::NsubjPass | Deprel::Csubj | Deprel::CsubjPass | Deprel::CsubjOuter => {
                let role = if proposition.passive { "obj" } else { "subj" };
                proposition.add(role, child, Origin::Own);
            }
            Deprel::Obj => proposition.add("obj", child, Origin::Own),
            Deprel::Iobj => proposition.add("iobj", child, Origin::Own),
            // '… and more than 60 wounded': the number stands for those it counts.
            Deprel::Nummod if tree.token(at).xpos == Xpos::Vbn && child < at => {
                proposition.passive = true;
                proposition.add("obj", child, Origin::Own);
            }
            Deprel::OblAgent => proposition.add("subj", child, Origin::Own),
            Deprel::Obl | Deprel::OblUnmarked | Deprel::Nmod | Deprel::NmodUnmarked => oblique(tree, child, proposition),
            Deprel::Ccomp => proposition.add("comp", child, Origin::Own),
            Deprel::Xcomp => xcomp(tree, child, proposition),
            Deprel::Advcl => adverbial(tree, child, proposition),
            Deprel::CompoundPrt => {
                let lemma = tree.lemma(child).to_lowercase();
                proposition.particles.push((lemma.into(), child));
            }
            Deprel::Advmod if matches!(tree.token(child).upos, Upos::Adp | Upos::Adv) => {
                // 'pull troops back', 'move in': adverbs of direction work as particles.
                let lemma = tree.lemma(child).to_lowercase();
                proposition.particles.push((lemma.into(), child));
            }
            // 'UN-backed', 'al-Qaeda-linked': the noun before a participle.
            Deprel::Compound => proposition.add("mod", child, Origin::Own),
            _ => {}
        }
    }
    // The name before the hyphen is the modifier, wherever the parser hung it.
    if tree.deprel(at) == Deprel::Amod && at > 1 && tree.token(at - 1).span.of(tree.text) == "-" && !proposition.has("mod") {
        proposition.add("mod", at - 2, Origin::Own);
    }
    // 'UN-backed forces': the modifier is the doer where nothing else is.
    if proposition.passive && tree.deprel(at) == Deprel::Amod {
        let modifier = proposition.fillers("mod").next().map(|a| a.token);
        if let (Some(token), false) = (modifier, proposition.has("subj")) {
            proposition.add("subj", token, Origin::Own);
        }
    }
}

fn oblique(tree: &Tree, child: usize, proposition: &mut Proposition) {
    let case = tree.case(child);
    match case.as_str() {
        "" => proposition.add("mod", child, Origin::Own),
        "by" if proposition.passive => proposition.add("subj", child, Origin::Own),
        // 'commands between 3,000 and 5,000 men': the preposition belongs to the number.
        "between" if is_range(tree, child) && !proposition.passive && !proposition.has("obj") => {
            proposition.add("obj", child, Origin::Own);
        }
        // 'from near X' says both; the first word is the role that frames ask for.
        _ => {
            // 'out of Gao', 'away from Gao' say what 'from Gao' says.
            if matches!(case.as_str(), "out of" | "away from") {
                proposition.add("from", child, Origin::Own);
            }
            if let Some((first, _)) = case.split_once(' ').filter(|_| !is_fixed(tree, child)) {
                proposition.add(first, child, Origin::Own);
            }
            proposition.add(case, child, Origin::Own);
        }
    }
}

/// 'between 3,000 and 5,000 men'.
fn is_range(tree: &Tree, child: usize) -> bool {
    let number = if tree.token(child).upos == Upos::Num { Some(child) } else { tree.child(child, &[Deprel::Nummod]) };
    number.is_some_and(|n| tree.conjuncts(n).len() == 2 || (n > 0 && tree.token(n - 1).upos == Upos::Cconj))
}

fn is_fixed(tree: &Tree, child: usize) -> bool {
    tree.children(child).filter(|&c| tree.deprel(c) == Deprel::Case).count() == 1
}

fn xcomp(tree: &Tree, child: usize, proposition: &mut Proposition) {
    let token = tree.token(child);
    match token.upos {
        // 'declared Goma a disaster zone', 'took him hostage': the second noun is a role of its own.
        Upos::Noun | Upos::Propn if tree.child(child, &[Deprel::Cop, Deprel::Mark]).is_none() => {
            let case = tree.case(child);
            proposition.add(if case.is_empty() { SmolStr::new("as") } else { case }, child, Origin::Own)
        }
        _ => proposition.add("comp", child, Origin::Own),
    }
}

/// 'accused them of killing': a gerund after a preposition fills the preposition's role; 'sent troops to quell' may be a complement too.
fn adverbial(tree: &Tree, child: usize, proposition: &mut Proposition) {
    let mark = tree.mark(child);
    let gerund = tree.token(child).xpos == Xpos::Vbg || is_perfect_gerund(tree, child);
    if gerund && !mark.is_empty() {
        proposition.add(mark.clone(), child, Origin::Own);
    }
    // 'drowned when their boat sank': how it came about.
    if matches!(tree.conjunction(child).as_str(), "when" | "as" | "after") && !gerund {
        proposition.add("when", child, Origin::Own);
    }
    if mark == "to" || mark == "for to" {
        proposition.arguments.push(Argument { role: "to do".into(), token: child, origin: Origin::Own });
    }
}

/// Negation and modality of the predicate's own clause.
pub(super) fn modality(tree: &Tree, at: usize, grammar: &Grammar, proposition: &mut Proposition) {
    let to = tree.children(at).any(|c| tree.deprel(c) == Deprel::Mark && tree.lemma(c) == "to");
    let mut weaken = |status: Option<Status>| {
        if let Some(status) = status {
            proposition.modality = Some(proposition.modality.map_or(status, |old| stronger(old, status)));
        }
    };
    let mut negations = 0;
    for child in tree.children(at) {
        let lemma = tree.lemma(child).to_lowercase();
        match tree.deprel(child) {
            Deprel::Aux | Deprel::Cop | Deprel::AuxPass => {
                if let Some(status) = grammar.auxiliaries.get(lemma.as_str()) {
                    weaken(*status);
                }
                // 'a demand that Machar be freed'
                let modal = |c: usize| tree.deprel(c) == Deprel::Aux && tree.token(c).xpos == Xpos::Md;
                if lemma == "be" && !to && tree.mark(at) == "that" && tree.token(child).xpos == Xpos::Vb && !tree.children(at).any(modal) {
                    weaken(Some(Status::CalledFor));
                }
                // 'France is to withdraw'.
                if lemma == "be" && to {
                    weaken(Some(Status::Intended));
                }
                negations += tree.children(child).filter(|&c| tree.token(c).feature("Polarity") == Some("Neg")).count();
            }
            Deprel::Cc if matches!(grammar.adverbs.get(lemma.as_str()), Some(Some(Status::Negated))) => negations += 1,
            Deprel::Mark | Deprel::Cc => {
                if let Some(status) = grammar.conjunctions.get(tree.mark(at).as_str()).or_else(|| grammar.conjunctions.get(lemma.as_str()))
                {
                    match status {
                        Some(Status::Negated) => negations += 1,
                        other => weaken(*other),
                    }
                }
            }
            Deprel::Advmod | Deprel::CcPreconj | Deprel::Discourse => match grammar.adverbs.get(lemma.as_str()) {
                // 'not only attacked but looted' denies nothing.
                Some(Some(Status::Negated)) => negations += usize::from(!followed_by_only(tree, child)),
                Some(status) => weaken(*status),
                None => {
                    // 'no longer active', 'not yet begun'
                    let inside = tree.children(child).any(|c| matches!(grammar.adverbs.get(tree.lemma(c)), Some(Some(Status::Negated))));
                    negations += usize::from(inside || tree.token(child).feature("Polarity") == Some("Neg"));
                }
            },
            // 'is no longer part of the alliance'
            Deprel::Amod if lemma == "longer" && child > 0 && tree.lemma(child - 1).eq_ignore_ascii_case("no") => negations += 1,
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl => {
                // 'Neither Chad nor Niger has sent soldiers.'
                let neither = tree.children(child).any(|c| {
                    matches!(tree.deprel(c), Deprel::CcPreconj | Deprel::Det)
                        && matches!(grammar.adverbs.get(tree.lemma(c).to_lowercase().as_str()), Some(Some(Status::Negated)))
                });
                negations += usize::from(neither || is_none(tree, child));
            }
            _ => {}
        }
    }
    // 'would release them if talks resumed' says only what might be.
    let would = tree.children(at).any(|c| tree.deprel(c) == Deprel::Aux && matches!(tree.lemma(c), "would" | "could" | "might"));
    let condition = |c: usize| {
        tree.deprel(c) == Deprel::Advcl && matches!(grammar.conjunctions.get(tree.mark(c).as_str()), Some(Some(Status::Possible)))
    };
    if would && negations % 2 == 0 && tree.children(at).any(condition) {
        proposition.modality = Some(proposition.modality.map_or(Status::Possible, |old| stronger(old, Status::Possible)));
    }
    // 'hundreds would have died', 'Had they attacked, …': so it would have been, and was not.
    let past = tree.children(at).any(|c| tree.deprel(c) == Deprel::Aux && tree.lemma(c) == "have");
    if would && past || is_inverted(tree, at, grammar) {
        proposition.modality = Some(proposition.modality.map_or(Status::Possible, |old| stronger(old, Status::Possible)));
    }
    proposition.negated = negations % 2 == 1;
    if tree.deprel(at) == Deprel::Advcl && tree.mark(at) == "to" {
        proposition.modality = Some(proposition.modality.map_or(Status::Intended, |old| stronger(old, Status::Intended)));
    }
    if tree.child(at, &[Deprel::Punct]).is_some_and(|p| tree.lemma(p) == "?") || ends_in_question(tree, at) {
        proposition.modality = Some(Status::Possible);
    }
}

/// 'Had the militia attacked, …', 'Should the talks fail, …': a condition by the order of its words, beside a clause with 'would' or 'will'.
fn is_inverted(tree: &Tree, at: usize, grammar: &Grammar) -> bool {
    let Some(subject) = tree.child(at, &[Deprel::Nsubj, Deprel::NsubjPass]) else { return false };
    let word = |t: usize| tree.token(t).span.of(tree.text).to_lowercase();
    let first = tree.children(at).filter(|&c| matches!(tree.deprel(c), Deprel::Aux | Deprel::AuxPass | Deprel::Cop)).min();
    let leads = first.is_some_and(|c| {
        let opens = c == 0 || matches!(tree.token(c - 1).upos, Upos::Punct | Upos::Cconj | Upos::Sconj);
        c < subject && opens && grammar.inversions.iter().any(|w| *w == word(c).as_str())
    });
    let question = || (0..tree.len()).any(|t| word(t) == "?");
    let ahead = |t: usize| {
        matches!(grammar.auxiliaries.get(tree.lemma(t).to_lowercase().as_str()), Some(Some(Status::Intended | Status::Possible)))
    };
    let follows = || (0..tree.len()).any(|t| tree.deprel(t) == Deprel::Aux && ahead(t));
    leads && follows() && !question()
}

fn followed_by_only(tree: &Tree, at: usize) -> bool {
    at + 1 < tree.len() && matches!(tree.lemma(at + 1), "only" | "just" | "merely")
}

fn ends_in_question(tree: &Tree, at: usize) -> bool {
    tree.head(at).is_none() && tree.children(at).next_back().is_some_and(|p| tree.lemma(p) == "?")
}

/// 'no soldier', 'none of them', 'nobody'.
pub(super) fn is_none(tree: &Tree, at: usize) -> bool {
    tree.token(at).feature("PronType") == Some("Neg")
        || tree.children(at).any(|c| {
            tree.deprel(c) == Deprel::Det
                && (tree.token(c).feature("PronType") == Some("Neg") || tree.token(c).feature("Polarity") == Some("Neg"))
                || tree.deprel(c) == Deprel::CcPreconj && tree.token(c).feature("Polarity") == Some("Neg")
        })
}

/// Of two statuses the one further from having happened.
pub(crate) fn stronger(a: Status, b: Status) -> Status {
    let rank = |s: Status| match s {
        Status::Actual => 0,
        Status::Intended => 1,
        Status::CalledFor => 2,
        Status::Possible => 3,
        Status::Negated => 4,
    };
    if rank(b) > rank(a) { b } else { a }
}
