//! Rows of cells, and the files that they become.

use crate::cells::text;
use crate::error::{Error, Result};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use serde_json::{Map, Value, json};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// How rows are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// CSV, every cell in quotes, formulas disarmed.
    #[default]
    Csv,
    /// One JSON object a line.
    Jsonl,
    /// Parquet.
    Parquet,
    /// Between tabs, without a header: GDELT's form.
    Tabs,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    None,
    /// Words.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Another number.
    Real(f64),
}

impl From<&str> for Cell {
    fn from(words: &str) -> Cell {
        if words.is_empty() { Cell::None } else { Cell::Text(words.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Cell {
        if words.is_empty() { Cell::None } else { Cell::Text(words) }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::None, Into::into)
    }
}

macro_rules! whole {
    ($($kind:ty),*) => { $(impl From<$kind> for Cell {
        fn from(n: $kind) -> Cell {
            Cell::Int(n as i64)
        }
    })* };
}
whole!(i64, u64, i32, u32, u8, i16, usize, i8);

impl From<f64> for Cell {
    fn from(n: f64) -> Cell {
        Cell::Real(n)
    }
}

impl From<griot_types::Date> for Cell {
    fn from(day: griot_types::Date) -> Cell {
        Cell::Text(day.to_string())
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Holds {
    /// Words.
    #[default]
    Text,
    /// Whole numbers.
    Int,
    /// Numbers.
    Real,
}

/// Rows under named columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Names and contents.
    pub columns: Vec<(&'static str, Holds)>,
    /// HXL tags, where the profile has them.
    pub tags: Option<Vec<&'static str>>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// Writes the rows.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, form: Form, hxl: bool, file: &mut dyn Write) -> Result<()> {
        let failed = |error: std::io::Error| Error::file(Path::new("export"), error);
        match form {
            Form::Csv => {
                let csv = crate::cells::rows(|writer| {
                    writer.write_record(self.columns.iter().map(|(name, _)| *name))?;
                    if let (true, Some(tags)) = (hxl, &self.tags) {
                        writer.write_record(tags)?;
                    }
                    self.rows.iter().try_for_each(|row| writer.write_record(row.iter().map(shown)))
                });
                file.write_all(csv.as_bytes()).map_err(failed)
            }
            Form::Tabs => self.rows.iter().try_for_each(|row| {
                let cells: Vec<String> = row.iter().map(|cell| plain(cell).replace(['\t', '\n', '\r'], " ")).collect();
                writeln!(file, "{}", cells.join("\t")).map_err(failed)
            }),
            Form::Jsonl => self.rows.iter().try_for_each(|row| {
                let object: Map<String, Value> =
                    self.columns.iter().zip(row).map(|((name, _), cell)| ((*name).to_owned(), value(cell))).collect();
                writeln!(file, "{}", Value::Object(object)).map_err(failed)
            }),
            Form::Parquet => self.parquet(file).map_err(|error| failed(std::io::Error::other(error))),
        }
    }

    fn parquet(&self, file: &mut dyn Write) -> parquet::errors::Result<()> {
        let field = |(name, holds): &(&'static str, Holds)| {
            let builder = match holds {
                Holds::Text => Type::primitive_type_builder(name, Physical::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)),
                Holds::Int => Type::primitive_type_builder(name, Physical::INT64),
                Holds::Real => Type::primitive_type_builder(name, Physical::DOUBLE),
            };
            builder.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
        };
        let fields = self.columns.iter().map(field).collect::<parquet::errors::Result<Vec<_>>>()?;
        let schema = Arc::new(Type::group_type_builder("schema").with_fields(fields).build()?);
        let properties = Arc::new(WriterProperties::builder().set_created_by("griot".to_owned()).build());
        // The writer must own what it writes to; a table of entries is small enough to be made in memory.
        let mut bytes = Vec::new();
        let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties)?;
        let mut group = writer.next_row_group()?;
        let mut at = 0;
        while let Some(mut column) = group.next_column()? {
            let cells = || self.rows.iter().map(|row| &row[at]);
            let there = |cell: &Cell| i16::from(*cell != Cell::None);
            let levels: Vec<i16> = cells().map(there).collect();
            match column.untyped() {
                ColumnWriter::ByteArrayColumnWriter(writer) => {
                    let values: Vec<ByteArray> =
                        cells().filter(|cell| **cell != Cell::None).map(|cell| plain(cell).as_str().into()).collect();
                    writer.write_batch(&values, Some(&levels), None)?;
                }
                ColumnWriter::Int64ColumnWriter(writer) => {
                    let values: Vec<i64> = cells().filter_map(|cell| if let Cell::Int(n) = cell { Some(*n) } else { None }).collect();
                    writer.write_batch(&values, Some(&levels), None)?;
                }
                ColumnWriter::DoubleColumnWriter(writer) => {
                    let number = |cell: &Cell| match cell {
                        Cell::Real(n) => Some(*n),
                        Cell::Int(n) => Some(*n as f64),
                        _ => None,
                    };
                    let values: Vec<f64> = cells().filter_map(number).collect();
                    writer.write_batch(&values, Some(&levels), None)?;
                }
                _ => {}
            }
            column.close()?;
            at += 1;
        }
        group.close()?;
        writer.close()?;
        file.write_all(&bytes).map_err(|error| parquet::errors::ParquetError::General(error.to_string()))
    }
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::None => String::new(),
        Cell::Text(words) => words.clone(),
        Cell::Int(n) => n.to_string(),
        Cell::Real(n) => n.to_string(),
    }
}

/// Words are disarmed, numbers of the program's own making need not be.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => text(words),
        other => plain(other),
    }
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::None => Value::Null,
        Cell::Text(words) => json!(words),
        Cell::Int(n) => json!(n),
        Cell::Real(n) => json!(n),
    }
}
