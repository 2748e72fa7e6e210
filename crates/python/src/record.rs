//! A record's questions.

use crate::errors;
use crate::table::Table;
use griot_cli::record::Answer;
use griot_record::Record;
use griot_record::check::Text;
use pyo3::prelude::*;
use std::path::PathBuf;

use crate::report::Report;

/// Asks as the command line does: `words` is what would stand behind `griot`. A Table, or JSON Lines.
#[pyfunction]
pub fn ask<'py>(py: Python<'py>, words: Vec<String>) -> PyResult<Bound<'py, PyAny>> {
    let answer = py.detach(|| griot_cli::record::answer(&words)).map_err(|error| errors::record(py, &error))?;
    match answer {
        Answer::Rows(sheet) => {
            let table = Table::of(&sheet).map_err(|error| errors::fault(py, &error.to_string()))?;
            Ok(Bound::new(py, table)?.into_any())
        }
        Answer::Lines(text) => Ok(text.into_pyobject(py)?.into_any()),
    }
}

/// Holds what a report says against a record: JSON, one object a claim that can be checked.
#[pyfunction]
pub fn check(py: Python, path: PathBuf, report: &Report) -> PyResult<String> {
    let coded = &report.coded;
    let checked = py.detach(|| -> anyhow::Result<String> {
        let record = Record::open(&path)?;
        let text = Text { text: &coded.document.text, date: coded.document.date, claims: &coded.claims, document: &coded.document.id };
        Ok(serde_json::to_string(&record.check(&text)?)?)
    });
    checked.map_err(|error| errors::record(py, &error))
}
