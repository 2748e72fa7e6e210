//! A Parquet file as the CSV that holds the same: columns in their order, nothing for what is missing, numbers as they are read.

use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::Field;
use bytes::Bytes;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What every Parquet file begins with.
const MAGIC: &[u8] = b"PAR1";
/// A file that unpacks to more than so many times its size is no table of events.
const SWELL: i64 = 2000;
/// As CSV it may be this long; tables of the field are some hundred million bytes.
const LONGEST: usize = 2 << 30;

/// Whether these bytes are Parquet.
pub fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The table as CSV; the cause, where it cannot be had.
pub fn as_csv(bytes: &[u8]) -> Result<String, String> {
    // The decoder panics on some damaged files.
    catch_unwind(AssertUnwindSafe(|| read(bytes))).unwrap_or_else(|_| Err("is a damaged Parquet file".to_owned()))
}

fn read(bytes: &[u8]) -> Result<String, String> {
    let damaged = |error: ::parquet::errors::ParquetError| format!("is a Parquet file that cannot be read: {error}");
    let reader = SerializedFileReader::new(Bytes::copy_from_slice(bytes)).map_err(damaged)?;
    let metadata = reader.metadata();
    if metadata.row_groups().iter().any(|group| group.total_byte_size() / group.compressed_size().max(1) > SWELL) {
        return Err(format!("says that it unpacks to more than {SWELL} times its size"));
    }
    let fields = metadata.file_metadata().schema().get_fields();
    if let Some(nested) = fields.iter().find(|field| !field.is_primitive()) {
        return Err(format!("has under '{}' more than one value a row, which no table of events has", nested.name()));
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| error.to_string();
    writer.write_record(fields.iter().map(|field| field.name())).map_err(failed)?;
    for row in reader.get_row_iter(None).map_err(damaged)? {
        let cells = row.map_err(damaged)?.into_columns().into_iter().map(|(name, field)| words(&name, field));
        writer.write_record(cells.collect::<Result<Vec<_>, _>>()?).map_err(failed)?;
        if writer.get_ref().len() > LONGEST {
            return Err(format!("is longer than {LONGEST} bytes as CSV"));
        }
    }
    let text = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(text).map_err(|_| "has text that is not UTF-8".to_owned())
}

fn words(name: &str, field: Field) -> Result<String, String> {
    let day = |days: i64| {
        jiff::civil::Date::constant(1970, 1, 1)
            .checked_add(jiff::Span::new().try_days(days).map_err(|error| error.to_string())?)
            .map(|day| day.to_string())
            .map_err(|error| error.to_string())
    };
    Ok(match field {
        Field::Null => String::new(),
        Field::Str(words) => words,
        Field::Bool(yes) => yes.to_string(),
        Field::Byte(n) => n.to_string(),
        Field::Short(n) => n.to_string(),
        Field::Int(n) => n.to_string(),
        Field::Long(n) => n.to_string(),
        Field::UByte(n) => n.to_string(),
        Field::UShort(n) => n.to_string(),
        Field::UInt(n) => n.to_string(),
        Field::ULong(n) => n.to_string(),
        Field::Float(n) if n.is_nan() => String::new(),
        Field::Double(n) if n.is_nan() => String::new(),
        Field::Float(n) => n.to_string(),
        Field::Double(n) => n.to_string(),
        Field::Date(days) => day(i64::from(days))?,
        Field::TimestampMillis(since) => day(since.div_euclid(86_400_000))?,
        Field::TimestampMicros(since) => day(since.div_euclid(86_400_000_000))?,
        // Columns of text that another program did not mark as such.
        Field::Bytes(bytes) => {
            String::from_utf8(bytes.data().to_vec()).map_err(|_| format!("has under '{name}' text that is not UTF-8"))?
        }
        other => return Err(format!("has under '{name}' a kind of value that no table of events has: {other}")),
    })
}
