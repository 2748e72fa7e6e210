//! The Python package's native part: thin shells over the command line's library.
//!
//! * [`coder::Coder`] makes [`report::Report`]s and [`table::Table`]s of texts, files and tables; Python's lock is let go while it works.
//! * [`record`] asks a record file the command line's questions.
//! * [`columns`] turns the program's tables into Arrow's; [`errors`] turns its errors into Python's.
//!
//! What is convenient in Python (iterating, keyword arguments) is Python and lies in `griot/`.

mod coder;
mod columns;
mod errors;
mod record;
mod report;
mod table;

use pyo3::prelude::*;

#[pymodule]
fn _griot(module: &Bound<'_, PyModule>) -> PyResult<()> {
    griot_cli::engine::hold_faults();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<coder::Coder>()?;
    module.add_class::<coder::Files>()?;
    module.add_class::<report::Report>()?;
    module.add_class::<table::Table>()?;
    module.add_function(wrap_pyfunction!(record::ask, module)?)?;
    module.add_function(wrap_pyfunction!(record::check, module)?)?;
    Ok(())
}
