import pytest

from tocsin.ui.theme import DARK, LIGHT, Look
from tocsin.ui.widgets.pieces_view import MOST_HEIGHT, PiecesView


@pytest.fixture
def view(shown, theme):
    return shown(PiecesView(theme))


def format_at(view, place):
    cursor = view.textCursor()
    cursor.setPosition(place)
    return cursor.charFormat()


def test_what_is_set_off_is_seen_in_the_theme_of_now(view, wear):
    view.show_pieces([("Block ", False), ("192.0.2.1", True)])
    assert view.toPlainText() == "Block 192.0.2.1"
    assert format_at(view, 9).background().color().name().upper() == LIGHT.accent_soft
    wear(Look(DARK))
    assert format_at(view, 9).foreground().color().name().upper() == DARK.accent_text
    assert view.toPlainText() == "Block 192.0.2.1"


def test_nothing_in_it_is_markup(view):
    view.show_pieces([("<b>bold</b>", True)])
    assert view.toPlainText() == "<b>bold</b>"


def test_it_is_as_high_as_its_text_up_to_a_limit(view):
    view.show_pieces([("one", False)])
    low = view.height()
    view.show_pieces([("line\n" * 40, False)])
    assert low < view.height() == MOST_HEIGHT
