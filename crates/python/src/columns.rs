//! The program's tables as Arrow's.

use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::timezone::Tz;
use arrow_array::types::{
    ArrowTemporalType, Date32Type, Date64Type, Float64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, PrimitiveArray, RecordBatch, StringArray, downcast_integer_array};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Schema, SchemaRef, TimeUnit};
use griot_archive::{Column, Table, Values};
use griot_exchange::export::{Cell, Holds, Sheet};
use griot_ingest::Fields;
use griot_types::Date;
use parquet::basic::{ConvertedType, Repetition, Type as Physical};
use parquet::schema::types::Type;
use std::sync::Arc;

/// The columns of a report's tables, as `griot code` writes them, in Arrow's types.
pub fn schema(notation: &str) -> SchemaRef {
    let fields: Vec<Field> = griot_archive::fields(notation).iter().map(|column| field(column)).collect();
    Arc::new(Schema::new(fields))
}

fn field(column: &Type) -> Field {
    let info = column.get_basic_info();
    let absent = info.has_repetition() && info.repetition() == Repetition::OPTIONAL;
    let kind = if column.is_group() {
        DataType::List(element())
    } else {
        match (column.get_physical_type(), info.converted_type()) {
            (Physical::INT32, ConvertedType::DATE) => DataType::Date32,
            (Physical::INT32, _) => DataType::Int32,
            (Physical::INT64, _) => DataType::Int64,
            (Physical::DOUBLE, _) => DataType::Float64,
            (Physical::BOOLEAN, _) => DataType::Boolean,
            _ => DataType::Utf8,
        }
    };
    Field::new(column.name(), kind, absent)
}

fn element() -> FieldRef {
    Arc::new(Field::new("element", DataType::Utf8, true))
}

/// A table's rows.
///
/// # Errors
/// The columns do not fit the schema: a fault of the program.
pub fn batch(schema: &SchemaRef, table: &Table) -> Result<RecordBatch, ArrowError> {
    if table.rows() == 0 {
        return Ok(RecordBatch::new_empty(schema.clone()));
    }
    let columns = schema.fields().iter().zip(table.columns()).map(|(field, column)| array(field.data_type(), column)).collect();
    RecordBatch::try_new(schema.clone(), columns)
}

fn array(kind: &DataType, column: &Column) -> ArrayRef {
    let there = || column.definition.iter().map(|level| *level > 0);
    match (&column.values, kind) {
        (Values::Bytes(values), DataType::List(_)) => {
            let mut values = values.iter();
            let mut lists = ListBuilder::new(StringBuilder::new()).with_field(element());
            for (at, (again, level)) in column.repetition.iter().zip(&column.definition).enumerate() {
                if *again == 0 && at > 0 {
                    lists.append(true);
                }
                match level {
                    0 => {}
                    1 => lists.values().append_null(),
                    _ => lists.values().append_option(values.next().map(|value| String::from_utf8_lossy(value.data()))),
                }
            }
            lists.append(true);
            Arc::new(lists.finish())
        }
        (Values::Bytes(values), _) => {
            let mut values = values.iter();
            let mut words = StringBuilder::new();
            for there in there() {
                words.append_option(if there { values.next().map(|value| String::from_utf8_lossy(value.data())) } else { None });
            }
            Arc::new(words.finish())
        }
        (Values::Int(values), DataType::Date32) => {
            let (mut values, mut days) = (values.iter().copied(), Date32Builder::new());
            there().for_each(|there| days.append_option(if there { values.next() } else { None }));
            Arc::new(days.finish())
        }
        (Values::Int(values), _) => {
            let (mut values, mut numbers) = (values.iter().copied(), Int32Builder::new());
            // Of a column that is always there the levels say nothing.
            there().for_each(|there| numbers.append_option(if there { values.next() } else { None }));
            Arc::new(numbers.finish())
        }
        (Values::Long(values), _) => {
            let (mut values, mut numbers) = (values.iter().copied(), Int64Builder::new());
            there().for_each(|there| numbers.append_option(if there { values.next() } else { None }));
            Arc::new(numbers.finish())
        }
        (Values::Double(values), _) => {
            let (mut values, mut numbers) = (values.iter().copied(), Float64Builder::new());
            there().for_each(|there| numbers.append_option(if there { values.next() } else { None }));
            Arc::new(numbers.finish())
        }
        (Values::Boolean(values), _) => {
            let mut all = BooleanBuilder::new();
            values.iter().for_each(|value| all.append_value(*value));
            Arc::new(all.finish())
        }
        (Values::None, kind) => arrow_array::new_empty_array(kind),
    }
}

/// Columns of answers that hold days, as words.
const DAYS: [&str; 7] = ["start", "end", "first_reported", "last_reported", "held_since", "held_until", "date"];
/// Columns of answers that hold yes or no, as words.
const YES: [&str; 3] = ["disputed", "mutual", "cumulative"];

/// A record's answer.
///
/// # Errors
/// The columns do not fit together: a fault of the program.
pub fn answer(sheet: &Sheet) -> Result<RecordBatch, ArrowError> {
    let mut fields = Vec::with_capacity(sheet.columns.len());
    let mut columns: Vec<ArrayRef> = Vec::with_capacity(sheet.columns.len());
    for (at, (name, holds)) in sheet.columns.iter().enumerate() {
        let cells = || sheet.rows.iter().map(|row| row.get(at).unwrap_or(&Cell::None));
        let column: ArrayRef = match holds {
            Holds::Int => {
                Arc::new(cells().map(|cell| if let Cell::Int(n) = cell { Some(*n) } else { None }).collect::<arrow_array::Int64Array>())
            }
            Holds::Real => Arc::new(cells().map(real).collect::<arrow_array::Float64Array>()),
            Holds::Text if DAYS.contains(name) => Arc::new(cells().map(day).collect::<arrow_array::Date32Array>()),
            Holds::Text if YES.contains(name) => {
                Arc::new(cells().map(|cell| words(cell).map(|words| words == "true")).collect::<arrow_array::BooleanArray>())
            }
            Holds::Text => Arc::new(cells().map(words).collect::<StringArray>()),
        };
        fields.push(Field::new(*name, column.data_type().clone(), true));
        columns.push(column);
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
}

fn words(cell: &Cell) -> Option<&str> {
    if let Cell::Text(words) = cell { Some(words) } else { None }
}

fn real(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Real(n) => Some(*n),
        Cell::Int(n) => Some(*n as f64),
        _ => None,
    }
}

fn day(cell: &Cell) -> Option<i32> {
    let day: Date = words(cell)?.parse().ok()?;
    (day - Date::constant(1970, 1, 1)).get_days().into()
}

/// The columns of a table of reports that are read, in the order of [`Fields`].
const READ: [&str; 6] = ["id", "text", "title", "date", "publisher", "url"];

/// The reports of a table that came from elsewhere.
///
/// # Errors
/// It has no column of texts, or one whose values cannot be words; the message says which.
pub fn reports(batch: &RecordBatch) -> Result<Vec<Fields>, String> {
    let mut columns = Vec::with_capacity(READ.len());
    for name in READ {
        let found = batch.schema_ref().fields().iter().position(|field| field.name().eq_ignore_ascii_case(name));
        columns.push(found.map(|at| strings(name, batch.column(at).as_ref())).transpose()?);
    }
    if columns[1].is_none() {
        let seen: Vec<&str> = batch.schema_ref().fields().iter().map(|field| field.name().as_str()).take(20).collect();
        return Err(format!("the table has no column 'text' that holds words (it has: {}); name it so", seen.join(", ")));
    }
    let mut cell = |column: usize, row: usize| -> Option<String> { columns[column].as_mut().and_then(|words| words[row].take()) };
    let fields = |row| Fields {
        id: cell(0, row),
        text: cell(1, row),
        title: cell(2, row),
        date: cell(3, row),
        publisher: cell(4, row),
        url: cell(5, row),
    };
    Ok((0..batch.num_rows()).map(fields).collect())
}

/// A column as words; of a moment the day counts.
fn strings(name: &str, column: &dyn Array) -> Result<Vec<Option<String>>, String> {
    let kind = column.data_type();
    let holds = match kind {
        DataType::Dictionary(_, values) => values,
        kind => kind,
    };
    if name == "text" && !matches!(holds, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null) {
        return Err(format!("the column 'text' holds {kind}, not words; change its type"));
    }
    let owned = |word: Option<&str>| word.map(str::to_owned);
    Ok(downcast_integer_array! {
        column => column.iter().map(|number| number.map(|number| number.to_string())).collect(),
        DataType::Utf8 => column.as_string::<i32>().iter().map(owned).collect(),
        DataType::LargeUtf8 => column.as_string::<i64>().iter().map(owned).collect(),
        DataType::Utf8View => column.as_string_view().iter().map(owned).collect(),
        DataType::Null => vec![None; column.len()],
        DataType::Float64 => column.as_primitive::<Float64Type>().iter().map(|number| number.map(|number| format!("{number:?}"))).collect(),
        DataType::Date32 => days(column.as_primitive::<Date32Type>(), None),
        DataType::Date64 => days(column.as_primitive::<Date64Type>(), None),
        DataType::Timestamp(unit, zone) => {
            let zone = zone.as_deref().map(str::parse).transpose();
            let zone = zone.map_err(|error: ArrowError| format!("the column '{name}' cannot be read ({error}); change its time zone"))?;
            match unit {
                TimeUnit::Second => days(column.as_primitive::<TimestampSecondType>(), zone),
                TimeUnit::Millisecond => days(column.as_primitive::<TimestampMillisecondType>(), zone),
                TimeUnit::Microsecond => days(column.as_primitive::<TimestampMicrosecondType>(), zone),
                TimeUnit::Nanosecond => days(column.as_primitive::<TimestampNanosecondType>(), zone),
            }
        }
        DataType::Dictionary(..) => {
            let dictionary = column.as_any_dictionary();
            let words = strings(name, dictionary.values().as_ref())?;
            let keys: Vec<Option<usize>> = strings(name, dictionary.keys())?.into_iter().map(|key| key?.parse().ok()).collect();
            keys.into_iter().map(|key| words.get(key?)?.clone()).collect()
        }
        kind => return Err(format!("the column '{name}' holds {kind}, which cannot be read as words; change its type")),
    })
}

/// The days of moments, in their zone where they have one.
fn days<T: ArrowTemporalType>(column: &PrimitiveArray<T>, zone: Option<Tz>) -> Vec<Option<String>>
where
    i64: From<T::Native>,
{
    let day = |row| match zone {
        Some(zone) => Some(column.value_as_datetime_with_tz(row, zone)?.date_naive().to_string()),
        None => Some(column.value_as_date(row)?.to_string()),
    };
    (0..column.len()).map(|row| if column.is_valid(row) { day(row) } else { None }).collect()
}
