#!/usr/bin/env python3
"""Makes the fuzzer's seeds from the tests' cases and reports, with a few odd files.

    python3 seeds.py          few and small, into seeds/, and the words of words.dict: what is committed
    python3 seeds.py DIR      one file a case and one an example of the codebook's besides, into DIR: a starting corpus

An input's first byte tells the fuzz target what the rest is: '0' plain text, '1' HTML, '2' JSONL; '3', '4', '5' the same without a day of
publication. Nothing here is longer than LARGEST bytes, which is what the fuzzer is told to make at most.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent / "tests"
FRAMES = HERE.parent / "codebook" / "frames"
LARGEST = 4096


def cases():
    """(file, title, text) of every case."""
    for path in sorted((TESTS / "cases").glob("*.md")):
        for section in re.split(r"(?m)^## ", path.read_text("utf-8"))[1:]:
            title = section.split("\n", 1)[0].strip()
            quoted = [line[1:].removeprefix(" ") for line in section.split("```")[0].splitlines() if line.startswith(">")]
            if quoted:
                yield path.stem, title, "\n".join(quoted)


def frames():
    for path in sorted(FRAMES.glob("*.toml")):
        yield from tomllib.loads(path.read_text("utf-8")).get("frame", [])


def cut(data, size):
    """The first `size` bytes, without half a character at their end."""
    return data.encode("utf-8")[:size].decode("utf-8", "ignore").encode("utf-8")


def whole_reports():
    for path in sorted(TESTS.glob("reports/*.txt")) + sorted(TESTS.glob("reports/*.html")):
        text = path.read_text("utf-8")
        kind = b"1" if path.suffix == ".html" else b"0"
        yield f"report-{path.stem}", kind + cut(text, LARGEST - 1)


def case_files():
    """A few cases of two files each, as plain text, as JSONL or as a page. Short inputs are mutated more often."""
    files = {}
    for stem, title, text in cases():
        files.setdefault(stem, []).append((title, text))
    stems = sorted(files)
    for number, pair in enumerate(stems[at : at + 2] for at in range(0, len(stems), 2)):
        stem = "-".join(pair)
        some = [case for name in pair for case in files[name][:: max(1, len(files[name]) // 4)]]
        if number % 4 == 1:
            lines = [json.dumps({"title": title, "text": text, "date": "2023-08-26"}, ensure_ascii=False) for title, text in some]
            yield f"cases-{stem}", b"2" + cut("\n".join(lines), 1600)
        elif number % 4 == 3:
            body = "".join(f"<h2>{title}</h2><p>{text}</p>" for title, text in some)
            page = f"<!doctype html><html><head><title>{stem}</title></head><body><article>{body}</article></body></html>"
            yield f"cases-{stem}", b"1" + cut(page, 1600)
        else:
            yield f"cases-{stem}", b"0" + cut("\n\n".join(text for _, text in some), 1600)


def odd_files():
    """What reports seldom hold: marks, scripts, numbers and markup at their edges."""
    clash = "Army troops killed 17 rebels near Gao on Tuesday."
    yield "odd-combining", "0A\u0301rmy tr\u0327oops ki\u0302lled 1\u20e37 rebels\u200d near Ga\u0308o.\u0301 \u0301The army\u0301 said so.".encode()
    yield "odd-direction", ("0\u202bالجيش\u202c said \u200fits troops\u200e killed \u0661\u0667 rebels in \u2067غاو\u2069 on Tuesday. " + clash).encode()
    yield "odd-wide", "0Ａｒｍｙ ｔｒｏｏｐｓ killed １７ rebels in\u3000Gao。 Police in 北京 detained 5 people．".encode()
    yield "odd-emoji", "0🕊🕊 Army 👨‍👩‍👧 killed 17 👍🏽 rebels 🇲🇱 in Gao 💥.💥 The UN 🇺🇳 condemned 😡 it.".encode()
    yield "odd-marks", "0“‘«„Army troops—‘killed’…17–20 ‘rebels’”,» said the army’s ‘spokesman’―‟and fled․”…”’ n’t’s’ ’s".encode()
    yield "odd-numbers", (
        "3Between -5 and 99999999999999999999999999 rebels, 1,2,3,4 of 5/6 and 1e400 or 0 died; ½ of 3½ million, $1.2.3bn, €0.00, 200% and "
        "minus 7 per cent. Two hundred thousand million billion trillion and a half dozen score were killed, 20 to 10 of them children."
    ).encode()
    yield "odd-times", (
        "3On 31 February 2023, 29/02/1900, the 99th of May, in 0000, 9999 and 12345, since 31 December 9999, over the past 999999999 decades and "
        "million years, last last next week, between Friday and 1 BC, from 2030 to 1990, at 25:61 on Tuesdays 1-1-1, troops attacked Gao."
    ).encode()
    yield "odd-dateline", "0Headline\n\nBAMAKO, Feb 30 (Wire) - \n\nGAO, 29 Feb 2100 — Army — (AP) -- The army killed.\nBy By By\n- \n* \n1. \n• Rebels fled".encode()
    yield "odd-lines", ("3\ufeffarmy\r\n\rkilled\n\r17\u2028rebels\u2029near\x0bGao\x0c\x85on\tTuesday.\u00a0\u00adThe ar\u00admy").encode()
    yield "odd-brackets", ("3" + "(((" * 30 + "The United Nations (UN) (the UN)) ))) [the army] {killed} <17> rebels (" + "\"'" * 20 + ")").encode()
    yield "odd-nesting", ("0" + "The army said that rebels said that the UN said that " * 12 + "France had refused to deny that it would kill 17 people.").encode()
    yield "odd-lists", ("0" + "France, Mali, Niger, Chad and the UN, and its and their troops and rebels, " * 8 + "killed and were killed by each other.").encode()
    yield "odd-fragments", b"0of of of of the of from from by by killed by of 3 of 4 of the of whom whose which that to to not no n't 's 's and and or , , ."
    yield "odd-capitals", b"0REBELS KILLED THREE NIGERIEN SOLDIERS IN DIFFA, THE UN SAID.\n\nTHE U.N. U.S. U.K. D.R.C. SAID MR. DR. GEN. ST. NO. 5"
    yield "odd-latin1", b"0L'arm\xe9e killed 17 rebels in Kor\xe9, S\xe9var\xe9 and M\xe9naka, Colonel Ousman\xe9 said on Tuesday; the d\xe9bacle in C\xf4te d'Ivoire."
    yield "odd-utf16", b"0" + ("\ufeff" + clash).encode("utf-16-le")
    yield "odd-broken-utf8", b"0\xef\xbb\xbf" + clash.encode() + b" \xc3 \xe2\x80 The army\xf0\x9f\x95 said\xed\xa0\x80 so.\xff"
    yield "odd-page", (
        "1<html><meta charset=utf-8><title>&lt;Army&#0;&#xD800;&#x110000;</title><meta property='article:published_time' content='2023-02-30T25:00Z'>"
        "<body><p>Army<br>troops<b>killed<i>17</b>rebels</i> near&nbsp;Gao&shy;.<p><ul><li>It&rsquo;s<li>so</ul><table><tr><td>5<td>dead</table>"
        "<pre>a\n b</pre><script>killed()</script><!-- <p>killed --><![CDATA[x]]><p hidden>fled<svg><p>died</svg><template><p>x"
    ).encode()
    lines = ['{"text":"' + clash + '","date":"2023-13-45","id":7}', '{"text":null}', "{", "[]", '{"text":"\\ud800\\u0000\\ud83d\\udd4a killed"}']
    yield "odd-jsonl", ("2" + "\r\n".join(lines) + '\n{"text":"Rebels fled.","text":"twice","title":"","url":1e999}').encode()


# What the fuzzer splices in beside the frames' verbs and nouns: words that turn what is said, names, days, numbers, marks and markup.
WORDS = """
not never neither nor no denied refused said says told that whether if unless may might could would will to by of in from with without against for
after before during since until between and or but who whom whose which where when its his their it they them he she the a an this these those
some any all both each one's n't 's ’s
more than|at least|up to|nearly|about|fewer than|dozens of|hundreds of|a few|several|including|of them
two|17|1,200|3.5 million|half a|twenty-one|40%|per cent|$300m|€5bn|1e9|20-30|20 to 30|-1
killed|were killed|wounded|soldiers|rebels|civilians|troops|army|police|government|militants|peacekeepers|spokesman|president|border|ceasefire
Mali|Malian|France|French|Gao|Bamako|the UN|UN|U.S.|Russia's Wagner|al-Qaeda|JNIM|M23|Hamas|Gen.|northern Mali|near Goma|Lake Chad
Monday|on Tuesday|last week|last year|in 2022|3 May|May 3, 2023|since 2015|over the past decade|two days ago|yesterday|2023-05-03
<p>|</p>|<br>|<h2>|<li>|<ul>|<title>|<article>|<time datetime=|<meta name=|&amp;|&nbsp;|&#x301;|<!--|-->|<script>|<pre>
{"text":"|","title":"|","date":"2023-05-03"|"}|\\ud83d\\udd4a|\\n|(Reuters) - |By |Published |- |• |1. |“|”|‘|’|«|»|—|–|…|(|)|;|: |, |. |? |! |\u0301|\u200d|\u200f|\u00ad|\u2028|\ufeff|\ufffd
"""


def dictionary():
    """libFuzzer's dictionary, a quoted word a line: the words above and one verb and one noun of each frame."""
    words = [word for line in WORDS.strip().split("\n") for word in (line.split("|") if "|" in line else line.split())]
    for frame in frames():
        words += frame.get("verbs", [])[:1] + frame.get("nouns", [])[:1]
    for word in dict.fromkeys(words):
        plain = "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02x}" for b in word.encode("utf-8"))
        yield f'"{plain}"\n'


def write(folder, seeds):
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in seeds:
        (folder / name).write_bytes(data[:LARGEST])


def starting_corpus():
    for number, (stem, title, text) in enumerate(cases()):
        page = f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>"
        kinds = [b"0" + text.encode(), b"3" + text.encode(), b"0" + text.encode(), b"1" + page.encode(), b"2" + json.dumps({"text": text}).encode()]
        yield f"case-{stem}-{number:04}", kinds[number % len(kinds)]
    for frame in frames():
        for number, example in enumerate(frame.get("examples", [])):
            yield f"example-{frame['name']}-{number}", b"0" + example.encode()


def main():
    if len(sys.argv) > 1:
        write(Path(sys.argv[1]), starting_corpus())
        return
    folder = HERE / "seeds"
    if folder.exists():
        for old in folder.iterdir():
            old.unlink()
    write(folder, [*whole_reports(), *case_files(), *odd_files()])
    (HERE / "words.dict").write_text("".join(dictionary()), "ascii")


main()
