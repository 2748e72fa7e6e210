"""The best tree of arc scores (Chu & Liu 1965, Edmonds 1967), with one word under the root."""

import numpy


def best_tree(scores):
    """`scores[d, h]`: how good head h is for word d + 1; head 0 is the root. Gives the head of each word."""
    words = scores.shape[0]
    heads = scores.argmax(1)
    if (heads == 0).sum() == 1 and not cycle(numpy.concatenate([[0], heads])):
        return heads.tolist()
    full = numpy.full((words + 1, words + 1), -1e9)
    full[1:] = scores
    best = None
    # Words that may be the root, by what they would lose.
    for root in numpy.argsort(scores.max(1) - scores[:, 0])[:5] + 1:
        trial = full.copy()
        trial[1:, 0] = -1e9
        trial[root] = -1e9
        trial[root, 0] = full[root, 0]
        heads = edmonds(trial)
        total = sum(trial[d, heads[d]] for d in range(1, words + 1))
        if best is None or total > best[0]:
            best = (total, heads)
    return best[1][1:].tolist()


def cycle(heads):
    """The words of a cycle, if there is one. `heads[0]` means nothing."""
    seen = numpy.zeros(len(heads), dtype=int)
    for start in range(1, len(heads)):
        at = start
        while at != 0 and seen[at] == 0:
            seen[at] = start
            at = heads[at]
        if at != 0 and seen[at] == start:
            round_ = [at]
            while heads[round_[-1]] != at:
                round_.append(heads[round_[-1]])
            return round_
    return []


def edmonds(scores):
    """Heads of the best tree over a square matrix `scores[d, h]` rooted in 0."""
    scores = scores.copy()
    numpy.fill_diagonal(scores, -1e12)
    heads = scores.argmax(1)
    heads[0] = 0
    ring = cycle(heads)
    if not ring:
        return heads
    rest = [w for w in range(len(heads)) if w not in set(ring)]
    own = scores[ring, heads[ring]]
    size = len(rest) + 1
    small = numpy.full((size, size), -1e12)
    small[:-1, :-1] = scores[numpy.ix_(rest, rest)]
    into = scores[numpy.ix_(ring, rest)] - own[:, None]
    out = scores[numpy.ix_(rest, ring)]
    small[-1, :-1] = into.max(0)
    small[:-1, -1] = out.max(1)
    found = edmonds(small)
    heads = heads.copy()
    for at, word in enumerate(rest):
        if at:
            heads[word] = ring[out[at].argmax()] if found[at] == size - 1 else rest[found[at]]
    entry = found[-1]
    broken = ring[into[:, entry].argmax()]
    heads[broken] = rest[entry]
    return heads
