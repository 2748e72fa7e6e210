"""MPNet (Song et al. 2020, 'MPNet: Masked and permuted pre-training for language understanding'): the lower layers of a pretrained one.

Only what a parser needs: post-norm transformer layers whose attention adds a learned bias for the distance between two word pieces.
The published weights fold case away, so the shape of each word is given again by embeddings of our own.
"""

import math

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn.functional import dropout, embedding, gelu

PAD = 1
SHAPES = 8


def shape(word, first):
    """The class of a word's letters: how it is cased, whether it is a number, whether it opens the sentence."""
    if word.isdigit():
        return 1
    if word.islower():
        return 2
    if word.isupper():
        return 3 if len(word) > 1 else 4
    if word[0].isupper():
        return 5 if first else 6
    return 7 if any(c.isalpha() for c in word) else 0


def buckets(length):
    """The bucket of each distance between two places: sixteen on each side, wider with distance."""
    at = torch.arange(length)
    behind = at[:, None] - at[None, :]
    distance = behind.abs()
    far = 8 + (torch.log(distance.clamp(min=1).float() / 8) / math.log(128 / 8) * 8).long()
    return (behind < 0).long() * 16 + torch.where(distance < 8, distance, far.clamp(max=15))


class Layer(nn.Module):
    def __init__(self, width, inner, heads, drop):
        super().__init__()
        self.heads, self.drop = heads, drop
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-5), nn.LayerNorm(width, eps=1e-5)

    def forward(self, x, bias):
        rows, length, width = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        near = (q @ k.transpose(2, 3)) * (width // self.heads) ** -0.5 + bias
        mixed = self.out((near.softmax(-1).to(v.dtype) @ v).transpose(1, 2).reshape(rows, length, width))
        x = self.norm1(x + mixed)
        return self.norm2(x + dropout(self.down(gelu(self.up(x))), self.drop, self.training))


class Encoder(nn.Module):
    """`layers` of the published layers; the embeddings and the first `frozen` layers stay as they are."""

    def __init__(self, path, layers=9, frozen=2, drop=0.1):
        super().__init__()
        weights = load_file(path)
        self.frozen, self.drop = frozen, drop
        self.words = nn.Parameter(weights["embeddings.word_embeddings.weight"], requires_grad=False)
        self.places = nn.Parameter(weights["embeddings.position_embeddings.weight"], requires_grad=False)
        width = self.words.shape[1]
        self.norm = nn.LayerNorm(width, eps=1e-5)
        self.distances = nn.Parameter(weights["encoder.relative_attention_bias.weight"], requires_grad=False)
        self.shapes = nn.Embedding(SHAPES, width)
        nn.init.normal_(self.shapes.weight, std=0.02)
        self.layers = nn.ModuleList(Layer(width, 3072, 12, drop) for _ in range(layers))
        with torch.no_grad():
            copy(self.norm, weights, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                fill(layer, weights, f"encoder.layer.{number}.")
        for part in [self.norm, *self.layers[:frozen]]:
            part.requires_grad_(False)

    def forward(self, pieces, shapes):
        length = pieces.shape[1]
        with torch.no_grad():
            bias = embedding(buckets(length), self.distances).permute(2, 0, 1)[None]
            bias = bias + torch.where(pieces == PAD, -1e4, 0.0)[:, None, None, :]
            x = self.norm(self.words[pieces] + self.places[torch.arange(length) + PAD + 1])
            x = dropout(x, self.drop, self.training)
            for layer in self.layers[: self.frozen]:
                x = layer(x, bias)
        x = x + self.shapes(shapes)
        for layer in self.layers[self.frozen :]:
            x = layer(x, bias)
        return x


def copy(part, weights, name):
    part.weight.copy_(weights[name + ".weight"])
    part.bias.copy_(weights[name + ".bias"])


def fill(layer, weights, name):
    for kind in ("weight", "bias"):
        rows = [weights[f"{name}attention.attn.{part}.{kind}"] for part in "qkv"]
        getattr(layer.qkv, kind).copy_(torch.cat(rows))
    copy(layer.out, weights, name + "attention.attn.o")
    copy(layer.norm1, weights, name + "attention.LayerNorm")
    copy(layer.up, weights, name + "intermediate.dense")
    copy(layer.down, weights, name + "output.dense")
    copy(layer.norm2, weights, name + "output.LayerNorm")
