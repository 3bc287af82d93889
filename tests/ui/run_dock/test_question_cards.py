from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from tests.ui.run_dock.stories import PLAYBOOK, SUBJECT, moment_of

from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.run_dock.answers import Answer
from tocsin.ui.run_dock.approval import open_cards
from tocsin.ui.run_dock.question_cards import QuestionCards


class Place:
    """A canvas that notes what is shown beside which node."""

    def __init__(self):
        self.beside = {}

    def show_beside(self, widget, node_id):
        self.beside[widget] = node_id
        widget.show()

    def hide(self, widget):
        self.beside.pop(widget, None)


@pytest.fixture
def canvas(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(500, 500)
    widget.show()
    return widget


@pytest.fixture
def place():
    return Place()


@pytest.fixture
def cards(driver):
    (card,) = open_cards(SUBJECT, moment_of(driver.events))
    other = replace(card, question=replace(card.question, ask="find?1", node="find", path="find"), typed="")
    return [replace(card, count=2), replace(other, count=2)]


@pytest.fixture
def shown(dressed, theme, place, canvas, clock):
    return QuestionCards(theme, place, canvas, clock=clock)


def test_the_oldest_question_is_shown_beside_its_step(shown, place, cards):
    shown.show_cards(cards)
    assert place.beside == {shown.card: "confirm"}
    assert shown.card.isVisible()


def test_the_others_follow_one_by_one_and_from_the_list(shown, place, cards):
    shown.show_cards(cards)
    shown.show_next()
    assert place.beside == {shown.card: "find"}
    shown.show_next()
    assert place.beside == {shown.card: "confirm"}
    shown.choose("find?1")
    assert shown.card.shown.question.ask == "find?1"


def test_the_question_that_is_shown_stays_while_others_come_and_go(shown, place, cards):
    shown.show_cards(cards)
    shown.show_next()
    shown.show_cards([cards[0], cards[1]])
    assert shown.card.shown.question.ask == "find?1"
    shown.show_cards([cards[0]])
    assert shown.card.shown.question.ask == cards[0].question.ask


def test_without_a_question_there_is_no_card(shown, place, cards):
    shown.show_cards(cards)
    shown.show_cards([])
    assert place.beside == {}
    assert not shown.card.isVisible()
    shown.show_next()
    assert shown.card.shown is None


def test_an_answer_is_handed_on(shown, cards, qtbot):
    shown.show_cards(cards)
    with qtbot.waitSignal(shown.answered) as told:
        shown.card.choose_safest()
    assert told.args == [Answer(cards[0].question.ask, "rejected")]
    shown.allow_answer()
    assert shown.card.find_button("rejected").isEnabled()


def test_the_panel_tells_which_questions_are_open_and_when_none_is(panel, live, driver, qtbot):
    (card,) = panel.cards
    assert (card.question.ask, card.typed) == ("hosts[2]/confirm?1", "db-01")
    panel.page.scrubber.go_first()
    assert panel.cards == (card,)
    driver.answer("hosts[2]/confirm?1", "rejected")
    with qtbot.waitSignal(panel.questions_changed) as told:
        live.tell()
    assert told.args == [()]


def test_on_a_real_canvas_the_card_stands_beside_its_step_and_covers_none_that_is_selected(
    dressed, theme, qtbot, cards
):
    scene = CanvasScene(theme.tokens)
    view = CanvasView(scene, theme=theme)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    with qtbot.waitExposed(view):
        view.show()
    scene.show_playbook(PLAYBOOK)
    view.fit_all()
    shown = QuestionCards(theme, view.floats, view.viewport())
    shown.show_cards(cards)
    card = shown.card
    assert card.isVisible()
    assert (card.width(), card.height()) == (262, card.sizeHint().height())
    assert view.viewport().rect().contains(card.geometry())
    shown.show_cards([])
    assert not card.isVisible()
    scene.deleteLater()
