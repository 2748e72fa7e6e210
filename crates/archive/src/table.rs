//! Columns in memory, filled row by row in the order of their schema, and the file that they become.

use crate::{Error, schema};
use griot_types::Date;
use parquet::basic::Type as Physical;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::Result;
use parquet::file::writer::SerializedFileWriter;
use std::fs::File;
use std::path::Path;

/// A column's values with their levels: Parquet's way of saying what is absent and where a list begins.
#[derive(Default)]
pub struct Column {
    /// What is there, in order.
    pub values: Values,
    /// For each cell, or each element of a list, how much of it is there: of a cell that may be absent 0 or 1, of a list 0 where it is empty,
    /// 1 for an absent element, 2 for one that is there. Of a cell that is always there it says nothing.
    pub definition: Vec<i16>,
    /// For each element of a list 0 where it begins a list, else 1; empty for columns without lists.
    pub repetition: Vec<i16>,
}

/// The values of a column, of one type.
#[derive(Default)]
pub enum Values {
    /// No row was ever put in.
    #[default]
    None,
    /// Words, as UTF-8.
    Bytes(Vec<ByteArray>),
    /// Whole numbers; days as days since 1970-01-01.
    Int(Vec<i32>),
    /// Large whole numbers.
    Long(Vec<i64>),
    /// Numbers.
    Double(Vec<f64>),
    /// Yes and no.
    Boolean(Vec<bool>),
}

/// Rows of one schema.
pub struct Table {
    schema: &'static str,
    columns: Vec<Column>,
    rows: usize,
    /// The column that is filled next.
    at: usize,
}

/// A definition level of a list's elements: there, and not null.
const ELEMENT: i16 = 2;

impl Table {
    /// No rows yet.
    pub fn new(schema: &'static str) -> Table {
        Table { schema, columns: Vec::new(), rows: 0, at: 0 }
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The columns in the order of the schema; none where no row was put in.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn column(&mut self, empty: impl FnOnce() -> Values) -> &mut Column {
        if self.at == self.columns.len() {
            self.columns.push(Column { values: empty(), ..Column::default() });
        }
        self.at += 1;
        &mut self.columns[self.at - 1]
    }

    /// A cell of words.
    pub fn text(&mut self, words: Option<&str>) {
        let column = self.column(|| Values::Bytes(Vec::new()));
        column.definition.push(i16::from(words.is_some()));
        if let (Values::Bytes(values), Some(words)) = (&mut column.values, words) {
            values.push(words.into());
        }
    }

    /// A cell of several words.
    pub fn list<S: AsRef<str>>(&mut self, all: impl Iterator<Item = Option<S>>) {
        let column = self.column(|| Values::Bytes(Vec::new()));
        let Values::Bytes(values) = &mut column.values else { return };
        let mut is_empty = true;
        for words in all {
            column.repetition.push(i16::from(!is_empty));
            column.definition.push(if words.is_some() { ELEMENT } else { ELEMENT - 1 });
            values.extend(words.map(|words| ByteArray::from(words.as_ref())));
            is_empty = false;
        }
        if is_empty {
            column.repetition.push(0);
            column.definition.push(0);
        }
    }

    /// A cell with a whole number.
    pub fn int(&mut self, number: Option<i32>) {
        let column = self.column(|| Values::Int(Vec::new()));
        column.definition.push(i16::from(number.is_some()));
        if let Values::Int(values) = &mut column.values {
            values.extend(number);
        }
    }

    /// A cell with a large whole number.
    pub fn long(&mut self, number: Option<i64>) {
        let column = self.column(|| Values::Long(Vec::new()));
        column.definition.push(i16::from(number.is_some()));
        if let Values::Long(values) = &mut column.values {
            values.extend(number);
        }
    }

    /// A cell with a number.
    pub fn double(&mut self, number: Option<f64>) {
        let column = self.column(|| Values::Double(Vec::new()));
        column.definition.push(i16::from(number.is_some()));
        if let Values::Double(values) = &mut column.values {
            values.extend(number);
        }
    }

    /// A cell with yes or no.
    pub fn boolean(&mut self, yes: bool) {
        let column = self.column(|| Values::Boolean(Vec::new()));
        column.definition.push(1);
        if let Values::Boolean(values) = &mut column.values {
            values.push(yes);
        }
    }

    /// A cell with a day.
    pub fn day(&mut self, day: Option<Date>) {
        let epoch = Date::constant(1970, 1, 1);
        self.int(day.and_then(|day| (day - epoch).get_days().into()));
    }

    /// Ends a row.
    pub fn end_row(&mut self) {
        self.at = 0;
        self.rows += 1;
    }

    /// Adds another table's rows.
    pub fn append(&mut self, mut other: Table) {
        if self.columns.is_empty() {
            *self = other;
            return;
        }
        for (column, other) in self.columns.iter_mut().zip(&mut other.columns) {
            column.definition.append(&mut other.definition);
            column.repetition.append(&mut other.repetition);
            match (&mut column.values, &mut other.values) {
                (Values::Bytes(all), Values::Bytes(more)) => all.append(more),
                (Values::Int(all), Values::Int(more)) => all.append(more),
                (Values::Long(all), Values::Long(more)) => all.append(more),
                (Values::Double(all), Values::Double(more)) => all.append(more),
                (Values::Boolean(all), Values::Boolean(more)) => all.append(more),
                _ => {}
            }
        }
        self.rows += other.rows;
    }

    /// Writes the column of a table that has one.
    pub fn write_column(&self, at: usize, to: &mut ColumnWriter) -> Result<()> {
        self.columns.get(at).map_or(Ok(()), |column| column.write(to))
    }

    /// Writes the rows as one file.
    pub fn write(&self, path: &Path, file: &mut File) -> std::result::Result<(), Error> {
        self.try_write(file).map_err(|error| Error::Table(path.to_owned(), error))
    }

    fn try_write(&self, file: &mut File) -> Result<()> {
        let mut writer = SerializedFileWriter::new(file, schema::parse(self.schema), schema::properties())?;
        if self.rows > 0 {
            let mut group = writer.next_row_group()?;
            for column in &self.columns {
                if let Some(mut to) = group.next_column()? {
                    column.write(to.untyped())?;
                    to.close()?;
                }
            }
            group.close()?;
        }
        writer.close()?;
        Ok(())
    }
}

impl Column {
    /// Writes the column. Definition levels are given in any case: a column that cannot be absent does not look at them.
    fn write(&self, to: &mut ColumnWriter) -> Result<()> {
        let definition = Some(&self.definition[..]);
        let repetition = if self.repetition.is_empty() { None } else { Some(&self.repetition[..]) };
        match (&self.values, to) {
            (Values::Bytes(values), ColumnWriter::ByteArrayColumnWriter(to)) => to.write_batch(values, definition, repetition)?,
            (Values::Int(values), ColumnWriter::Int32ColumnWriter(to)) => to.write_batch(values, definition, repetition)?,
            (Values::Long(values), ColumnWriter::Int64ColumnWriter(to)) => to.write_batch(values, definition, repetition)?,
            (Values::Double(values), ColumnWriter::DoubleColumnWriter(to)) => to.write_batch(values, definition, repetition)?,
            (Values::Boolean(values), ColumnWriter::BoolColumnWriter(to)) => to.write_batch(values, definition, repetition)?,
            _ => return Err(parquet::errors::ParquetError::General(format!("a column is not of the type {:?}", Physical::BYTE_ARRAY))),
        };
        Ok(())
    }
}
