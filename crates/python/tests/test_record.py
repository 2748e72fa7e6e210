"""A record's questions, each beside the command line's answer."""

import csv
import datetime
import io
import json

import griot
import pytest


@pytest.fixture(scope="module")
def record(record_file):
    return griot.Record(record_file)


@pytest.mark.parametrize("question", ["events", "relations", "figures", "actors", "places", "reports"])
def test_rows_are_those_of_the_command_line(record, record_file, command, question):
    table = getattr(record, question)()
    wanted = list(csv.DictReader(io.StringIO(command(question, record_file, "--format", "csv"))))
    assert len(table) == len(wanted) > 0
    assert table.columns == list(wanted[0])
    for row, line in zip(table.to_pyarrow().to_pylist(), wanted, strict=True):
        for name, value in row.items():
            words = line[name].removeprefix("'")
            if isinstance(value, bool):
                assert words == str(value).lower(), name
            elif isinstance(value, float):
                assert float(words) == value, name
            else:
                assert words == ("" if value is None else str(value).removeprefix("'")), name


def test_filters_are_the_command_lines(record, record_file, command):
    asked = record.figures(type=["killed", "injured"], from_=datetime.date(2013, 1, 1), limit=5)
    lines = command("figures", record_file, "--type", "killed", "--type", "injured", "--from", "2013-01-01", "--limit", "5", "--format", "jsonl")
    wanted = [json.loads(line) for line in lines.splitlines()]
    assert asked.to_pyarrow()["id"].to_pylist() == [entry["id"] for entry in wanted] != []
    assert len(record.events(rejected=True)) >= len(record.events(rejected=False))
    pairs = record.events(group="dyad").to_pyarrow()["ids"].to_pylist()
    pair = next(pair for pair in (ids.split("; ") for ids in pairs if ids) if len(pair) == 2)
    between = command("events", record_file, "--dyad", *pair, "--format", "jsonl").splitlines()
    assert len(record.events(dyad=pair)) == len(between) > 0


def test_groups_are_the_command_lines(record, record_file, command):
    groups = record.figures(group="year", type="killed").to_pyarrow().to_pylist()
    lines = command("figures", record_file, "--group", "year", "--type", "killed", "--format", "jsonl").splitlines()
    wanted = [json.loads(line) for line in lines]
    assert [(g["group"], g["entries"], g["best"]) for g in groups] == [(w["group"], w["entries"], w["best"]) for w in wanted] != []


def test_days_and_yes_are_typed(record):
    events = record.events().to_pyarrow()
    assert str(events.schema.field("first_reported").type) == "date32[day]"
    assert str(events.schema.field("disputed").type) == "bool"


def test_the_other_questions(record, record_file, command):
    entry = record.figures().to_pyarrow()["id"][0].as_py()
    assert record.show(entry) == json.loads(command("show", record_file, entry, "--format", "jsonl"))
    assert record.history() == []
    told = [json.loads(line) for line in command("trend", record_file, "--by", "year", "--format", "jsonl").splitlines()]
    assert record.trend(by="year") == told != []
    report = griot.read("At least nine soldiers were killed in Gao.", date="2020-01-01")
    assert isinstance(record.check(report), list)


def test_mistakes_are_explained(record, tmp_path):
    with pytest.raises(griot.RecordError, match="there is no such record"):
        griot.Record(tmp_path / "absent.griot")
    with pytest.raises(griot.UsageError, match="'--wrong'"):
        record.events(wrong=1)
    with pytest.raises(griot.UsageError, match="invalid value 'soon'"):
        record.events(from_="soon")
    with pytest.raises(griot.UsageError, match="type of another kind"):
        record.events(type="killed")
    with pytest.raises(griot.UsageError, match="command line alone"):
        record.events(format="csv")
    (tmp_path / "no.griot").write_text("this is no record")
    with pytest.raises(griot.RecordError, match=r"no\.griot"):
        griot.Record(tmp_path / "no.griot").events()
