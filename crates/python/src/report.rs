//! A report and what it says.

use crate::columns;
use crate::errors;
use crate::table::Table;
use griot_cli::engine::{Coded, Engine};
use griot_cli::format::{Format, Writer};
use griot_types::CodePoints;
use pyo3::prelude::*;
use pyo3::types::PyList;
use std::sync::Arc;

/// A report that was read, with its claims.
#[pyclass(frozen, module = "griot")]
pub struct Report {
    pub coded: Coded,
    pub engine: Arc<Engine>,
}

impl Report {
    fn written(&self, format: Format) -> String {
        let writer = Writer::new(format, false, 100, false);
        writer.head() + &writer.report(&self.coded, &self.engine) + writer.tail()
    }
}

#[pymethods]
impl Report {
    /// ``sha256:`` and the hash of the report's bytes.
    #[getter]
    fn id(&self) -> &str {
        &self.coded.document.id
    }

    /// Where it was read from.
    #[getter]
    fn name(&self) -> &str {
        &self.coded.document.name
    }

    /// The text that all offsets are indices of.
    #[getter]
    fn text(&self) -> &str {
        &self.coded.document.text
    }

    /// Its headline.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.coded.document.title.as_deref()
    }

    /// Its day of publication, a datetime.date.
    #[getter]
    fn date<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let class = py.import("datetime")?.getattr("date")?;
        self.coded.document.date.map(|day| class.call_method1("fromisoformat", (day.to_string(),))).transpose()
    }

    /// Who published it.
    #[getter]
    fn publisher(&self) -> Option<&str> {
        self.coded.document.publisher.as_deref()
    }

    /// Its link.
    #[getter]
    fn url(&self) -> Option<&str> {
        self.coded.document.url.as_deref()
    }

    /// What to know of how it was read.
    #[getter]
    fn notes(&self) -> Vec<&str> {
        self.coded.document.notes.iter().map(|note| note.text.as_str()).collect()
    }

    /// Its claims as dictionaries, with the keys of docs/claim.schema.json; made anew at each call.
    #[getter]
    fn claims<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let points = CodePoints::new(&self.coded.document.text);
        let claims: Vec<_> = self.coded.claims.iter().map(|claim| claim.clone().in_code_points(&points)).collect();
        let json = serde_json::to_string(&claims).map_err(|error| errors::fault(py, &error.to_string()))?;
        py.import("json")?.call_method1("loads", (json,))
    }

    /// The same as a Table: the columns of ``griot code``'s claims.
    fn table(&self, py: Python) -> PyResult<Table> {
        let rows = griot_archive::claims(&self.coded.document, &self.coded.claims);
        let schema = columns::schema(griot_archive::CLAIMS);
        let batch = columns::batch(&schema, &rows).map_err(|error| errors::fault(py, &error.to_string()))?;
        Ok(Table::new(schema, vec![batch]))
    }

    /// JSON Lines, as ``griot read --format jsonl`` writes them.
    fn to_jsonl(&self) -> String {
        self.written(Format::Jsonl)
    }

    /// A page of its own with the claims marked in the text, as ``griot read --format html`` writes it.
    fn to_html(&self) -> String {
        self.written(Format::Html)
    }

    /// The page in a frame of its own, so that neither its style nor a report's words reach the notebook.
    fn _repr_html_(&self) -> String {
        let page = self.to_html().replace('&', "&amp;").replace('"', "&quot;");
        format!("<iframe sandbox srcdoc=\"{page}\" style=\"width:100%;height:28em;border:1px solid #ccc;resize:vertical\"></iframe>")
    }

    fn __str__(&self) -> String {
        self.written(Format::Table)
    }

    fn __repr__(&self) -> String {
        let count = self.coded.claims.len();
        format!("<griot.Report {:?}: {count} claim{}>", self.coded.document.name, if count == 1 { "" } else { "s" })
    }

    fn __len__(&self) -> usize {
        self.coded.claims.len()
    }

    fn __bool__(&self) -> bool {
        true
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.claims(py)?.cast_into::<PyList>()?.try_iter()?.into_any())
    }
}
