"""The list of traps names only tests that exist (README.md beside this file)."""

from pathlib import Path

from tests.helpers.readmes import named_tests, unwritten_tests

HERE = Path(__file__).parent
README = HERE / "README.md"


def test_every_test_that_the_list_of_traps_names_exists():
    assert len(named_tests(README)) > 40
    assert unwritten_tests(README, HERE, HERE.parents[1] / "journeys") == []
