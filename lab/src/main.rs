//! `griot-lab`: trains Griot's models and measures them. Data folders are arguments; nothing here is in the shipped binary.

mod dictionary;
mod gazetteer;
mod language;
mod record;

use clap::{Parser, Subcommand};
use griot_lab::{codebook, line::Line, reports, unknown, world};
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
    /// Measure a language model on the development splits and print a table.
    ScoreLanguage {
        /// The data folder (its `language` and `text` are read).
        data: PathBuf,
        /// The model.
        #[arg(long, default_value = "models/language.bin")]
        model: PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    let frames = PathBuf::from("codebook/frames");
    match Arguments::parse().command {
        Command::Gazetteer(command) => gazetteer::run(command),
        Command::Record(command) => record::run(command),
        Command::World(command) => world::run(&Line::shipped()?, command),
        Command::CompileDictionary { folder, out } => dictionary::compile(&folder, &out),
        Command::CompileCodebook { folder, out } => codebook::compile(&folder, &out),
        Command::UnknownNames { pile, least, persons } => unknown::print(&Line::shipped()?, &pile, least, persons),
        Command::ScoreCases { folder, all } => {
            reports::print_cases(&reports::run_cases(&Line::with_frames(&frames)?, &folder)?, all);
            Ok(())
        }
        Command::ScoreReports { folder, all } => {
            reports::print_reports(&reports::run_reports(&Line::with_frames(&frames)?, &folder)?, all);
            Ok(())
        }
        Command::ScoreReport { report, facts, date } => {
            let score = reports::run_report(&Line::with_frames(&frames)?, &report, &facts, date)?;
            reports::print_reports(&[(report.display().to_string(), score)], true);
            Ok(())
        }
        Command::Explain { text, date } => {
            reports::explain(&Line::with_frames(&frames)?, &text, date);
            Ok(())
        }
        Command::TrainLanguage { data, model, options } => language::train(&data, &model, &options),
        Command::ScoreLanguage { data, model } => language::score(&data, &model),
    }
}
