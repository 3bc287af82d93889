import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit, QWidget

from tocsin.ui.dialogs.gallery import Gallery
from tocsin.ui.dialogs.template_card import TemplateCard
from tocsin.ui.theme import DARK, LIGHT, Look


@pytest.fixture
def gallery(dressed, qtbot, theme):
    gallery = Gallery(theme)
    qtbot.addWidget(gallery)
    gallery.resize(820, 700)
    gallery.show()
    return gallery


@pytest.fixture
def place(dressed, qtbot):
    """Where the keyboard's focus is somewhere else."""
    place = QWidget()
    qtbot.addWidget(place)
    QLineEdit(place).setFocus()
    with qtbot.waitExposed(place):
        place.show()
    return place


@pytest.fixture
def card(place, theme, one):
    card = TemplateCard(theme, one, place)
    card.setGeometry(20, 60, 262, 210)
    card.show()
    return card


def test_a_card_has_the_size_of_the_design(card):
    assert (card.sizeHint().width(), card.sizeHint().height()) == (262, 210)
    assert card.minimumSizeHint().width() == 240


def test_a_card_says_in_words_what_its_marks_say(card):
    assert card.accessibleName() == "Use template “Contain a suspicious IP”"
    assert card.accessibleDescription().endswith("18 nodes · runs in Lab, changes, destructive, discloses")


def test_the_picture_of_a_card_is_drawn_once_for_each_size_and_theme(card, theme):
    card.grab()
    first = card._pixmap(262)
    assert card._pixmap(262) is first
    theme.set_look(Look(tokens=DARK))
    second = card._pixmap(262)
    assert second is not first
    assert second.toImage().pixelColor(2, 2) == QColor(DARK.canvas)


def test_a_card_that_has_the_focus_has_a_ring_of_2_px_and_offers_itself(card):
    assert card.grab().toImage().pixelColor(131, 0) == QColor(LIGHT.line)
    card.setFocus(Qt.FocusReason.TabFocusReason)
    picture = card.grab().toImage()
    assert picture.pixelColor(131, 0) == picture.pixelColor(131, 1) == QColor(LIGHT.sel_line)
    assert picture.pixelColor(250, 14) == QColor(LIGHT.accent)


def test_one_template_needs_no_filter(gallery, one):
    gallery.show_templates([one])
    assert (gallery.categories, len(gallery.shown)) == ([], 1)


def test_cards_fill_as_many_columns_as_there_is_room_for(gallery, twelve, qtbot):
    gallery.show_templates(twelve)
    qtbot.waitUntil(lambda: gallery.shown[3].y() > gallery.shown[0].y())
    assert len({card.y() for card in gallery.shown[:3]}) == 1
    assert gallery.shown[1].x() - gallery.shown[0].geometry().right() - 1 == 16
    gallery.resize(400, 700)
    qtbot.waitUntil(lambda: gallery.shown[1].y() > gallery.shown[0].y())
    assert not gallery._legend.isVisible()


def test_a_category_leaves_the_others_out(gallery, twelve):
    gallery.show_templates(twelve)
    assert gallery.categories == ["All", "Containment", "Identity", "Mail"]
    gallery._filters.buttons()[3].click()
    assert [card.shipped.id for card in gallery.shown] == ["t1", "t4", "t7", "t10"]
    assert not gallery._cards[0].isVisible()
    gallery._filters.buttons()[0].click()
    assert len(gallery.shown) == 12


def test_words_find_names_summaries_and_tags(gallery, twelve, qtbot):
    gallery.show_templates(twelve)
    gallery._search.setText("template 7")
    assert [card.shipped.id for card in gallery.shown] == ["t7"]
    gallery._search.setText("IDENTITY blocks")
    assert [card.shipped.id for card in gallery.shown] == ["t2", "t5", "t8", "t11"]
    gallery._search.setText("foo")
    assert gallery._none.text() == "No template matches “foo”."
    assert gallery._none.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, None])
def test_a_card_that_is_pressed_is_chosen(gallery, twelve, qtbot, key):
    gallery.show_templates(twelve)
    with qtbot.waitSignal(gallery.chosen) as told:
        qtbot.keyClick(gallery.shown[2], key) if key else gallery.shown[2].click()
    assert told.args == ["t2"]
