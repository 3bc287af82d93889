import pytest
from tests.unit.checks.build import catalogue, read

from tocsin.base.resources import playbook_paths
from tocsin.checks import CHECKS, check_playbook
from tocsin.formats.playbook_file import load_playbook, read_playbook
from tocsin.model.problems import CheckCode

SEEN_IN_THE_TEXT = (CheckCode.COMMENTS_LOST, CheckCode.COMMENT_AFTER_EXPRESSION)
SHIPPED = {path.stem: load_playbook(path).playbook for path in playbook_paths()}
JUDGED = [code for code in CheckCode if code not in SEEN_IN_THE_TEXT]


def judge(text):
    return check_playbook(read(text), catalogue(), SHIPPED.get)


def test_every_code_is_explained():
    assert list(CHECKS) == list(CheckCode)


@pytest.mark.parametrize("code", JUDGED)
def test_the_bad_example_has_this_problem_and_no_other(code):
    assert {problem.code for problem in judge(CHECKS[code].bad)} == {code}


@pytest.mark.parametrize("code", JUDGED)
def test_what_is_found_says_what_to_do(code):
    assert [problem.message for problem in judge(CHECKS[code].bad) if not problem.hint] == []


@pytest.mark.parametrize("code", CheckCode)
def test_an_explanation_says_what_and_why_in_sentences(code):
    info = CHECKS[code]
    assert info.title[0].isupper()
    assert info.why.endswith(".")


@pytest.mark.parametrize("code", SEEN_IN_THE_TEXT)
def test_the_bad_example_of_what_only_the_text_shows_is_found_by_reading(code):
    assert code in [problem.code for problem in read_playbook(CHECKS[code].bad, "bad.yaml").problems]


@pytest.mark.parametrize("code", CheckCode)
def test_the_good_example_has_no_problem_at_all(code):
    assert judge(CHECKS[code].good) == ()


@pytest.mark.parametrize("code", CheckCode)
def test_the_good_example_is_a_whole_file(code):
    assert read_playbook(CHECKS[code].good, "good.yaml").problems == ()
