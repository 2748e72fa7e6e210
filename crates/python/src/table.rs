//! Rows for data frames of any make.

use crate::columns;
use crate::errors;
use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_schema::{ArrowError, Field, SchemaRef};
use griot_exchange::export::Sheet;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};
use std::sync::Arc;

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

    /// The Arrow PyCapsule interface: a stream of the rows.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyCapsule>> {
        let field = Arc::new(Field::new_struct("", self.schema.fields().clone(), false));
        let arrays: Vec<Result<ArrayRef, ArrowError>> =
            self.batches.iter().map(|batch| Ok(Arc::new(StructArray::from(batch.clone())) as ArrayRef)).collect();
        let reader = Box::new(ArrayIterator::new(arrays, field));
        to_stream_pycapsule(py, reader, requested_schema).map_err(|error| errors::fault(py, &PyErr::from(error).to_string()))
    }

    /// The Arrow PyCapsule interface: the columns and their types.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.schema.as_ref()).map_err(|error| errors::fault(py, &PyErr::from(error).to_string()))
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
