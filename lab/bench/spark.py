"""Spark local[2] and the Python package beside `griot code` with two threads, on the same reports: spark.py REPORTS.jsonl GRIOT WORDS

Reports are cut at the sentence in which WORDS words are reached. The same rows are demanded of both. In the environment of 'make test-spark', with a
package and a griot of the same profile; see docs/SPARK.md.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import griot
import griot.spark
import pyarrow
import pyarrow.parquet
from pyspark.sql import SparkSession


def cut(text, words):
    kept, count = [], 0
    for sentence in text.split(". "):
        if count >= words:
            break
        kept.append(sentence.rstrip("."))
        count += len(sentence.split())
    return ". ".join(kept) + "."


def timed(what, work):
    start = time.monotonic()
    found = work()
    took = time.monotonic() - start
    print(f"{what}: {took:.1f} s", flush=True)
    return took, found


def code(program, table, out):
    return subprocess.run([program, "code", table.name, "--threads", "2", "--out", out], cwd=table.parent, check=True, capture_output=True)


def main(source, program, words):
    folder = Path(tempfile.mkdtemp(prefix="griot-spark-"))
    with open(source, encoding="utf-8") as lines:
        reports = [json.loads(line) for line in lines]
    for report in reports:
        report["text"] = cut(report["text"], words)
    columns = {key: pyarrow.array([report.get(key) for report in reports], pyarrow.string()) for key in ("id", "text", "date", "publisher")}
    table = folder / "reports.parquet"
    pyarrow.parquet.write_table(pyarrow.table(columns), table, row_group_size=10000, compression="zstd")
    one = folder / "one.parquet"
    pyarrow.parquet.write_table(pyarrow.table(columns).slice(0, 1), one)
    print(f"{len(reports)} reports, {sum(len(report['text'].split()) for report in reports)} words")
    some = pyarrow.table(columns).slice(0, 20000)
    del reports, columns

    program = os.path.abspath(program)
    start, _ = timed("griot code, one report: its start", lambda: code(program, one, folder / "one"))
    alone, _ = timed("griot code, two threads", lambda: code(program, table, folder / "out"))

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"

    def begin():
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        spark = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "1000").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        df = spark.read.parquet(str(one)).repartition(2)
        griot.spark.code(df, name=table.name).write.parquet(str(folder / "spark-one"))
        return spark

    _, spark = timed("Spark, one report: Java's start and the rules'", begin)
    df = spark.read.parquet(str(table)).repartition(8)
    beside, _ = timed("Spark local[2]", lambda: griot.spark.code(df, name=table.name).write.parquet(str(folder / "spark")))
    print(f"overhead without the starts: {100 * (beside / (alone - start) - 1):.0f} %")
    spark.stop()

    def rows(where):
        return f"select * from read_parquet('{folder}/{where}/*.parquet')"

    counts = [duckdb.sql(f"select count(*) from ({rows(where)})").fetchall()[0][0] for where in ("out/claims", "spark")]
    apart = [duckdb.sql(f"select count(*) from ({rows(a)} except all {rows(b)})").fetchall()[0][0] for a, b in (("out/claims", "spark"), ("spark", "out/claims"))]
    print(f"claims: {counts[0]} and {counts[1]}; in one alone: {apart[0]} and {apart[1]}")

    part = folder / "part.parquet"
    pyarrow.parquet.write_table(some, part)
    coder = griot.Coder(threads=2)
    list(coder.read_many(["Rebels attacked Gao."]))
    timed(f"griot code, {some.num_rows} reports", lambda: code(program, part, folder / "part"))
    timed("griot.code, the same", lambda: coder.code(some))
    timed("griot.read_many, the same, claims left in Rust", lambda: sum(len(report) for report in coder.read_many(part)))
    shutil.rmtree(folder)
    return 0 if apart == [0, 0] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
