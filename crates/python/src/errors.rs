//! Errors as Python exceptions. The classes are Python's own, in `griot/errors.py`, so that they can be read there.

use griot_cli::Misuse;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// An exception of the class `name`.
fn exception(py: Python, name: &str, message: &str) -> PyErr {
    let made = py.import("griot.errors").and_then(|module| module.getattr(name)).and_then(|class| class.call1((message,)));
    // Without its own classes the package is broken; the message is told all the same.
    made.map_or_else(|_| PyRuntimeError::new_err(message.to_owned()), PyErr::from_value)
}

/// An input that could not be read, with the file and the place in it.
pub fn unread(py: Python, error: &griot_ingest::Error) -> PyErr {
    let raised = exception(py, "ReadError", &error.to_string());
    let value = raised.value(py);
    let place = error.place();
    let set = || -> PyResult<()> {
        value.setattr("file", error.name())?;
        value.setattr("line", place.line)?;
        value.setattr("record", place.record)?;
        value.setattr("byte", error.byte().or(place.offset))?;
        value.setattr("kind", error.kind().word())
    };
    // An exception that takes no attributes still has its message.
    let _ = set();
    raised
}

/// A report on which the program itself failed.
pub fn fault(py: Python, message: &str) -> PyErr {
    exception(py, "GriotError", message)
}

/// What was asked in a way that cannot be followed.
pub fn usage(py: Python, message: &str) -> PyErr {
    exception(py, "UsageError", message)
}

/// A codebook that cannot be laid over the shipped one.
pub fn codebook(py: Python, error: &anyhow::Error) -> PyErr {
    exception(py, "CodebookError", &format!("{error:#}"))
}

/// A question that a record did not answer.
pub fn record(py: Python, error: &anyhow::Error) -> PyErr {
    exception(py, if error.is::<Misuse>() { "UsageError" } else { "RecordError" }, &format!("{error:#}"))
}
