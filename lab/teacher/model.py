"""The teacher: a pretrained encoder with one head a task (after Dozat & Manning 2017, 'Deep biaffine attention for neural dependency parsing')."""

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from encoder import Encoder

NONE = -100
NAMES = ["O"] + [f"{part}-{kind}" for kind in ("Person", "Place", "Organisation") for part in "BI"]


class Biaffine(nn.Module):
    """A score, or `labels` scores, for each pair of a dependent and a head."""

    def __init__(self, width, inner, labels, drop):
        super().__init__()
        part = lambda: nn.Sequential(nn.Linear(width, inner), nn.GELU(), nn.Dropout(drop))
        self.dependent, self.head = part(), part()
        self.weight = nn.Parameter(torch.zeros(labels, inner + 1, inner + 1))

    def sides(self, words, heads):
        one = lambda x: torch.cat([x, torch.ones_like(x[..., :1])], -1)
        return one(self.dependent(words)), one(self.head(heads))


class Teacher(nn.Module):
    def __init__(self, encoder, upos, xpos, feats, labels, drop=0.25):
        super().__init__()
        self.encoder = Encoder(encoder)
        width = self.encoder.words.shape[1]
        self.inventory = {"upos": upos, "xpos": xpos, "feats": feats, "names": NAMES, "labels": labels}
        self.drop = nn.Dropout(drop)
        self.root = nn.Parameter(torch.zeros(width))
        self.arc = Biaffine(width, 400, 1, drop)
        self.label = Biaffine(width, 128, len(labels), drop)
        tasks = ("upos", "xpos", "feats", "names")
        self.tags = nn.ModuleDict({task: nn.Linear(width, len(self.inventory[task])) for task in tasks})

    def forward(self, batch):
        """Words' vectors: the mean of their pieces'. The root stands before the first word."""
        pieces = self.encoder(batch["pieces"], batch["shapes"]).float()
        rows, places = batch["owner"].shape[0], batch["words"]
        mean = pieces.new_zeros(rows, places + 1, pieces.shape[2])
        owner = batch["owner"].clamp(min=0)[..., None].expand_as(pieces)
        mean = mean.scatter_add(1, owner, pieces) / batch["count"][..., None]
        words = self.drop(mean[:, 1:])
        heads = torch.cat([self.root.expand(rows, 1, -1), words], 1)
        tags = {task: head(words) for task, head in self.tags.items()}
        d, h = self.arc.sides(words, heads)
        arcs = d @ self.arc.weight[0] @ h.transpose(1, 2)
        itself = torch.eye(places + 1, dtype=torch.bool)[1:]
        arcs = arcs.float().masked_fill(itself | batch["absent"][:, None, :], -1e4)
        return tags, arcs, self.label.sides(words, heads)

    def label_scores(self, sides, heads):
        """Scores of the labels of the arcs from `heads`."""
        d, h = sides
        h = h.gather(1, heads.clamp(min=0)[..., None].expand(-1, -1, h.shape[2]))
        left = torch.einsum("bnd,lde->bnle", d, self.label.weight.to(d.dtype))
        return torch.einsum("bnle,bne->bnl", left, h).float()

    def loss(self, batch):
        tags, arcs, sides = self(batch)
        flat = lambda scores, gold: cross_entropy(scores.float().flatten(0, -2), gold.flatten(), ignore_index=NONE, reduction="sum")
        weights = {"upos": 0.3, "xpos": 0.5, "feats": 0.3, "names": 1.0}
        words = (batch["heads"] != NONE).sum().clamp(min=1)
        named = (batch["names"] != NONE).sum().clamp(min=1)
        loss = flat(arcs, batch["heads"]) / words + flat(self.label_scores(sides, batch["heads"]), batch["labels"]) / words
        for task, weight in weights.items():
            loss = loss + weight * flat(tags[task], batch[task]) / (named if task == "names" else words)
        return loss
