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
def at_size(start):
    """The window with the shipped playbook at a size, nothing selected."""

    def show(width, height=900):
        desk = start((width, height))
        desk.choice.chosen = demo_path()
        press_keys(desk, "Ctrl+O")
        return desk

    return show


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


def begin(desk):
    """Put the focus on the first thing in the header."""
    desk.window.frame.header.findChild(object, "button-menus" if desk.window.frame.header.is_narrow else "header-search").setFocus(
        Qt.FocusReason.TabFocusReason
    )


@pytest.mark.parametrize("width", [1600, 1440, 1199, 1024, 960])
def test_tab_goes_round_as_one_reads(at_size, width):
    desk = at_size(width)
    begin(desk)
    there = walk(desk, Qt.Key.Key_Tab)
    found = regions(desk, there)
    print(width, [(region_of(desk, w), describe(w)) for w in there])
    assert found[: len(ROUND)] == ROUND
