"""Trains the teacher. `train.py ENCODER TRAIN.conllu OUT.pt [DEV.conllu …]`; ENCODER holds model.safetensors and tokenizer.json."""

import argparse
import collections
import random
import time

import torch

import conllu
from batches import Batches
from model import NAMES, Teacher
from score import score


def frequent(sentences, column, least):
    counts = collections.Counter(tag for s in sentences if s.has_tree for tag in getattr(s, column))
    return sorted(tag for tag, count in counts.items() if count >= least)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("encoder")
    options.add_argument("train")
    options.add_argument("out")
    options.add_argument("dev", nargs="*")
    options.add_argument("--epochs", type=int, default=4)
    options.add_argument("--rate", type=float, default=6e-5)
    options.add_argument("--pieces", type=int, default=1200)
    options = options.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    sentences = list(conllu.read(options.train))
    inventory = [frequent(sentences, column, least) for column, least in (("upos", 1), ("xpos", 1), ("feats", 3), ("labels", 3))]
    model = Teacher(options.encoder + "/model.safetensors", *inventory)
    batches = Batches(options.encoder + "/tokenizer.json", model.inventory)
    inner = [p for p in model.encoder.layers.parameters() if p.requires_grad]
    known = {id(p) for p in inner}
    outer = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
    groups = [{"params": inner, "rate": options.rate}, {"params": outer, "rate": 1e-3}]
    adam = torch.optim.AdamW(groups, lr=1e-4, weight_decay=0.01, betas=(0.9, 0.98))
    order = random.Random(1)
    trees, named = [s for s in sentences if s.has_tree], [s for s in sentences if not s.has_tree]
    # Name corpora are half as large as the treebanks and teach no trees: a third of them a pass.
    passes = [trees + named[epoch % 3 :: 3] for epoch in range(options.epochs)]
    total = sum(1 for sentences in passes for _ in batches.split(sentences, options.pieces))
    step, started, running = 0, time.time(), 0.0
    for epoch, sentences in enumerate(passes):
        model.train()
        for _, batch in batches.split(sentences, options.pieces, order):
            step += 1
            factor = min(step / 150, max(0.02, 1 - step / total))
            for group in adam.param_groups:
                group["lr"] = group["rate"] * factor
            with torch.autocast("cpu", torch.bfloat16):
                loss = model.loss(batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*inner, *outer], 2.0)
            adam.step()
            adam.zero_grad(set_to_none=True)
            running = 0.98 * running + 0.02 * loss.item()
            if step % 50 == 0:
                print(f"step {step}/{total} loss {running / (1 - 0.98**step):.3f} {time.time() - started:.0f} s", flush=True)
        state = {name: tensor.clone() for name, tensor in model.state_dict().items()}
        torch.save({"state": state, "inventory": model.inventory}, options.out)
        for dev in options.dev:
            print(f"epoch {epoch + 1} {dev} {score(model, batches, list(conllu.read(dev)))}", flush=True)


if __name__ == "__main__":
    main()
