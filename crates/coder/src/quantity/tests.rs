//! Quantities in small sentences, one row each.
//!
//! A sentence is written as its tokens: `form`, `form/XPOS` or `form/XPOS/head/deprel`, heads counted from 1, 0 the root. A leading `_` joins a token to
//! the one before; `form=lemma` gives the lemma where it is not the form. Most rows have no tree, so that the words alone must do.
//! The expected line is `words low/best/high relation unit noun`, with `of noun` for the larger set.

use super::{CountingRules, read, singular};
use griot_types::{Amount, Deprel, Name, NameKind, ROOT, Sentence, Span, Token, Upos, Xpos};

const PEOPLE: [&str; 13] = [
    "soldiers",
    "people",
    "civilians",
    "peacekeepers",
    "fighters",
    "troops",
    "men",
    "members",
    "soldier",
    "force",
    "villagers",
    "residents",
    "them",
];
const EVENTS: [&str; 4] = ["attacks", "strikes", "attack", "clashes"];

fn upos(xpos: Xpos) -> Upos {
    match xpos.as_str() {
        "CD" => Upos::Num,
        "NNP" | "NNPS" => Upos::Propn,
        "NN" | "NNS" => Upos::Noun,
        "PRP" | "PRP$" => Upos::Pron,
        "MD" => Upos::Aux,
        "IN" => Upos::Adp,
        "DT" => Upos::Det,
        "CC" => Upos::Cconj,
        "JJ" | "JJR" | "JJS" => Upos::Adj,
        "TO" => Upos::Part,
        "$" => Upos::Sym,
        "," | "." | ":" | "HYPH" => Upos::Punct,
        tag if tag.starts_with("VB") => Upos::Verb,
        tag if tag.starts_with("RB") => Upos::Adv,
        _ => Upos::X,
    }
}

fn guess(form: &str) -> Xpos {
    let first = form.chars().next().unwrap_or(' ');
    match form.to_lowercase().as_str() {
        "in" | "on" | "by" | "since" | "of" | "from" | "until" | "after" | "for" | "over" | "between" | "at" | "to" | "than" | "under" => {
            Xpos::In
        }
        "the" | "a" | "an" | "this" | "no" => Xpos::Dt,
        "its" => Xpos::PrpPoss,
        "them" => Xpos::Prp,
        "and" | "or" => Xpos::Cc,
        "$" | "€" => Xpos::Dollar,
        "were" | "was" | "died" | "killed" | "left" | "rose" => Xpos::Vbd,
        "more" | "fewer" | "less" => Xpos::Jjr,
        "about" | "around" | "nearly" | "almost" | "up" | "roughly" | "least" => Xpos::Rb,
        "one" | "two" | "three" | "five" | "ten" | "nine" | "twenty" | "hundred" | "thousand" | "million" | "dozen" | "billion" => Xpos::Cd,
        _ if first.is_ascii_digit() => Xpos::Cd,
        _ if first.is_uppercase() => Xpos::Nnp,
        _ if !first.is_alphanumeric() => Xpos::Comma,
        word if word.ends_with('s') || PEOPLE.contains(&word) && word != "soldier" && word != "force" => Xpos::Nns,
        _ => Xpos::Nn,
    }
}

/// Builds a sentence and its text from the notation above.
fn sentence(notation: &str) -> (String, Sentence) {
    let mut text = String::new();
    let mut tokens = Vec::new();
    for word in notation.split_whitespace() {
        let mut parts = word.split('/');
        let form = parts.next().unwrap_or_default();
        let (form, glued) = form.strip_prefix('_').map_or((form, false), |form| (form, true));
        let (form, lemma) = form.split_once('=').unwrap_or((form, form));
        if !text.is_empty() && !glued {
            text.push(' ');
        }
        let start = text.len() as u32;
        text.push_str(form);
        let xpos = parts.next().map_or_else(|| guess(form), |tag| tag.parse().expect("a tag"));
        let head = parts.next().map_or(0, |head| head.parse::<u32>().expect("a head"));
        let deprel = parts.next().map_or(Deprel::Dep, |rel| rel.parse().expect("a relation"));
        let span = Span::new(start, text.len() as u32);
        let head = head.checked_sub(1).unwrap_or(ROOT);
        let lemma = lemma.to_lowercase().into();
        tokens.push(Token { span, upos: upos(xpos), xpos, feats: Default::default(), lemma, head, deprel, margin: 255 });
    }
    let span = Span::new(0, text.len() as u32);
    (text, Sentence { span, block: 0, tokens, names: Vec::new() })
}

fn amount(amount: Option<Amount>) -> String {
    amount.map_or("-".to_owned(), |a| a.0.to_string())
}

fn lines(text: &str, sentence: &Sentence, rules: &CountingRules) -> String {
    let word = |i: usize| sentence.form(i, text).to_lowercase();
    let counts = read(text, sentence, rules, &|i| PEOPLE.contains(&word(i).as_str()), &|i| EVENTS.contains(&word(i).as_str()));
    let lines: Vec<String> = counts
        .iter()
        .map(|c| {
            let q = &c.quantity;
            let relation = format!("{:?}", q.relation).to_lowercase();
            let of = c.of.map_or(String::new(), |of| format!(" of {}", word(of)));
            let bounds = format!("{}/{}/{}", amount(q.low), amount(q.best), amount(q.high));
            format!("{} {bounds} {relation} {} {}{of}", q.text, q.unit, word(c.head))
        })
        .collect();
    lines.join("; ")
}

fn check_under(set: &str, rows: &[(&str, &str)]) {
    let rules = CountingRules::shipped(set).expect("a rule set");
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(notation, expected)| {
            let (text, sentence) = sentence(notation);
            let got = lines(&text, &sentence, &rules);
            (got != *expected).then(|| format!("{notation}\n    expected {expected}\n    got      {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn check(rows: &[(&str, &str)]) {
    check_under("default", rows);
}

#[test]
fn plain_numbers() {
    check(&[
        ("12,000 peacekeepers left", "12,000 12000/12000/12000 exact people peacekeepers"),
        ("17 Nigerien/JJ soldiers were killed", "17 17/17/17 exact people soldiers"),
        ("300 UN peacekeepers died", "300 300/300/300 exact people peacekeepers"),
        ("its 1,500 soldiers left", "1,500 1500/1500/1500 exact people soldiers"),
        ("two attacks", "two 2/2/2 exact events attacks"),
        ("seven/CD bases", "seven 7/7/7 exact items bases"),
        ("1.5 million people", "1.5 million 1500000/1500000/1500000 exact people people"),
        ("twenty _- _five soldiers", "twenty-five 25/25/25 exact people soldiers"),
        ("two hundred and twenty _- _five soldiers", "two hundred and twenty-five 225/225/225 exact people soldiers"),
        ("two thousand three hundred soldiers", "two thousand three hundred 2300/2300/2300 exact people soldiers"),
        ("a hundred soldiers", "a hundred 100/100/100 exact people soldiers"),
        ("a dozen soldiers", "a dozen 12/12/12 exact people soldiers"),
        ("two dozen soldiers", "two dozen 24/24/24 exact people soldiers"),
        ("half a dozen soldiers", "half a dozen 6/6/6 exact people soldiers"),
        ("half a million people", "half a million 500000/500000/500000 exact people people"),
        ("three million people", "three million 3000000/3000000/3000000 exact people people"),
        ("20k people", "20k 20000/20000/20000 exact people people"),
        ("12 armed/JJ men/NNS", "12 12/12/12 exact people men"),
        ("three pick _- _up/RP trucks", "three 3/3/3 exact items trucks"),
        ("30 wounded/VBN soldiers", "30 30/30/30 exact people soldiers"),
    ]);
}

#[test]
fn the_tree_says_what_is_counted_where_it_can_be_right() {
    check(&[
        ("12/CD/4/nummod arms/NNS/3/compound control/NN/4/compound soldiers/NNS/0/root", "12 12/12/12 exact people soldiers"),
        ("12/CD/9/nummod were/VBD killed in a raid on the soldiers/NNS/0/root", "12 12/12/12 exact items 12"),
        ("12/CD/3/nsubj:pass were/VBD/3/aux:pass killed/VBN/0/root", "12 12/12/12 exact people 12"),
        ("20 wounded/VBN", "20 20/20/20 exact people wounded"),
        ("It destroyed/VBD three", "three 3/3/3 exact items three"),
    ]);
}

#[test]
fn bounds_before_and_after() {
    check(&[
        ("more than 300 peacekeepers", "more than 300 300/300/- morethan people peacekeepers"),
        ("At least 17 soldiers", "At least 17 17/17/- morethan people soldiers"),
        ("over 300 soldiers", "over 300 300/300/- morethan people soldiers"),
        ("no fewer than 20 soldiers", "no fewer than 20 20/20/- morethan people soldiers"),
        ("upwards of 20 soldiers", "upwards of 20 20/20/- morethan people soldiers"),
        ("at least one soldier", "at least one 1/1/- morethan people soldier"),
        ("at least another 20 soldiers", "at least another 20 20/20/- morethan people soldiers"),
        ("up to 300 soldiers", "up to 300 -/300/300 lessthan people soldiers"),
        ("nearly 300 soldiers", "nearly 300 -/300/300 lessthan people soldiers"),
        ("fewer than 300 soldiers", "fewer than 300 -/300/300 lessthan people soldiers"),
        ("as many as 300 soldiers", "as many as 300 -/300/300 lessthan people soldiers"),
        ("under 300 soldiers", "under 300 -/300/300 lessthan people soldiers"),
        ("about 300 soldiers", "about 300 300/300/300 about people soldiers"),
        ("some 300 soldiers", "some 300 300/300/300 about people soldiers"),
        ("an estimated 1,000 fighters", "an estimated 1,000 1000/1000/1000 about people fighters"),
        ("roughly 300 soldiers", "roughly 300 300/300/300 about people soldiers"),
        ("another 20 soldiers", "20 20/20/20 exact people soldiers"),
        ("20 or more soldiers", "20 or more 20/20/- morethan people soldiers"),
        ("20 or so soldiers", "20 or so 20/20/20 about people soldiers"),
        ("300 _- _plus soldiers", "300-plus 300/300/- morethan people soldiers"),
        ("It handed/VBD over/RP/2/compound:prt three bases", "three 3/3/3 exact items bases"),
        ("It handed/VBD over three bases", "three 3/3/3 exact items bases"),
        ("It killed/VBD over 300 soldiers", "over 300 300/300/- morethan people soldiers"),
        ("more than a dozen soldiers", "more than a dozen 12/12/- morethan people soldiers"),
    ]);
}

#[test]
fn ranges() {
    check(&[
        ("between 10 and 20 soldiers", "between 10 and 20 10/-/20 between people soldiers"),
        ("10 to 20 soldiers", "10 to 20 10/-/20 between people soldiers"),
        ("10 _- _20 soldiers", "10-20 10/-/20 between people soldiers"),
        ("from 10 to 20 soldiers", "from 10 to 20 10/-/20 between people soldiers"),
        ("two or three soldiers", "two or three 2/-/3 between people soldiers"),
        ("1 to 2 million people", "1 to 2 million 1000000/-/2000000 between people people"),
        ("between 1,000 and 1,500 fighters", "between 1,000 and 1,500 1000/-/1500 between people fighters"),
        ("It rose=rise/VBD from 100 to 200 attacks", "100 100/100/100 exact items 100; 200 200/200/200 exact events attacks"),
        ("They lost/VBD 10 to 5", "10 10/10/10 exact items 10; 5 5/5/5 exact items 5"),
        ("12 soldiers and 20 civilians", "12 12/12/12 exact people soldiers; 20 20/20/20 exact people civilians"),
    ]);
}

#[test]
fn vague_words() {
    check(&[
        ("dozens of civilians", "dozens 24/24/- vague people civilians"),
        ("hundreds of soldiers", "hundreds 200/200/- vague people soldiers"),
        ("tens of thousands fled/VBD", "tens of thousands 20000/20000/- vague items tens"),
        ("tens of thousands of people", "tens of thousands 20000/20000/- vague people people"),
        ("hundreds of thousands of people", "hundreds of thousands 200000/200000/- vague people people"),
        ("several thousand people", "several thousand 3000/3000/- vague people people"),
        ("several soldiers", "several 3/3/- vague people soldiers"),
        ("a few soldiers", "a few 3/3/- vague people soldiers"),
        ("a few hundred soldiers", "a few hundred 300/300/- vague people soldiers"),
        ("a handful of soldiers", "a handful 3/3/- vague people soldiers"),
        ("a couple of soldiers", "a couple 2/2/- vague people soldiers"),
        ("scores of soldiers", "scores 40/40/- vague people soldiers"),
        ("many hundreds of soldiers", "many hundreds 200/200/- vague people soldiers"),
        ("dozens of its soldiers", "dozens 24/24/- vague people dozens of soldiers"),
        ("up to several hundred soldiers", "up to several hundred -/300/300 lessthan people soldiers"),
        ("few soldiers", ""),
        ("millions of Americans/NNPS", "millions 2000000/2000000/- vague items americans"),
    ]);
}

#[test]
fn another_rule_set_counts_otherwise() {
    check_under(
        "acled",
        &[
            ("dozens of civilians", "dozens 12/12/- vague people civilians"),
            ("hundreds of soldiers", "hundreds 100/100/- vague people soldiers"),
            ("tens of soldiers", "tens 10/10/- vague people soldiers"),
            ("tens of thousands of people", "tens of thousands 10000/10000/- vague people people"),
        ],
    );
    let message = CountingRules::shipped("none").err().map(|e| e.to_string()).unwrap_or_default();
    assert!(message.contains("no rule set 'none', only acled, default"), "{message}");
}

#[test]
fn shares_and_money() {
    check(&[
        ("80 percent of the capital", "80 percent 80/80/80 exact percent percent of capital"),
        ("80 _% of the capital", "80% 80/80/80 exact percent % of capital"),
        ("80 per cent of the capital", "80 per cent 80/80/80 exact percent cent of capital"),
        ("more than 80 _% of it", "more than 80% 80/80/- morethan percent % of it"),
        ("a third of the soldiers", "a third 33.3/33.3/33.3 exact percent third of soldiers"),
        ("two _- _thirds of the soldiers", "two-thirds 66.7/66.7/66.7 exact percent two of soldiers"),
        ("half of the soldiers", "half 50/50/50 exact percent half of soldiers"),
        ("half the soldiers", "half 50/50/50 exact percent half of soldiers"),
        ("one in five soldiers", "one in five 20/20/20 exact percent one"),
        ("nine out of ten", "nine out of ten 90/90/90 exact percent nine"),
        ("10 to 20 percent of it", "10 to 20 percent 10/-/20 between percent percent of it"),
        ("$ _300m", "$300m 300000000/300000000/300000000 exact USD $"),
        ("$ _300 million", "$300 million 300000000/300000000/300000000 exact USD $"),
        ("$ _300 _m", "$300m 300000000/300000000/300000000 exact USD $"),
        ("€ _2 billion", "€2 billion 2000000000/2000000000/2000000000 exact EUR €"),
        ("US $ _10 billion", "US $10 billion 10000000000/10000000000/10000000000 exact USD $"),
        ("300 million dollars", "300 million dollars 300000000/300000000/300000000 exact USD dollars"),
        ("about $ _1.5bn", "about $1.5bn 1500000000/1500000000/1500000000 about USD $"),
        ("killed two in three attacks", "two 2/2/2 exact items two; three 3/3/3 exact events attacks"),
    ]);
}

#[test]
fn parts_of_a_larger_set() {
    check(&[
        ("three of the soldiers", "three 3/3/3 exact people three of soldiers"),
        ("One of them died", "One 1/1/1 exact people one of them"),
        ("12 of its 20 soldiers", "12 12/12/12 exact people 12 of soldiers; 20 20/20/20 exact people soldiers"),
        ("a 13,000 _- _strong force/NN", "13,000 13000/13000/13000 exact people force"),
    ]);
}

#[test]
fn numbers_that_count_nothing() {
    check(&[
        ("In 2013 _, they left", ""),
        ("In 2013 rebels/NNS left", ""),
        ("the 1990 attack", ""),
        ("the 2012 elections", ""),
        ("In 1846 _, they left", ""),
        ("1500 were killed", "1500 1500/1500/1500 exact items 1500"),
        ("test/NN scores fell/VBD", ""),
        ("They met/VBD at 7 .", ""),
        ("version of 1.5 releases", ""),
        ("as they say/VBP [ _17 _]", ""),
        ("Tab/NNP 4/CD/1/nummod of the book", ""),
        ("on 3 May", ""),
        ("May 3 _, 2023", ""),
        ("a 23 _- _year _- _old man", ""),
        ("a man aged 23", ""),
        ("Moussa _, 23 _, left", ""),
        ("children/NNS under five .", ""),
        ("the 10 _- _year mission", ""),
        ("after 10 years", ""),
        ("two days later", ""),
        ("Resolution 2100", ""),
        ("Route/NNP 9", ""),
        ("Camp Five/CD/1/flat", ""),
        ("an F _- _16 jet", ""),
        ("a 12.7mm gun", ""),
        ("10 km from Gao", ""),
        ("thousands of miles", ""),
        ("at 10 GMT", ""),
        ("3R and M23", ""),
        ("They fought one another", ""),
        ("one of the deadliest/JJS missions", ""),
        ("one soldier", ""),
        ("the first attack", ""),
        ("2013 soldiers died", "2013 2013/2013/2013 exact people soldiers"),
        ("In 2000 villages people left", "2000 2000/2000/2000 exact items villages"),
    ]);
}

#[test]
fn a_number_in_a_name_counts_nothing() {
    let (text, mut sentence) = sentence("The 23 March Movement killed 12 soldiers");
    sentence.names.push(Name { first: 1, end: 4, kind: NameKind::Organisation });
    assert_eq!(lines(&text, &sentence, &CountingRules::default()), "12 12/12/12 exact people soldiers");
}

#[test]
fn one_on_demand() {
    let cases = [
        ("a/DT/2/det soldier/NN/0/root", 1, Some("a")),
        ("one/CD/2/nummod soldier/NN/0/root", 1, Some("one")),
        ("another/DT/3/det French/JJ soldier/NN/0/root", 2, Some("another")),
        ("the/DT/2/det soldier/NN/0/root", 1, None),
        ("a/DT/2/det soldiers/NNS/0/root", 1, None),
    ];
    for (notation, head, expected) in cases {
        let (text, sentence) = sentence(notation);
        let count = singular(&text, &sentence, head, &|_| true, &|_| false);
        assert_eq!(count.as_ref().map(|c| c.quantity.text.as_str()), expected, "{notation}");
        assert!(count.is_none_or(|c| c.quantity.best == Some(Amount(1.0)) && c.quantity.unit == "people" && c.head == head));
    }
}

#[test]
fn any_words_in_any_order_give_ordered_counts_with_ordered_bounds() {
    let words: Vec<&str> = "more than at least up to nearly some about between and from to or of - _- , ( _) [ ] a an the its them dozens tens \
        hundreds thousand thousands million several few handful couple half third quarter quarters dozen one two three twenty five 12 12,000 1.5 \
        2013 0 999999999999999999 300m 20k $ _$ € % percent per cent dollars m bn soldiers people attacks man/NN year/NN May in every out strong \
        Route killed rose=rise/VBD _. plus zero hundred score so"
        .split_whitespace()
        .collect();
    let rules = CountingRules::default();
    let mut state = 11_u64;
    for _ in 0..6_000 {
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize
        };
        let length = 1 + next() % 12;
        let line: Vec<&str> = (0..length).map(|_| words[next() % words.len()]).collect();
        let (text, mut sentence) = sentence(&line.join(" "));
        for i in 0..sentence.tokens.len() {
            if next() % 3 == 0 {
                sentence.tokens[i].head = (next() % sentence.tokens.len()) as u32;
            }
        }
        let mut end = 0;
        for count in read(&text, &sentence, &rules, &|i| i % 2 == 0, &|_| false) {
            assert!(count.first >= end && count.end > count.first && count.end <= sentence.tokens.len(), "{line:?}: {count:?}");
            end = count.end;
            assert!(count.head < sentence.tokens.len() && (count.first..count.end).contains(&count.number), "{line:?}: {count:?}");
            let quantity = &count.quantity;
            assert!(quantity.low.is_some() || quantity.high.is_some(), "{line:?}: {count:?}");
            assert!(quantity.low.is_none() || quantity.high.is_none() || quantity.low <= quantity.high, "{line:?}: {count:?}");
        }
    }
}
