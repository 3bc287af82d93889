import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from tests.ui.hands import double_click, drop, trigger

from tocsin.formats import read_playbook
from tocsin.model.playbook import ActionNode, ForEachNode
from tocsin.ui.node_list.picker import USUAL, NodePicker
from tocsin.ui.window.drawing_desk import ASIDE

LEFT = Qt.MouseButton.LeftButton


def document(desk):
    return desk.window.documents.current


def nodes(desk):
    return document(desk).playbook.graph.nodes


def edges(desk):
    return {edge.text for edge in document(desk).playbook.graph.edges}


def select(desk, *names):
    document(desk).session.select(names)


def spot(desk, name):
    return document(desk).playbook.layout.nodes[name].at


def undo(desk):
    trigger(desk, "edit.undo")


def picker(desk):
    return next(one for one in desk.window.findChildren(NodePicker) if one.isVisible())


def pick(desk, letters):
    search = picker(desk).findChild(QLineEdit)
    QTest.keyClicks(search, letters)
    QTest.keyClick(search, Qt.Key.Key_Return)


@pytest.fixture
def before(opened):
    return document(opened).playbook


def test_what_is_copied_is_pasted_into_another_tab_as_one_step(opened, before):
    select(opened, "look", "ask", "done")
    trigger(opened, "edit.copy")
    assert read_playbook(QGuiApplication.clipboard().text(), "clip").problems == ()
    trigger(opened, "file.new")
    trigger(opened, "edit.paste")
    assert set(nodes(opened)) == {"look", "ask", "done"}
    assert edges(opened) == {"look.true -> ask", "ask.approved -> done"}
    assert document(opened).session.selection == {"look", "ask", "done"}
    undo(opened)
    assert not nodes(opened)


def test_pasted_twice_names_are_new_and_nothing_lies_on_the_other(opened):
    select(opened, "look")
    trigger(opened, "edit.copy")
    trigger(opened, "edit.paste")
    trigger(opened, "edit.paste")
    assert {"look", "look_2", "look_3"} <= set(nodes(opened))
    assert spot(opened, "look_2") != spot(opened, "look_3")


def test_cut_takes_away_and_keeps_on_the_clipboard(opened, before):
    select(opened, "look")
    trigger(opened, "edit.cut")
    assert "look" not in nodes(opened)
    trigger(opened, "edit.paste")
    assert "look" in nodes(opened)
    undo(opened)
    undo(opened)
    assert document(opened).playbook == before


def test_a_duplicate_lies_a_step_aside_and_leaves_the_clipboard_alone(opened):
    QGuiApplication.clipboard().setText("mine")
    place = document(opened).canvas.scene.store.nodes["look"].at
    select(opened, "look")
    trigger(opened, "edit.duplicate")
    assert spot(opened, "look_2") == (place[0] + ASIDE, place[1] + ASIDE)
    assert QGuiApplication.clipboard().text() == "mine"


@pytest.mark.parametrize("text", ["", "203.0.113.66", "<b>nodes:</b>", "nodes:\n  a: {kind: rocket}\n"])
def test_text_that_holds_no_steps_is_refused_in_words(opened, before, text):
    QGuiApplication.clipboard().setText(text)
    trigger(opened, "edit.paste")
    assert opened.panels.notice.isVisible()
    assert document(opened).playbook is before


def test_nodes_are_turned_off_and_on_again(opened):
    action = opened.window.commands.get("playbook.switch")
    select(opened, "look", "done")
    assert action.text() == "Turn off"
    action.trigger()
    assert nodes(opened)["look"].disabled
    assert nodes(opened)["done"].disabled
    assert action.text() == "Turn on"
    action.trigger()
    assert not nodes(opened)["look"].disabled


def test_nodes_come_to_one_line(opened):
    names = ("look", "ask", "done", "other")
    select(opened, *names)
    trigger(opened, "playbook.align_left")
    store = document(opened).canvas.scene.store
    assert len({store.nodes[name].bounds.left for name in names}) == 1
    undo(opened)
    trigger(opened, "playbook.align_top")
    assert len({store.nodes[name].bounds.top for name in names}) == 1


def test_a_wrapped_node_is_in_a_loop_and_unwrapped_where_it_was(opened):
    place = document(opened).canvas.scene.store.nodes["ask"].at
    select(opened, "ask")
    trigger(opened, "playbook.wrap")
    assert isinstance(nodes(opened)["for_each"], ForEachNode)
    assert document(opened).session.selection == {"for_each"}
    trigger(opened, "playbook.unwrap")
    assert document(opened).session.selection == {"ask"}
    assert spot(opened, "ask") == place


def test_a_group_is_a_frame_around_the_selected_nodes_and_goes_without_them(opened):
    select(opened, "ask", "look")
    trigger(opened, "playbook.group")
    assert set(nodes(opened)["group"].nodes) == {"ask", "look"}
    assert document(opened).session.selection == {"group"}
    store = document(opened).canvas.scene.store
    assert all(store.nodes["group"].rect.contains(store.nodes[name].rect) for name in ("ask", "look"))
    trigger(opened, "edit.delete")
    assert {"ask", "look"} <= set(nodes(opened))
    assert "group" not in nodes(opened)
    undo(opened)
    undo(opened)
    assert "group" not in nodes(opened)


def test_a_adds_after_the_selected_node_what_is_picked(opened, before):
    select(opened, "ask")
    trigger(opened, "playbook.add_next")
    pick(opened, "set values")
    assert "ask.expired -> set" in edges(opened)
    assert document(opened).session.selection == {"set"}
    undo(opened)
    assert document(opened).playbook == before


def test_the_picker_offers_nothing_that_no_line_can_lead_to(opened):
    select(opened, "ask")
    trigger(opened, "playbook.add_next")
    offered = {found.id for found in picker(opened).found}
    assert not offered & {"note", "trigger:manual", "trigger:siem.alert"}
    assert "action:edr.isolate_endpoint" in offered
    picker(opened).close()


def test_what_usually_follows_is_offered_first(opened):
    select(opened, "start")
    trigger(opened, "edit.duplicate")
    trigger(opened, "playbook.add_next")
    first = picker(opened).found[0]
    assert (first.id, first.group) == ("condition", USUAL)
    picker(opened).close()


def test_two_presses_on_the_ground_ask_for_a_node_there(opened):
    view = document(opened).canvas.view
    at = QPoint(20, 20)
    wanted = view.place_at((view.mapToScene(at).x(), view.mapToScene(at).y())).at
    double_click(view.viewport(), at)
    pick(opened, "siem alert")
    assert spot(opened, "alert") == wanted


def test_a_line_let_go_on_the_ground_asks_what_follows(opened):
    view, store = document(opened).canvas.view, document(opened).canvas.scene.store
    start = view.mapFromScene(QPointF(*store.nodes["ask"].port_point("expired")))
    QTest.mousePress(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view.viewport(), QPoint(24, 24))
    QTest.mouseRelease(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(24, 24))
    pick(opened, "wait")
    assert "ask.expired -> wait" in edges(opened)


def test_a_node_dropped_on_a_line_comes_into_it(opened, before):
    view, store = document(opened).canvas.view, document(opened).canvas.scene.store
    points = store.edges["start -> look"].points
    middle = QPointF((points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2)
    drop(view, "wait", view.mapFromScene(middle))
    assert {"start -> wait", "wait -> look"} <= edges(opened)
    assert "start -> look" not in edges(opened)
    undo(opened)
    assert document(opened).playbook == before


def test_delete_keeps_the_line(opened):
    view, store = document(opened).canvas.view, document(opened).canvas.scene.store
    points = store.edges["start -> look"].points
    drop(view, "wait", view.mapFromScene(QPointF(*points[0]) + QPointF(0, (points[1][1] - points[0][1]) / 2)))
    trigger(opened, "edit.delete")
    assert "start -> look" in edges(opened)


def test_an_action_is_swapped_and_keeps_its_lines(opened):
    select(opened, "ask")
    trigger(opened, "playbook.add_next")
    pick(opened, "isolate endpoint")
    trigger(opened, "playbook.swap_action")
    pick(opened, "release endpoint")
    node = nodes(opened)["isolate_endpoint"]
    assert isinstance(node, ActionNode)
    assert node.use == "edr.release_endpoint"
    assert "ask.expired -> isolate_endpoint" in edges(opened)


def test_while_a_run_is_on_only_copying_is_offered(running):
    select(running, "look")
    offered = {
        name
        for name in ("cut", "copy", "paste", "duplicate")
        if running.window.commands.get(f"edit.{name}").isEnabled()
    }
    assert offered == {"copy"}
