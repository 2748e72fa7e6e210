//! Phrases in small sentences, one row each.
//!
//! A sentence is written as its tokens: `form`, `form/XPOS` or `form/XPOS/head/deprel`, heads counted from 1, 0 the root. A leading `_` joins a token to
//! the one before; `form=lemma` gives the lemma where it is not the form. A token without a head hangs on the first verb; `MD` is the
//! auxiliary and `TO` the mark of the next verb.

use super::{Calendar, TimeKind};
use griot_types::{Date, Deprel, Precision, ROOT, Sentence, Span, Token, Upos, Xpos};

/// The publication date of most rows: a Saturday.
const TODAY: &str = "2023-08-26";

fn upos(xpos: Xpos) -> Upos {
    match xpos.as_str() {
        "CD" => Upos::Num,
        "NNP" | "NNPS" => Upos::Propn,
        "NN" | "NNS" => Upos::Noun,
        "MD" => Upos::Aux,
        "IN" => Upos::Adp,
        "DT" => Upos::Det,
        "JJ" => Upos::Adj,
        "TO" => Upos::Part,
        "," | "." | ":" | "HYPH" => Upos::Punct,
        tag if tag.starts_with("VB") => Upos::Verb,
        tag if tag.starts_with("RB") => Upos::Adv,
        _ => Upos::X,
    }
}

fn guess(form: &str) -> Xpos {
    let first = form.chars().next().unwrap_or(' ');
    match form.to_lowercase().as_str() {
        "in" | "on" | "by" | "since" | "of" | "from" | "until" | "after" | "before" | "for" | "over" | "between" | "at" => Xpos::In,
        "the" | "a" | "an" | "this" | "that" => Xpos::Dt,
        _ if first.is_ascii_digit() => Xpos::Cd,
        _ if first.is_uppercase() => Xpos::Nnp,
        _ if !first.is_alphanumeric() => Xpos::Comma,
        _ => Xpos::Nn,
    }
}

/// Builds a sentence and its text from the notation above.
fn sentence(notation: &str) -> (String, Sentence) {
    let mut text = String::new();
    let mut tokens: Vec<(Token, bool)> = Vec::new();
    for word in notation.split_whitespace() {
        // A slash date is one token without tags.
        let slashed = word.bytes().all(|b| b.is_ascii_digit() || b == b'/');
        let mut parts = if slashed { vec![word] } else { word.split('/').collect::<Vec<_>>() }.into_iter();
        let form = parts.next().unwrap_or_default();
        let (form, glued) = form.strip_prefix('_').map_or((form, false), |form| (form, true));
        let (form, lemma) = form.split_once('=').unwrap_or((form, form));
        if !text.is_empty() && !glued {
            text.push(' ');
        }
        let start = text.len() as u32;
        text.push_str(form);
        let xpos = parts.next().map_or_else(|| guess(form), |tag| tag.parse().expect("a tag"));
        let head = parts.next().map(|head| head.parse::<u32>().expect("a head"));
        let deprel = parts.next().map_or(Deprel::Dep, |rel| rel.parse().expect("a relation"));
        let mut upos = upos(xpos);
        if matches!(deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop) {
            upos = Upos::Aux;
        }
        let head_or_root = head.map_or(ROOT, |head| if head == 0 { ROOT } else { head - 1 });
        let span = Span::new(start, text.len() as u32);
        let token = Token {
            span,
            upos,
            xpos,
            feats: Default::default(),
            lemma: lemma.to_lowercase().into(),
            head: head_or_root,
            deprel,
            margin: 255,
        };
        tokens.push((token, head.is_some()));
    }
    let verb = tokens.iter().position(|(t, _)| t.upos == Upos::Verb);
    for i in 0..tokens.len() {
        if tokens[i].1 {
            continue;
        }
        let next = (i + 1..tokens.len()).find(|&at| tokens[at].0.upos == Upos::Verb);
        let (head, deprel) = match tokens[i].0.xpos {
            Xpos::Md => (next, Deprel::Aux),
            Xpos::To => (next, Deprel::Mark),
            _ => (verb.filter(|&v| v != i), Deprel::Dep),
        };
        tokens[i].0.head = head.map_or(ROOT, |head| head as u32);
        tokens[i].0.deprel = deprel;
    }
    let span = Span::new(0, text.len() as u32);
    (text, Sentence { span, block: 0, tokens: tokens.into_iter().map(|(t, _)| t).collect(), names: Vec::new() })
}

/// `text start..end precision`, one mention after another.
fn read(notation: &str, today: Option<&str>) -> String {
    let (text, sentence) = sentence(notation);
    let today = today.map(|day| day.parse::<Date>().expect("a date"));
    let mentions = Calendar::default().read(&text, &sentence, today);
    let day = |day: Option<Date>| day.map_or(String::new(), |d| d.to_string());
    let fine = |p: Option<Precision>| p.map_or("-".to_owned(), |p| format!("{p:?}").to_lowercase());
    let lines: Vec<String> =
        mentions.iter().map(|m| format!("{}|{}..{}|{}", m.time.text, day(m.time.start), day(m.time.end), fine(m.time.precision))).collect();
    lines.join("; ")
}

/// Checks every row and reports all that differ at once.
fn check(rows: &[(&str, &str)]) {
    check_on(Some(TODAY), rows);
}

fn check_on(today: Option<&str>, rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(notation, expected)| {
            let got = read(notation, today);
            (got != *expected).then(|| format!("{notation}\n    expected {expected}\n    got      {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn absolute_dates() {
    check(&[
        ("It began/VBD on 3 May 2020", "on 3 May 2020|2020-05-03..2020-05-03|day"),
        ("It began/VBD on May 3 , 2020", "on May 3 , 2020|2020-05-03..2020-05-03|day"),
        ("It began/VBD on the 3rd of May 2020", "on the 3rd of May 2020|2020-05-03..2020-05-03|day"),
        ("It began/VBD on Sept. 5 , 2021", "on Sept. 5 , 2021|2021-09-05..2021-09-05|day"),
        ("It began/VBD in March 2021", "in March 2021|2021-03-01..2021-03-31|month"),
        ("It began/VBD in February 2020", "in February 2020|2020-02-01..2020-02-29|month"),
        ("In 2013 _, the UN launched/VBD it", "In 2013|2013-01-01..2013-12-31|year"),
        ("It began/VBD in the 2000s", "in the 2000s|2000-01-01..2009-12-31|decade"),
        ("It began/VBD in the early 1990s", "in the early 1990s|1990-01-01..1993-04-30|range"),
        ("It began/VBD on 15/03/2022", "on 15/03/2022|2022-03-15..2022-03-15|day"),
        ("It began/VBD on 03/15/2022", "on 03/15/2022|2022-03-15..2022-03-15|day"),
        ("It began/VBD on 04/05/2022", "on 04/05/2022|2022-05-04..2022-05-04|day"),
        ("It began/VBD on 2022-03-15 _.", "on 2022-03-15|2022-03-15..2022-03-15|day"),
        ("It began/VBD on 2022-03-15", "on 2022-03-15|2022-03-15..2022-03-15|day"),
        ("It began/VBD on 2022 _- _03 _- _15", "on 2022-03-15|2022-03-15..2022-03-15|day"),
        ("It began/VBD on Tuesday _, 3 May 2022", "on Tuesday, 3 May 2022|2022-05-03..2022-05-03|day"),
        ("It began/VBD on Christmas Day 2021", "on Christmas Day 2021|2021-12-25..2021-12-25|day"),
        ("It began/VBD in June of last year", "in June of last year|2022-06-01..2022-06-30|month"),
        ("It began/VBD on 31 February 2022", "on 31 February 2022|..|-"),
    ]);
}

#[test]
fn partial_dates_look_back_unless_the_clause_looks_ahead() {
    check(&[
        ("They left/VBD on 3 May", "on 3 May|2023-05-03..2023-05-03|day"),
        ("They left/VBD on 3 December", "on 3 December|2022-12-03..2022-12-03|day"),
        ("They will/MD leave/VB on 3 December", "on 3 December|2023-12-03..2023-12-03|day"),
        ("They left/VBD on 29 February", "on 29 February|2020-02-29..2020-02-29|day"),
        ("They left/VBD in October", "in October|2022-10-01..2022-10-31|month"),
        ("They left/VBD in August", "in August|2023-08-01..2023-08-31|month"),
        ("They would/MD leave/VB in October", "in October|2023-10-01..2023-10-31|month"),
        ("They will/MD leave/VB in March", "in March|2024-03-01..2024-03-31|month"),
        ("Elections scheduled=schedule/VBN for February", "for February|2024-02-01..2024-02-29|month"),
        (
            "A vote has/VBZ/5/aux been/VBN/5/aux:pass scheduled=schedule/VBN/0/root for/IN/7/case May/NNP/5/obl",
            "for May|2024-05-01..2024-05-31|month",
        ),
        ("They agreed=agree/VBD/0/root to/TO leave/VB/2/xcomp in March/NNP/4/obl", "in March|2024-03-01..2024-03-31|month"),
        ("They were forced=force/VBD/0/root to/TO leave/VB/3/xcomp in March/NNP/5/obl", "in March|2023-03-01..2023-03-31|month"),
        ("They could/MD have/VB/4/aux left=leave/VBN/0/root in March", "in March|2023-03-01..2023-03-31|month"),
        ("Vote on 10 September", "on 10 September|2023-09-10..2023-09-10|day"),
        ("The third quarter was/VBD bad", "The third quarter|2023-07-01..2023-09-30|quarter"),
        ("It fell/VBD in the fourth quarter", "in the fourth quarter|2022-10-01..2022-12-31|quarter"),
        ("It fell/VBD in the first quarter of last year", "in the first quarter of last year|2022-01-01..2022-03-31|quarter"),
    ]);
}

#[test]
fn weekdays() {
    check(&[
        ("Niger told/VBD France on Friday", "on Friday|2023-08-25..2023-08-25|day"),
        ("They were/VBD/3/aux:pass killed/VBN/0/root on Tuesday in an ambush", "on Tuesday|2023-08-22..2023-08-22|day"),
        ("They died/VBD on Saturday", "on Saturday|2023-08-26..2023-08-26|day"),
        ("They died/VBD Saturday", "Saturday|2023-08-26..2023-08-26|day"),
        ("They will/MD meet/VB on Monday", "on Monday|2023-08-28..2023-08-28|day"),
        ("They will/MD meet/VB on Saturday", "on Saturday|2023-08-26..2023-08-26|day"),
        ("They died/VBD last Saturday", "last Saturday|2023-08-19..2023-08-19|day"),
        ("They meet/VBP next Saturday", "next Saturday|2023-09-02..2023-09-02|day"),
        ("They died/VBD on Tuesday night", "on Tuesday night|2023-08-22..2023-08-22|day"),
        ("They died/VBD on the night of Tuesday", "on the night of Tuesday|2023-08-22..2023-08-22|day"),
        ("They died/VBD on Tuesday of last week", "on Tuesday of last week|2023-08-15..2023-08-15|day"),
        ("They died/VBD over the weekend", "over the weekend|2023-08-26..2023-08-27|range"),
        ("They died/VBD last weekend", "last weekend|2023-08-19..2023-08-20|range"),
        ("Tuesday _'s attack killed/VBD ten", "Tuesday|2023-08-22..2023-08-22|day"),
        (
            "Niger told=tell/VBD/0/root France/NNP/2/obj on/IN/5/case Friday/NNP/7/obl to/TO/7/mark withdraw/VB/2/xcomp",
            "on Friday|2023-08-25..2023-08-25|day",
        ),
    ]);
}

#[test]
fn days_and_shifts() {
    check(&[
        ("They died/VBD yesterday", "yesterday|2023-08-25..2023-08-25|day"),
        ("They died/VBD yesterday evening", "yesterday evening|2023-08-25..2023-08-25|day"),
        ("They died/VBD earlier today", "earlier today|2023-08-26..2023-08-26|day"),
        ("They meet/VBP tomorrow", "tomorrow|2023-08-27..2023-08-27|day"),
        ("They died/VBD the day before yesterday", "the day before yesterday|2023-08-24..2023-08-24|day"),
        ("They died/VBD last night", "last night|2023-08-25..2023-08-25|day"),
        ("They died/VBD this morning", "this morning|2023-08-26..2023-08-26|day"),
        ("They died/VBD overnight", "overnight|2023-08-25..2023-08-26|day"),
        ("Last year _, France withdrew/VBD", "Last year|2022-01-01..2022-12-31|year"),
        ("They left/VBD last month", "last month|2023-07-01..2023-07-31|month"),
        ("They left/VBD last week", "last week|2023-08-14..2023-08-20|week"),
        ("They left/VBD this week", "this week|2023-08-21..2023-08-27|week"),
        ("They left/VBD earlier this month", "earlier this month|2023-08-01..2023-08-31|month"),
        ("They will/MD leave/VB next month", "next month|2023-09-01..2023-09-30|month"),
        ("They left/VBD last June", "last June|2023-06-01..2023-06-30|month"),
        ("They left/VBD last August", "last August|2022-08-01..2022-08-31|month"),
        ("They left/VBD last summer", "last summer|2022-06-01..2022-08-31|quarter"),
        ("They left/VBD last quarter", "last quarter|2023-04-01..2023-06-30|quarter"),
        ("They will/MD leave/VB later this year", "later this year|2023-01-01..2023-12-31|year"),
    ]);
}

#[test]
fn counted_from_today() {
    check(&[
        ("They left/VBD two days ago", "two days ago|2023-08-24..2023-08-24|day"),
        ("They left/VBD five years ago", "five years ago|2018-01-01..2018-12-31|year"),
        ("They left/VBD a decade ago", "a decade ago|2013-01-01..2013-12-31|year"),
        ("They left/VBD more than a decade ago", "more than a decade ago|2013-01-01..2013-12-31|year"),
        ("They left/VBD three months ago", "three months ago|2023-05-01..2023-05-31|month"),
        ("They left/VBD two weeks ago", "two weeks ago|2023-08-07..2023-08-13|week"),
        ("They left/VBD a year and a half ago", "a year and a half ago|2022-02-01..2022-02-28|month"),
        ("They left/VBD twenty _- _five years ago", "twenty-five years ago|1998-01-01..1998-12-31|year"),
        ("They left/VBD several weeks ago", "several weeks ago|..2023-08-26|range"),
        ("They left/VBD a few years ago", "a few years ago|..2023-08-26|range"),
        ("They left/VBD in the 19th century", "in the 19th century|1801-01-01..1900-12-31|range"),
        ("They left/VBD years ago", "years ago|..2023-08-26|range"),
        ("Attacks rose/VBD in recent weeks", "in recent weeks|..2023-08-26|range"),
        ("Over the past decade _, 300 died/VBD", "Over the past decade|2013-08-26..2023-08-26|range"),
        ("300 died/VBD in the past three months", "in the past three months|2023-05-26..2023-08-26|range"),
        ("300 died/VBD in the last year", "in the last year|2022-08-26..2023-08-26|range"),
        ("300 died/VBD over the past few weeks", "over the past few weeks|..2023-08-26|range"),
        ("300 died/VBD in the past 24 hours", "in the past 24 hours|2023-08-25..2023-08-26|range"),
        ("They will/MD leave/VB within six months", "within six months|2023-08-26..2024-02-26|range"),
        ("They will/MD leave/VB over the next six months", "over the next six months|2023-08-26..2024-02-26|range"),
        ("They will/MD leave/VB in two days", "in two days|2023-08-28..2023-08-28|day"),
        ("They left/VBD 99999 years ago", ""),
        ("They left/VBD 9999 years ago", "9999 years ago|..|-"),
    ]);
}

#[test]
fn durations_are_not_dates() {
    check(&[
        ("They have/VBP/3/aux fought=fight/VBN/0/root for ten years", "for ten years|2013-08-26..2023-08-26|range"),
        ("They fought/VBD for ten years", "for ten years|..|-"),
        ("They leave/VBP after 10 years", "after 10 years|..|-"),
        ("It ended/VBD a decade of war", "a decade|..|-"),
        ("It went/VBD on for a second day", "for a second day|..|-"),
        ("It went/VBD on for a third consecutive night", "for a third consecutive night|..|-"),
        ("They came/VBD three days later", "three days later|..|-"),
        ("They came/VBD the next day", "the next day|..|-"),
        ("It kills/VBZ 200 a day", ""),
        ("A 10 _- _year mission ended/VBD", ""),
        ("An eleven year mission will/MD end/VB", ""),
        ("It will/MD last/VB/0/root two years", "two years|..|-"),
    ]);
    let (text, sentence) = sentence("They leave/VBP after 10 years");
    let mentions = Calendar::default().read(&text, &sentence, TODAY.parse().ok());
    assert_eq!(mentions[0].kind, TimeKind::Duration);
    assert_eq!(mentions[0].clause, Some(1));
}

#[test]
fn times_counted_from_another_time() {
    check(&[
        (
            "It began/VBD on 3 May and the next day they left",
            "on 3 May|2023-05-03..2023-05-03|day; the next day|2023-05-04..2023-05-04|day",
        ),
        ("It began/VBD on 3 May , two weeks earlier", "on 3 May|2023-05-03..2023-05-03|day; two weeks earlier|2023-04-17..2023-04-23|week"),
        ("It began/VBD in May , three days later", "in May|2023-05-01..2023-05-31|month; three days later|..|-"),
        ("It began/VBD in 2015 , the previous year", "in 2015|2015-01-01..2015-12-31|year; the previous year|2014-01-01..2014-12-31|year"),
        ("It began/VBD on 3 May , two days after the attack", "on 3 May|2023-05-03..2023-05-03|day; two days after|..|-"),
    ]);
    let calendar = Calendar::default();
    let mut anchor = super::Anchor::default();
    let today = TODAY.parse().ok();
    let mut day = |notation: &str| {
        let (text, sentence) = sentence(notation);
        let mentions = calendar.read_after(&text, &sentence, today, &mut anchor);
        mentions.last().and_then(|m| m.time.start).map(|d| d.to_string())
    };
    assert_eq!(day("Three days later they left/VBD"), None);
    assert_eq!(day("They came/VBD on 3 May , it said on Friday").as_deref(), Some("2023-08-25"));
    assert_eq!(day("Nothing was/VBD said"), None);
    assert_eq!(day("On the same day they left/VBD").as_deref(), Some("2023-05-03"));
    assert_eq!(day("Three days later they left/VBD").as_deref(), Some("2023-05-06"));
}

#[test]
fn open_ends() {
    check(&[
        ("It has/VBZ/3/aux held=hold/VBN/0/root it since 2015", "since 2015|2015-01-01..|range"),
        ("300 died=die/VBD since January", "since January|2023-01-01..|range"),
        ("300 died=die/VBD since last year", "since last year|2022-01-01..|range"),
        ("300 died=die/VBD since early 2021", "since early 2021|2021-01-01..|range"),
        ("300 died=die/VBD since Monday", "since Monday|2023-08-21..|range"),
        ("They must/MD leave/VB by December", "by December|..2023-12-31|range"),
        ("It told=tell/VBD/0/root them to/TO withdraw/VB/2/xcomp by/IN/7/case December/NNP/5/obl", "by December|..2023-12-31|range"),
        ("300 had/VBD/3/aux died=die/VBN/0/root by December", "by December|..2022-12-31|range"),
        ("They will/MD leave/VB by the end of the year", "by the end of the year|..2023-12-31|range"),
        ("They will/MD leave/VB by the end of next year", "by the end of next year|..2024-12-31|range"),
        ("They stay/VBP until 2024", "until 2024|..2024-12-31|range"),
        (
            "It has/VBZ/4/aux been/VBN/4/aux:pass closed=close/VBN/0/root until/IN/6/case Friday/NNP/4/obl",
            "until Friday|..2023-09-01|range",
        ),
        ("Markets to/TO/3/mark remain/VB/0/root closed/VBN/3/xcomp until/IN/6/case Friday/NNP/4/obl", "until Friday|..2023-09-01|range"),
        ("They will/MD leave/VB before the end of the month", "before the end of the month|..2023-08-31|range"),
        ("They left/VBD before June", "before June|..2023-05-31|range"),
        ("It rose/VBD after 2015", "after 2015|2016-01-01..|range"),
        ("They will/MD stay/VB from Monday", "from Monday|2023-08-28..|range"),
        ("It rose/VBD from 2015 onwards", "from 2015 onwards|2015-01-01..|range"),
        ("It rose/VBD no later than 3 May", "no later than 3 May|..2023-05-03|range"),
    ]);
}

#[test]
fn ranges_and_parts() {
    check(&[
        ("It ran/VBD from 2013 to 2023", "from 2013 to 2023|2013-01-01..2023-12-31|range"),
        ("It ran/VBD between March and June 2022", "between March and June 2022|2022-03-01..2022-06-30|range"),
        ("It ran/VBD between 3 and 5 May 2022", "between 3 and 5 May 2022|2022-05-03..2022-05-05|range"),
        ("It ran/VBD from 3 to 5 May", "from 3 to 5 May|2023-05-03..2023-05-05|range"),
        ("It ran/VBD on 3 _- _5 May", "on 3-5 May|2023-05-03..2023-05-05|range"),
        ("It ran/VBD on May 3 _- _5", "on May 3-5|2023-05-03..2023-05-05|range"),
        ("It ran/VBD from Monday to Wednesday", "from Monday to Wednesday|2023-08-21..2023-08-23|range"),
        ("It ran/VBD from November to February", "from November to February|2022-11-01..2023-02-28|range"),
        ("The mission ( _2013 _- _2023 _) ended/VBD", "2013-2023|2013-01-01..2023-12-31|range"),
        ("It ran/VBD in 2013 _- _15", "in 2013-15|2013-01-01..2015-12-31|range"),
        ("It fell/VBD in the first half of 2023", "in the first half of 2023|2023-01-01..2023-06-30|range"),
        ("It fell/VBD in early 2021", "in early 2021|2021-01-01..2021-04-30|range"),
        ("It fell/VBD in mid _- _2021", "in mid-2021|2021-05-01..2021-08-31|range"),
        ("It fell/VBD in mid-2021", "in mid-2021|2021-05-01..2021-08-31|range"),
        ("It fell/VBD on 9/11", "on 9/11|2001-09-11..2001-09-11|day"),
        ("It fell/VBD on New Year _'s Eve.", "on New Year's Eve.|2022-12-31..2022-12-31|day"),
        ("It fell/VBD in late March", "in late March|2023-03-21..2023-03-31|range"),
        ("It fell/VBD late last year", "late last year|2022-09-01..2022-12-31|range"),
        ("It fell/VBD at the beginning of May", "at the beginning of May|2023-05-01..2023-05-10|range"),
        ("It fell/VBD early on Tuesday", "on Tuesday|2023-08-22..2023-08-22|day"),
        ("It fell/VBD in the last week of March", "in the last week of March|2023-03-25..2023-03-31|week"),
        ("It fell/VBD on the first day of 2021", "on the first day of 2021|2021-01-01..2021-01-01|day"),
        ("It fell/VBD in the late 1980 _'s", "in the late 1980's|1986-09-01..1989-12-31|range"),
        ("Plants will/MD close/VB in 2028", "in 2028|2028-01-01..2028-12-31|year"),
        ("It fell/VBD in Q3 2022", "in Q3 2022|2022-07-01..2022-09-30|quarter"),
        ("It fell/VBD in the summer of 2020", "in the summer of 2020|2020-06-01..2020-08-31|quarter"),
    ]);
}

#[test]
fn words_that_only_look_like_dates() {
    check(&[
        ("They may/MD leave/VB", ""),
        ("May/MD they leave/VB", ""),
        ("March/VB to Kidal", ""),
        ("They killed/VBD 2,000 people/NNS", ""),
        ("A 23 _- _year _- _old man died/VBD", ""),
        ("He was/VBD 23 years old", ""),
        ("The second attack killed/VBD 12", ""),
        ("12 killed/VBN", ""),
        ("2013 soldiers/NNS died/VBD", ""),
        ("Attacks hit/VBD in 2000/CD/5/nummod villages/NNS/2/obl", ""),
        ("In 2013/CD/3/nummod rebels/NNS seized/VBD/0/root it", "In 2013|2013-01-01..2013-12-31|year"),
        ("The 1990/CD/3/nummod attack/NN killed/VBD/0/root ten", "1990|1990-01-01..1990-12-31|year"),
        ("It came/VBD after the 2012/CD/6/nummod coup/NN/2/obl", "2012|2012-01-01..2012-12-31|year"),
        ("Resolution 2100 called/VBD for it", ""),
        ("In May/NNP/5/obl 12/CD/4/nummod people/NNS/5/nsubj died/VBD/0/root", "In May|2023-05-01..2023-05-31|month"),
        ("In the fall of Kidal they died/VBD", ""),
        ("It helped/VBD over the years", ""),
    ]);
}

#[test]
fn without_a_publication_date_only_what_names_its_year_is_resolved() {
    check_on(
        None,
        &[
            ("They left/VBD on Friday", "on Friday|..|-"),
            ("They left/VBD on 3 May", "on 3 May|..|-"),
            ("They left/VBD on 3 May 2022", "on 3 May 2022|2022-05-03..2022-05-03|day"),
            ("They left/VBD last year", "last year|..|-"),
            ("They left/VBD in recent weeks", "in recent weeks|..|-"),
            ("They hold/VBP it since 2015", "since 2015|2015-01-01..|range"),
        ],
    );
}

#[test]
fn a_date_inside_an_organisations_name_is_no_date() {
    let (text, mut sentence) = sentence("The 23 March Movement left/VBD in 2013");
    sentence.names.push(griot_types::Name { first: 1, end: 4, kind: griot_types::NameKind::Organisation });
    let mentions = Calendar::default().read(&text, &sentence, None);
    assert_eq!(mentions.iter().map(|m| m.time.text.as_str()).collect::<Vec<_>>(), ["in 2013"]);
}

#[test]
fn a_vocabulary_with_a_gap_is_refused() {
    let short = super::SHIPPED.replace("  [\"december\", \"dec\", \"dec.\"],\n", "");
    let message = Calendar::from_toml(&short).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(message.contains("months has 11 entries"), "{message}");
    assert!(Calendar::from_toml("version = 1").is_err());
}

#[test]
fn any_words_in_any_order_give_ordered_mentions_with_ordered_days() {
    let words: Vec<&str> = "in on by since from to between and the a first last next this half of end early late mid - _- , ( _) 2013 3 31 29 2,000 1980s \
        _'s May/MD March/VB May February Friday week weekend year/NN years day days ago later later/VBD overnight yesterday night summer quarter \
        century decade hour for after before until within over few several dozen hundred will/MD leave/VB left/VBD 12/03/21 2022-02-30 Christmas Day \
        Q4 same previous recent past two twenty five . people/NNS 99 9999 00"
        .split_whitespace()
        .collect();
    let calendar = Calendar::default();
    let mut anchor = super::Anchor::default();
    let mut state = 7_u64;
    for round in 0..6_000 {
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize
        };
        let length = 1 + next() % 12;
        let line: Vec<&str> = (0..length).map(|_| words[next() % words.len()]).collect();
        let (text, mut sentence) = sentence(&line.join(" "));
        // Trees with cycles and long chains must do no harm.
        for i in 0..sentence.tokens.len() {
            if next() % 3 == 0 {
                sentence.tokens[i].head = (next() % sentence.tokens.len()) as u32;
            }
        }
        let today = (round % 3 > 0).then(|| TODAY.parse().expect("a date"));
        let mut end = 0;
        for mention in calendar.read_after(&text, &sentence, today, &mut anchor) {
            assert!(mention.first >= end && mention.end > mention.first && mention.end <= sentence.tokens.len(), "{line:?}");
            end = mention.end;
            assert!(
                mention.time.start.is_none() || mention.time.end.is_none() || mention.time.start <= mention.time.end,
                "{line:?}: {mention:?}"
            );
            let resolved = mention.time.start.is_some() || mention.time.end.is_some();
            assert_eq!(resolved, mention.time.precision.is_some(), "{line:?}: {mention:?}");
        }
    }
}
