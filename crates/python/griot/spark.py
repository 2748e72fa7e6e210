"""Griot in Apache Spark: the same claims as ``griot code``, made by a cluster's workers.

    from pyspark.sql import SparkSession
    import griot.spark

    spark = SparkSession.builder.getOrCreate()
    reports = spark.read.parquet("reports.parquet")          # text; where known id, title, date, publisher, url
    griot.spark.code(reports).write.parquet("claims")

A worker loads the rules once and keeps them for all its tasks. Each task codes with one thread: Spark's tasks are the threads.
docs/SPARK.md says how the package gets to the workers, what to set, and what it costs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

    Which = Literal["claims", "reports", "errors"]

_TABLES = ("claims", "reports", "errors")
_FIELDS = ("id", "text", "title", "date", "publisher", "url")

# The worker process's coders, by codebook.
_coders: dict[str | None, Any] = {}


def _worker(codebook: str | None) -> Any:
    import griot

    if codebook not in _coders:
        _coders[codebook] = griot.Coder(codebook, threads=1)
    return _coders[codebook]


def _schema(table: str) -> Any:
    import griot
    import pyarrow
    from pyspark.sql.pandas.types import from_arrow_schema

    if table not in _TABLES:
        raise griot.UsageError(f"table is 'claims', 'reports' or 'errors', not {table!r}")
    empty = griot.Coded(*griot._griot.Coder._empty())
    return from_arrow_schema(pyarrow.table(getattr(empty, table)).schema)


def code(
    df: DataFrame, table: Which = "claims", *, name: str = "table", date: Any = None, codebook: str | os.PathLike[str] | None = None
) -> DataFrame:
    """Codes a data frame of reports: the columns of :func:`griot.code`'s tables, a row a claim, a report or an error.

    :param df: reports with a column ``text`` and, where known, ``id``, ``title``, ``date``, ``publisher`` and ``url``. Give an ``id``: rows of
        a data frame have no number of their own.
    :param table: which of the tables is wanted. Each is a pass over the reports of its own; ``df`` is not held for the others.
    :param name: the column ``report`` is ``name#id``.
    :param date: the day of publication of reports that give none.
    :param codebook: a folder that every worker can read.
    """
    folder = None if codebook is None else os.fspath(codebook)

    def work(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import griot
        import pyarrow
        from griot.spark import _worker

        coder, first = _worker(folder), 0
        for batch in batches:
            rows = pyarrow.Table.from_batches([batch])
            coded = griot.Coded(*coder._native._code(rows, name, date, first))
            first += batch.num_rows
            yield from pyarrow.table(getattr(coded, table)).to_batches()

    read = [column for column in df.columns if column.lower() in _FIELDS]
    return df.select(*read).mapInArrow(work, _schema(table))


def code_files(
    spark: SparkSession,
    paths: Iterable[str],
    table: Which = "claims",
    *,
    date: Any = None,
    codebook: str | os.PathLike[str] | None = None,
    batch: int = 1024,
) -> DataFrame:
    """Codes files of all formats that Griot reads (WARC, JSONL, Parquet, HTML …): a file is a task, so give many of some 100 MB.

    :param paths: files on storage that every worker sees under the same path.
    :param batch: reports that a worker holds at a time.
    """
    folder = None if codebook is None else os.fspath(codebook)
    files = [(str(path),) for path in paths]

    def work(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow
        from griot.spark import _worker

        coder = _worker(folder)
        for rows in batches:
            for path in rows.column(0).to_pylist():
                for coded in coder.code_files(path, date=date, batch=batch):
                    yield from pyarrow.table(getattr(coded, table)).to_batches()

    # One file to a partition, so that a file that fails is done again alone.
    listed = spark.createDataFrame(spark.sparkContext.parallelize(files, max(1, len(files))), "path string")
    return listed.mapInArrow(work, _schema(table))
