"""The containment is killed at twenty seeded points, some with the products' faults, and goes on: nothing is lost.

`python -m tests.faults` goes through every point.
"""

import random

import pytest
from tests.faults.harness import Death, Harness

SEED = 20
CALM = 12
FAULTS = ("late", "dropped", "broken", "garbage", "huge", "tls_cut")
EARLY = 110
"""Whatever goes wrong, a run passes so many points."""
TWICE = 2
SPARE = 10
"""So many points fewer are passed where answers come together and are written together."""


@pytest.fixture(scope="module")
def harness(tmp_path_factory):
    harness = Harness(tmp_path_factory.mktemp("faults"))
    yield harness
    harness.close()


@pytest.fixture(scope="module")
def points(harness):
    """How many points a run passes when nothing goes wrong."""
    return harness.count_points()


def test_the_containment_has_enough_points_to_die_at(points):
    assert points >= 200


@pytest.mark.timeout(120)
@pytest.mark.parametrize("place", range(CALM))
def test_a_killed_containment_goes_on_and_does_no_change_twice(harness, points, place):
    found = harness.die(Death("none", (random.Random(f"{SEED}/{place}").randint(1, points - SPARE),)))
    assert (found.died, found.wrong) == (1, [])


@pytest.mark.timeout(120)
@pytest.mark.parametrize("faults", FAULTS)
def test_one_whose_products_fail_meanwhile_does_so_too(harness, faults):
    found = harness.die(Death(faults, (random.Random(f"{SEED}/{faults}").randint(40, EARLY),)))
    assert (found.died, found.wrong) == (1, [])


@pytest.mark.timeout(120)
@pytest.mark.parametrize("place", range(TWICE))
def test_one_that_is_killed_again_while_it_goes_on_does_so_too(harness, points, place):
    draw = random.Random(f"{SEED}/{place}")
    found = harness.die(Death("none", (draw.randint(40, points - 40), draw.randint(1, 20))))
    assert (found.died, found.wrong) == (2, [])
