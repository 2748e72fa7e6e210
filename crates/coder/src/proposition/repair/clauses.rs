//! Clauses hung on the wrong word, or taken for something else than clauses.

use super::{is_nominal, is_relative, nominal_root};
use crate::proposition::Tree;
use griot_types::{Deprel, Upos, Xpos};

pub(super) fn relative_on_verb(tree: &mut Tree, token: usize) -> bool {
    let Some(head) = tree.head(token) else { return false };
    if tree.token(head).upos != Upos::Verb {
        return false;
    }
    let pronoun = tree.children(token).find(|&c| c < token && is_relative(tree, c));
    match pronoun {
        Some(pronoun) => {
            // The comma before the pronoun and what closes a phrase stand between it and its noun.
            let noun = (0..pronoun).rev().take_while(|&t| t != head).find(|&t| is_nominal(tree, t));
            let Some(mut noun) = noun else { return false };
            while let Some(above) = tree.head(noun).filter(|&a| a > noun && a < pronoun && is_nominal(tree, a)) {
                noun = above;
            }
            tree.hang(token, noun, Deprel::AclRelcl)
        }
        None if after_preposition(tree, token) => true,
        None if tree.child(token, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some() => {
            let coordinated = tree.children(token).any(|c| tree.deprel(c) == Deprel::Cc);
            tree.rename(token, if coordinated { Deprel::Conj } else { Deprel::Parataxis });
            true
        }
        None => false,
    }
}

/// 'said on Friday that rebels had …': a 'that' that fills no role of its clause opens what is said.
pub(super) fn content_on_adjunct(tree: &mut Tree, token: usize) -> bool {
    let Some(noun) = tree.head(token).filter(|&n| matches!(tree.deprel(n), Deprel::Obl | Deprel::OblUnmarked)) else { return false };
    let Some(verb) = tree.head(noun).filter(|&v| tree.token(v).upos == Upos::Verb && v < noun) else { return false };
    let opened = tree.child(token, &[Deprel::Mark]).is_some_and(|m| tree.lemma(m) == "that");
    let whole = tree.child(token, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl]).is_some_and(|s| !is_relative(tree, s));
    opened && whole && tree.child(verb, &[Deprel::Ccomp]).is_none() && tree.hang(token, verb, Deprel::Ccomp)
}

/// '…, killing two, a resident said': a verb of saying has one subject; the participle goes on with the main clause.
pub(super) fn second_subject(tree: &mut Tree, token: usize) -> bool {
    let Some(verb) = tree.head(token).filter(|&v| tree.child(v, &[Deprel::Nsubj]).is_some()) else { return false };
    let Some(main) = tree.head(verb).filter(|&m| m < token && tree.deprel(verb) == Deprel::Parataxis) else { return false };
    tree.token(token).xpos == Xpos::Vbg && tree.hang(token, main, Deprel::Advcl)
}

/// 'The soldiers sent to Mali have left': a finite verb without a subject or a conjunction of its own is no adverbial clause. It is the main verb, and
/// what was taken for one describes the subject.
pub(super) fn garden_path(tree: &mut Tree, token: usize) -> bool {
    let Some(first) = tree.head(token).filter(|&h| h < token && tree.head(h).is_none()) else { return false };
    let subject = tree.child(first, &[Deprel::Nsubj]).filter(|&s| s < first && tree.token(s).upos != Upos::Pron);
    let finite = tree
        .children(token)
        .any(|c| matches!(tree.deprel(c), Deprel::Aux | Deprel::AuxPass) && c < token && tree.token(c).feature("VerbForm") == Some("Fin"));
    // 'Fighters allied with the army killed scores'
    let told = tree.token(token).xpos == Xpos::Vbd
        && tree.child(token, &[Deprel::Obj]).is_some()
        && tree.children(first).any(|c| tree.deprel(c) == Deprel::Obl && c > first && c < token);
    let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark, Deprel::Csubj, Deprel::Expl];
    let past = matches!(tree.token(first).xpos, Xpos::Vbd | Xpos::Vbn);
    let bare = tree.child(first, &[Deprel::Aux, Deprel::AuxPass, Deprel::Obj, Deprel::Ccomp]).is_none();
    let Some(subject) = subject.filter(|_| (finite || told) && past && bare && tree.child(token, &own).is_none()) else { return false };
    if (first..token).any(|t| tree.token(t).upos == Upos::Punct) {
        return false;
    }
    let role = if tree.child(token, &[Deprel::AuxPass]).is_some() { Deprel::NsubjPass } else { Deprel::Nsubj };
    tree.crown(token, first, Deprel::Acl);
    tree.hang(subject, token, role) && tree.hang(first, subject, Deprel::Acl)
}

/// 'Fighters allied with the RSF killed scores': what stands after a participle and a preposition is no subject. The finite verb behind it is the main
/// verb, and the participle describes its subject.
pub(super) fn described_subject(tree: &mut Tree, token: usize) -> bool {
    let Some(first) = tree.head(token).filter(|&h| h < token && matches!(tree.deprel(h), Deprel::Root | Deprel::Ccomp | Deprel::Parataxis))
    else {
        return false;
    };
    let subject = tree.child(first, &[Deprel::Nsubj, Deprel::NsubjPass]).filter(|&s| s + 1 == first);
    let mark = tree.child(token, &[Deprel::Mark]).filter(|&m| m == first + 1 && tree.token(m).upos == Upos::Adp);
    let inner = tree.child(token, &[Deprel::Nsubj]).filter(|&n| n < token && n > first);
    let past = matches!(tree.token(first).xpos, Xpos::Vbd | Xpos::Vbn) && matches!(tree.token(token).xpos, Xpos::Vbd);
    let bare = tree.child(first, &[Deprel::Aux, Deprel::AuxPass, Deprel::Obj, Deprel::Ccomp]).is_none();
    let (Some(subject), Some(mark), Some(inner)) = (subject, mark, inner) else { return false };
    if !past || !bare || (first..token).any(|t| tree.token(t).upos == Upos::Punct && tree.lemma(t) == ",") {
        return false;
    }
    tree.crown(token, first, Deprel::Acl);
    tree.hang(subject, token, Deprel::Nsubj)
        && tree.hang(first, subject, Deprel::Acl)
        && tree.hang(inner, first, Deprel::Obl)
        && tree.hang(mark, inner, Deprel::Case)
}

/// A participle with an object under a sentence that has no verb: it is the verb.
pub(super) fn headless(tree: &mut Tree, token: usize) -> bool {
    let Some(root) = nominal_root(tree) else { return false };
    let past = matches!(tree.token(token).xpos, Xpos::Vbn | Xpos::Vbd);
    // 'called on the government to arrest three': an infinitive as well as an object.
    let asks = tree.children(token).any(|c| c > token && tree.deprel(c) == Deprel::Advcl && tree.mark(c) == "to");
    let active = asks || tree.child(token, &[Deprel::Obj, Deprel::Xcomp, Deprel::Ccomp]).is_some_and(|c| c > token);
    let passive = tree.child(token, &[Deprel::OblAgent, Deprel::AuxPass]).is_some();
    if !past || !active || passive || !tree.dominates(root, token) || tree.child(root, &[Deprel::Cop]).is_some() {
        return false;
    }
    tree.crown(token, root, Deprel::Nsubj);
    true
}

/// 'Washington suspended military aid.': a sentence that ends in a full stop and has no verb has it in the past form between two nouns.
pub(super) fn verb_before_noun(tree: &mut Tree, token: usize) -> bool {
    let Some(root) = nominal_root(tree).filter(|&r| tree.head(token) == Some(r) && r > token) else { return false };
    let stop = tree.children(root).next_back().is_some_and(|p| tree.lemma(p) == ".");
    let verb = tree.token(token).upos == Upos::Verb && matches!(tree.token(token).xpos, Xpos::Vbn | Xpos::Vbd);
    let alone = (0..tree.len()).all(|t| t == token || !matches!(tree.token(t).upos, Upos::Verb | Upos::Aux));
    if !stop || !verb || !alone || token == 0 || tree.child(root, &[Deprel::Nsubj, Deprel::Cop]).is_some() {
        return false;
    }
    let doer = token - 1;
    let beside = tree.head(doer) == Some(root) || tree.head(doer) == Some(token);
    if !beside || !matches!(tree.token(doer).upos, Upos::Noun | Upos::Propn) {
        return false;
    }
    tree.crown(token, root, Deprel::Obj);
    tree.hang(doer, token, Deprel::Nsubj)
}

/// 'stopped short of attacking': what an adverb opens belongs to the adverb's verb.
pub(super) fn under_adverb(tree: &mut Tree, token: usize) -> bool {
    let adverb = tree.head(token).filter(|&a| a < token && tree.deprel(a) == Deprel::Advmod && tree.lemma(a) == "short");
    let verb = adverb.and_then(|adverb| tree.head(adverb)).filter(|&v| tree.token(v).upos == Upos::Verb);
    verb.is_some_and(|verb| tree.hang(token, verb, Deprel::Advcl))
}

/// 'Israel, which has vowed to protect them, bombed tanks': behind the comma that closes a relative clause on a sentence's only noun stands its verb.
pub(super) fn after_relative(tree: &mut Tree, token: usize) -> bool {
    let Some(root) = nominal_root(tree).filter(|&r| r < token) else { return false };
    let finite = tree.token(token).upos == Upos::Verb && matches!(tree.token(token).xpos, Xpos::Vbn | Xpos::Vbd);
    let comma = token > 0 && tree.token(token - 1).span.of(tree.text) == ",";
    let relative = tree.child(root, &[Deprel::AclRelcl]).filter(|&clause| clause > root && clause < token);
    let Some(noun) = tree.head(token).filter(|&n| n > token && finite && comma) else { return false };
    if relative.is_none_or(|clause| !tree.dominates(clause, noun)) || tree.child(root, &[Deprel::Cop, Deprel::Nsubj]).is_some() {
        return false;
    }
    // What stood before the comma ('the Druze') stays in the clause, in the noun's place.
    let above = tree.head(noun);
    let before = tree.children(noun).rfind(|&c| c + 1 < token && matches!(tree.token(c).upos, Upos::Noun | Upos::Propn));
    let deprel = tree.deprel(noun);
    tree.crown(token, root, Deprel::Nsubj);
    if !tree.hang(noun, token, Deprel::Obj) {
        return true;
    }
    if let (Some(before), Some(above)) = (before, above) {
        tree.hang(before, above, deprel);
        let mine: Vec<usize> = tree.children(noun).filter(|&c| c < before).collect();
        for child in mine {
            let deprel = tree.deprel(child);
            tree.hang(child, before, deprel);
        }
    }
    // Verbs that go on from it: '… and later hit the ministry'.
    let later: Vec<usize> =
        (token + 1..tree.len()).filter(|&t| tree.deprel(t) == Deprel::Conj && tree.token(t).upos == Upos::Verb).collect();
    for verb in later {
        if tree.head(verb).is_some_and(|h| h < token && h != root) {
            tree.hang(verb, token, Deprel::Conj);
        }
    }
    true
}

/// '… attacked a camp, a doctor said.': what the parser hung on the closing clause from before its comma belongs to the sentence that it closes.
pub(super) fn closing_aside(tree: &mut Tree, token: usize) -> bool {
    // A participle has no subject of its own: what the tagger takes for one here is finite.
    let finite = matches!(tree.token(token).xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Vbn);
    let subject = tree.child(token, &[Deprel::Nsubj]).filter(|&s| s < token && !is_relative(tree, s));
    let (Some(subject), Some(head), true) = (subject, tree.head(token), finite) else { return false };
    let first = tree.subtree(subject).first().copied().unwrap_or(subject);
    let closing = (token + 1..tree.len()).all(|t| tree.token(t).upos == Upos::Punct || tree.dominates(token, t));
    let comma = first > head && tree.token(first - 1).span.of(tree.text) == ",";
    let joined = tree.children(token).any(|c| {
        c + 1 >= first && (matches!(tree.deprel(c), Deprel::Mark | Deprel::Cc) || tree.token(c).xpos == Xpos::Wrb)
            || c > token && matches!(tree.deprel(c), Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp)
    });
    let Some(root) = (0..tree.len()).find(|&t| tree.head(t).is_none()).filter(|&r| r < first) else { return false };
    if !closing || !comma || joined || !tree.hang(token, root, Deprel::Parataxis) {
        return false;
    }
    let main = if tree.token(head).upos == Upos::Verb { head } else { root };
    let before: Vec<usize> = tree.children(token).filter(|&c| c + 1 < first && tree.token(c).upos != Upos::Punct).collect();
    for child in before {
        let deprel = tree.deprel(child);
        tree.hang(child, main, deprel);
    }
    true
}

/// 'Four were killed when …, a doctor said': a clause between what is said and who says it belongs to what is said.
pub(super) fn before_speaker(tree: &mut Tree, token: usize) -> bool {
    let Some(speech) = tree.head(token).filter(|&v| v > token) else { return false };
    let content = tree.child(speech, &[Deprel::Ccomp]).filter(|&c| c < token);
    let speaker = tree.child(speech, &[Deprel::Nsubj]).filter(|&s| s > token);
    let (Some(content), Some(_)) = (content, speaker) else { return false };
    tree.hang(token, content, Deprel::Advcl)
}

/// 'withdrew after leaders seized control': the preposition on the subject is the clause's conjunction.
pub(super) fn after_preposition(tree: &mut Tree, token: usize) -> bool {
    let Some(subject) = tree.child(token, &[Deprel::Nsubj, Deprel::NsubjPass]) else { return false };
    let Some(preposition) = tree.child(subject, &[Deprel::Case]) else { return false };
    tree.rename(token, Deprel::Advcl);
    tree.hang(preposition, token, Deprel::Mark)
}

/// 'that its soldiers need to leave': the first subject of two is the conjunction.
pub(super) fn that_as_subject(tree: &mut Tree, token: usize) -> bool {
    let Some(verb) = tree.head(token).filter(|_| tree.lemma(token) == "that") else { return false };
    let two = tree.children(verb).any(|c| c > token && matches!(tree.deprel(c), Deprel::Nsubj | Deprel::NsubjPass));
    let content = !matches!(tree.deprel(verb), Deprel::AclRelcl) && tree.token(token).upos != Upos::Pron;
    two && content && {
        tree.rename(token, Deprel::Mark);
        true
    }
}

/// 'Across the wider region attacks have been carried out': of two nouns before an auxiliary the plural is the subject that its verb lacks.
pub(super) fn stolen_subject(tree: &mut Tree, token: usize) -> bool {
    let subjects = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl, Deprel::Csubj, Deprel::CsubjPass];
    if tree.token(token).upos != Upos::Verb
        || !matches!(tree.deprel(token), Deprel::Root | Deprel::Ccomp | Deprel::Parataxis | Deprel::Advcl)
        || tree.child(token, &subjects).is_some()
    {
        return false;
    }
    let Some(auxiliary) = tree.child(token, &[Deprel::Aux, Deprel::AuxPass]).filter(|&a| a >= 2) else { return false };
    let (noun, before) = (auxiliary - 1, auxiliary - 2);
    let plural = tree.token(noun).xpos == Xpos::Nns && tree.token(before).xpos == Xpos::Nn && tree.head(before) == Some(noun);
    let Some(case) = tree.child(noun, &[Deprel::Case]).filter(|&c| plural && c < before) else { return false };
    let (above, deprel) = match tree.head(noun) {
        Some(above) => (above, tree.deprel(noun)),
        None => return false,
    };
    let passive = if tree.child(token, &[Deprel::AuxPass]).is_some() { Deprel::NsubjPass } else { Deprel::Nsubj };
    if !tree.hang(before, above, deprel) {
        return false;
    }
    let moved: Vec<usize> = tree.children(noun).filter(|&c| (case..before).contains(&c)).collect();
    for child in moved {
        let deprel = tree.deprel(child);
        tree.hang(child, before, deprel);
    }
    tree.hang(noun, token, passive)
}

/// 'after leaders seized': the noun under the preposition is the verb's subject and the preposition its conjunction.
pub(super) fn finite_without_subject(tree: &mut Tree, token: usize) -> bool {
    let finite = matches!(tree.token(token).xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
    let Some(head) = tree.head(token) else { return false };
    if !finite || tree.child(token, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl, Deprel::Csubj]).is_some() {
        return false;
    }
    // A second verb of the same subject is no mistake.
    if tree.deprel(token) == Deprel::Conj
        && (tree.children(token).any(|c| tree.deprel(c) == Deprel::Cc) || tree.token(head).upos != Upos::Verb)
    {
        return false;
    }
    let noun = (0..token).rev().take_while(|&t| tree.token(t).upos != Upos::Punct).find(|&t| is_nominal(tree, t));
    let Some(mut noun) = noun else { return false };
    for _ in 0..tree.len() {
        match tree.head(noun) {
            Some(above)
                if above < token
                    && is_nominal(tree, above)
                    && tree.children(noun).all(|c| tree.deprel(c) != Deprel::Case || tree.case(noun) == "of") =>
            {
                noun = above;
            }
            Some(above) if above < token && tree.deprel(noun) == Deprel::Conj => noun = above,
            _ => break,
        }
    }
    let preposition = tree.children(noun).find(|&c| tree.deprel(c) == Deprel::Case && tree.token(c).upos == Upos::Adp);
    let Some(preposition) =
        preposition.filter(|&p| matches!(tree.lemma(p), "after" | "before" | "since" | "until" | "as" | "because" | "while"))
    else {
        return false;
    };
    let main = if tree.token(head).upos == Upos::Verb { head } else { return false };
    if !tree.hang(token, main, Deprel::Advcl) || !tree.hang(noun, token, Deprel::Nsubj) {
        return false;
    }
    tree.hang(preposition, token, Deprel::Mark)
}

/// 'Attacks on clinics increased by 40 percent in 2023.': under a sentence without a verb that ends in a full stop, the participle that says by how
/// much is its verb.
pub(super) fn change_without_verb(tree: &mut Tree, token: usize) -> bool {
    let Some(root) = nominal_root(tree).filter(|&r| r < token && tree.dominates(r, token)) else { return false };
    let stop = tree.children(root).next_back().is_some_and(|p| tree.lemma(p) == ".");
    let past = matches!(tree.token(token).xpos, Xpos::Vbn | Xpos::Vbd);
    let finite = (0..tree.len()).any(|t| tree.token(t).upos == Upos::Aux || tree.token(t).feature("VerbForm") == Some("Fin") && t != token);
    let amount = |c: usize| {
        tree.deprel(c) == Deprel::Obl && tree.case(c) == "by" && tree.subtree(c).into_iter().any(|t| tree.token(t).upos == Upos::Num)
    };
    let level = |c: usize| tree.deprel(c) == Deprel::Obl && tree.case(c) == "to" && tree.token(c).upos == Upos::Num;
    if !stop || !past || finite || !tree.children(token).any(|c| amount(c) || level(c)) {
        return false;
    }
    tree.crown(token, root, Deprel::Nsubj);
    true
}

/// 'The group, the agency said, has freed two men.': of two nouns before a verb of saying the second speaks, and the first does what is said.
pub(super) fn spoken_between(tree: &mut Tree, token: usize) -> bool {
    let Some(speech) = tree.head(token).filter(|&v| v < token && tree.token(v).upos == Upos::Verb) else { return false };
    let Some(subject) = tree.child(speech, &[Deprel::Nsubj]).filter(|&n| n < speech) else { return false };
    let Some(speaker) = tree.child(subject, &[Deprel::Appos]).filter(|&a| a + 1 == speech) else { return false };
    let finite = tree
        .children(token)
        .any(|c| matches!(tree.deprel(c), Deprel::Aux | Deprel::AuxPass | Deprel::Cop) && tree.token(c).feature("VerbForm") == Some("Fin"))
        || tree.token(token).feature("VerbForm") == Some("Fin");
    let set_off = speech + 1 < tree.len() && tree.lemma(speech + 1) == ",";
    let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl, Deprel::Mark];
    if !finite || !set_off || tree.child(token, &own).is_some() {
        return false;
    }
    let role = if tree.child(token, &[Deprel::AuxPass]).is_some() { Deprel::NsubjPass } else { Deprel::Nsubj };
    match tree.head(speech) {
        None => tree.crown(token, speech, Deprel::Parataxis),
        Some(above) => {
            let deprel = tree.deprel(speech);
            if !tree.hang(token, above, deprel) || !tree.hang(speech, token, Deprel::Parataxis) {
                return false;
            }
        }
    }
    tree.hang(subject, token, role) && tree.hang(speaker, speech, Deprel::Nsubj)
}

/// 'Hours after Israel and Hezbollah had agreed to a truce, a drone killed four.': a stretch of time does nothing. What stands under the 'after' is the
/// subject of the clause before the comma, and the clause behind it is the main one.
pub(super) fn time_before_clause(tree: &mut Tree, token: usize) -> bool {
    const TIMES: [&str; 6] = ["minute", "hour", "day", "week", "month", "year"];
    let Some(first) = tree.head(token).filter(|&v| tree.token(v).upos == Upos::Verb && tree.head(v).is_none()) else { return false };
    let Some(time) = tree.child(first, &[Deprel::Nsubj]).filter(|&n| n < first && TIMES.contains(&tree.lemma(n))) else { return false };
    let under = |c: &usize| *c < first && tree.deprel(*c) == Deprel::Nmod && matches!(tree.case(*c).as_str(), "after" | "before");
    let Some(subject) = tree.children(time).find(under) else { return false };
    let Some(conjunction) = tree.child(subject, &[Deprel::Case]) else { return false };
    let clause = tree.token(token).upos == Upos::Verb && token > first && tree.child(token, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
    if !clause || !matches!(tree.deprel(token), Deprel::Parataxis | Deprel::Ccomp | Deprel::Conj | Deprel::Advcl) {
        return false;
    }
    let passive = if tree.child(first, &[Deprel::AuxPass]).is_some() { Deprel::NsubjPass } else { Deprel::Nsubj };
    tree.crown(token, first, Deprel::Advcl);
    tree.hang(subject, first, passive) && tree.hang(conjunction, first, Deprel::Mark) && tree.hang(time, token, Deprel::OblUnmarked)
}

/// '… when a ferry overturned': the conjunction governs no noun, but the noun's verb governs both.
pub(super) fn under_conjunction(tree: &mut Tree, token: usize) -> bool {
    let Some(noun) = tree.head(token).filter(|&n| n < token && matches!(tree.deprel(n), Deprel::Nsubj | Deprel::NsubjPass)) else {
        return false;
    };
    let Some(adverb) = tree.head(noun).filter(|&a| a < noun && tree.token(a).xpos == Xpos::Wrb && tree.deprel(a) == Deprel::Advmod) else {
        return false;
    };
    let Some(verb) = tree.head(adverb).filter(|&v| v < adverb) else { return false };
    if !matches!(tree.token(token).xpos, Xpos::Vbd | Xpos::Vbn | Xpos::Vbz | Xpos::Vbp) || !tree.hang(token, verb, Deprel::Advcl) {
        return false;
    }
    tree.hang(noun, token, Deprel::Nsubj) && tree.hang(adverb, token, Deprel::Advmod)
}

/// '… and that units had retaken the hospital': before a plural 'that' is the conjunction of the clause.
pub(super) fn that_before_plural(tree: &mut Tree, token: usize) -> bool {
    let Some(noun) = tree.head(token).filter(|&n| n > token && matches!(tree.token(n).xpos, Xpos::Nns | Xpos::Nnps)) else { return false };
    let that = tree.token(token).span.of(tree.text).eq_ignore_ascii_case("that");
    let Some(verb) = tree.head(noun).filter(|&v| that && v > noun) else { return false };
    matches!(tree.deprel(noun), Deprel::Nsubj | Deprel::NsubjPass) && tree.hang(token, verb, Deprel::Mark)
}

/// 'The threat from militants, who have killed thousands,': a plural verb describes no singular noun, but the plural inside its phrase.
pub(super) fn plural_relative(tree: &mut Tree, token: usize) -> bool {
    let Some(noun) = tree.head(token).filter(|&n| n < token && tree.token(n).feature("Number") == Some("Sing")) else { return false };
    let Some(pronoun) = tree.child(token, &[Deprel::Nsubj, Deprel::NsubjPass]).filter(|&p| p < token && is_relative(tree, p)) else {
        return false;
    };
    let finite =
        tree.children(token).filter(|&c| matches!(tree.deprel(c), Deprel::Aux | Deprel::AuxPass | Deprel::Cop)).min().unwrap_or(token);
    let plural = tree.token(finite).xpos == Xpos::Vbp || matches!(tree.token(finite).span.of(tree.text), "have" | "are" | "were");
    let inside = |&c: &usize| c > noun && c < pronoun && tree.deprel(c) == Deprel::Nmod && tree.token(c).feature("Number") == Some("Plur");
    let described = tree.children(noun).rfind(inside).filter(|_| plural && tree.token(noun).upos == Upos::Noun);
    described.is_some_and(|described| tree.hang(token, described, Deprel::AclRelcl))
}

/// '… closed its border after two of its soldiers were shot dead': a passive verb without a subject of its own, right behind what a preposition of time
/// governs, has that for its subject, and the preposition joins the clauses.
pub(super) fn passive_after_time(tree: &mut Tree, token: usize) -> bool {
    let Some(verb) = tree.head(token).filter(|&v| v < token && tree.token(v).upos == Upos::Verb) else { return false };
    let Some(auxiliary) = tree.child(token, &[Deprel::AuxPass]).filter(|&a| a < token) else { return false };
    let own = tree.child(token, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Cc]).is_some();
    let timed = |c: &usize| {
        verb < *c
            && *c < auxiliary
            && tree.deprel(*c) == Deprel::Obl
            && matches!(tree.case(*c).as_str(), "after" | "before" | "until" | "since")
    };
    let Some(subject) = tree.children(verb).rfind(timed).filter(|_| !own) else { return false };
    // Nothing but the phrase itself stands between.
    let whole = (subject + 1..auxiliary).all(|t| tree.dominates(subject, t));
    let Some(conjunction) = tree.child(subject, &[Deprel::Case]).filter(|_| whole) else { return false };
    tree.rename(token, Deprel::Advcl);
    tree.hang(subject, token, Deprel::NsubjPass) && tree.hang(conjunction, token, Deprel::Mark)
}

/// 'Rumours that police opened fire are false': a clause that has its object says what the rumours are, and its 'that' is no object.
pub(super) fn content_with_object(tree: &mut Tree, token: usize) -> bool {
    let objects: Vec<usize> = tree.children(token).filter(|&c| tree.deprel(c) == Deprel::Obj).collect();
    let [that, object] = objects[..] else { return false };
    let subject = tree.child(token, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some_and(|s| that < s && s < token);
    if !subject || tree.lemma(that) != "that" || object < token || tree.head(token).is_none_or(|n| tree.token(n).upos != Upos::Noun) {
        return false;
    }
    tree.rename(that, Deprel::Mark);
    tree.rename(token, Deprel::Acl);
    true
}
