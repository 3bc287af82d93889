"""Small graphs in every order in which their steps can end: each run settles.

Joins of every need behind up to three steps, beside a loop, beside a call; each set of steps fails, and every
interleaving of what is out is walked. Then every graph of up to three nodes, every shape of four, and seeded ones of
up to six, with every outcome of every step at every moment, most of them stopped and killed at each.
`python -m tests.model_check` walks more.
"""

import random
from itertools import combinations, product

import pytest
from tests.helpers.runs import TRIGGER, Driver, all_settled, answered, playbook_of
from tests.helpers.small_graphs import KINDS, SmallGraph, draw_graph, dressed, graphs_of, shapes_of, walk

from tocsin.engine.events import FINISHED
from tocsin.engine.outcomes import Outcome

STEP = {"kind": "action", "use": "toy.look"}
JOINS = [
    {"kind": "join", "need": need, "rest": rest} for need in ("all", "every", "any", 2) for rest in ("cancel", "ignore")
]
LOOP = {
    "kind": "for_each",
    "in": "[1, 2]",
    "concurrency": 2,
    "body": {"nodes": {"a": STEP, "b": STEP}, "edges": ["a -> b"]},
}
CALL = {"kind": "call", "playbook": "inner"}
INNER = playbook_of({"a": STEP, "b": STEP}, [], id="inner")


def every_way(playbook, fails, most=5_000):
    """Walk every order in which what is out can end; return the ends that were reached, and how many ways there are."""

    def answer(intent):
        return answered(Outcome.FAILED if intent.path in fails else Outcome.SUCCEEDED)

    ends, ways, waiting = set(), 0, [()]
    while waiting:
        way = waiting.pop()
        driver = Driver(playbook, answers=answer, callees=[INNER]).start()
        for path in way:
            driver.finish(path)
        if driver.state.status not in FINISHED:
            assert driver.in_flight, f"{way} hangs"
            waiting += [(*way, path) for path in driver.in_flight]
            continue
        ways += 1
        assert ways <= most
        assert all_settled(driver)
        assert driver.replayed().picture() == driver.state.picture()
        ends.add(tuple(sorted(driver.settled().items())))
    return ends, ways


def subsets(names):
    return [set(chosen) for size in range(len(names) + 1) for chosen in combinations(names, size)]


@pytest.mark.parametrize("join", JOINS, ids=lambda join: f"{join['need']}-{join['rest']}")
def test_a_join_of_three_settles_in_every_order_whatever_fails(join):
    steps = ("x", "y", "z")
    nodes = {"t": TRIGGER, **dict.fromkeys(steps, STEP), "j": join, "end": STEP}
    for taken in product(["", ".error"], repeat=3):
        edges = [f"t -> {step}" for step in steps]
        edges += [f"{step}{port} -> j" for step, port in zip(steps, taken, strict=True)]
        playbook = playbook_of(nodes, [*edges, "j -> end"])
        for fails in subsets(steps):
            ends, ways = every_way(playbook, fails)
            assert ways >= 1
            if join["need"] in {"all", "every"} and fails <= {s for s, p in zip(steps, taken, strict=True) if p}:
                assert len(ends) == 1  # nothing fires early and nothing fails unseen: the order does not matter


SHAPES = [
    ["t -> x", "x -> y", "t -> z", "y -> j", "z -> j"],
    ["t -> x", "t -> y", "x -> j", "y -> j", "y -> z"],
    ["t -> x", "x.error -> y", "x -> j", "y -> j", "t -> z", "z -> j"],
    ["t -> x", "x -> y", "x -> z", "y -> j", "z.error -> j"],
]


@pytest.mark.parametrize("edges", SHAPES, ids=range(len(SHAPES)))
@pytest.mark.parametrize("join", JOINS, ids=lambda join: f"{join['need']}-{join['rest']}")
def test_a_join_behind_branches_settles_in_every_order_whatever_fails(edges, join):
    nodes = {"t": TRIGGER, "x": STEP, "y": STEP, "z": STEP, "j": join}
    for fails in subsets(("x", "y", "z")):
        every_way(playbook_of(nodes, edges), fails)


@pytest.mark.parametrize("inside", [LOOP, CALL], ids=["loop", "call"])
@pytest.mark.parametrize(
    "join", [{"kind": "join", "need": "any"}, {"kind": "join", "need": "every"}], ids=["any", "every"]
)
def test_a_loop_or_call_beside_a_step_settles_in_every_order_whatever_fails(inside, join):
    paths = ["x", "many/a", "many/b"] if inside is CALL else ["x", "many[0]/a", "many[1]/b"]
    nodes = {"t": TRIGGER, "x": STEP, "many": inside, "j": join}
    for fails in subsets(paths):
        every_way(playbook_of(nodes, ["t -> x", "t -> many", "x -> j", "many -> j"]), fails)


@pytest.mark.parametrize(("nodes", "count"), [(2, 4), (3, 190)])
def test_every_graph_of_up_to_three_nodes_settles_whatever_happens_when(nodes, count):
    graphs = list(graphs_of(nodes))
    assert len(graphs) == count
    for graph in graphs:
        walk(graph)


@pytest.mark.parametrize("join", ["all", "every-cancel", "any-cancel", "any-ignore"])
def test_every_shape_of_four_nodes_settles_whatever_happens_when(join):
    shapes = list(shapes_of(4))
    assert len(shapes) == 184
    for edges in shapes:
        incoming = [sum(target == node for _, _, target in edges) for node in (1, 2, 3)]
        walk(SmallGraph(tuple("step" if count == 1 else join for count in incoming), edges), also_stopped=False)


def test_edges_are_dressed_once_in_each_way():
    (line,) = shapes_of(2)
    assert [graph.kinds for graph in dressed(line, special=1)] == [("step",), ("change",), ("loop",), ("tolerant",)]
    fan = ((0, False, 1), (0, False, 2))
    assert len(list(dressed(fan, special=1))) == 4  # the two steps are alike


@pytest.mark.parametrize(("nodes", "count"), [(4, 120), (5, 80), (6, 60)])
def test_drawn_graphs_of_up_to_six_nodes_settle_whatever_happens_when(nodes, count):
    draw = random.Random(nodes)
    for _ in range(count):
        walk(draw_graph(draw, nodes))


def test_graphs_that_differ_in_names_only_are_one():
    one = SmallGraph(("step", "loop"), ((0, False, 1), (0, False, 2)))
    other = SmallGraph(("loop", "step"), ((0, False, 1), (0, False, 2)))
    assert one.canonical == other.canonical


def test_graphs_that_are_left_out_have_the_plan_of_one_that_is_walked():
    joins = [kind for kind in KINDS if "-" in kind]
    graphs = [SmallGraph(("step", *kinds), edges) for edges in shapes_of(4) for kinds in product(joins, repeat=2)]
    different = [graph for graph in graphs if graph.plain != graph]
    assert len(different) > 1_000
    for graph in random.Random(4).sample(different, 60):
        assert what_joins_do(graph) == what_joins_do(graph.plain)


def what_joins_do(graph):
    plan = Driver(graph.playbook()).program.plan
    return list(plan.need), {node: rest for node, rest in plan.rest.items() if rest}, plan.out, plan.wired


def test_every_outcome_at_every_moment_is_walked():
    assert walk(SmallGraph(("step",), ((0, False, 1),))) == 3  # out, succeeded, failed
    assert walk(SmallGraph(("step", "step"), ((0, False, 1), (1, True, 2)))) == 5  # the second when the first fails
