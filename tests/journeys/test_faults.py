"""The containment is killed at seeded points, with the Lab's faults, and goes on: nothing twice, nothing lost.

`python -m tests.faults` goes through every point.
"""

import random

import pytest
from tests.faults.harness import Harness

SEED = 20
DEATHS = {"none": 10, "late": 2, "dropped": 3, "busy": 2, "broken": 3}


@pytest.fixture(scope="module")
def harness(tmp_path_factory):
    harness = Harness(tmp_path_factory.mktemp("faults"))
    yield harness
    harness.close()


@pytest.fixture(scope="module")
def drawn(harness):
    """Points drawn for each fault, by name."""
    draw = random.Random(SEED)
    return {name: draw.sample(range(1, harness.count_points(name) + 1), count) for name, count in DEATHS.items()}


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("faults", "place"), [(name, place) for name in DEATHS for place in range(DEATHS[name])])
def test_a_killed_containment_goes_on_and_does_no_change_twice(harness, drawn, faults, place):
    assert harness.die_at(drawn[faults][place], faults).wrong == []
