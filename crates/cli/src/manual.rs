//! What a system's packager installs beside the program: manual pages and completions, both made from the command line's own description.

use crate::Outcome;
use crate::args::Cli;
use anyhow::Context;
use clap::{Command, CommandFactory};
use clap_complete::Shell;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Prints the completions for a shell.
pub fn completions(shell: Shell) -> anyhow::Result<Outcome> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "griot", &mut text);
    put(&text)
}

/// Prints the program's page, or writes one page a command into a folder.
pub fn pages(out: Option<&Path>) -> anyhow::Result<Outcome> {
    let mut program = Cli::command();
    program.build();
    let Some(folder) = out else { return put(&page(&program, "griot")?) };
    fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    write_all(&program, "griot", folder)?;
    Ok(Outcome::Done)
}

/// A command's page and those of the commands below it.
fn write_all(command: &Command, name: &str, folder: &Path) -> anyhow::Result<()> {
    let path = folder.join(format!("{name}.1"));
    fs::write(&path, page(command, name)?).with_context(|| path.display().to_string())?;
    // 'help' says what the pages say.
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        write_all(below, &format!("{name}-{}", below.get_name()), folder)?;
    }
    Ok(())
}

fn page(command: &Command, name: &str) -> anyhow::Result<Vec<u8>> {
    let mut text = Vec::new();
    let named = command.clone().name(name.to_owned()).bin_name(name.replace('-', " ")).version(env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(named).render(&mut text).context("a manual page")?;
    Ok(text)
}

fn put(text: &[u8]) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    out.write_all(text).and_then(|()| out.flush()).context("standard output")?;
    Ok(Outcome::Done)
}
