"""For any graph and any outcome of its actions a run ends, every node is settled once, and the fold tells the same."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.graphs import draw_playbooks
from tests.helpers.runs import Driver, all_settled

from tocsin.engine.events import FINISHED
from tocsin.engine.news import CancelAsked
from tocsin.engine.outcomes import Answer, Changed, Outcome, Sent, Verdict, Verified
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.playbook import CallNode, JoinNode, is_loop, walk_graphs

OUTCOMES = [*[Outcome.SUCCEEDED] * 4, Outcome.FAILED, Outcome.REFUSED, Outcome.NOT_SENT, Outcome.UNCERTAIN]


def random_driver(seed, *, order=None):
    draw = random.Random(seed)
    playbook, callees = draw_playbooks(draw)

    def answer(intent):
        drawn = random.Random(f"{seed}/{intent.path}/{intent.n}")
        outcome = drawn.choice(OUTCOMES)
        if outcome is Outcome.SUCCEEDED:
            return Answer(outcome, changed=drawn.choice([Changed.TRUE, Changed.FALSE]), output={"n": 1})
        failure = Failure(
            drawn.choice([FailureCode.UNAVAILABLE, FailureCode.PERMISSION]), "no", retryable=drawn.random() < 0.5
        )
        return Answer(outcome, Sent.MAYBE, Changed.UNKNOWN, failure=failure)

    def verdict(intent):
        return Verdict(random.Random(f"{seed}/{intent.path}").choice(list(Verified)))

    def person(event):
        choice = random.Random(f"{seed}/{event.path}").choice
        if event.data["kind"] == "uncertain":
            return choice(["done", "not_done"]), None
        said = choice(["approved", "rejected", None] if event.data["expires"] else ["approved", "rejected"])
        return (said, None) if said else None

    driver = Driver(playbook, answers=answer, verdicts=verdict, persons=person, seed=order, callees=callees)
    driver.has_room = seed % 3 != 0
    return driver


def is_parked(driver):
    """Look through all that is open: nothing goes on by itself."""
    state = driver.state
    works = [(frame.loops.get(node), work) for frame, node, work in state.open_work() if node not in frame.calls]
    by_itself = [work for loop, work in works if not (work.question or work.signal or (loop and not loop.resting))]
    return state.status not in FINISHED and not by_itself and not driver.waiting


@settings(max_examples=250, deadline=None)
@given(seed=st.integers(0, 2**32), order=st.integers(0, 3))
def test_every_run_ends_with_every_node_settled_once(seed, order):
    driver = random_driver(seed, order=order).run()
    assert driver.state.status in FINISHED
    assert all_settled(driver)
    assert [event.seq for event in driver.events] == list(range(1, len(driver.events) + 1))
    assert [event.at for event in driver.events] == sorted(event.at for event in driver.events)


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32), order=st.integers(0, 3))
def test_folding_the_events_gives_the_state_of_the_runner(seed, order):
    driver = random_driver(seed, order=order).start()
    steps = random.Random(seed).randrange(30)
    while driver.state.status not in FINISHED and steps and driver.step():
        steps -= 1
        assert driver.conductor.is_parked == is_parked(driver)
    assert driver.replayed().picture() == driver.state.picture()


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32), when=st.integers(0, 12), force=st.booleans())
def test_a_cancelled_run_drains_and_ends(seed, when, force):
    driver = random_driver(seed, order=1).start()
    for _ in range(when):
        if driver.state.status in FINISHED:
            return
        driver.step()
    if driver.state.status in FINISHED:
        return
    driver.tell(CancelAsked("user:test", force=force))
    while driver.state.status not in FINISHED:
        assert driver.step(), "a cancelled run hangs"
    assert driver.end["status"] == "cancelled"
    assert all_settled(driver)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_without_early_joins_the_order_of_results_does_not_matter(seed):
    playbook, _ = draw_playbooks(random.Random(seed))
    early = [
        node
        for _, graph in walk_graphs(playbook.graph)
        for node in graph.nodes.values()
        if (isinstance(node, JoinNode) and node.need not in {"all", "every"})
        or is_loop(node)
        or isinstance(node, CallNode)
        or getattr(node, "stop", False)
    ]
    if early:
        return
    ends = [random_driver(seed, order=order).run() for order in (0, 1, 2)]
    if any(driver.state.failure for driver in ends):
        return
    assert len({tuple(sorted(driver.settled().items())) for driver in ends}) == 1


def _has_skipped_region(driver):
    return any(len(event.data["paths"]) >= 3 for event in driver.of("node.skipped"))


def _features(driver):
    playbook = driver.program.playbook
    nodes = [node for _, graph in walk_graphs(playbook.graph) for node in graph.nodes.values()]
    edges = [edge for _, graph in walk_graphs(playbook.graph) for edge in graph.edges]
    return {
        "loop": any(is_loop(node) for node in nodes),
        "early join": any(isinstance(node, JoinNode) and node.need not in {"all", "every"} for node in nodes),
        "error port": any(edge.port == "error" for edge in edges),
        "skipped region": _has_skipped_region(driver),
        "call": any("/" in path and "[" not in path for path in driver.settled()),
        "act that was not approved": bool(driver.of("node.held")),
        "two triggers": sum(node.kind == "trigger" for node in nodes) == 2,
    }


@pytest.mark.parametrize(
    ("feature", "share"),
    [
        ("loop", 0.15),
        ("call", 0.15),
        ("early join", 0.15),
        ("error port", 0.15),
        ("skipped region", 0.15),
        ("two triggers", 0.15),
        ("act that was not approved", 0.02),
    ],
)
def test_the_drawn_graphs_have_what_is_hard(feature, share, drawn):
    assert sum(found[feature] for found in drawn) >= share * len(drawn)


@pytest.fixture(scope="module")
def drawn():
    return [_features(random_driver(seed, order=0).run()) for seed in range(500)]
