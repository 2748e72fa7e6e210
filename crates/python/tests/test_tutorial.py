"""The tutorial runs as it is printed: each block of Python, and what it prints stands in the block of text behind it."""

import contextlib
import io
import re
import shutil

import pytest
from conftest import ROOT

PAGE = ROOT / "docs/PYTHON.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def test_the_tutorial(tmp_path, monkeypatch, record_file):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    shutil.copytree(ROOT / "examples/sahel", tmp_path / "reports")
    shutil.copy(record_file, tmp_path / "sahel.griot")
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    names: dict = {}
    run = 0
    for at, (language, source) in enumerate(blocks):
        if language != "python":
            continue
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(source, f"{PAGE}: block {at}", "exec"), names)
        run += 1
        if at + 1 < len(blocks) and blocks[at + 1][0] == "text":
            assert out.getvalue() == blocks[at + 1][1], source
    assert run >= 6
    for picture in ("pandas.png", "polars.png"):
        assert (tmp_path / picture).stat().st_size > 1000
