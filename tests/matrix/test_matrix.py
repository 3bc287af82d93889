"""A seeded few of what `python -m tests.matrix` goes through, and proof that the judge sees what must not be."""

import random
from dataclasses import replace

import pytest

from tests.faults.books import Books
from tests.matrix.drawing import kinds_of, pairs, singles
from tests.matrix.judging import faults_of
from tests.matrix.playing import Case, play, playbooks, products_of, undisturbed

SEED = 7
DRAWN = 2
BLOCK = "contain-suspicious-ip"


def drawn():
    draw = random.Random(SEED)
    for name in playbooks():
        yield from (pytest.param(name, draw.random(), id=f"{name}-{number}") for number in range(DRAWN))


@pytest.mark.parametrize("name", playbooks())
def test_a_playbook_succeeds_when_nothing_fails(name):
    played = undisturbed(name)
    assert (str(played.run.state.status), faults_of(played)) == ("succeeded", [])


@pytest.mark.parametrize(("name", "seed"), list(drawn()))
def test_a_playbook_ends_and_tells_the_truth_whatever_fails(name, seed):
    draw = random.Random(seed)
    products = products_of(name)
    failing = draw.sample(products, min(2, len(products)))
    case = Case(
        name, tuple((product, draw.choice([k for k in kinds_of(product) if k != "huge"])) for product in failing)
    )
    assert faults_of(play(case)) == [], str(case)


def test_a_failure_takes_the_way_for_failures():
    run = play(Case(BLOCK, (("opnsense", "broken"),))).run
    assert (run.settled()["block"], run.settled()["help"][0]) == (("failed", ("error",)), "succeeded")
    assert run.end["status"] == "failed"


def test_a_change_that_was_made_and_not_answered_is_not_made_again():
    played = play(Case(BLOCK, (("opnsense", "dropped once"),)))
    assert str(played.run.state.status) == "succeeded"
    assert sum(change["what"].startswith("blocked") for change in played.books.changes) == 1


def test_what_the_record_leaves_out_or_makes_up_is_found():
    played = undisturbed(BLOCK)
    silent = replace(played, books=Books([*played.books.changes, {**played.books.changes[0], "cause": "?"}], []))
    made_up = replace(played, books=Books([], []))
    assert "? changed something without an intent" in faults_of(silent)
    assert "block succeeded, and nothing happened" in faults_of(made_up)


def test_every_pair_of_failures_of_two_products_is_drawn():
    met = {(a, b) for case in pairs("joiner") for a in case.failures for b in case.failures if a[0] < b[0]}
    assert met == {(("jira", one), ("keycloak", other)) for one in kinds_of("jira") for other in kinds_of("keycloak")}
    assert len(singles("joiner")) == len(kinds_of("jira")) + len(kinds_of("keycloak"))
