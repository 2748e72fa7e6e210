"""Sentences as tensors."""

import torch
from tokenizers import Tokenizer

from encoder import PAD, shape
from model import NONE


class Batches:
    def __init__(self, path, inventory, longest=400):
        self.tokenizer = Tokenizer.from_file(path)
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.inventory, self.longest = inventory, longest
        self.numbers = {task: {tag: at for at, tag in enumerate(tags)} for task, tags in inventory.items()}

    def prepare(self, sentence):
        """Word pieces of a sentence, the place of each piece's word (from 1), and each piece's shape."""
        encoded = self.tokenizer.encode(sentence.forms, is_pretokenized=True)
        owner = [-1 if word is None else word + 1 for word in encoded.word_ids]
        shapes = [0 if at < 1 else shape(sentence.forms[at - 1], at == 1) for at in owner]
        return encoded.ids, owner, shapes

    def make(self, sentences, prepared):
        rows, words = len(sentences), max(len(s.forms) for s in sentences)
        length = max(len(ids) for ids, _, _ in prepared)
        batch = {name: torch.full((rows, length), fill) for name, fill in (("pieces", PAD), ("owner", -1), ("shapes", 0))}
        batch["words"] = words
        batch["absent"] = torch.ones(rows, words + 1, dtype=torch.bool)
        for row, (sentence, (ids, owner, shapes)) in enumerate(zip(sentences, prepared)):
            for name, values in (("pieces", ids), ("owner", owner), ("shapes", shapes)):
                batch[name][row, : len(values)] = torch.tensor(values)
            batch["absent"][row, : len(sentence.forms) + 1] = False
        count = torch.zeros(rows, words + 1).scatter_add(1, batch["owner"].clamp(min=0), (batch["owner"] > 0).float())
        batch["count"] = count.clamp(min=1)
        for task in self.numbers:
            batch[task] = self.column(sentences, words, [[self.numbers[task].get(tag, NONE) for tag in getattr(s, task)] for s in sentences])
        batch["heads"] = self.column(sentences, words, [[NONE if head is None else head for head in s.heads] for s in sentences])
        return batch

    def column(self, sentences, words, values):
        out = torch.full((len(sentences), words), NONE)
        for row, line in enumerate(values):
            out[row, : len(line)] = torch.tensor(line)
        return out

    def split(self, sentences, pieces, shuffle=None):
        """Batches of about `pieces` word pieces, of sentences of like length; in random order with `shuffle`."""
        prepared = [self.prepare(s) for s in sentences]
        keep = [at for at in range(len(sentences)) if len(prepared[at][0]) <= self.longest]
        jitter = (lambda: shuffle.random() * 6) if shuffle else (lambda: 0)
        keep.sort(key=lambda at: len(prepared[at][0]) + jitter())
        groups, group, longest = [], [], 0
        for at in keep:
            longest = max(longest, len(prepared[at][0]))
            if group and longest * (len(group) + 1) > pieces:
                groups.append(group)
                group, longest = [], len(prepared[at][0])
            group.append(at)
        groups.append(group)
        if shuffle:
            shuffle.shuffle(groups)
        for group in groups:
            yield group, self.make([sentences[at] for at in group], [prepared[at] for at in group])
