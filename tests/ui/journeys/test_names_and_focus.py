"""Every control of every page: a screen reader has a name for it, and the keyboard's place can be seen on it."""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from tests.ui.journeys.measuring import describe
from tests.ui.journeys.tour import seen, tour

from tocsin.ui.theme.focus_ring import needs_ring

TAB = Qt.FocusPolicy.TabFocus


def controls(top):
    """What the keyboard can reach in a window."""
    reached = [widget for widget in seen(top) if widget.focusPolicy() & TAB == TAB and widget.isEnabled()]
    return [widget for widget in reached if widget.focusProxy() is None]


def is_named(widget):
    return bool(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip())


def lead_to(widget):
    """Give a control the focus as a key does; Qt's own chain is not walked, see `ui/widgets/reading_order.py`."""
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return QApplication.focusWidget() is widget


def shows_focus(widget, ring):
    """It has the application's ring when the keyboard is on it, or another look of its own."""
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    if not shiboken6.isValid(widget) or not widget.isVisible():
        return True  # the keyboard's leaving brought another page, whose controls are judged there
    before = widget.grab().toImage()
    if not lead_to(widget):
        return True  # what it belongs to has another place for the keyboard, which is judged
    if needs_ring(widget):
        return ring.frame is not None and ring.frame.target is widget
    return widget.grab().toImage() != before


def test_every_control_has_a_name_and_shows_the_keyboard(start, qtbot):
    desk = start()
    wrong, judged = [], set()
    for page, top in tour(desk, qtbot):
        fresh = [widget for widget in controls(top) if widget not in judged]
        judged.update(fresh)
        kept = QApplication.focusWidget()
        wrong += [f"{page}: no name: {describe(widget)}" for widget in fresh if not is_named(widget)]
        wrong += [f"{page}: no focus: {describe(widget)}" for widget in fresh if not shows_focus(widget, desk.ring)]
        if kept is not None:
            kept.setFocus()
    assert len(judged) > 150
    assert not wrong, "\n".join(wrong)
