"""The numbers of visual-design.md §2.5 and §3, read back from the running window: bars, panels, folding."""

import pytest
from PySide6.QtWidgets import QTabBar, QWidget

SETTLED_MS = 2_000


def size_of(desk, name):
    return desk.window.findChild(QWidget, name).size().toTuple()


@pytest.fixture
def wide(desk, qtbot, small):
    """The window as designed: 1440 x 900, with a playbook."""
    desk.window.open(small)
    desk.window.resize(1440, 900)
    qtbot.waitUntil(lambda: size_of(desk, "node-list")[0] == 220, timeout=SETTLED_MS)
    return desk


@pytest.fixture
def narrow(desk, qtbot, small):
    """The window at 1024 x 640."""
    desk.window.open(small)
    desk.window.resize(1024, 640)
    qtbot.waitUntil(lambda: size_of(desk, "rail")[0] == 44, timeout=SETTLED_MS)
    return desk


def test_bars_are_as_high_as_designed(wide):
    heights = {name: size_of(wide, name)[1] for name in ("header", "document-bar", "dock-strip", "footer")}
    assert heights == {"header": 48, "document-bar": 36, "dock-strip": 33, "footer": 28}
    assert wide.window.findChild(QTabBar, "document-tabs").height() == 36


def test_panels_are_as_wide_as_designed(wide):
    assert (size_of(wide, "node-list")[0], size_of(wide, "inspector")[0]) == (220, 352)


def test_the_run_bar_is_40_px_high(running):
    assert running.panels.run_bar.isVisible()
    assert running.panels.run_bar.height() == 40


def test_the_least_window_is_960_by_600(wide):
    wide.window.resize(1, 1)
    assert wide.window.size().toTuple() == (960, 600)


def test_at_1024_by_640_a_rail_of_44_and_a_strip_of_40_leave_a_canvas_of_400(narrow):
    assert (size_of(narrow, "rail")[0], size_of(narrow, "inspector-strip")[0]) == (44, 40)
    assert narrow.panels.view.height() >= 400


def test_stop_has_the_whole_height_of_the_footer(narrow):
    assert size_of(narrow, "stop-everything")[1] == 28
