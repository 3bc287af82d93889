"""What a letter costs: only what shows it is painted, and nothing around it is laid out or named anew."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from typing_extensions import override

WATCHED = {QEvent.Type.Paint, QEvent.Type.LayoutRequest, QEvent.Type.ToolTipChange, QEvent.Type.StyleChange}


class Watcher(QObject):
    """Counts what happens to widgets, by the kind of event and the name of the widget."""

    def __init__(self, widgets):
        super().__init__()
        self.seen = Counter()
        for widget in widgets:
            widget.installEventFilter(self)

    @override
    def eventFilter(self, watched, event):
        if event.type() in WATCHED:
            self.seen[event.type().name, watched.objectName()] += 1
        return False


@pytest.fixture
def typing(opened, qapp, qtbot):
    """The field of a question in a window that has come to rest."""
    opened.window.resize(1440, 900)  # the inspector has its place: no drawer glides over the rest
    opened.session.select(["ask"])
    field = opened.panels.inspector.find_field("text").editor
    field.setFocus()
    QTest.keyClicks(field, "So ")
    qtbot.waitUntil(lambda: opened.window.documents.current.is_checked)
    for _ in range(3):  # what was laid out anew may lay out what is around it
        qapp.processEvents()
    opened.window.repaint()  # what is due is painted now, not with the first letter
    return opened, field


def test_a_letter_leaves_the_frame_of_the_window_as_it_is(typing, qapp):
    desk, field = typing
    dock, footer = desk.window.dock, desk.window.footer
    header = desk.panels.inspector.head
    parts = [*(one for part in (dock.strip, footer, header) for one in part.findChildren(QObject)), dock.strip, footer]
    watcher = Watcher(parts)
    QTest.keyClicks(field, "now")
    qapp.processEvents()
    assert "So now" in field.toPlainText()
    assert watcher.seen == Counter()


def test_a_letter_that_shows_nowhere_on_the_canvas_paints_nothing_there(typing, qapp):
    desk, field = typing
    watcher = Watcher([desk.panels.view.viewport()])
    QTest.keyClicks(field, "now")
    qapp.processEvents()
    assert watcher.seen == Counter()


def test_actions_are_told_what_is_so_only_when_it_is_something_else(typing, qapp):
    desk, field = typing
    told = []
    for name in ("edit.undo", "file.save", "run.run"):
        desk.window.commands.get(name).changed.connect(lambda name=name: told.append(name))
    QTest.keyClicks(field, "now")
    assert told == []
    desk.session.undo()
    assert "edit.undo" in told
