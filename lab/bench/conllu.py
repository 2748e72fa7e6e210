"""Treebanks and name corpora for bench.py, and what is counted over them."""

from dataclasses import dataclass, field


@dataclass
class Sentence:
    forms: list = field(default_factory=list)
    spaces: list = field(default_factory=list)
    xpos: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    labels: list = field(default_factory=list)
    paragraph: bool = False

    def bare(self):
        """The words alone, as CoNLL-U."""
        lines = []
        for at, (form, space) in enumerate(zip(self.forms, self.spaces), 1):
            lines.append("\t".join([str(at), form] + ["_"] * 7 + ["_" if space else "SpaceAfter=No"]))
        return "\n".join(lines) + "\n\n"


def read(path):
    """The sentences of a treebank, words that are written as one apart."""
    sentences, current, joined = [], Sentence(), None
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            columns = line.split("\t")
            if not line:
                sentences.append(current)
                current = Sentence()
            elif line.startswith("#"):
                current.paragraph |= line.startswith(("# newpar", "# newdoc"))
            elif "-" in columns[0]:
                joined = int(columns[0].split("-")[1]), "SpaceAfter=No" not in columns[9]
            elif "." not in columns[0]:
                space = "SpaceAfter=No" not in columns[9]
                if joined:
                    space = joined[1] if int(columns[0]) == joined[0] else False
                    joined = None if int(columns[0]) == joined[0] else joined
                current.forms.append(columns[1])
                current.spaces.append(space)
                current.xpos.append(columns[4])
                current.heads.append(int(columns[6]))
                current.labels.append(columns[7])
    return [s for s in sentences if s.forms]


def paragraphs(sentences):
    """Text and sentence spans of each paragraph; a space stands between two sentences."""
    out = []
    for sentence in sentences:
        if sentence.paragraph or not out:
            out.append(["", []])
        text, spans = out[-1]
        start = len(text)
        for form, space in zip(sentence.forms, sentence.spaces):
            text += form
            end = len(text)
            text += " " if space else ""
        out[-1][0] = text if text.endswith(" ") else text + " "
        spans.append((start, end))
    return out


def names(path):
    """Sentences of `number form tag`, and the names of each."""
    sentences, all_names, tags = [], [], []
    current = Sentence()
    with open(path, encoding="utf-8") as file:
        for line in list(file) + ["\n"]:
            columns = line.rstrip("\n").split("\t")
            if line.startswith("# "):
                continue
            if len(columns) < 3:
                if current.forms:
                    sentences.append(current)
                    all_names.append(spans(tags))
                    current, tags = Sentence(), []
                continue
            current.forms.append(columns[1])
            current.spaces.append(True)
            tags.append(columns[2])
    return sentences, all_names


def spans(tags):
    """The names that tags in IOB2 mark."""
    found, start = set(), None
    for at, tag in enumerate(tags + ["O"]):
        if start is not None and not tag.startswith("I-"):
            found.add((start, at, tags[start][2:]))
            start = None
        if tag.startswith("B-"):
            start = at
    return {name for name in found if name[2] in ("PER", "LOC", "ORG")}


def trimmed(text, start, end):
    """A span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def share(part, whole):
    return f"{100 * part / whole:.2f}"


def f1(gold, found):
    """F1 over lists of sets."""
    right = sum(len(g & f) for g, f in zip(gold, found))
    return f"{200 * right / max(1, sum(map(len, gold)) + sum(map(len, found))):.2f}"
