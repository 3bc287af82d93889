"""Every place that is empty says so in one line, with the one thing to do about it (visual-design.md §13)."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from tests.ui.dialogs.conftest import FakeLibrary
from tests.ui.hands import trigger

from tocsin.model.playbook import Kind
from tocsin.services.library import demo_path, read_shipped
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.window.empty_canvas import EmptyCanvas


def empty(desk):
    """What the canvas in front says while it is empty."""
    return desk.panels.view.findChild(EmptyCanvas)


def button(widget, words):
    return next(one for one in widget.findChildren(QPushButton) if one.text() == words)


def test_an_empty_canvas_asks_for_a_trigger_and_gives_way_to_it(desk):
    shown = empty(desk)
    assert shown.findChild(EmptyState).line == "Start with a trigger."
    assert shown.isVisible()
    room = desk.panels.view.viewport().rect()
    assert abs(shown.geometry().center().x() - room.center().x()) <= 1
    button(shown, "Add trigger").click()
    QTest.keyClicks(QApplication.focusWidget(), "Started by hand")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    document = desk.window.documents.current
    assert [node.kind for node in document.playbook.graph.nodes.values()] == [Kind.TRIGGER]
    assert not shown.isVisible()
    trigger(desk, "edit.undo")
    assert shown.isVisible()


def test_a_canvas_stays_empty_in_its_middle_when_it_is_panned(desk):
    shown, view = empty(desk), desk.panels.view
    before = shown.pos()
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().value() + 40)
    assert shown.pos() == before


def test_an_empty_canvas_leads_to_the_templates_where_there_are_some(show_window, catalogue):
    assert button(empty(show_window()), "Use a template").isHidden()
    desk = show_window(library=FakeLibrary(read_shipped([demo_path()], catalogue)))
    trigger(desk, "file.new")
    desk.window.desks.welcome.give_way()
    button(empty(desk), "Use a template").click()
    assert desk.window.desks.welcome.is_shown


def test_no_canvas_with_nodes_says_that_it_is_empty(opened):
    assert not empty(opened).isVisible()


def test_values_that_nobody_has_seen_are_got_by_a_run_in_the_lab(opened, qtbot):
    opened.panels.evaluator.run_wanted.emit()
    qtbot.waitUntil(lambda: bool(opened.runs.requests))
    assert opened.runs.requests[0].environment == "lab"


def test_the_run_page_offers_a_rehearsal_and_the_footer_says_what_is_live(opened):
    trigger(opened, "view.run")
    [shown] = [one for one in opened.panels.run.findChildren(EmptyState) if one.isVisible()]
    assert (shown.line, shown.button.text()) == ("Not run yet.", "Rehearse")
    assert opened.window.footer.text.endswith("Live here: nothing armed")
