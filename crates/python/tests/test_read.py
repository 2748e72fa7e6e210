import datetime
import gc
import json
import multiprocessing
import threading
import time

import griot
import pytest
from conftest import NIGER, SIGNS


def test_a_text_gives_what_the_command_line_gives(command, tmp_path):
    for text in (NIGER, SIGNS):
        report = griot.read(text, date="2023-08-26")
        (tmp_path / "r.txt").write_text(text, encoding="utf-8")
        assert report.to_jsonl() == command("read", tmp_path / "r.txt", "--date", "2023-08-26", "--format", "jsonl")
        assert report.claims == [json.loads(line) for line in report.to_jsonl().splitlines()]
        assert len(report) == len(report.claims) > 0


def test_offsets_are_indices_of_strings():
    report = griot.read(SIGNS, date=datetime.date(2023, 5, 3))
    assert report.text == SIGNS
    spans = 0
    for claim in report:
        evidence = claim["evidence"]
        assert report.text[evidence["start"] : evidence["end"]] == evidence["quote"]
        for start, end in evidence["parts"].values():
            assert evidence["start"] <= start < end <= evidence["end"]
            spans += 1
    assert spans > 0
    killed = next(claim for claim in report if claim["type"] == "killed")
    start, end = killed["evidence"]["parts"]["quantity"]
    assert "nine" in report.text[start:end]


def test_what_is_known_of_a_text_is_kept():
    report = griot.read(NIGER, date="2023-08-26", title="T", publisher="P", url="https://example.org", name="n")
    assert (report.title, report.publisher, report.url, report.name) == ("T", "P", "https://example.org", "n")
    assert report.date == datetime.date(2023, 8, 26)
    assert report.id.startswith("sha256:")


def test_a_text_is_taken_as_it_is():
    text = "<p>Rebels attacked Gao on Monday.</p>"
    assert griot.read(text).text == text


def test_errors_name_input_and_place(tmp_path):
    with pytest.raises(griot.ReadError, match="^n: holds no text") as raised:
        griot.read("  ", name="n")
    assert (raised.value.file, raised.value.kind) == ("n", "empty")
    lines = tmp_path / "x.jsonl"
    lines.write_text('{"text": "Rebels attacked Gao."}\n{"no": 1}\n')
    with pytest.raises(griot.ReadError, match=r"x\.jsonl, line 2") as raised:
        list(griot.read_many(lines))
    assert raised.value.line == 2 and raised.value.file == str(lines)
    with pytest.raises(griot.ReadError, match="cannot be read"):
        griot.read(tmp_path / "absent.txt")
    with pytest.raises(griot.UsageError, match="is no day"):
        griot.read(NIGER, date="Friday")
    with pytest.raises(griot.UsageError, match="more than one report"):
        lines.write_text('{"text": "Rebels attacked Gao."}\n' * 2)
        griot.read(lines)
    assert issubclass(griot.ReadError, ValueError) and issubclass(griot.ReadError, griot.GriotError)


def test_a_mistake_in_a_codebook_is_named(tmp_path):
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "mine.toml").write_text("[[frame]]\nnonsense = 1\n")
    with pytest.raises(griot.CodebookError, match="mine.toml"):
        griot.Coder(tmp_path)


def test_many_come_in_order_and_are_the_same_as_alone(tmp_path):
    texts = [f"Rebels killed {n} soldiers near Gao on Monday." for n in range(2, 202)]
    path = tmp_path / "one.txt"
    path.write_text(NIGER)
    mixed = [*texts, {"text": SIGNS, "id": "s", "date": datetime.date(2023, 5, 3)}, path, texts[0]]
    reports = list(griot.read_many(mixed))
    assert [report.text for report in reports] == [*texts, SIGNS, NIGER, texts[0]]
    assert reports[200].name == "item#s" and reports[200].date == datetime.date(2023, 5, 3)
    alone = [griot.read(text).claims for text in texts[:20]]
    assert [report.claims for report in reports[:20]] == alone
    one = griot.Coder(threads=1)
    assert [report.claims for report in one.read_many(texts)] == [report.claims for report in reports[:200]]


def test_many_can_go_on_over_errors():
    mixed = ["Rebels attacked Gao.", " ", "Rebels attacked Gao."]
    with pytest.raises(griot.ReadError):
        list(griot.read_many(mixed))
    assert [type(found) for found in griot.read_many(mixed, on_error="return")] == [griot.Report, griot.ReadError, griot.Report]
    assert len(list(griot.read_many(mixed, on_error="skip"))) == 2
    with pytest.raises(griot.UsageError, match="item 1 is a int"):
        list(griot.read_many([1]))
    with pytest.raises(griot.UsageError, match="on_error"):
        griot.read_many(mixed, on_error="ignore")


def test_many_are_never_all_held():
    drawn = 0

    def endless():
        nonlocal drawn
        while True:
            drawn += 1
            yield "Rebels attacked Gao."

    reports = griot.read_many(endless())
    assert next(reports).text == "Rebels attacked Gao."
    assert drawn <= 64


def test_a_notebook_shows_the_claims_in_the_text():
    report = griot.read("<script>x</script> Rebels killed nine villagers near Djibo on Monday.", date="2023-05-05")
    shown = report._repr_html_()
    assert shown.startswith("<iframe sandbox") and "&lt;span class=&quot;" not in shown
    assert "<script" not in shown and "<span class=&quot;act&quot;>killed" in shown
    assert "Djibo" in str(report) and "claim" in repr(report)


def test_other_threads_run_while_it_works():
    text = NIGER * 400
    stop, ticks = threading.Event(), 0

    def tick():
        nonlocal ticks
        while not stop.is_set():
            ticks += 1
            time.sleep(0.001)

    griot.read(NIGER)
    thread = threading.Thread(target=tick)
    thread.start()
    before = ticks
    report = griot.read(text)
    during = ticks - before
    stop.set()
    thread.join()
    # Were Python's lock held, the other thread could not have run in between.
    assert during > 1 and len(report) > 0


def _in_child(queue):
    queue.put(len(list(griot.read_many([NIGER] * 3))))


def test_it_works_in_a_forked_process():
    list(griot.read_many([NIGER] * 3))
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=_in_child, args=(queue,))
    child.start()
    try:
        assert queue.get(timeout=60) == 3
    finally:
        child.join(10)
    gc.collect()


def test_the_declared_shape_is_the_schemas():
    from conftest import ROOT
    from griot.claim import Actor, Claim, Evidence, Place, Quantity, Time

    schema = json.loads((ROOT / "docs/claim.schema.json").read_text())
    assert list(Claim.__annotations__) == schema["required"]
    for shape, name in ((Actor, "actor"), (Quantity, "quantity"), (Place, "place"), (Time, "time"), (Evidence, "evidence")):
        assert list(shape.__annotations__) == list(schema["$defs"][name]["properties"]), name
