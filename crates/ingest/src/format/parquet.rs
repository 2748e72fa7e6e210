//! Parquet: a table with the columns of JSONL's keys, one report a row.

use super::jsonl::Fields;
use crate::item::{Item, Place};
use crate::{Error, ErrorKind};
use bytes::Bytes;
use griot_types::Date;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// The columns that are read.
const COLUMNS: [&str; 6] = ["id", "text", "title", "date", "publisher", "url"];
/// Rows that are decoded at once.
const BATCH: usize = 64;
/// A part of the file that unpacks to more times its size is no table of texts.
const SWELL: i64 = 2000;

/// The rows of a file.
pub struct Table {
    file: String,
    rows: RowIter<'static>,
    limit: u64,
    number: u64,
    all: u64,
    size: u64,
    ended: bool,
}

impl Table {
    /// Begins on a file on disk; a row's text of more than `limit` bytes is refused.
    pub fn open(name: &str, file: File, limit: u64) -> Result<Table, Error> {
        let size = file.metadata().map_or(0, |metadata| metadata.len());
        Table::begin(name, file, limit, size)
    }

    /// Begins on bytes that are at hand.
    pub fn of(name: &str, bytes: Vec<u8>, limit: u64) -> Result<Table, Error> {
        let size = bytes.len() as u64;
        Table::begin(name, Bytes::from(bytes), limit, size)
    }

    fn begin(name: &str, input: impl ChunkReader + 'static, limit: u64, size: u64) -> Result<Table, Error> {
        let open = || -> Result<(RowIter<'static>, u64), ErrorKind> {
            let reader = SerializedFileReader::new(input).map_err(damaged)?;
            let metadata = reader.metadata();
            let swells = metadata.row_groups().iter().any(|group| group.total_byte_size() / group.compressed_size().max(1) > SWELL);
            if swells {
                return Err(ErrorKind::Damaged(format!("it says that it unpacks to more than {SWELL} times its size")));
            }
            let all = u64::try_from(metadata.file_metadata().num_rows()).unwrap_or(0);
            let schema = wanted(metadata.file_metadata().schema())?;
            let rows = RowIter::from_file_into(Box::new(reader)).project(Some(schema)).map_err(damaged)?.with_batch_size(BATCH);
            Ok((rows, all))
        };
        let (rows, all) = guarded(open).and_then(|opened| opened).map_err(|kind| Error::new(name, kind))?;
        Ok(Table { file: name.to_owned(), rows, limit, number: 0, all, size, ended: false })
    }

    /// How many of the file's bytes are behind, told by the rows.
    pub fn position(&self) -> u64 {
        if self.ended { self.size } else { (u128::from(self.size) * u128::from(self.number) / u128::from(self.all.max(1))) as u64 }
    }

    /// The next report; `None` at the end.
    pub fn next(&mut self) -> Option<Result<Item, Error>> {
        if self.ended {
            return None;
        }
        let rows = &mut self.rows;
        let row = guarded(|| rows.next().transpose().map_err(damaged)).and_then(|row| row);
        self.number += 1;
        let place = Place { line: None, record: Some(self.number), offset: None };
        let row = match row {
            Ok(Some(row)) => row,
            Ok(None) if self.number == 1 => {
                self.ended = true;
                return Some(Err(Error::new(&self.file, ErrorKind::Empty)));
            }
            Ok(None) => {
                self.ended = true;
                return None;
            }
            // Where one row cannot be decoded, the next ones have no start.
            Err(kind) => {
                self.ended = true;
                let kind = if let ErrorKind::Damaged(cause) = kind { ErrorKind::BrokenOff(cause) } else { kind };
                return Some(Err(Error::new(&self.file, kind).at(place)));
            }
        };
        let item = match self.item(row) {
            Ok(item) => item,
            Err(kind) => return Some(Err(Error::new(&self.file, kind).at(place))),
        };
        Some(Ok(item))
    }

    fn item(&self, row: Row) -> Result<Item, ErrorKind> {
        let mut fields = Fields::default();
        for (name, field) in row.into_columns() {
            let value = words(field)?;
            match name.to_ascii_lowercase().as_str() {
                "id" => fields.id = value,
                "text" => fields.text = value,
                "title" => fields.title = value,
                "date" => fields.date = value,
                "publisher" => fields.publisher = value,
                "url" => fields.url = value,
                _ => {}
            }
        }
        if fields.text.as_ref().is_some_and(|text| text.len() as u64 > self.limit) {
            return Err(ErrorKind::TooLarge { limit: self.limit });
        }
        Ok(Item::row(&self.file, self.number, fields))
    }
}

/// A cell as words.
fn words(field: Field) -> Result<Option<String>, ErrorKind> {
    let day = |days: i64| Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok();
    Ok(match field {
        Field::Null => None,
        Field::Str(words) => Some(words),
        Field::Bytes(bytes) => Some(String::from_utf8(bytes.data().to_vec()).map_err(|_| ErrorKind::NotUtf8)?),
        Field::Date(days) => day(i64::from(days)).map(|day| day.to_string()),
        Field::TimestampMillis(since) => day(since.div_euclid(86_400_000)).map(|day| day.to_string()),
        Field::TimestampMicros(since) => day(since.div_euclid(86_400_000_000)).map(|day| day.to_string()),
        Field::Byte(n) => Some(n.to_string()),
        Field::Short(n) => Some(n.to_string()),
        Field::Int(n) => Some(n.to_string()),
        Field::Long(n) => Some(n.to_string()),
        Field::UByte(n) => Some(n.to_string()),
        Field::UShort(n) => Some(n.to_string()),
        Field::UInt(n) => Some(n.to_string()),
        Field::ULong(n) => Some(n.to_string()),
        _ => None,
    })
}

/// The part of the schema that is read.
fn wanted(schema: &Type) -> Result<Type, ErrorKind> {
    let known = |column: &Type| column.is_primitive() && COLUMNS.iter().any(|name| column.name().eq_ignore_ascii_case(name));
    let fields: Vec<Arc<Type>> = schema.get_fields().iter().filter(|column| known(column)).cloned().collect();
    let holds_words = |column: &Type| column.is_primitive() && column.get_physical_type() == parquet::basic::Type::BYTE_ARRAY;
    if !fields.iter().any(|column| column.name().eq_ignore_ascii_case("text") && holds_words(column)) {
        let seen: Vec<&str> = schema.get_fields().iter().map(|column| column.name()).take(20).collect();
        return Err(ErrorKind::NoTextColumn(seen.join(", ")));
    }
    Type::group_type_builder(schema.name()).with_fields(fields).build().map_err(damaged)
}

fn damaged(error: parquet::errors::ParquetError) -> ErrorKind {
    ErrorKind::Damaged(format!("Parquet: {error}"))
}

/// The library fails in more than one way on bytes that are not what they say they are.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, ErrorKind> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| ErrorKind::Damaged("Parquet: its pages do not hold together".to_owned()))
}
