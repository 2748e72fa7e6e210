"""Labels sentences with the teacher. `label.py ENCODER TEACHER.pt OUT.conllu IN.conllu …`

What is known stays: trees of treebanks, names of name corpora. `--all` replaces trees too, as for plain text, whose tags come from elsewhere.
Each sentence that gets a tree is marked `# sure = P`, the mean probability of its arcs.
"""

import argparse

import torch

import conllu
from batches import Batches
from model import Teacher
from score import annotate


def load(encoder, path):
    saved = torch.load(path)
    inventory = saved["inventory"]
    model = Teacher(encoder + "/model.safetensors", *(inventory[task] for task in ("upos", "xpos", "feats", "labels")))
    model.load_state_dict(saved["state"])
    return model, Batches(encoder + "/tokenizer.json", inventory)


def fill(sentence, found, replace):
    if replace or not sentence.has_tree:
        for column in ("upos", "xpos", "feats", "heads", "labels"):
            setattr(sentence, column, found[column])
        sentence.comments.append(f"# sure = {sum(found['sure']) / len(found['sure']):.3f}")
    sentence.names = [found["names"][at] if replace or name is None else name for at, name in enumerate(sentence.names)]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("encoder")
    options.add_argument("teacher")
    options.add_argument("out")
    options.add_argument("input", nargs="+")
    options.add_argument("--all", action="store_true")
    options = options.parse_args()
    torch.set_num_threads(1)
    model, batches = load(options.encoder, options.teacher)
    with open(options.out, "w", encoding="utf-8") as out:
        for path in options.input:
            sentences = list(conllu.read(path))
            for at, found in annotate(model, batches, sentences):
                fill(sentences[at], found, options.all)
            for sentence in sentences:
                conllu.write(out, sentence)


if __name__ == "__main__":
    main()
