import pytest
from tests.unit.checks.build import catalogue, find, read

from tocsin.checks import CHECKS, check_playbook
from tocsin.formats.playbook_file import read_playbook
from tocsin.model.problems import CheckCode

SEEN_IN_THE_TEXT = (CheckCode.COMMENTS_LOST, CheckCode.COMMENT_AFTER_EXPRESSION)
JUDGED = [code for code in CheckCode if code not in SEEN_IN_THE_TEXT]


def test_every_code_is_explained():
    assert list(CHECKS) == list(CheckCode)


@pytest.mark.parametrize("code", JUDGED)
def test_the_bad_example_has_the_problem(code):
    found = check_playbook(read(CHECKS[code].bad), catalogue(), {}.get)
    assert code in [problem.code for problem in found]


@pytest.mark.parametrize("code", SEEN_IN_THE_TEXT)
def test_the_bad_example_of_what_only_the_text_shows_is_found_by_reading(code):
    assert code in [problem.code for problem in read_playbook(CHECKS[code].bad, "bad.yaml").problems]


@pytest.mark.parametrize("code", CheckCode)
def test_the_good_example_has_no_problem_at_all(code):
    assert find(CHECKS[code].good) == []


@pytest.mark.parametrize("code", CheckCode)
def test_the_good_example_is_a_whole_file(code):
    assert read_playbook(CHECKS[code].good, "good.yaml").problems == ()
