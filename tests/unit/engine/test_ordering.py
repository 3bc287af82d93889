"""A run that is taken up again goes on in the order of the file, not of the alphabet: engine.md 1.6."""

import json

import pytest
from tests.helpers.runs import ENVIRONMENT, TRIGGER, Driver, playbook_of, test_catalogue

from tocsin.engine.ordering import in_order, order_of
from tocsin.engine.plan import compile_plan
from tocsin.engine.preparation import Occasion, created_facts, prepare_program
from tocsin.model.document import from_document, playbook_hash

LOOK = {"kind": "action", "use": "toy.look"}
BODY = {"nodes": {"y": LOOK, "b": LOOK}, "edges": []}
NODES = {
    "t": TRIGGER,
    "zeta": LOOK,
    "each": {"kind": "for_each", "in": "[1, 2]", "body": BODY},
    "alpha": LOOK,
    "all": {"kind": "join", "need": "any"},
    "nu": LOOK,
    "beta": LOOK,
}
EDGES = ["t -> alpha", "t -> zeta", "t -> each", "alpha -> all", "zeta -> all", "all -> beta", "all -> nu"]
PLAYBOOK = playbook_of(NODES, EDGES)


def stored():
    """The playbook as the journal gives it back: every key of it in the alphabet's order."""
    program = prepare_program(PLAYBOOK, ENVIRONMENT, test_catalogue(), Occasion())
    return from_document(json.loads(program.main.document)), created_facts(program)["order"]


def every_plan(plan):
    """A plan and the plans of its bodies, as what decides about order: ids and edges."""
    return [(plan.ids, plan.out), *(found for body in plan.bodies.values() for found in every_plan(body))]


def test_what_the_journal_keeps_has_lost_the_order_and_the_run_pins_it():
    kept, order = stored()
    assert list(kept.graph.nodes) == sorted(NODES)
    assert order == ("t", "zeta", "each", "y", "b", "alpha", "all", "nu", "beta")


def test_with_the_order_a_stored_playbook_is_the_one_that_ran_with_its_bodies():
    kept, order = stored()
    mended = in_order(kept, order)
    assert order_of(mended) == order
    assert playbook_hash(mended) == playbook_hash(PLAYBOOK)
    assert every_plan(compile_plan(mended.graph)) == every_plan(compile_plan(PLAYBOOK.graph))


def test_of_a_run_that_pinned_no_order_the_playbook_stays_as_it_is_kept():
    kept, _ = stored()
    assert order_of(in_order(kept, ())) == order_of(kept)


@pytest.mark.parametrize("crash_after", range(6))
def test_a_resumed_run_makes_the_same_attempts_in_the_same_order(crash_after):
    def play(*, crashes):
        driver = Driver(PLAYBOOK).start()
        for turn in range(40):
            if crashes and turn == crash_after:
                driver.program = prepare_program(in_order(*stored()), ENVIRONMENT, test_catalogue(), Occasion())
                driver.crash()
            if driver.open:
                driver.finish(driver.open[0][0])
        assert driver.replayed().picture() == driver.state.picture()
        return list(dict.fromkeys(intent.path for intent in driver.attempts)), driver.states()

    assert play(crashes=True) == play(crashes=False)
