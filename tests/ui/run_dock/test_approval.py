from dataclasses import replace

import pytest
from tests.ui.run_dock.stories import HOSTS, SUBJECT, isolating, moment_of

from tocsin.ui.run_dock.approval import make_card, open_cards
from tocsin.ui.run_dock.kept_values import Found

SECOND = 1_000_000


@pytest.fixture
def moment():
    return moment_of(isolating().events)


@pytest.fixture
def question(moment):
    return moment.progress.questions["hosts[2]/confirm?1"]


@pytest.fixture
def card(moment, question):
    return make_card(question, SUBJECT, moment, item=Found(HOSTS[2]))


def text_of(card):
    return {line.label: line.text for line in card.lines}


def test_a_card_says_what_where_why_whom_and_whether_it_can_be_undone(card):
    said = text_of(card)
    assert list(said) == ["What", "Product", "Why", "Affects", "Undo", "Asked"]
    assert said["What"] == "Isolate db-01?"
    assert said["Product"] == "Isolate: General, connection “toy”"
    assert [line.partition(", 00:")[0] for line in said["Why"].split("\n")] == [
        "Risky? id AL-1 = AL-1",
        "Critical? critical",
        "3 hosts",
    ]
    assert said["Affects"] == "db-01\nip 10.0.0.9, critical yes"
    assert said["Undo"] == "Cannot be undone"
    assert said["Asked"].startswith("By the playbook at 00:00:")
    assert said["Asked"].endswith("UTC; 1 answer needed")


def test_data_of_the_run_is_set_off_from_the_authors_words(card):
    what, why, affects = card.lines[0], card.lines[2], card.lines[3]
    assert [(piece.text, piece.is_data) for piece in what.pieces] == [
        ("Isolate ", False),
        ("db-01", True),
        ("?", False),
    ]
    assert all(piece.is_data for piece in (*why.pieces, *affects.pieces))


def test_a_critical_target_must_be_typed_before_something_dangerous_is_approved(moment, question, card):
    assert card.typed == "db-01"
    assert make_card(question, SUBJECT, moment, item=Found(HOSTS[0])).typed == ""
    plain = replace(question, options=tuple(replace(option, style="plain") for option in question.options))
    assert make_card(plain, SUBJECT, moment, item=Found(HOSTS[2])).typed == ""


def test_evidence_of_another_item_is_no_reason(moment, question):
    assert "isolated" not in text_of(make_card(question, SUBJECT, moment, item=Found(None)))["Why"]


def test_the_time_that_is_left_is_counted_down_and_then_said_to_be_over(card):
    expires = card.question.expires
    assert card.left(expires - 816 * SECOND) == "13:36 left, then expired"
    assert card.left(expires - 4 * 3600 * SECOND) == "4 h 00 min left, then expired"
    assert not card.is_over(expires - 1)
    assert card.is_over(expires)
    assert card.left(expires + SECOND) == "The time is over: not answered"


def test_a_question_without_an_end_has_no_countdown(moment, question):
    card = make_card(replace(question, expires=None), SUBJECT, moment, item=Found(None))
    assert (card.left(1), card.is_over(1)) == ("", False)


def test_answers_that_were_given_are_counted(moment, question):
    asked = replace(question, need=2, given=(("user:a", "approved"),))
    assert text_of(make_card(asked, SUBJECT, moment, item=Found(None)))["Asked"].endswith("2 answers needed, 1 given")


def test_a_question_of_an_unknown_step_is_still_asked(moment, question):
    card = make_card(replace(question, node="gone", path="gone"), SUBJECT, moment, item=Found(None))
    assert (card.title, text_of(card)["What"], card.lines[0].pieces[0].is_data) == ("gone", "Isolate db-01?", True)


def test_every_open_question_has_its_card_with_the_item_it_is_about(moment):
    (card,) = open_cards(SUBJECT, moment)
    assert (card.question.ask, card.typed, card.count) == ("hosts[2]/confirm?1", "db-01", 1)


def test_an_item_that_is_not_loaded_yet_counts_as_critical(moment):
    (card,) = open_cards(SUBJECT, moment, find=lambda _: Found("2,000 bytes", is_there=False))
    assert "Affects" not in text_of(card)
    assert card.typed == "db-01"


def test_a_question_that_covers_acts_lists_them(moment, question):
    acts = [{"path": "hosts[2]/isolate", "connection": "toy", "inputs": {"host": "db-01"}}]
    said = text_of(make_card(question, SUBJECT, moment, item=Found(HOSTS[2]), intents=Found(acts)))
    assert "Product" not in said
    assert said["Acts"] == "Isolate: General, connection “toy”, host db-01"
