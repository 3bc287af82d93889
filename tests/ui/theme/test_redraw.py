"""A widget drawn from the theme is drawn again with it, and leaves nothing behind."""

import tracemalloc

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.ui.theme import Theme, redraw_with

CYCLES, ROOM = 1000, 20_000
"""Bytes: a third of what one wrapper kept at each cycle would take."""


class Drawn(QWidget):
    def __init__(self, theme):
        super().__init__()
        self.painted = 0
        redraw_with(theme, self)

    @override
    def paintEvent(self, event):
        self.painted += 1


@pytest.mark.usefixtures("qapp")
def test_it_is_painted_again_when_the_look_changes(qtbot):
    theme = Theme()
    widget = Drawn(theme)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: widget.painted > 0)
    before = widget.painted
    theme.changed.emit(theme.look)
    qtbot.waitUntil(lambda: widget.painted > before)


@pytest.mark.usefixtures("qapp")
def test_connecting_leaves_nothing_when_the_widget_is_gone():
    theme = Theme()

    def cycle():
        widget = Drawn(theme)
        widget.deleteLater()
        QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)
        assert not shiboken6.isValid(widget)

    cycle()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(CYCLES):
            cycle()
        assert tracemalloc.get_traced_memory()[0] - before < ROOM
    finally:
        tracemalloc.stop()
