"""In Spark on local[2], where Java and pyspark are: 'make test-spark'."""

import gzip
import os
import shutil
import sys

import pyarrow
import pyarrow.parquet
import pytest
from conftest import NIGER

pyspark = pytest.importorskip("pyspark", reason="skipped: pyspark is not installed; 'make test-spark' installs it")
if shutil.which("java") is None:
    pytest.skip("skipped: Spark needs Java 17, which is not here", allow_module_level=True)

import griot.spark  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    # The second number is how often a task is tried: without it a local task is never done again.
    builder = SparkSession.builder.master("local[2,3]").appName("griot").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def many(rows, tmp_path_factory):
    """A file of reports, some of which cannot be read."""
    made = [{**row, "id": f"{row['id']}{n}"} for n in range(60) for row in rows]
    path = tmp_path_factory.mktemp("many") / "reports.parquet"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(made), path, row_group_size=50)
    return path


def told(table, without=()):
    rows = [{key: value for key, value in row.items() if key not in without} for row in table.to_pylist()]
    return sorted(rows, key=repr)


@pytest.mark.parametrize("which", ["claims", "reports", "errors"])
def test_rows_are_those_of_the_command_line(spark, many, command, tmp_path, which):
    command("code", many.name, "--out", tmp_path / "out", cwd=many.parent)
    wanted = pyarrow.parquet.read_table(tmp_path / "out" / which / "part-00000.parquet")
    df = spark.read.parquet(str(many)).repartition(5)
    found = griot.spark.code(df, which, name=many.name).toArrow()
    assert found.column_names == wanted.column_names
    # A row's number in its file is not known in a data frame, and near-copies are not looked for.
    without = {"record", "copy_of", "copy_of_report", "cause"}
    assert told(found, without) == told(wanted, without) != []


def test_files_are_tasks_of_their_own(spark, command, tmp_path):
    body = f"<html><body><article><p>{NIGER}</p><p>{NIGER}</p></article></body></html>"
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}"
    for n in range(3):
        length = len(answer.encode())
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{n}\r\nWARC-Record-ID: <urn:uuid:{n}>\r\n"
        head += f"Content-Type: application/http;msgtype=response\r\nContent-Length: {length}\r\n\r\n"
        (tmp_path / f"{n}.warc.gz").write_bytes(gzip.compress((head + answer + "\r\n\r\n").encode()))
    files = [str(path) for path in sorted(tmp_path.glob("*.warc.gz"))]
    command("code", *files, "--out", tmp_path / "out")
    wanted = pyarrow.parquet.read_table(tmp_path / "out" / "claims" / "part-00000.parquet")
    df = griot.spark.code_files(spark, files)
    assert df.rdd.getNumPartitions() == 3
    assert told(df.toArrow()) == told(wanted) != []


def test_a_killed_task_is_done_again_and_each_report_is_there_once(spark, many, tmp_path):
    """A worker process dies in mid-task, after it has given rows out; Spark starts another, and nothing is there twice."""
    flag = str(tmp_path / "died")
    df = spark.read.parquet(str(many)).repartition(4)
    schema = df.schema

    def dying(batches):
        import os
        import signal

        for batch in batches:
            yield batch
            try:
                os.close(os.open(flag, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                continue
            os.kill(os.getpid(), signal.SIGKILL)

    out = str(tmp_path / "reports")
    griot.spark.code(df.mapInArrow(dying, schema), "reports").write.parquet(out)
    assert os.path.exists(flag)
    names = [row.report for row in spark.read.parquet(out).select("report").collect()]
    wanted = {f"table#{letter}{n}" for letter in "abc" for n in range(60)}
    assert len(names) == len(wanted) and set(names) == wanted


def test_a_wrong_table_is_refused(spark, many):
    with pytest.raises(griot.UsageError, match="not 'nothing'"):
        griot.spark.code(spark.read.parquet(str(many)), "nothing")
