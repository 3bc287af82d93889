"""A card's menu: copy a row, take back what a run changed in it, fail the product, look at its requests."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from tests.ui.lab.conftest import RUN

from tocsin.engine.undoing import UndoItem
from tocsin.ui.lab.card_menu import PRODUCTS, CardDeed, CardMenu, CardSpot
from tocsin.ui.lab.changes import LabUndo, undo_of
from tocsin.ui.lab.panel import LabPanel
from tocsin.ui.lab.products import cards_of
from tocsin.ui.lab.words import TITLES


@pytest.fixture
def shown(dressed, qtbot, theme, story, lab):
    with story.by(RUN):
        story.block()
        story.contain("ws-03")
    panel = LabPanel(theme, lab)
    qtbot.addWidget(panel)
    panel.resize(1440, 824)
    with qtbot.waitExposed(panel):
        panel.show()
    qtbot.waitUntil(lambda: panel.look is not None and panel._side.failures.product.count() > 0)
    return panel


def row(panel, card, number=0):
    return panel._board.cards[card].card.rows[number]


@pytest.fixture
def opened(shown, qtbot):
    """Open a card's menu over one of its rows, as the pointer or the menu key does."""

    def opened(card, number=0):
        table = shown._board.cards[card].table
        at = table.visualRect(table.model().index(number, 0)).center() if number is not None else QPoint(2, 400)
        table.customContextMenuRequested.emit(at)
        return next(menu for menu in shown.findChildren(CardMenu) if menu.isVisible())

    yield opened
    for menu in shown.findChildren(CardMenu):
        menu.close()


def choose(menu, deed):
    menu.triggered.emit(menu.action_of(deed))


def test_a_row_that_a_run_changed_offers_to_take_its_change_back(opened, shown, lab, qtbot):
    lab.undoable = [item("block", "unblock_address")]
    menu = opened("opnsense")
    assert menu.action_of(CardDeed.UNDO).text() == f"Undo this change of {RUN.label}"
    with qtbot.waitSignal(shown.change_undo_requested) as told:
        choose(menu, CardDeed.UNDO)
    assert told.args == [LabUndo(RUN.run, ("block",))]


def item(path, action):
    return UndoItem(path, 1, path, "did it", "true", "lab_opnsense", action, None)


@pytest.mark.parametrize(
    ("undoable", "said"),
    [([], "This change was taken back"), ([item("block", "")], "This change cannot be undone")],
)
def test_what_nothing_takes_back_is_not_offered_and_it_is_said_why(opened, lab, qtbot, undoable, said):
    lab.undoable = undoable
    action = opened("opnsense").action_of(CardDeed.UNDO)
    qtbot.waitUntil(lambda: action.text() == said)
    assert not action.isEnabled()


def test_a_row_that_no_run_changed_has_nothing_to_take_back(opened, shown):
    menu = opened("keycloak")
    assert not menu.action_of(CardDeed.UNDO).isVisible()
    assert undo_of(shown.look, row(shown, "keycloak")) is None


def test_what_is_copied_of_a_row_is_harmless(opened):
    choose(opened("opnsense"), CardDeed.COPY)
    assert QGuiApplication.clipboard().text().startswith("203[.]0[.]113[.]66\t")


def test_the_product_is_chosen_among_those_that_can_fail(opened, shown):
    choose(opened("opnsense"), CardDeed.FAIL)
    assert shown._side.failures.product.currentData().id == "opnsense"
    assert shown._side.failures.action.hasFocus()


def test_the_requests_of_the_product_are_searched_for(opened, shown, lab, qtbot):
    choose(opened("falcon"), CardDeed.REQUESTS)
    assert shown._board.requests.wanted == "falcon"
    qtbot.waitUntil(lambda: "requests falcon" in lab.asked)


def test_under_tabs_the_page_that_is_meant_comes_to_the_front(opened, shown, qtbot):
    shown.resize(700, 400)
    choose(opened("falcon"), CardDeed.FAIL)
    assert shown._side.isVisible()
    choose(opened("falcon"), CardDeed.REQUESTS)
    assert shown._board.requests.isVisible()


def test_beside_the_rows_there_is_nothing_to_copy(opened):
    menu = opened("abuseipdb", None)
    assert not menu.action_of(CardDeed.COPY).isEnabled()
    assert menu.action_of(CardDeed.FAIL).isVisible()


def test_every_card_of_one_product_knows_which(shown):
    several = {"limits", "other"}
    for card in cards_of(shown.look):
        spot = CardSpot(card.id, None, QPoint())
        assert (spot.product in TITLES) != (card.id in several), card.id
    assert set(PRODUCTS.values()) <= set(TITLES)
