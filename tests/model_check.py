"""`python -m tests.model_check [FAMILY]…`: every small graph in every order; what is enumerated is in `FAMILIES`.

Each graph is walked once, whatever its nodes are called, and once for all of which the engine makes the same plan; each
moment of it once, however it was reached: there every step that is out succeeds or fails; in most families the run is
also stopped there, and its process ends. A graph passes when no way hangs, each node settles exactly once on every way,
and the events alone give the state.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pool

from tests.helpers.small_graphs import SmallGraph, draw_graph, dressed, graphs_of, shapes_of, walk

SEED = 1
DRAWN = 2_000
AT_ONCE = 20


@dataclass(frozen=True)
class Family:
    """Graphs that are walked together.

    Attributes:
        says: What is in it.
        graphs: Gives them.
        also_stopped: At each moment the run is also stopped, and its process ends.
    """

    says: str
    graphs: Callable[[], Iterator[SmallGraph]]
    also_stopped: bool = True


def _small():
    for nodes in (2, 3, 4):
        yield from graphs_of(nodes)


def _five():
    for edges in shapes_of(5, most_in=3, doubles=False):
        yield from dressed(edges, special=1)


def _six():
    for edges in shapes_of(6, most_in=2, doubles=False):
        yield from dressed(edges, special=1, kinds=("loop", "any-cancel", "any-ignore", "every-cancel"))


def _drawn(nodes):
    draw = random.Random(SEED)
    return (draw_graph(draw, nodes) for _ in range(DRAWN))


FAMILIES = {
    "four": Family("all of up to 4 nodes: every edge from either port, every node of each of the 11 kinds", _small),
    "five": Family(
        "all of 5 nodes, up to 3 edges into each and one between two; one node of any kind, the others plain",
        _five,
        also_stopped=False,
    ),
    "five-drawn": Family(f"{DRAWN} of 5 nodes, with any edges and kinds", partial(_drawn, 5)),
    "six": Family(
        "all of 6 nodes, up to 2 edges into each and one between two; one loop, or join of one or of every, the others "
        "plain",
        _six,
        also_stopped=False,
    ),
    "six-drawn": Family(f"{DRAWN} of 6 nodes, with any edges and kinds", partial(_drawn, 6)),
}
"""Nodes count the trigger. A plain node is a step that reads, or where several edges meet a join that needs all."""


def check(graph, *, also_stopped):
    """Walk one graph; return how many moments it has, and what is wrong, or ""."""
    try:
        return walk(graph, also_stopped=also_stopped), ""
    except AssertionError as error:
        return 0, f"{graph}: {error}"


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.model_check", description=__doc__)
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=f"Of {', '.join(FAMILIES)}; all by default.")
    parser.add_argument("--jobs", type=int, default=2, help="So many processes.")
    asked = parser.parse_args()
    wrong = 0
    with Pool(asked.jobs) as pool:
        for name in asked.families or FAMILIES:
            wrong += _check_family(name, pool)
    return 1 if wrong else 0


def _check_family(name, pool):
    family, began, graphs, moments, wrong = FAMILIES[name], time.monotonic(), 0, 0, 0
    look = partial(check, also_stopped=family.also_stopped)
    for found, fault in pool.imap_unordered(look, family.graphs(), chunksize=AT_ONCE):
        graphs, moments, wrong = graphs + 1, moments + found, wrong + bool(fault)
        if fault:
            sys.stderr.write(f"{fault}\n")
    end = f"{wrong} wrong" if wrong else "all settle"
    seconds = round(time.monotonic() - began)
    sys.stdout.write(f"{name}: {graphs:,} graphs, {moments:,} moments, {end} ({seconds} s): {family.says}\n")
    sys.stdout.flush()
    return wrong


if __name__ == "__main__":
    sys.exit(main())
