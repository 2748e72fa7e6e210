//! The tables' columns, in Parquet's own notation. `docs/ARCHIVES.md` explains them, and a test holds it to these lists.

use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{ColumnPath, TypePtr};
use std::sync::Arc;

/// One row a claim: the columns of `griot read --format csv` by name, with types, and the whole claim as JSON.
pub const CLAIMS: &str = "message claims {
  required binary id (UTF8); required binary document (UTF8); required binary report (UTF8); optional binary title (UTF8);
  optional int32 published (DATE); optional binary publisher (UTF8); optional binary url (UTF8); required binary codebook (UTF8);
  required binary kind (UTF8); required binary type (UTF8); optional binary mode (UTF8);
  required group context (LIST) { repeated group list { optional binary element (UTF8); } }
  optional binary cameo (UTF8);
  required group source (LIST) { repeated group list { optional binary element (UTF8); } }
  required group source_code (LIST) { repeated group list { optional binary element (UTF8); } }
  required group source_country (LIST) { repeated group list { optional binary element (UTF8); } }
  required group source_id (LIST) { repeated group list { optional binary element (UTF8); } }
  required group source_text (LIST) { repeated group list { optional binary element (UTF8); } }
  required group target (LIST) { repeated group list { optional binary element (UTF8); } }
  required group target_code (LIST) { repeated group list { optional binary element (UTF8); } }
  required group target_country (LIST) { repeated group list { optional binary element (UTF8); } }
  required group target_id (LIST) { repeated group list { optional binary element (UTF8); } }
  required group target_text (LIST) { repeated group list { optional binary element (UTF8); } }
  required boolean mutual;
  optional binary quantity (UTF8); optional double low; optional double best; optional double high; optional binary bound (UTF8);
  optional binary unit (UTF8); optional binary change (UTF8); optional binary cause (UTF8); optional binary of_event (UTF8);
  optional binary inside (UTF8);
  optional binary place (UTF8); optional binary place_text (UTF8); optional binary country (UTF8); optional binary admin1 (UTF8);
  optional double latitude; optional double longitude; optional int32 where_prec; optional int64 geonames;
  required group places (LIST) { repeated group list { optional binary element (UTF8); } }
  optional binary time_text (UTF8); optional int32 start (DATE); optional int32 end (DATE); optional binary time_precision (UTF8);
  required binary status (UTF8);
  required group said_by (LIST) { repeated group list { optional binary element (UTF8); } }
  required group said_by_code (LIST) { repeated group list { optional binary element (UTF8); } }
  required int32 sentence; required int32 char_start; required int32 char_end; required binary quote (UTF8);
  required group also (LIST) { repeated group list { optional binary element (UTF8); } }
  optional double confidence; required binary json (UTF8);
}";

/// One row a report that was coded.
pub const REPORTS: &str = "message reports {
  required binary document (UTF8); required binary report (UTF8); required binary file (UTF8); optional int64 line; optional int64 record;
  optional int64 offset; optional binary title (UTF8); optional int32 published (DATE); optional binary publisher (UTF8);
  optional binary url (UTF8); optional binary fetched (UTF8); required int32 characters; required int32 claims;
  required group notes (LIST) { repeated group list { optional binary element (UTF8); } }
  required binary text (UTF8); optional binary copy_of (UTF8); optional binary copy_of_report (UTF8);
}";

/// One row a report, record, line or file that could not be read or coded.
pub const ERRORS: &str = "message errors {
  required binary file (UTF8); optional int64 line; optional int64 record; optional int64 offset; optional binary url (UTF8);
  required binary kind (UTF8); required binary cause (UTF8);
}";

/// Columns whose values are as good as never twice the same: a dictionary of them would be in vain.
const UNIQUE: [&str; 7] = ["id", "json", "quote", "text", "characters", "report", "cause"];

/// A table's columns in order.
pub fn columns(schema: &str) -> Vec<String> {
    parse(schema).get_fields().iter().map(|column| column.name().to_owned()).collect()
}

/// A table's columns in order, with their types.
pub fn fields(schema: &str) -> Vec<TypePtr> {
    parse(schema).get_fields().to_vec()
}

pub(crate) fn parse(schema: &str) -> TypePtr {
    Arc::new(parse_message_type(schema).expect("the schemas of this file are parsed by the tests"))
}

/// How tables are written.
pub(crate) fn properties() -> WriterPropertiesPtr {
    let level = ZstdLevel::try_new(1).unwrap_or_default();
    let mut builder = WriterProperties::builder().set_compression(Compression::ZSTD(level)).set_created_by("griot".to_owned());
    for name in UNIQUE {
        builder = builder.set_column_dictionary_enabled(ColumnPath::from(name), false);
    }
    Arc::new(builder.build())
}
