//! `griot-lab`: trains Griot's models and measures them. Data folders are arguments; nothing here is in the shipped binary.

mod archive;
mod country_year;
mod dictionary;
mod gazetteer;
mod language;
mod record;

use clap::{Parser, Subcommand};
use griot_lab::{calibrate, codebook, coverage, line::Line, peers, refer, reports, unknown, world};
use std::path::PathBuf;

#[derive(Parser)]
#[command(about = "Trains and measures Griot's models")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    Archive(archive::Command),
    #[command(flatten)]
    Gazetteer(gazetteer::Command),
    #[command(flatten)]
    Record(record::Command),
    #[command(flatten)]
    World(world::Command),
    /// Check the dictionaries and write their compiled form.
    CompileDictionary {
        /// The folder of TOML files.
        #[arg(long, default_value = "codebook/dictionaries")]
        folder: PathBuf,
        /// Where it goes.
        #[arg(long, default_value = "models/dictionary.bin")]
        out: PathBuf,
    },
    /// Check the frames and write their compiled form.
    CompileCodebook {
        /// The folder of TOML files.
        #[arg(long, default_value = "codebook/frames")]
        folder: PathBuf,
        /// Where it goes.
        #[arg(long, default_value = "models/codebook.bin")]
        out: PathBuf,
    },
    /// Write UCDP's country-year table as the program carries it.
    CountryYear {
        /// UCDP's CSV.
        table: PathBuf,
        /// Where it goes.
        #[arg(default_value = "models/country-year.csv.gz")]
        out: PathBuf,
    },
    /// Write the frames as one page for people.
    WriteCodebook {
        /// The folder of TOML files.
        #[arg(long, default_value = "codebook/frames")]
        folder: PathBuf,
        /// Where it goes.
        #[arg(long, default_value = "docs/CODEBOOK.md")]
        out: PathBuf,
    },
    /// Say which examples their frames are silent on, which frames lack examples, which can never fire.
    CheckCodebook,
    /// List the names that reports mention and that neither the dictionaries nor the gazetteer know.
    UnknownNames {
        /// Reports, or folders of them.
        #[arg(required = true)]
        pile: Vec<PathBuf>,
        /// In how many reports a name must stand to be listed.
        #[arg(long, default_value_t = 2)]
        least: u32,
        /// List persons too.
        #[arg(long)]
        persons: bool,
    },
    /// Run the cases of `tests/cases` and say which fail.
    ScoreCases {
        /// The folder of cases.
        #[arg(default_value = "tests/cases")]
        folder: PathBuf,
        /// Print the failing ones in full.
        #[arg(long)]
        all: bool,
    },
    /// Score whole reports against the records expected of them.
    ScoreReports {
        /// The folder of reports.
        #[arg(default_value = "tests/reports")]
        folder: PathBuf,
        /// Print what was missed and what was wrong.
        #[arg(long)]
        all: bool,
    },
    /// Fit the confidence of claims to reports with known records and print how reliable it is on reports left out.
    Calibrate {
        /// Folders of reports.
        #[arg(default_value = "tests/reports")]
        folders: Vec<PathBuf>,
        /// Where the weights are written.
        #[arg(long, default_value = "codebook/frames/confidence.toml")]
        out: PathBuf,
    },
    /// Print how reliable the confidence of claims is on reports that it was not fitted to.
    Reliability {
        /// Folders of reports.
        #[arg(required = true)]
        folders: Vec<PathBuf>,
    },
    /// Score the tests of other event coders and print one table with their figures beside.
    ScorePeers {
        /// The data folder (its `events` is read).
        data: PathBuf,
        /// One test alone, by the name of its folder.
        #[arg(long)]
        only: Option<String>,
        /// Print what was missed and what was wrong.
        #[arg(long)]
        all: bool,
    },
    /// Say what share of the words for acts in some texts has a frame.
    Coverage {
        /// Files and folders of texts.
        #[arg(required = true)]
        texts: Vec<PathBuf>,
        /// Print every predicate: form, lemma, tokens, whether a frame has it, on how many one fires.
        #[arg(long)]
        all: bool,
        /// Print every predicate on which no frame fires, with its roles and its sentence.
        #[arg(long)]
        silent: bool,
    },
    /// Score one report against a page of facts.
    ScoreReport {
        /// The report.
        report: PathBuf,
        /// The page with a block of expected claims.
        facts: PathBuf,
        /// The publication date where the report gives none.
        #[arg(long)]
        date: Option<griot_types::Date>,
    },
    /// Score whom pronouns and descriptions stand for against a page in which they are marked
    ScoreReference {
        /// The page.
        #[arg(default_value = "tests/reference/worked.md")]
        page: PathBuf,
        /// Print what came out otherwise than marked.
        #[arg(long)]
        all: bool,
    },
    /// Show the tree, the propositions and the claims of a text.
    Explain {
        /// The text.
        text: String,
        /// The publication date.
        #[arg(long)]
        date: Option<griot_types::Date>,
    },
    /// Train the language model and write it.
    TrainLanguage {
        /// The data folder (its `language` is read).
        data: PathBuf,
        /// Where the model goes.
        model: PathBuf,
        #[command(flatten)]
        options: language::Options,
    },
    /// Make the counted parts of a language model anew: lemmas, the tokenizer's words, the sentence splitter. The net stays as it is.
    CountLanguage {
        /// The data folder (its `language` is read).
        data: PathBuf,
        /// The model.
        #[arg(long, default_value = "models/language.bin")]
        model: PathBuf,
    },
    /// Write the sentences that the language model is trained on, as CoNLL-U for the teacher.
    ExportLanguage {
        /// The data folder.
        data: PathBuf,
        /// Where they go.
        out: PathBuf,
    },
    /// Write plain text, cut into sentences and tokens, as CoNLL-U for the teacher.
    PlainText {
        /// The data folder (its `events` and `text` are read).
        data: PathBuf,
        /// Where it goes.
        out: PathBuf,
        /// Pages of the World Factbook in JSON.
        #[arg(long)]
        factbook: Option<PathBuf>,
    },
    /// Read a text once on one core with the shipped model and print tokens, seconds, and the seconds that the start took.
    TimeLanguage {
        /// A text, a paragraph a line.
        text: PathBuf,
    },
    /// Measure a language model on the development splits and print a table.
    ScoreLanguage {
        /// The data folder (its `language` is read).
        data: PathBuf,
        /// The model.
        #[arg(long, default_value = "models/language.bin")]
        model: PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    let frames = PathBuf::from("codebook/frames");
    match Arguments::parse().command {
        Command::Archive(command) => archive::run(command),
        Command::Gazetteer(command) => gazetteer::run(command),
        Command::Record(command) => record::run(command),
        // Opening is what is measured.
        Command::World(world::Command::ScoreStart { reports }) => world::start::print(&reports),
        Command::World(command) => world::run(&Line::shipped()?, command),
        Command::CompileDictionary { folder, out } => dictionary::compile(&folder, &out),
        Command::CompileCodebook { folder, out } => codebook::compile(&folder, &out),
        Command::CountryYear { table, out } => country_year::write(&table, &out),
        Command::WriteCodebook { folder, out } => codebook::write(&folder, &out),
        Command::CheckCodebook => {
            let (examples, findings) = codebook::findings(&Line::with_frames(&frames)?);
            let silent = findings.iter().filter(|(_, f)| matches!(f, griot_coder::codebook::check::Finding::Silent(_))).count();
            for (frame, finding) in &findings {
                println!("{frame}: {finding}");
            }
            println!("{} of {examples} examples call their frame", examples - silent);
            Ok(())
        }
        Command::UnknownNames { pile, least, persons } => unknown::print(&Line::shipped()?, &pile, least, persons),
        Command::ScoreCases { folder, all } => {
            reports::print_cases(&reports::run_cases(&Line::with_frames(&frames)?, &folder)?, all);
            Ok(())
        }
        Command::ScoreReports { folder, all } => {
            reports::print_reports(&reports::run_reports(&Line::with_frames(&frames)?, &folder)?, all);
            Ok(())
        }
        Command::Calibrate { folders, out } => calibrate::calibrate(&Line::with_frames(&frames)?, &folders, &out),
        Command::Reliability { folders } => calibrate::reliability(&Line::with_frames(&frames)?, &folders),
        Command::ScorePeers { data, only, all } => {
            let rows = peers::score(&Line::with_frames(&frames)?, &data, only.as_deref(), peers::Show { all })?;
            print!("{}", peers::table(&rows));
            Ok(())
        }
        Command::Coverage { texts, all, silent } => {
            let line = Line::with_frames(&frames)?;
            let (uses, list) = coverage::count(&line, &texts)?;
            if silent {
                coverage::print_silent(&list);
            }
            coverage::print(&line, &uses, all);
            Ok(())
        }
        Command::ScoreReport { report, facts, date } => {
            let score = reports::run_report(&Line::with_frames(&frames)?, &report, &facts, date)?;
            reports::print_reports(&[(report.display().to_string(), score)], true);
            Ok(())
        }
        Command::ScoreReference { page, all } => refer::score(&Line::with_frames(&frames)?, &page, all),
        Command::Explain { text, date } => {
            reports::explain(&Line::with_frames(&frames)?, &text, date);
            Ok(())
        }
        Command::TrainLanguage { data, model, options } => language::train(&data, &frames, &model, &options),
        Command::CountLanguage { data, model } => language::count(&data, &frames, &model),
        Command::ExportLanguage { data, out } => language::export(&data, &out),
        Command::PlainText { data, out, factbook } => language::write_plain(&data, &frames, factbook.as_deref(), &out),
        Command::TimeLanguage { text } => language::time(&text),
        Command::ScoreLanguage { data, model } => language::score(&data, &model),
    }
}
