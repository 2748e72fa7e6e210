"""Every Parquet file that the program writes, as pyarrow, polars and DuckDB read it: the same columns, types, rows and values as its CSV."""

import csv
import io
import subprocess

import pytest

pyarrow = pytest.importorskip("pyarrow", reason="skipped: pyarrow is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="skipped: pyarrow has no Parquet here")
polars = pytest.importorskip("polars", reason="skipped: polars is not installed")
duckdb = pytest.importorskip("duckdb", reason="skipped: duckdb is not installed")

from conftest import NIGER, SIGNS  # noqa: E402

# What a column of one kind is in each of the three.
KINDS = {"string": ("String", "VARCHAR"), "int64": ("Int64", "BIGINT"), "double": ("Float64", "DOUBLE")}


def by_polars(path):
    frame = polars.read_parquet(path)
    return frame.columns, [str(kind) for kind in frame.dtypes], frame.rows()


def by_duckdb(path):
    found = duckdb.sql(f"select * from read_parquet('{path}')")
    return found.columns, [str(kind) for kind in found.types], found.fetchall()


def plain(value) -> str:
    """A value in words; numbers without an idle end."""
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    return str(value)


def shown(value) -> str:
    """A value as the program's CSV has it: words disarmed."""
    if isinstance(value, str) and value.startswith(tuple("=+-@\t\r\n＝＋－＠")):
        return "'" + value
    return plain(value)


@pytest.mark.parametrize("profile", ["griot", "ged", "acled", "plover", "gdelt"])
def test_a_profile_is_its_csv_to_all_three(profile, record_file, command, tmp_path):
    for name in ("a.parquet", "a.csv"):
        command("export", record_file, "--profile", profile, "--out", tmp_path / name)
    table = parquet.read_table(tmp_path / "a.parquet")
    kinds = [str(kind) for kind in table.schema.types]
    rows = [tuple(row.values()) for row in table.to_pylist()]
    text = (tmp_path / "a.csv").read_bytes().decode()
    if profile == "gdelt":
        # Between tabs, without names of columns, and no spreadsheet's form.
        header, wanted, cell = table.column_names, [line.split("\t") for line in text.splitlines()], plain
    else:
        (header, *wanted), cell = csv.reader(io.StringIO(text, newline="")), shown
    assert len(wanted) > 5 and table.column_names == header and set(kinds) <= set(KINDS)
    assert [[cell(value) for value in row] for row in rows] == wanted

    for at, (columns, types, found) in enumerate((by_polars(tmp_path / "a.parquet"), by_duckdb(tmp_path / "a.parquet"))):
        assert columns == header
        assert types == [KINDS[kind][at] for kind in kinds]
        assert found == rows


def test_what_is_no_plain_table_says_that_parquet_is_not_its_form(record_file, griot_program, tmp_path):
    for profile in ("hxl", "geojson", "annotations"):
        words = [griot_program, "export", record_file, "--profile", profile, "--out", tmp_path / "a.parquet"]
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
        assert done.returncode == 2 and done.stderr and not (tmp_path / "a.parquet").exists(), profile


def test_coded_archives_are_the_same_to_all_three(command, tmp_path):
    reports = [{"text": NIGER, "date": "2023-08-26"}, {"text": SIGNS, "date": "2023-05-03"}, {"text": "", "date": "2023-05-03"}]
    parquet.write_table(pyarrow.Table.from_pylist(reports), tmp_path / "reports.parquet")
    try:
        command("code", "reports.parquet", "--out", tmp_path / "out", cwd=tmp_path)
    except subprocess.CalledProcessError as error:
        # The report without text is named, and the others are done.
        assert error.returncode == 1
    tables = sorted(path for path in (tmp_path / "out").rglob("*.parquet"))
    assert {path.parent.name for path in tables} >= {"claims", "reports"}
    for path in tables:
        table = parquet.read_table(path, partitioning=None)
        rows = [list(row.values()) for row in table.to_pylist()]
        for columns, _, found in (by_polars(path), by_duckdb(path)):
            assert columns == table.column_names, path
            assert [list(row) for row in found] == rows, path
        assert str(polars.from_arrow(table).schema) == str(polars.read_parquet(path).schema), path
