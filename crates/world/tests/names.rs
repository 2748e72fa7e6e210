//! Whom names mean: variants, French forms, acronyms, and names that meant others on other days or in other countries.

use griot_language::Language;
use griot_types::{Block, BlockKind, Date, Document, Span};
use griot_world::World;

/// Publication date, sentence, words of it, the entry's id (`-` for none) and its code.
const NAMES: &[(&str, &str, &str, &str, &str)] = &[
    // Variants and French forms.
    (
        "2023-05-03",
        "Fighters of Jama'at Nusrat al-Islam wal-Muslimin attacked Djibo.",
        "Jama'at Nusrat al-Islam wal-Muslimin",
        "jnim",
        "MLIREBJNM",
    ),
    (
        "2023-05-03",
        "The Groupe de soutien à l'islam et aux musulmans attacked Djibo.",
        "Groupe de soutien à l'islam et aux musulmans",
        "jnim",
        "MLIREBJNM",
    ),
    ("2023-05-03", "GSIM attacked a camp in Mali.", "GSIM", "jnim", "MLIREBJNM"),
    ("2016-05-03", "Al Qaida attacked a camp in Yemen.", "Al Qaida", "al-qaeda", "IMGREBALQ"),
    ("2015-05-03", "Jabhat al-Nosra attacked a base in Syria.", "Jabhat al-Nosra", "jabhat-al-nusra", "SYRREBNUS"),
    ("2002-03-01", "LURD rebels attacked a town in Liberia.", "LURD", "lurd", "LBRREBLUR"),
    (
        "2002-11-01",
        "The Mouvement patriotique de Côte d'Ivoire seized Bouaké.",
        "Mouvement patriotique de Côte d'Ivoire",
        "mpci",
        "CIVREBMPC",
    ),
    ("1996-05-01", "The Front islamique arabe de l'Azawad disarmed in Mali.", "Front islamique arabe de l'Azawad", "fiaa", "MLIREBFIA"),
    ("2004-03-01", "The Free Aceh Movement attacked a convoy in Indonesia.", "Free Aceh Movement", "gam", "IDNREBGAM"),
    ("2004-03-01", "GAM attacked a convoy in Indonesia.", "GAM", "gam", "IDNREBGAM"),
    ("2011-03-01", "The Forces Nouvelles took Abidjan.", "Forces Nouvelles", "forces-nouvelles", "CIVREBFNV"),
    ("2014-02-01", "Hazzm Movement fighters left a base in Syria.", "Hazzm Movement", "harakat-hazm", "SYRREBHZM"),
    ("2019-06-01", "Jaysh al-Izza shelled Hama in Syria.", "Jaysh al-Izza", "jaysh-al-izza", "SYRREBJIZ"),
    ("2019-06-01", "Jaish al-Izza shelled Hama in Syria.", "Jaish al-Izza", "jaysh-al-izza", "SYRREBJIZ"),
    (
        "2018-06-01",
        "The Khalid ibn al-Walid Army lost its last village in Syria.",
        "Khalid ibn al-Walid Army",
        "khalid-ibn-al-walid-army",
        "SYRREBKWA",
    ),
    (
        "2021-06-01",
        "Kata'ib Sayyid al-Shuhada fired rockets in Iraq.",
        "Kata'ib Sayyid al-Shuhada",
        "kataib-sayyid-al-shuhada",
        "IRQPRMKSS",
    ),
    ("2016-06-01", "Harakat Sawa'id Misr claimed the killing in Egypt.", "Harakat Sawa'id Misr", "hasm", "EGYREBHSM"),
    ("1995-06-01", "The Gamaa Islamiya claimed the attack in Egypt.", "Gamaa Islamiya", "gamaa-islamiya", "EGYREBGMI"),
    (
        "2012-06-01",
        "The National Socialist Council of Nagaland-Khaplang signed in India.",
        "National Socialist Council of Nagaland-Khaplang",
        "nscn-k",
        "INDREBNSK",
    ),
    ("2009-06-01", "NSCN(K) fighters ambushed a patrol in India.", "NSCN(K)", "nscn-k", "INDREBNSK"),
    (
        "2014-06-01",
        "The National Democratic Front of Bodoland killed villagers in Assam, India.",
        "National Democratic Front of Bodoland",
        "ndfb",
        "INDREBNDF",
    ),
    ("2006-06-01", "Jama'atul Mujahideen Bangladesh set off bombs in Dhaka.", "Jama'atul Mujahideen Bangladesh", "jmb", "BGDREBJMB"),
    (
        "2024-06-01",
        "The Bamar People's Liberation Army joined the battle in Myanmar.",
        "Bamar People's Liberation Army",
        "bpla",
        "MMRREBBPL",
    ),
    (
        "2007-06-01",
        "The Union of Forces for Democracy and Development attacked in Chad.",
        "Union of Forces for Democracy and Development",
        "ufdd-chad",
        "TCDREBUFD",
    ),
    ("2018-06-01", "Raia Mutomboki fighters left a village in Congo.", "Raia Mutomboki", "raia-mutomboki", "CODREBRMU"),
    ("2013-06-01", "Bakata Katanga fighters entered Lubumbashi.", "Bakata Katanga", "kata-katanga", "CODPRMKTK"),
    ("2020-06-01", "The Liyu police crossed the border in Ethiopia.", "Liyu police", "gadaa-somali-liyu", "ETHPRMLIY"),
    ("2023-12-01", "Sudan's Emergency Lawyers counted the dead.", "Emergency Lawyers", "emergency-lawyers-sudan", "SDNCVLEML"),
    // Who came after whom.
    ("2022-05-03", "The Wagner Group took a town in Mali.", "Wagner Group", "wagner", "RUSPRMWAG"),
    ("2024-05-03", "Africa Corps took a town in Mali.", "Africa Corps", "africa-corps", "RUSMILAFC"),
    ("2019-05-03", "ISGS attacked a camp in Niger.", "ISGS", "is-gs", "MLIREBISG"),
    ("2023-05-03", "ISSP attacked a camp in Niger.", "ISSP", "is-gs", "MLIREBISG"),
    ("2013-05-03", "Seleka took Bangui.", "Seleka", "seleka", "CAFREBSEL"),
    ("2021-05-03", "The CPC attacked Bangui in the Central African Republic.", "CPC", "cpc", "CAFREBCPC"),
    ("2005-05-03", "The DKBA crossed into Thailand from Myanmar.", "DKBA", "dkba", "MMRREBDKB"),
    ("2015-05-03", "The DKBA crossed into Thailand from Myanmar.", "DKBA", "dkba-5", "MMRREBDK5"),
    ("2006-03-01", "Al-Qaeda in Iraq claimed the bombing in Baghdad.", "Al-Qaeda in Iraq", "aqi", "IRQREBAQI"),
    // What somebody was at the time.
    ("2019-05-03", "The Taliban attacked a base in Afghanistan.", "Taliban", "taliban", "AFGREBTAL"),
    ("2023-05-03", "The Taliban arrested two women in Kabul.", "Taliban", "taliban", "AFGGOVTAL"),
    ("2016-05-03", "The TPLF met in Addis Ababa, Ethiopia.", "TPLF", "tplf", "ETHGOVTPL"),
    ("2021-05-03", "The TPLF took a town in Ethiopia.", "TPLF", "tplf", "ETHREBTPL"),
    ("2024-05-03", "The TPLF met in Ethiopia.", "TPLF", "tplf", "ETHPTYTPL"),
    ("1999-05-03", "UNITA took a town in Angola.", "UNITA", "unita", "AGOREBUNI"),
    ("2012-05-03", "UNITA took part in the vote in Angola.", "UNITA", "unita", "AGOOPPUNI"),
    ("1990-11-01", "The Rwandan Patriotic Front crossed the border.", "Rwandan Patriotic Front", "rpf", "RWAREBRPF"),
    ("2010-11-01", "The Rwandan Patriotic Front met in Kigali.", "Rwandan Patriotic Front", "rpf", "RWAGOVRPF"),
    ("1999-11-01", "The SPLA attacked Wau in Sudan.", "SPLA", "splm", "SDNREBSPL"),
    // One acronym, several countries.
    ("2003-05-03", "MODEL attacked a town in Liberia.", "MODEL", "model-liberia", "LBRREBMOD"),
    ("2014-05-03", "The SRF attacked a village in Syria.", "SRF", "syrian-revolutionaries-front", "SYRREBSRV"),
    (
        "2013-05-03",
        "The Syrian Revolutionaries Front met in Idlib, Syria.",
        "Syrian Revolutionaries Front",
        "syrian-revolutionaries-front",
        "SYRREBSRV",
    ),
    ("2021-05-03", "The FUC and its allies left Chad.", "FUC", "fucd-chad", "TCDREBFUC"),
    ("1998-05-03", "The CNDD met in Burundi.", "CNDD", "cndd-nyangoma", "BDIREBCND"),
    ("2009-05-03", "The CNDD met in Conakry, Guinea.", "CNDD", "cndd-guinea", "GINGOVMILCND"),
    ("2022-05-03", "The PDP lost a vote in Nigeria.", "PDP", "pdp-nigeria", "NGAPTYPDP"),
    ("2022-05-03", "The ANP lost a vote in Pakistan.", "ANP", "anp-pakistan", "PAKPTYANP"),
    ("2000-03-01", "Ninjas attacked a train near Brazzaville.", "Ninjas", "ninjas", "COGPRMNIN"),
    // Acronyms that several countries have, where the report names but one of them.
    ("2024-03-05", "ADF fighters killed two soldiers in Bamenda, Cameroon.", "ADF", "ambazonia-defence-forces", "CMRREBAZD"),
    ("2024-03-05", "ADF fighters killed two farmers in Beni, Congo.", "ADF", "adf", "UGAREBADF"),
    ("2024-03-05", "The BIR burned a village in Cameroon.", "BIR", "bir", "CMRMILBIR"),
    ("2024-03-05", "The BIR of the bank rose in Norway.", "BIR", "-", "-"),
    // Two groups of one name, by what the report is about.
    ("2024-11-12", "Taliban gunmen killed six policemen in Peshawar, Pakistan.", "Taliban gunmen", "ttp", "PAKREBTTP"),
    ("2024-11-12", "Taliban officials met Russian envoys in Kabul, Afghanistan.", "Taliban", "taliban", "AFGGOVTAL"),
    (
        "2023-01-05",
        "Islamic State West Africa Province killed 20 soldiers in Nigeria.",
        "Islamic State West Africa Province",
        "iswap",
        "NGAREBISW",
    ),
    ("2022-01-05", "ISIS-K bombed a mosque in Kabul.", "ISIS-K", "is-k", "AFGREBISK"),
    ("2025-07-16", "IS fighters killed four soldiers near Palmyra in Syria.", "IS fighters", "islamic-state", "IMGREBISI"),
    // States of one name.
    ("2016-05-03", "Brazzaville said Congolese troops had entered Pool.", "Congolese troops", "cog-mil", "COGMIL"),
    ("2016-05-03", "Kinshasa said Congolese troops had entered Goma.", "Congolese troops", "cod-mil", "CODMIL"),
    ("2016-05-03", "Brazzaville said Congo would hold a vote.", "Congo", "cog", "COG"),
    ("2016-05-03", "Kinshasa said Congo would hold a vote.", "Congo", "cod", "COD"),
    ("2021-09-06", "Guinean troops seized the palace in Conakry.", "Guinean troops", "gin-mil", "GINMIL"),
    ("2021-09-06", "Guinea-Bissau closed its border.", "Guinea-Bissau", "gnb", "GNB"),
    ("2012-04-10", "Sudanese forces crossed into South Sudan.", "South Sudan", "ssd", "SSD"),
    ("2008-08-08", "Tbilisi said Georgia had sent troops to South Ossetia.", "Georgia", "geo", "GEO"),
    ("2024-01-05", "Police in Atlanta, Georgia, arrested three men.", "Georgia", "-", "-"),
    // Who governs on the day.
    ("2024-01-05", "Macron spoke in Paris.", "Macron", "fra-president", "FRAGOV"),
    ("2015-01-05", "President Hollande spoke in Paris.", "President Hollande", "fra-president", "FRAGOV"),
    ("2024-01-05", "Hollande lives in Ohio.", "Hollande", "-", "-"),
    ("2019-01-05", "President Kabore visited Djibo.", "President Kabore", "bfa-president", "BFAGOV"),
    ("2019-01-05", "Kabore visited a camp in Burkina Faso.", "Kabore", "bfa-president", "BFAGOV"),
    ("1994-04-01", "President Habyarimana flew to Dar es Salaam.", "President Habyarimana", "rwa-president", "RWAGOV"),
    ("2024-01-05", "Kigali denied the charge.", "Kigali", "rwa-gov", "RWAGOV"),
    // The government of a part of a country is not the country's.
    ("2024-11-19", "The state government imposed a curfew in Manipur, India.", "The state government", "-", "-"),
    ("2024-11-19", "The Centre sent troops to Manipur, India.", "The Centre", "ind-gov", "INDGOV"),
    ("2024-11-19", "The Centre for Peace opened in Norway.", "Centre", "-", "-"),
    // A state's name is no person's.
    ("2025-07-16", "Israel Katz warned Damascus. Israel struck a base in Syria.", "Israel", "isr", "ISR"),
    // Names that are words elsewhere.
    ("2022-05-03", "Ninjas fought robots in a film shown in Berlin.", "Ninjas", "-", "-"),
    ("2022-05-03", "The MODEL was shown in Paris.", "MODEL", "-", "-"),
    ("2022-05-03", "The Elements of the plan were shown in London.", "Elements", "-", "-"),
    ("2022-05-03", "The Hindu nationalist marched in India.", "The Hindu", "-", "-"),
    ("2022-05-03", "The Democratic Alliance was praised in Warsaw.", "Democratic Alliance", "-", "-"),
];

#[test]
fn names_mean_whom_they_should() {
    let (language, world) = (Language::shipped(), World::shipped());
    let mut wrong = Vec::new();
    for (day, text, words, id, code) in NAMES {
        let block = Block { span: Span::new(0, text.len() as u32), kind: BlockKind::Paragraph };
        let date: Date = day.parse().expect("a date");
        let document = Document { text: (*text).to_owned(), date: Some(date), blocks: vec![block], ..Document::default() };
        let sentences = language.read(&document);
        let reading = world.read(&document, &sentences);
        let mentions = reading.sentences.iter().flat_map(|s| &s.mentions);
        let mut with: Vec<(&str, &str)> = mentions
            .filter(|m| m.actor.text.contains(words) || words.contains(m.actor.text.as_str()))
            .map(|m| (m.actor.id.as_deref().unwrap_or("-"), if m.actor.id.is_some() { m.actor.code.as_str() } else { "-" }))
            .collect();
        // Words that name nobody may head no phrase of their own.
        if *id == "-" && with.is_empty() {
            with.push(("-", "-"));
        }
        if !with.iter().any(|w| w == &(*id, *code)) || (*id == "-" && with.len() != with.iter().filter(|w| w.0 == "-").count()) {
            wrong.push(format!("{day} {text}: {words} is {with:?} and not {id} {code}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
