"""Sentences in CoNLL-U, as `griot-lab export-language` writes them."""

from dataclasses import dataclass, field


@dataclass
class Sentence:
    """Words and, where they are known, tags, tree and names. `None` stands for what is not known."""

    comments: list = field(default_factory=list)
    forms: list = field(default_factory=list)
    lemmas: list = field(default_factory=list)
    upos: list = field(default_factory=list)
    xpos: list = field(default_factory=list)
    feats: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    labels: list = field(default_factory=list)
    names: list = field(default_factory=list)
    misc: list = field(default_factory=list)

    @property
    def has_tree(self):
        return self.heads[0] is not None


def read(path):
    """Multi-word tokens stand as their words; empty nodes are left out."""
    sentence = Sentence()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if sentence.forms:
                    yield sentence
                sentence = Sentence()
            elif line.startswith("#"):
                sentence.comments.append(line)
            else:
                add(sentence, line.split("\t"))
    if sentence.forms:
        yield sentence


def add(sentence, columns):
    if not columns[0].isdigit():
        return
    known = [None if c == "_" else c for c in columns]
    misc = [] if columns[9] == "_" else columns[9].split("|")
    name = next((m[5:] for m in misc if m.startswith("Name=")), "O")
    sentence.forms.append(columns[1])
    sentence.lemmas.append(columns[2])
    sentence.upos.append(known[3])
    sentence.xpos.append(known[4])
    sentence.feats.append(None if known[6] is None else columns[5])
    sentence.heads.append(None if known[6] is None else int(columns[6]))
    sentence.labels.append(known[7])
    sentence.names.append(None if name == "?" else name)
    sentence.misc.append([m for m in misc if not m.startswith("Name=")])


def write(out, sentence):
    for comment in sentence.comments:
        print(comment, file=out)
    for at, form in enumerate(sentence.forms):
        name = sentence.names[at]
        marks = [] if name == "O" else ["Name=" + (name or "?")]
        misc = "|".join(marks + sentence.misc[at]) or "_"
        row = [at + 1, form, sentence.lemmas[at], sentence.upos[at], sentence.xpos[at], sentence.feats[at], sentence.heads[at]]
        print(*row, sentence.labels[at], "_", misc, sep="\t", file=out)
    print(file=out)
