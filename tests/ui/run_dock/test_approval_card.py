from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from tests.ui.run_dock.stories import SUBJECT, moment_of

from tocsin.engine.progress import QuestionOption
from tocsin.ui.run_dock.answers import Answer, safest
from tocsin.ui.run_dock.approval import Card, CardLine, open_cards
from tocsin.ui.run_dock.approval_card import ApprovalCard
from tocsin.ui.run_dock.question_text import Piece
from tocsin.ui.theme import LIGHT

SECOND = 1_000_000


@pytest.fixture
def card(driver):
    return open_cards(SUBJECT, moment_of(driver.events))[0]


@pytest.fixture
def window(qtbot):
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(400, 600)
    return place


@pytest.fixture
def widget(dressed, theme, clock, window, qtbot):
    made = ApprovalCard(theme, window, clock=clock)
    with qtbot.waitExposed(window):
        window.show()
    return made


def simple(card, **question):
    asked = replace(card.question, **question)
    return Card(asked, "Ask", (CardLine("What", (Piece("Go on?", is_data=False),)),))


def test_it_is_262_wide_whatever_it_says_and_as_high_as_that_needs(widget, card):
    widget.show_card(card)
    assert widget.width() == 262
    assert widget.height() == widget.sizeHint().height()
    widget.show_card(simple(card, ask="x?1"))
    assert widget.width() == 262


def test_another_question_in_the_same_words_says_them_too(widget, card):
    widget.show_card(card)
    widget.show_card(replace(card, question=replace(card.question, ask="other?1")))
    assert widget._lines.count() == 2 * len(card.lines)
    assert widget.height() == widget.sizeHint().height()


def test_what_becomes_known_of_a_question_that_is_seen_has_its_room_at_once(widget, card):
    widget.show_card(simple(card))
    before = widget.height()
    widget.show_card(replace(card, question=card.question))
    assert widget.height() == widget.sizeHint().height() > before


def test_answers_whose_words_have_no_room_beside_each_other_stand_below(widget, card):
    titles = {"rejected": "Leave them out of sight", "approved": "Delete and block"}
    options = tuple(replace(option, title=titles[option.id]) for option in card.question.options)
    widget.show_card(simple(card, options=options))
    safe, other = (widget.find_button(option) for option in ("rejected", "approved"))
    assert safe.geometry().bottom() < other.geometry().top()
    assert safe.width() == other.width() >= other.minimumSizeHint().width()
    assert widget.height() == widget.sizeHint().height()


def test_the_safest_answer_has_the_focus_and_none_is_the_default(widget, card, qtbot):
    widget.show_card(card)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is widget.find_button("rejected"))
    assert not any(widget.find_button(option).autoDefault() for option in ("approved", "rejected"))
    assert not any(widget.find_button(option).isDefault() for option in ("approved", "rejected"))


def test_answers_are_equal_and_the_safest_stands_first(widget, card):
    widget.show_card(replace(card, typed=""))
    QApplication.processEvents()
    no, yes = widget.find_button("rejected"), widget.find_button("approved")
    assert (no.size(), no.property("role"), no.y()) == (yes.size(), yes.property("role"), yes.y())
    assert no.x() < yes.x()


def test_no_single_key_approves(widget, card, qtbot):
    widget.show_card(replace(card, typed=""))
    answers = []
    widget.answered.connect(answers.append)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_A, Qt.Key.Key_Y, Qt.Key.Key_I):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert [answer.option for answer in answers if answer.option == "approved"] == []


def test_a_critical_target_must_be_typed_exactly_before_it_can_be_approved(widget, card, qtbot):
    widget.show_card(card)
    approve = widget.find_button("approved")
    assert (widget.typed.isVisible(), approve.isEnabled(), widget.find_button("rejected").isEnabled()) == (
        True,
        False,
        True,
    )
    for typed, is_enabled in (("db-0", False), ("DB-01", False), ("db-01", True), ("db-01 ", False)):
        widget.typed.setText(typed)
        assert approve.isEnabled() is is_enabled


def test_an_answer_is_given_once_and_again_only_when_it_was_not_taken(widget, card, qtbot):
    widget.show_card(replace(card, typed=""))
    with qtbot.waitSignal(widget.answered) as told:
        widget.find_button("rejected").click()
    assert told.args == [Answer("hosts[2]/confirm?1", "rejected")]
    assert not widget.find_button("rejected").isEnabled()
    widget.allow_answer()
    assert widget.find_button("approved").isEnabled()


def test_a_reason_goes_with_the_answer(widget, card, qtbot):
    widget.show_card(card)
    widget._add_reason.click()
    widget._reason.setText(" planned work ")
    with qtbot.waitSignal(widget.answered) as told:
        widget.choose_safest()
    assert told.args[0].reason == "planned work"


def test_the_countdown_goes_on_each_second_and_its_end_approves_nothing(widget, card, driver, qtbot):
    widget.show_card(replace(card, typed=""))
    answers = []
    widget.answered.connect(answers.append)
    before = widget.countdown
    assert widget._tick.interval() == 1000
    driver.now += 10 * SECOND
    widget._refresh_time()
    assert widget.countdown != before
    driver.now = card.question.expires
    widget._refresh_time()
    assert widget.countdown == "The time is over: not answered"
    assert not widget.find_button("approved").isEnabled()
    widget.choose_approval()
    assert answers == []


def test_nothing_is_counted_while_nobody_sees_it(widget, card):
    widget.show_card(card)
    assert widget._tick.isActive()
    widget.show_card(None)
    assert not widget.isVisible()
    assert not widget._tick.isActive()


def test_the_same_question_again_keeps_what_was_typed(widget, card):
    widget.show_card(card)
    widget.typed.setText("db-01")
    widget.show_card(replace(card, count=3))
    assert widget.find_button("approved").isEnabled()
    assert widget._next.isVisible()


def test_a_name_that_becomes_known_changes_what_must_be_typed(widget, card):
    widget.show_card(replace(card, typed="10.0.0.9"))
    widget.typed.setText("db-01")
    assert not widget.find_button("approved").isEnabled()
    widget.show_card(card)
    assert widget.find_button("approved").isEnabled()


def test_choices_stand_one_under_the_other(widget, card, qtbot):
    options = tuple(QuestionOption(name, name.title()) for name in ("one", "two", "three"))
    widget.show_card(simple(card, kind="choice", options=options))
    QApplication.processEvents()
    assert len({widget.find_button(option.id).y() for option in options}) == 3
    with qtbot.waitSignal(widget.answered) as told:
        widget.find_button("two").click()
    assert told.args[0].option == "two"


def test_a_form_is_sent_when_it_is_complete(widget, card, qtbot):
    schema = {"type": "object", "properties": {"why": {"type": "string"}}, "required": ["why"]}
    options = (QuestionOption("submitted", "Send"),)
    widget.show_card(simple(card, kind="form", options=options, form=schema))
    with qtbot.assertNotEmitted(widget.answered):
        widget.find_button("submitted").click()
    editor = widget._form.findChild(QWidget, None)
    assert editor is not None
    view = widget._form._views[0]
    qtbot.keyClicks(view.editor, "because")
    with qtbot.waitSignal(widget.answered) as told:
        widget.find_button("submitted").click()
    assert told.args[0].form == {"why": "because"}


def test_what_a_question_says_is_never_markup_and_ampersands_are_letters(widget, card):
    options = (QuestionOption("approved", "R&D <b>x</b>"), QuestionOption("rejected", "No"))
    hostile = simple(card, options=options)
    widget.show_card(replace(hostile, title="<b>Ask</b>"))
    assert widget.find_button("approved").text() == "R&&D <b>x</b>"
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in widget.findChildren(QLabel))


def test_its_border_is_the_waiting_colour(widget, card):
    widget.show_card(card)
    assert widget.border() == LIGHT.waiting


def test_the_step_and_the_next_question_can_be_asked_for(widget, card, qtbot):
    widget.show_card(replace(card, count=2))
    with qtbot.waitSignal(widget.node_requested) as told:
        widget._show_step.click()
    assert told.args == ["confirm"]
    with qtbot.waitSignal(widget.next_requested):
        widget._next.click()


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ([("approved", "danger"), ("rejected", "plain")], "rejected"),
        ([("go", "danger"), ("wait", "plain"), ("later", "plain")], "later"),
        ([("go", "danger")], "go"),
        ([], None),
    ],
)
def test_the_safest_answer_is_the_one_that_does_least(options, wanted):
    assert safest([QuestionOption(name, name, style) for name, style in options]) == wanted
