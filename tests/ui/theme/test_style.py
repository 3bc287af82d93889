from collections import Counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QRadioButton, QTabBar

from tocsin.ui.theme import DARK, LIGHT, Look
from tocsin.ui.widgets.round_menu import RoundMenu

LOOKS = pytest.mark.parametrize("look", [Look(LIGHT), Look(DARK)], ids=["light", "dark"])


@pytest.fixture
def shown(qtbot, wear):
    def show(widget, look):
        wear(look)
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show


def colours_of_mark(widget):
    """How often each colour stands in the 16 px of the mark."""
    image = widget.grab().toImage()
    top = (widget.height() - 16) // 2
    return Counter(image.pixelColor(x, top + y).name().upper() for x in range(16) for y in range(16))


@LOOKS
def test_a_check_is_a_filled_box_with_a_mark_in_the_surfaces_colour(shown, look):
    box = shown(QCheckBox("Mine"), look)
    empty = colours_of_mark(box)
    assert empty.most_common(1)[0][0] == look.tokens.surface
    assert empty[look.tokens.ctl] > 20
    box.setChecked(True)
    checked = colours_of_mark(box)
    assert checked.most_common(1)[0][0] == look.tokens.sel_line
    assert checked[look.tokens.surface] > 3


@LOOKS
def test_a_choice_is_a_filled_circle_with_a_dot(shown, look):
    button = shown(QRadioButton("Mine"), look)
    button.setChecked(True)
    image, middle = button.grab().toImage(), button.height() // 2
    assert image.pixelColor(8, middle).name().upper() == look.tokens.surface
    assert image.pixelColor(3, middle).name().upper() == look.tokens.sel_line


def test_what_is_partly_so_is_a_bar(shown):
    box = QCheckBox("All")
    box.setTristate(True)
    box.setCheckState(Qt.CheckState.PartiallyChecked)
    image, middle = shown(box, Look()).grab().toImage(), box.height() // 2
    assert image.pixelColor(8, middle).lightness() > 220
    assert image.pixelColor(8, middle - 4).name().upper() == LIGHT.sel_line


def test_what_is_off_has_no_accent(shown):
    box = QCheckBox("Mine")
    box.setChecked(True)
    box.setEnabled(False)
    assert LIGHT.sel_line not in colours_of_mark(shown(box, Look()))


def test_the_tab_with_the_keyboard_has_a_ring(shown, qtbot):
    tabs = QTabBar()
    tabs.addTab("Settings")
    tabs.addTab("Output")
    shown(tabs, Look())
    tabs.clearFocus()
    calm = tabs.grab().toImage()
    tabs.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(tabs.hasFocus)
    ringed, rect = tabs.grab().toImage(), tabs.tabRect(0)
    assert calm.pixelColor(rect.left() + 2, rect.center().y()).name().upper() != LIGHT.sel_line
    assert ringed.pixelColor(rect.left() + 2, rect.center().y()).name().upper() == LIGHT.sel_line


def test_a_menu_has_round_corners_in_every_size(shown):
    menu = RoundMenu()
    menu.addAction("Open…")
    shown(menu, Look())
    for _ in range(2):
        corner, side = menu.rect().topLeft(), menu.rect().center()
        assert not menu.mask().contains(corner)
        assert menu.mask().contains(corner + QPoint(8, 0))
        assert menu.mask().contains(side)
        assert menu.mask().boundingRect() == menu.rect()
        menu.resize(menu.width() + 40, menu.height() + 30)
