"""What all tests share: the repository, the program beside which the package is held, and our own reports."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

NIGER = (
    "Niger's military rulers told France on Friday to withdraw its 1,500 soldiers by December. At least 17 Nigerien soldiers were "
    "killed on Tuesday in an ambush near Koutougou, the defence ministry said.\n"
)
# Offsets would differ in bytes and in UTF-16: an emoji, a letter with a combining mark, an accented letter.
SIGNS = "😀 Cafe\u0301 owners in Sévaré said on Monday that gunmen had killed at least nine villagers near Djibo. 🕊️ Rebels attacked Gao.\n"


@pytest.fixture(scope="session")
def griot_program() -> str:
    program = os.environ.get("GRIOT", "")
    if not Path(program).is_file():
        pytest.skip("the program is not there: GRIOT names it, 'make test-python' sets it")
    return program


@pytest.fixture(scope="session")
def command(griot_program):
    """Runs the program; what it writes."""

    def run(*words, **options) -> str:
        done = subprocess.run([griot_program, *map(str, words)], capture_output=True, text=True, check=True, **options)
        return done.stdout

    return run


@pytest.fixture(scope="session")
def record_file(command, tmp_path_factory) -> Path:
    """A record of some of the demonstration reports."""
    folder = tmp_path_factory.mktemp("record")
    some = sorted(path for path in (ROOT / "examples/sahel").rglob("*") if path.is_file() and path.suffix != ".csv")[:24]
    command("add", folder / "r.griot", *some)
    return folder / "r.griot"


@pytest.fixture(scope="session")
def rows() -> list[dict]:
    """Reports as rows; the fourth has no text, the fifth is not English."""
    french = "Au moins dix-sept soldats ont été tués mardi dans une embuscade près de la frontière, a annoncé le ministère de la défense. " * 4
    return [
        {"id": "a", "text": NIGER, "title": "Junta", "date": "2023-08-26", "publisher": "P", "url": "https://example.org/a"},
        {"id": "b", "text": SIGNS, "title": None, "date": "2023-05-03", "publisher": "P", "url": None},
        {"id": "c", "text": "Nothing happened.", "title": None, "date": None, "publisher": None, "url": None},
        {"id": "d", "text": None, "title": None, "date": "2023-05-03", "publisher": "P", "url": None},
        {"id": "e", "text": french, "title": None, "date": "2023-05-03", "publisher": "P", "url": None},
    ]
