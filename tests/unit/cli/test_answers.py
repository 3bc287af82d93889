import pytest
from tests.helpers.runs import playbook_of

from tocsin.cli.answers import AnswerOutsideLabError, Answers, UnknownQuestionError, read_answers

ASK = {"kind": "ask", "ask": "approval", "text": "Go?"}
CHOICE = {"kind": "ask", "ask": "choice", "text": "Which?", "options": [{"id": "a", "title": "A"}]}
PLAYBOOK = playbook_of(
    {
        "first": ASK,
        "hosts": {"kind": "for_each", "in": "[1]", "body": {"nodes": {"confirm": CHOICE}, "edges": []}},
        "last": {"kind": "end"},
    },
    [],
)
NONE = {}.get


def test_an_answer_names_a_question_and_one_of_its_options():
    answers = read_answers(["first=rejected", "hosts/confirm=a"], PLAYBOOK, NONE)
    assert (answers.find("first"), answers.find("hosts[3]/confirm")) == ("rejected", "a")


def test_an_items_own_answer_comes_before_the_one_for_all():
    answers = Answers({"hosts/confirm": "a", "hosts[2]/confirm": "b"})
    assert [answers.find(f"hosts[{index}]/confirm") for index in (1, 2)] == ["a", "b"]


def test_what_nobody_answered_is_answered_otherwise_or_not_at_all():
    assert (Answers({}, "approved").find("first"), Answers({}).find("first")) == ("approved", None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("frist=approved", "Did you mean “first”"),
        ("last=approved", "It asks: “first”, “hosts/confirm”"),
        ("first=yes", "It offers “approved”, “rejected”"),
        ("first", "It offers “approved”, “rejected”"),
        ("confirm=a", "No question"),
    ],
)
def test_what_fits_no_question_or_option_is_refused_and_says_what_would(text, said):
    with pytest.raises(UnknownQuestionError, match=said):
        read_answers([text], PLAYBOOK, NONE)


def test_a_playbook_without_questions_says_so():
    with pytest.raises(UnknownQuestionError, match="It asks nothing"):
        read_answers(["x=y"], playbook_of({"last": {"kind": "end"}}, []), NONE)


def test_outside_the_lab_nothing_is_answered_beforehand():
    with pytest.raises(AnswerOutsideLabError, match="“production”"):
        read_answers(["first=approved"], PLAYBOOK, NONE, environment="production")
    assert read_answers([], PLAYBOOK, NONE, environment="production") == Answers({})


def test_a_question_of_a_called_playbook_is_answered_under_the_call():
    asking = playbook_of({"sure": ASK}, [], id="asking")
    calling = playbook_of({"enrich": {"kind": "call", "playbook": "asking"}}, [])
    answers = read_answers(["enrich/sure=approved"], calling, {"asking": asking}.get)
    assert answers.find("enrich/sure") == "approved"
    with pytest.raises(UnknownQuestionError):
        read_answers(["sure=approved"], calling, {"asking": asking}.get)


def test_a_step_that_is_covered_may_ask_for_itself():
    covering = playbook_of({"sure": {**ASK, "covers": ["act"]}, "act": {"kind": "action", "use": "toy.change"}}, [])
    assert read_answers(["act=approved"], covering, NONE).find("act") == "approved"
    with pytest.raises(UnknownQuestionError, match="offers “approved”, “rejected”"):
        read_answers(["act=done"], covering, NONE)
