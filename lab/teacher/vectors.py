"""Vectors of words for the student's embeddings. `vectors.py ENCODER TEACHER.pt OUT.txt WORDS.conllu …`

The words are those of the files and the whole words among the encoder's pieces. Each is read by the teacher alone; what its last layer says of
their use is cut to 64 values by principal components.
"""

import argparse
import collections
import re

import torch

import conllu
from label import load

COLUMNS = 64
SPREAD = 0.06


@torch.no_grad()
def read(model, batches, words):
    rows = []
    for first in range(0, len(words), 256):
        part = [conllu.Sentence(forms=[word]) for word in words[first : first + 256]]
        for sentence in part:
            for column in ("upos", "xpos", "feats", "names", "heads", "labels"):
                setattr(sentence, column, [None])
        prepared = [batches.prepare(sentence) for sentence in part]
        # A word alone stands first in its sentence, which says nothing of its case.
        prepared = [(ids, owner, [2 if at > 0 else 0 for at in owner]) for ids, owner, _ in prepared]
        batch = batches.make(part, prepared)
        with torch.autocast("cpu", torch.bfloat16):
            pieces = model.encoder(batch["pieces"], batch["shapes"]).float()
        inside = (batch["owner"] > 0).float()[..., None]
        rows.append((pieces * inside).sum(1) / inside.sum(1).clamp(min=1))
    return torch.cat(rows)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("encoder")
    options.add_argument("teacher")
    options.add_argument("out")
    options.add_argument("words", nargs="+")
    options = options.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    model, batches = load(options.encoder, options.teacher)
    model.eval()
    counts = collections.Counter(form.lower() for path in options.words for s in conllu.read(path) for form in s.forms)
    words = [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if re.fullmatch(r"[^\W\d_]+", word)]
    pieces = batches.tokenizer.get_vocab()
    known = set(words)
    words += sorted((word for word in pieces if re.fullmatch(r"[a-z]{3,}", word) and word not in known), key=pieces.get)
    vectors = read(model, batches, words)
    # The components are those of words as they are met, so that rare ones do not shape the space.
    weight = torch.tensor([min(counts[word], 100) ** 0.5 if word in counts else 0.5 for word in words])[:, None]
    mean = (vectors * weight).sum(0) / weight.sum()
    _, _, axes = torch.linalg.svd((vectors - mean) * weight.sqrt(), full_matrices=False)
    short = (vectors - mean) @ axes[:COLUMNS].T
    short *= SPREAD / short.std()
    with open(options.out, "w", encoding="utf-8") as out:
        for word, row in zip(words, short):
            print(word, *(f"{x:.4f}" for x in row.tolist()), file=out)


if __name__ == "__main__":
    main()
