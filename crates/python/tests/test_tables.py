"""Data frames in and out; the columns are those of ``griot code``, and so are the rows."""

import datetime

import duckdb
import griot
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest


def told(table: pyarrow.Table, without=()) -> list[dict]:
    return [{key: value for key, value in row.items() if key not in without} for row in table.to_pylist()]


@pytest.fixture(scope="module")
def coded(rows):
    return griot.code(pyarrow.Table.from_pylist(rows), name="reports.parquet")


def test_rows_are_those_of_the_command_line(coded, rows, command, tmp_path):
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "reports.parquet")
    command("code", "reports.parquet", "--out", tmp_path / "out", cwd=tmp_path)
    for name, table in zip(coded._fields, coded, strict=True):
        wanted = pyarrow.parquet.read_table(tmp_path / "out" / name / "part-00000.parquet")
        found = table.to_pyarrow()
        assert found.schema.equals(wanted.schema), name
        assert told(found) == told(wanted), name
    assert (len(coded.reports), len(coded.errors)) == (3, 2) and len(coded.claims) > 4


def test_errors_are_rows(coded):
    errors = coded.errors.to_pyarrow().to_pylist()
    assert [(error["record"], error["kind"]) for error in errors] == [(4, "empty"), (5, "language")]


def test_types(coded):
    claims = coded.claims.to_pyarrow()
    kinds = {field.name: str(field.type) for field in claims.schema}
    assert kinds["published"] == "date32[day]" and kinds["source"].startswith("list<") and kinds["low"] == "double"
    assert claims["published"].to_pylist()[0] == datetime.date(2023, 8, 26)
    assert len(coded.claims) == claims.num_rows and coded.claims.columns == claims.column_names


@pytest.mark.parametrize("make", ["pyarrow", "reader", "polars", "pandas", "duckdb", "dictionary", "large"])
def test_tables_of_any_make_go_in(make, rows, coded):
    table = table_of_reports = pyarrow.Table.from_pylist(rows)
    if make == "reader":
        data = table.to_reader(max_chunksize=2)
    elif make == "polars":
        data = polars.from_arrow(table)
    elif make == "pandas":
        data = pandas.DataFrame(rows)
    elif make == "duckdb":
        data = duckdb.sql("select * from table_of_reports")
    elif make == "dictionary":
        data = table.set_column(table.column_names.index("publisher"), "publisher", table["publisher"].dictionary_encode())
    elif make == "large":
        data = table.cast(pyarrow.schema([(name, pyarrow.large_string()) for name in table.column_names]))
    else:
        data = table
    found = griot.code(data, name="reports.parquet")
    assert told(found.claims.to_pyarrow()) == told(coded.claims.to_pyarrow())
    assert told(found.errors.to_pyarrow()) == told(coded.errors.to_pyarrow())


def test_days_go_in_as_days(rows, coded):
    days = [{**row, "date": row["date"] and datetime.datetime.fromisoformat(row["date"])} for row in rows]
    found = griot.code(pyarrow.Table.from_pylist(days), name="reports.parquet")
    assert told(found.claims.to_pyarrow()) == told(coded.claims.to_pyarrow())


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_moments_day_is_its_zones(unit):
    # An hour before midnight in Greenwich is the next day further east.
    moment = datetime.datetime(2023, 8, 25, 23, 0, tzinfo=datetime.timezone.utc)
    for zone, day in (("UTC", 25), ("Africa/Nairobi", 26), ("+02:00", 26), ("America/New_York", 25)):
        moments = pyarrow.array([moment, None], pyarrow.timestamp(unit, zone))
        table = pyarrow.table({"text": ["Rebels attacked Gao.", "Rebels left Gao."], "date": moments, "id": pyarrow.array([7, 8], pyarrow.int16())})
        reports = griot.code(table).reports.to_pyarrow()
        assert reports["published"].to_pylist() == [datetime.date(2023, 8, day), None], zone
        assert reports["report"].to_pylist() == ["table#7", "table#8"]


def test_a_column_that_is_no_words_is_named():
    with pytest.raises(griot.UsageError, match="column 'id' holds .*change its type"):
        griot.code(pyarrow.table({"text": ["Rebels attacked Gao."], "id": [[1]]}))


def test_tables_go_out_to_all_makes(coded):
    claims = coded.claims
    ids = claims.to_pyarrow()["id"].to_pylist()
    assert claims.to_polars()["id"].to_list() == ids
    assert polars.DataFrame(claims)["id"].to_list() == ids
    assert claims.to_pandas()["id"].tolist() == ids
    arrow = claims.to_pyarrow()
    assert duckdb.sql("select count(*), count(distinct id) from arrow").fetchall() == [(len(ids), len(set(ids)))]
    assert arrow.equals(pyarrow.table(claims))


def test_a_table_without_texts_is_refused():
    with pytest.raises(griot.UsageError, match=r"no column 'text'.*it has: words"):
        griot.code(pyarrow.table({"words": ["x"]}))
    with pytest.raises(griot.UsageError, match="holds Int64, not words"):
        griot.code(pyarrow.table({"text": [1]}))
    with pytest.raises(griot.UsageError, match="is no table"):
        griot.code([1, 2])


def test_a_report_is_a_table_too():
    report = griot.read("Rebels killed nine soldiers near Gao on Monday.", date="2023-05-03")
    assert report.table().to_pyarrow()["id"].to_pylist() == [claim["id"] for claim in report]


def test_no_rows_keep_their_columns():
    coded = griot.code(pyarrow.table({"text": pyarrow.array([], pyarrow.string())}))
    assert len(coded.claims) == 0 and "quote" in coded.claims.to_pandas().columns


def test_files_give_what_the_command_line_gives(command, tmp_path):
    lines = tmp_path / "r.jsonl"
    lines.write_text("".join(f'{{"id": "{n}", "text": "Rebels killed {n} soldiers near Gao."}}\n' for n in range(2, 40)) + "{}\n")
    command("code", lines, "--out", tmp_path / "out")
    parts = list(griot.code_files(lines, batch=16))
    assert len(parts) == 3
    for name in ("claims", "errors"):
        wanted = pyarrow.parquet.read_table(tmp_path / "out" / name / "part-00000.parquet")
        found = pyarrow.concat_tables([getattr(part, name).to_pyarrow() for part in parts])
        assert told(found) == told(wanted), name
