//! Rows for data frames of any make.

use crate::columns;
use crate::errors;
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::{ArrowError, SchemaRef};
use griot_exchange::export::Sheet;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::ffi::CStr;

/// What the Arrow PyCapsule interface calls a stream.
const STREAM: &CStr = c"arrow_array_stream";

/// The rows of a table of any make that has the Arrow C stream interface.
pub fn stream(data: &Bound<PyAny>) -> PyResult<Result<RecordBatchStreamReader, ArrowError>> {
    let capsule = data.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>()?;
    let stream = capsule.pointer_checked(Some(STREAM))?.cast();
    // SAFETY: a capsule of this name holds a valid stream, which is moved out and left released; that is the interface's promise.
    Ok(unsafe { RecordBatchStreamReader::from_raw(stream.as_ptr()) })
}

/// Rows under named columns, in memory. Whatever reads the Arrow C stream interface reads it: pyarrow, polars, pandas, DuckDB.
#[pyclass(frozen, module = "griot")]
pub struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Table {
        Table { schema, batches: batches.into_iter().filter(|batch| batch.num_rows() > 0).collect() }
    }

    /// A record's answer.
    pub fn of(sheet: &Sheet) -> Result<Table, ArrowError> {
        let batch = columns::answer(sheet)?;
        Ok(Table::new(batch.schema(), vec![batch]))
    }
}

#[pymethods]
impl Table {
    /// How many rows there are.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// The columns' names in order.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __repr__(&self) -> String {
        format!("<griot.Table: {} rows, {} columns>", self.__len__(), self.schema.fields().len())
    }

    /// The Arrow PyCapsule interface: a stream of the rows. Who asks for other types gets these, as the interface allows, and turns them itself.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = RecordBatchIterator::new(self.batches.clone().into_iter().map(Ok), self.schema.clone());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), STREAM)
    }

    /// The Arrow PyCapsule interface: the columns and their types.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(|error| errors::fault(py, &error.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// The rows as a pyarrow.Table.
    fn to_pyarrow<'py>(slf: &Bound<'py, Table>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// The rows as a pandas.DataFrame (by pyarrow).
    fn to_pandas<'py>(slf: &Bound<'py, Table>) -> PyResult<Bound<'py, PyAny>> {
        Table::to_pyarrow(slf)?.call_method0("to_pandas")
    }

    /// The rows as a polars.DataFrame.
    fn to_polars<'py>(slf: &Bound<'py, Table>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("DataFrame", (slf,))
    }
}
