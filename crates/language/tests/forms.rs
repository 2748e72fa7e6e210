//! How news writes words, numbers and names: tokens, tags and base forms.

use griot_language::Language;
use griot_types::{Block, BlockKind, Document, Sentence, Span};
use std::sync::LazyLock;

static LANGUAGE: LazyLock<Language> = LazyLock::new(Language::shipped);

fn read(text: &str) -> Vec<Sentence> {
    let block = Block { span: Span::new(0, text.len() as u32), kind: BlockKind::Paragraph };
    LANGUAGE.read(&Document { text: text.to_owned(), blocks: vec![block], ..Document::default() })
}

/// The text must be one sentence of these tokens.
fn tokens(text: &str, expected: &str) {
    let sentences = read(text);
    let forms: Vec<&str> = sentences.iter().flat_map(|s| (0..s.tokens.len()).map(|at| s.form(at, text))).collect();
    assert_eq!(forms.join(" "), expected);
    assert_eq!(sentences.len(), 1, "{text} is cut: {forms:?}");
}

/// The words of the text must have these base forms: 'form:lemma …'.
fn lemmas(text: &str, expected: &str) {
    let sentences = read(text);
    let found: Vec<String> = sentences.iter().flat_map(|s| s.tokens.iter().map(|t| format!("{}:{}", t.span.of(text), t.lemma))).collect();
    for pair in expected.split(' ') {
        assert!(found.iter().any(|f| f == pair), "{pair} is not in {found:?}");
    }
}

#[test]
fn numbers() {
    tokens("Some 12,000 people fled.", "Some 12,000 people fled .");
    tokens("The bank lent $300m, €18m and £2.5bn.", "The bank lent $ 300 m , € 18 m and £ 2.5 bn .");
    tokens("It paid US$1.2 million.", "It paid US$ 1.2 million .");
    tokens("Some 80% voted, up from 62.5 %.", "Some 80 % voted , up from 62.5 % .");
    tokens("Between 300-400 fighters came.", "Between 300 - 400 fighters came .");
    tokens("The 82nd brigade came on 2023-08-26 at 10:05.", "The 82nd brigade came on 2023-08-26 at 10:05 .");
    tokens("The 1990s were worse than the '80s.", "The 1990s were worse than the '80s .");
    tokens("A 12-year-old boy died.", "A 12 - year - old boy died .");
    lemmas("Some 12,000 people fled.", "12,000:12000 people:people fled:flee");
}

#[test]
fn ranks_titles_and_initials() {
    tokens("Gen. Asim Munir met Lt. Col. Paul-Henri Damiba.", "Gen. Asim Munir met Lt. Col. Paul - Henri Damiba .");
    tokens("Maj.-Gen. A. B. Okello and J.T. Mensah left.", "Maj. - Gen. A. B. Okello and J.T. Mensah left .");
    tokens(
        "Mr. and Mrs. Diallo saw Dr. Sy on Jan. 3 at approx. 5 a.m. on St. Paul's Ave. in Aden.",
        "Mr. and Mrs. Diallo saw Dr. Sy on Jan. 3 at approx. 5 a.m. on St. Paul 's Ave. in Aden .",
    );
    tokens("The U.N. and the U.S. told the R.S.F. to stop.", "The U.N. and the U.S. told the R.S.F. to stop .");
    tokens("Kaya Inc. hired 40 guards, incl. 12 women, i.e. too few.", "Kaya Inc. hired 40 guards , incl. 12 women , i.e. too few .");
}

#[test]
fn names_from_other_tongues() {
    tokens("Al-Shabab and al-Qaeda-linked fighters met.", "Al - Shabab and al - Qaeda - linked fighters met .");
    tokens("Jama'at Nusrat al-Islam wal-Muslimin said so.", "Jama'at Nusrat al - Islam wal - Muslimin said so .");
    tokens("Sana’a, N'Djamena and Cox's Bazar are far apart.", "Sana’a , N'Djamena and Cox 's Bazar are far apart .");
    tokens("Côte d'Ivoire's army and Côte d’Ivoire’s police.", "Côte d'Ivoire 's army and Côte d’Ivoire ’s police .");
    tokens("Sévaré lies near Mopti; Łódź and İzmir do not.", "Sévaré lies near Mopti ; Łódź and İzmir do not .");
    tokens("Cote-d'Or and Port-au-Prince are quiet.", "Cote - d'Or and Port - au - Prince are quiet .");
}

#[test]
fn quotes_and_dashes() {
    tokens("“We’ll go,” he said – and they didn’t.", "“ We ’ll go , ” he said – and they did n’t .");
    tokens("‘It’s over,’ she said—twice.", "‘ It ’s over , ’ she said — twice .");
    tokens("The soldiers' wives called it \"murder\".", "The soldiers ' wives called it \" murder \" .");
    tokens("The 'rebels' weren't there…", "The ' rebels ' were n't there …");
    lemmas("They didn’t and won't and can’t go.", "did:do n’t:not wo:will n't:not ca:can");
}

#[test]
fn british_and_american() {
    lemmas(
        "The organisation recognised and analysed the defence programme; neighbours favoured it and labourers travelled.",
        "organisation:organisation recognised:recognise analysed:analyse neighbours:neighbour favoured:favour labourers:labourer travelled:travel",
    );
    lemmas(
        "The organization recognized and analyzed the defense program; neighbors favored it and laborers traveled.",
        "organization:organization recognized:recognize analyzed:analyze neighbors:neighbor favored:favor laborers:laborer traveled:travel",
    );
}

#[test]
fn base_forms_of_conflict() {
    lemmas(
        "Rebels seized, shelled and looted villages; troops fled, fought, shot and lay dying.",
        "Rebels:rebel seized:seize shelled:shell looted:loot villages:village fled:flee fought:fight shot:shoot dying:die",
    );
    lemmas(
        "Militias kidnapped wives and children, hit buses, cut lines, put up roadblocks and were driven out.",
        "Militias:militia kidnapped:kidnap wives:wife children:child hit:hit buses:bus cut:cut put:put roadblocks:roadblock were:be driven:drive",
    );
    lemmas(
        "Gunmen ambushed policemen who were carrying bodies and burying the dead.",
        "Gunmen:gunman ambushed:ambush policemen:policeman were:be carrying:carry bodies:body burying:bury",
    );
    lemmas(
        "Families have been displaced by airstrikes, and the parties signed treaties.",
        "Families:family been:be displaced:displace airstrikes:airstrike parties:party signed:sign treaties:treaty",
    );
}

#[test]
fn what_is_no_english() {
    tokens(
        "Visit https://example.org/a_b?c=1, or mail press@example.org.",
        "Visit https://example.org/a_b?c=1 , or mail press@example.org .",
    );
    tokens("Fighters of الجيش السوداني left 👍🏽 today.", "Fighters of الجيش السوداني left 👍🏽 today .");
    tokens("The word \u{202b}سلام\u{202c} means peace.", "The word سلام means peace .");
    tokens("A\u{7}bell and\u{0}nothing.", "A bell and nothing .");
    tokens("Kyiv (Київ) and Beijing (北京) spoke.", "Kyiv ( Київ ) and Beijing ( 北京 ) spoke .");
}
