"""Labels sentences with the teacher and measures it."""

import torch

from trees import best_tree


@torch.no_grad()
def annotate(model, batches, sentences, pieces=4000):
    """Yields the number of each sentence and what the model says of it."""
    model.eval()
    for group, batch in batches.split(sentences, pieces):
        with torch.autocast("cpu", torch.bfloat16):
            tags, arcs, sides = model(batch)
            logs = arcs.log_softmax(-1)
            trees = torch.zeros(arcs.shape[:2], dtype=torch.long)
            for row, at in enumerate(group):
                words = len(sentences[at].forms)
                heads = best_tree(logs[row, :words, : words + 1].numpy())
                trees[row, :words] = torch.tensor(heads)
            labels = model.label_scores(sides, trees)
        root = model.inventory["labels"].index("root")
        labels[..., root] = -1e4
        labels = labels.argmax(-1)
        sure = logs.gather(2, trees[..., None])[..., 0].exp()
        for row, at in enumerate(group):
            words = range(len(sentences[at].forms))
            found = {task: [model.inventory[task][scores[row, w].argmax()] for w in words] for task, scores in tags.items()}
            found["heads"] = [int(trees[row, w]) for w in words]
            found["labels"] = ["root" if trees[row, w] == 0 else model.inventory["labels"][labels[row, w]] for w in words]
            found["sure"] = [float(sure[row, w]) for w in words]
            yield at, found


def score(model, batches, sentences):
    right = dict.fromkeys(("uas", "las", "upos", "xpos", "feats"), 0)
    base = lambda label: label.split(":")[0]
    words = 0
    for at, found in annotate(model, batches, sentences):
        gold = sentences[at]
        for w in range(len(gold.forms)):
            words += 1
            right["uas"] += gold.heads[w] == found["heads"][w]
            right["las"] += gold.heads[w] == found["heads"][w] and base(gold.labels[w]) == base(found["labels"][w])
            for task in ("upos", "xpos", "feats"):
                right[task] += getattr(gold, task)[w] == found[task][w]
    return {name: round(100 * count / words, 2) for name, count in right.items()}
