"""The context menu of the canvas: what can be done with what lies there."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from tocsin.ui.actions.canvas_menu import CANVAS_MENU
from tocsin.ui.actions.table import ACTIONS
from tocsin.ui.node_list.picker import NodePicker

NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ask(opened):
    """Ask for the menu at a point of the scene, or by the menu key; give the titles that it offers."""
    opened.panels.view.fit_all()

    def at(point=None, modifiers=NONE):
        view = opened.panels.view
        by_key = point is None
        place = view.viewport().rect().center() if by_key else view.mapFromScene(QPointF(*point))
        reason = QContextMenuEvent.Reason.Keyboard if by_key else QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, place, view.viewport().mapToGlobal(place), modifiers)
        QApplication.sendEvent(view.viewport(), event)
        return shown(opened)

    yield at
    menu(opened).close()


def menu(desk):
    return desk.window.findChild(QMenu, "canvas-menu")


def shown(desk):
    return [action.text() for action in menu(desk).actions() if action.text()] if menu(desk).isVisible() else []


def middle(desk, node):
    return desk.panels.scene.place_of(node).center().toTuple()


def test_every_row_that_a_menu_offers_is_in_the_table():
    known = {spec.id for spec in ACTIONS}
    assert {name for groups in CANVAS_MENU.values() for group in groups for name in group} <= known


def test_a_node_is_selected_and_what_can_be_done_with_it_is_offered(opened, ask):
    offered = ask(middle(opened, "ask"))
    assert opened.session.selection == {"ask"}
    assert offered[:2] == ["Add a node after this one", "Rename"]
    assert {"Cut", "Copy", "Duplicate", "Delete", "Turn off", "Run from here"} <= set(offered)
    assert not {"Align tops", "Unwrap the loop", "Swap the action…", "Edit the data…"} & set(offered)


def test_the_head_of_the_inspector_offers_the_same_for_what_is_selected(opened, ask):
    offered = ask(middle(opened, "ask"))
    menu(opened).close()
    button = opened.panels.inspector.head.findChild(QToolButton, "inspector-menu")
    button.click()
    assert shown(opened) == offered
    assert menu(opened).pos() == button.mapToGlobal(button.rect().bottomLeft())
    menu(opened).close()
    opened.session.select([])
    button.click()
    assert "Select all" in shown(opened)


def test_a_selection_stays_where_one_of_it_is_asked_about(opened, ask):
    opened.session.select(["ask", "look"])
    offered = ask(middle(opened, "ask"))
    assert opened.session.selection == {"ask", "look"}
    assert offered[0] == "Add a node"
    assert "Align tops" in offered


LINE = "start -> look"


def on_line(desk):
    return desk.panels.scene.store.edges[LINE].path.pointAtPercent(0.5).toTuple()


def edges(desk):
    return {edge.text for edge in desk.session.playbook.graph.edges}


def test_a_line_can_be_deleted(opened, ask):
    assert ask(on_line(opened)) == ["Add a node on this line", "Bend the line", "Delete"]
    assert opened.session.selection == {LINE}
    menu(opened).actions()[-1].trigger()
    assert LINE not in edges(opened)


def test_a_node_can_be_put_on_a_line(opened, ask):
    ask(on_line(opened))
    menu(opened).actions()[0].trigger()
    picker = opened.window.findChild(NodePicker)
    picker.chosen.emit("wait")
    assert {"start -> wait", "wait -> look"} <= edges(opened)
    assert LINE not in edges(opened)
    assert opened.session.selection == {"wait"}


def test_on_the_ground_nothing_is_selected_and_a_node_can_be_added(opened, ask):
    opened.session.select(["ask"])
    offered = ask((-900, 0))
    assert opened.session.selection == frozenset()
    assert offered[:2] == ["Add a node", "Paste"]
    assert {"Select all", "Tidy the layout", "Fit all"} <= set(offered)


def test_the_menu_key_asks_about_what_is_selected(opened, ask):
    opened.session.select(["ask"])
    assert "Rename" in ask()
    menu(opened).close()
    opened.session.select([])
    assert ask()[0] == "Add a node"


def test_while_a_run_is_on_only_what_changes_nothing_is_offered(running):
    view = running.panels.view
    view.fit_all()
    place = view.mapFromScene(QPointF(*middle(running, "ask")))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place), NONE)
    QApplication.sendEvent(view.viewport(), event)
    offered = shown(running)
    menu(running).close()
    assert "Copy" in offered
    assert not {"Delete", "Cut", "Rename", "Turn off"} & set(offered)


def test_a_float_over_the_canvas_asks_for_no_menu(opened, ask):
    view = opened.panels.view
    at = view.mapToScene(view.floats.zoom_bar.geometry().center())
    assert ask(at.toTuple()) == []


def test_cutting_lines_asks_for_no_menu(opened, ask):
    assert ask(middle(opened, "ask"), CONTROL) == []


def test_what_is_added_lies_where_the_menu_was_asked_for(opened, ask):
    view = opened.panels.view
    ask((-640, 160))
    QCursor.setPos(view.viewport().mapToGlobal(QPoint(5, 5)))
    assert view.aim().toTuple() == pytest.approx((-640, 160), abs=1.5)
    menu(opened).close()
    QTest.mouseMove(view.viewport(), QPoint(300, 300))
    assert view.aim() != QPointF(-640, 160)
