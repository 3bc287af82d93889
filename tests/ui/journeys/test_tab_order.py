"""Tab goes round the window as one reads it, in every width, and Shift+Tab goes back the same way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.journeys.hands import press_keys
from tests.ui.journeys.measuring import describe

from tocsin.services.library import demo_path

ROUND = ["header", "node list", "tabs", "canvas", "inspector", "dock", "footer"]
MOST = 400


@pytest.fixture
def desk(start):
    """The window with the shipped playbook, nothing selected."""
    desk = start((1600, 900))
    desk.choice.chosen = demo_path()
    press_keys(desk, "Ctrl+O")
    return desk


def region_of(desk, widget):
    """Which part of the window a widget is in."""
    window, panels = desk.window, desk.panels
    parts = {
        "header": window.frame.header,
        "node list": window.desks.outline.side,
        "rail": window.findChild(object, "rail"),
        "tabs": panels.document,
        "canvas": panels.canvases,
        "inspector": panels.inspector,
        "strip": window.findChild(object, "inspector-strip"),
        "dock": window.dock,
        "footer": window.footer,
    }
    found = next((name for name, part in parts.items() if part is widget or part.isAncestorOf(widget)), None)
    return {"rail": "node list", "strip": "inspector"}.get(found, found) or describe(widget)


def walk(desk, key):
    """Press a key until the focus is back where it began; return where it was."""
    begun = QApplication.focusWidget()
    seen = [begun]
    for _ in range(MOST):
        modifier = Qt.KeyboardModifier.ShiftModifier if key == Qt.Key.Key_Backtab else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget(), key, modifier)
        if QApplication.focusWidget() is begun:
            return seen
        if QApplication.focusWidget() is not seen[-1]:
            seen.append(QApplication.focusWidget())
    pytest.fail("Tab does not come back: " + ", ".join(region_of(desk, widget) for widget in seen[-20:]))


def regions(desk, widgets):
    """The parts that were gone through, each once for each time it was entered."""
    found = []
    for widget in widgets:
        region = region_of(desk, widget)
        if not found or found[-1] != region:
            found.append(region)
    return found


def go_round(desk):
    """Go round with Tab from the header; return where the focus was."""
    desk.window.findChild(object, "environment").setFocus(Qt.FocusReason.OtherFocusReason)
    return walk(desk, Qt.Key.Key_Tab)


def test_tab_goes_round_as_one_reads_and_back_in_every_width(desk):
    for width in (1600, 1024):
        desk.window.resize(width, 900)
        there = go_round(desk)
        assert regions(desk, there)[:-1] == ROUND, width
        back = walk(desk, Qt.Key.Key_Backtab)
        assert back[1:] == there[:0:-1], width


def test_a_dock_at_the_right_and_one_that_is_open_keep_their_turn(desk):
    for keys in ("Ctrl+Shift+R", "Ctrl+1"):
        press_keys(desk, keys)
        assert regions(desk, go_round(desk))[:-1] == ROUND


def test_a_drawer_is_gone_through_after_its_button_and_closes_behind(desk):
    desk.window.resize(1024, 900)
    press_keys(desk, "Ctrl+B")
    assert desk.window.frame.is_nodes_shown
    for _ in range(20):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if region_of(desk, QApplication.focusWidget()) != "node list":
            break
    assert region_of(desk, QApplication.focusWidget()) == "tabs"
    assert not desk.window.frame.is_nodes_shown


def test_the_welcome_page_comes_between_header_and_footer(start):
    desk = start((1440, 900))
    found = regions(desk, go_round(desk))[:-1]
    assert (found[0], found[-1]) == ("header", "footer")
    assert not {"canvas", "inspector", "dock"} & set(found)
