"""The list of numbers names only tests that exist (README.md beside this file)."""

from pathlib import Path

from tests.helpers.readmes import named_tests, unwritten_tests

HERE = Path(__file__).parent
README = HERE / "README.md"


def test_every_test_that_the_list_of_numbers_names_exists():
    assert len(named_tests(README)) > 100
    assert unwritten_tests(README, HERE.parent) == []
