import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from tests.ui.lab.conftest import RUN

from tocsin.ui.lab.card import MOST_ROWS, ProductCard
from tocsin.ui.lab.products import cards_of
from tocsin.ui.theme import LIGHT


@pytest.fixture
def show_card(dressed, qtbot, theme):
    def show(look, product):
        card = ProductCard(theme, next(card for card in cards_of(look) if card.id == product))
        qtbot.addWidget(card)
        card.resize(440, card.sizeHint().height())
        card.show()
        return card

    return show


def pixels(widget):
    return widget.grab().toImage()


def test_a_card_has_the_sizes_of_the_design(show_card, story):
    card = show_card(story.look(), "opnsense")
    table = card.table
    assert (card._head.height(), table.row_height, table.horizontalHeader().height()) == (36, 28, 26)
    assert table.height() == table.height_for(7)


def test_a_card_shows_no_more_rows_than_fit_and_scrolls_to_the_rest(show_card, story):
    card = show_card(story.look(), "falcon")
    assert len(card.card.rows) == 10
    assert card.table.height() == card.table.height_for(MOST_ROWS)


def test_a_changed_row_has_a_bar_of_4_px_at_its_left(show_card, story):
    with story.by(RUN):
        story.contain("ws-03")
    card = show_card(story.look(), "falcon")
    row = card.table.visualRect(card.table.model().index(0, 0))
    picture = pixels(card.table.viewport())
    y, bar = row.center().y(), QColor(LIGHT.sel_line)
    assert [picture.pixelColor(x, y) == bar for x in (0, 3, 4)] == [True, True, False]
    below = card.table.visualRect(card.table.model().index(1, 0)).center().y()
    assert picture.pixelColor(1, below) == QColor(LIGHT.surface)


def test_what_changed_is_shown_where_it_is_and_the_selection_stays(show_card, story):
    card = show_card(story.look(), "falcon")
    card.table.selectRow(2)
    story.world.amend({"hosts": {story.host("dc-01").id: {"online": False}}})
    card.show_card(next(one for one in cards_of(story.look()) if one.id == "falcon"))
    assert card.table.model().index(3, 3).data() == "Offline"
    assert card.table.currentIndex().row() == 2


def test_the_model_is_a_plain_table(show_card, story):
    card = show_card(story.look(), "falcon")
    model = card.table.model()
    assert (model.rowCount(), model.columnCount(), model.rowCount(model.index(0, 0))) == (10, 4, 0)
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Host"
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_a_product_without_rows_says_so_and_offers_an_alert(show_card, story, qtbot):
    card = show_card(story.look(), "jira")
    assert card._empty.isVisible()
    assert card._empty.line == "Nothing here until an alert comes in."
    with qtbot.waitSignal(card.inject_asked):
        card._empty.button.click()


def test_an_address_that_is_copied_is_harmless(show_card, story, qtbot):
    card = show_card(story.look(), "opnsense")
    card.table.setCurrentIndex(card.table.model().index(0, 0))
    qtbot.keyClick(card.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "203[.]0[.]113[.]66"
