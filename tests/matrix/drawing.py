"""Which failures are set together: each alone, and so that every two of different products meet at least once."""

import random
from itertools import combinations, product

from tests.matrix.playing import INTELLIGENCE, KINDS, POISONED, Case, products_of

WELL = ""
_TRIES = 12


def singles(playbook):
    """Return the cases with one product that fails, in each way."""
    return [Case(playbook, ((name, kind),)) for name in products_of(playbook) for kind in kinds_of(name)]


def pairs(playbook, seed=0):
    """Return cases that hold every pair of failures of two products; the seed draws which others stand beside."""
    draw = random.Random(f"{playbook}/{seed}")
    levels = {name: [WELL, *kinds_of(name)] for name in products_of(playbook)}
    left = dict.fromkeys(  # in order, so that the same seed draws the same cases
        frozenset({(one, a), (other, b)})
        for one, other in combinations(levels, 2)
        for a, b in product(levels[one][1:], levels[other][1:])
    )
    cases = []
    while left:
        wanted = [dict(draw.choice(tuple(left))) for _ in range(_TRIES)]
        rows = [{name: draw.choice(kinds) for name, kinds in levels.items()} | pair for pair in wanted]
        best = max(rows, key=lambda row: len(_met(row) & left.keys()))
        for pair in _met(best) & left.keys():
            del left[pair]
        cases.append(Case(playbook, tuple((name, kind) for name, kind in best.items() if kind != WELL)))
    return cases


def kinds_of(name):
    """Return how a product can fail."""
    return [*KINDS, *([POISONED] if name in INTELLIGENCE else [])]


def _met(row):
    failing = [(name, kind) for name, kind in row.items() if kind != WELL]
    return {frozenset(pair) for pair in combinations(failing, 2)}
