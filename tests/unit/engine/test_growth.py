"""What a run costs grows with its size and no faster: operations are counted, never time (engine.md §4)."""

import gc
import sys
import weakref
from collections import Counter

import pytest
from tests.helpers.runs import TRIGGER, Driver, playbook_of

from tocsin.engine.conductor import Conductor
from tocsin.engine.events import FINISHED
from tocsin.engine.news import Begin
from tocsin.engine.preparation import created_facts
from tocsin.engine.progress import RunProgress

NOTE = {"kind": "set", "values": {"v": 1}}
LOOK = {"kind": "action", "use": "toy.look"}


def calls_of(work):
    """How many functions of the engine a piece of work calls."""
    counted = Counter()

    def count(frame, what, _):
        if what == "call" and "/tocsin/engine/" in frame.f_code.co_filename:
            counted[frame.f_code.co_name] += 1

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted.total()


def chain(size):
    nodes = {"t": TRIGGER} | {f"n{n}": NOTE for n in range(size)}
    return playbook_of(nodes, ["t -> n0", *(f"n{n} -> n{n + 1}" for n in range(size - 1))])


def star(size):
    nodes = {"t": TRIGGER} | {f"n{n}": NOTE for n in range(size)} | {"j": {"kind": "join", "need": "every"}}
    return playbook_of(nodes, [edge for n in range(size) for edge in (f"t -> n{n}", f"n{n} -> j")])


def dead_branch(size):
    nodes = {"t": TRIGGER, "no": {"kind": "condition", "when": "false"}} | {f"n{n}": NOTE for n in range(size)}
    return playbook_of(nodes, ["t -> no", "no.true -> n0", *(f"n{n} -> n{n + 1}" for n in range(size - 1))])


def items(size):
    body = {"nodes": {"a": LOOK}, "edges": []}
    loop = {"kind": "for_each", "in": "t.l", "concurrency": 50, "max": 10_000, "body": body}
    nodes = {"t": {**TRIGGER, "sample": {"l": list(range(size))}}, "l": loop}
    return playbook_of(nodes, ["t -> l"])


def asks(size):
    nodes = {"t": TRIGGER} | {f"q{n}": {"kind": "ask", "ask": "approval", "text": "?"} for n in range(size)}
    return playbook_of(nodes, [f"t -> q{n}" for n in range(size)])


@pytest.mark.parametrize(
    ("draw", "small", "large"),
    [(chain, 100, 10_000), (star, 100, 10_000), (dead_branch, 100, 10_000), (items, 100, 2_000), (asks, 30, 600)],
)
def test_operations_grow_with_the_nodes_and_no_faster(draw, small, large):
    first, second = (Driver(draw(size), persons=lambda event: ("approved", None)) for size in (small, large))
    per_node = calls_of(first.run) / small
    assert calls_of(second.run) / large <= per_node * 1.05
    assert second.end["status"] == "succeeded"


@pytest.mark.parametrize("size", [100, 2_000])
def test_a_view_of_a_long_loop_costs_the_same_for_each_event(size):
    driver = Driver(items(size)).run()
    progress = RunProgress("0190-test")

    def follow():
        for event in driver.events:
            progress.apply(event)

    assert calls_of(follow) / len(driver.events) <= 12
    assert progress.status_of("l").items.done == size


def test_a_dead_branch_of_ten_thousand_nodes_is_one_event_and_needs_no_recursion():
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(220)
    try:
        driver = Driver(dead_branch(10_000)).run()
    finally:
        sys.setrecursionlimit(before)
    assert [len(event.data["paths"]) for event in driver.of("node.skipped")] == [10_000]


def test_a_join_of_ten_thousand_edges_fires_once():
    driver = Driver(star(10_000)).run()
    assert len(driver.of("node.settled", "j")) == 1
    assert len(driver.output("j")["edges"]) == 10_000


def test_folding_ten_thousand_nodes_gives_the_same_state():
    driver = Driver(chain(10_000)).run()
    assert driver.replayed().picture() == driver.state.picture()


def test_nothing_open_stays_when_a_run_is_over():
    driver = Driver(items(500)).run()
    state = driver.state
    assert (state.moving, state.questions, list(state.frames), state.root.work, state.root.loops) == (
        0,
        0,
        [""],
        {},
        {},
    )
    queues = (state.ready, state.dead, state.drains, state.rests, state.loops_due, state.ended_frames)
    assert [len(queue) for queue in queues] == [0] * 6


def test_a_run_that_is_over_is_gone_at_once_and_leaves_nothing_for_the_collector():
    program = Driver(star(3)).program
    gc.disable()
    try:
        conductor = Conductor(program, "run", {}.__getitem__)
        conductor.create(created_facts(program), now=1, by="cli")
        conductor.decide(Begin(), now=1)
        assert conductor.state.status in FINISHED
        left = weakref.ref(conductor.state)
        del conductor
        assert left() is None
    finally:
        gc.enable()
