"""Lines that a person leads another way."""

import pytest
from PySide6.QtCore import QRect, Qt
from tests.ui.canvas.conftest import colours
from tests.ui.hands import double_click

from tocsin.edits import AddNode, BendLine, Connect, Disconnect, MoveNodes
from tocsin.model.playbook import Edge, WaitNode
from tocsin.ui.canvas.bends import handles_of

KEY = Qt.Key


@pytest.fixture
def line(obedient):
    """A straight line that leads far down."""
    obedient.scene.show_playbook(MoveNodes({"hosts": (0, 400)}).apply(obedient.scene.store.playbook))
    return obedient.scene.store.edges["block -> hosts"]


def middle(line):
    (x, y), (to_x, to_y) = line.points[0], line.points[1]
    return (x + to_x) / 2, (y + to_y) / 2


def bends(hands, line):
    return hands.scene.store.playbook.layout.bends.get(line.text)


def drag_aside(hands, line, by=64):
    x, y = middle(line)
    hands.drag((x, y), (x + by / 2, y), (x + by, y))


def test_a_line_that_is_dragged_gets_a_bend_there_as_one_edit(obedient, line):
    drag_aside(obedient, line)
    (edit,) = obedient.edits
    assert isinstance(edit, BendLine)
    (x, top), (same, bottom) = bends(obedient, line)
    assert (x, bottom - top) == (same, 8)
    assert any(abs(corner - x) < 1 for corner, _ in obedient.scene.store.edges[line.text].points)


def test_a_click_selects_the_line_alone(obedient, line):
    obedient.drag(middle(line), middle(line))
    assert obedient.scene.selection() == {line.text}
    assert obedient.edits == []


def test_a_double_click_adds_a_bend_and_its_handle_can_be_dragged_and_deleted(obedient, line):
    double_click(obedient.view.viewport(), obedient.on_view(*middle(line)))
    obedient.scene.set_selection([line.text])
    ((x, y),) = handles_of(obedient.scene.store, line.text)
    obedient.drag((x, y), (x - 30, y), (x - 80, y))
    assert bends(obedient, line)[0][0] == round(x) - 80
    obedient.key(KEY.Key_Delete)
    assert bends(obedient, line) is None
    assert line.text in obedient.scene.store.edges
    obedient.key(KEY.Key_Delete)
    assert line.text not in obedient.scene.store.edges


def test_arrows_move_the_bend_that_is_chosen(obedient, line):
    double_click(obedient.view.viewport(), obedient.on_view(*middle(line)))
    before = bends(obedient, line)
    obedient.key(KEY.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert bends(obedient, line)[0] == (before[0][0] + 8, before[0][1])


def test_escape_takes_the_drag_back(obedient, line):
    x, y = middle(line)
    before = line.points
    obedient.press(x, y)
    obedient.move(x + 40, y)
    obedient.move(x + 64, y)
    assert obedient.scene.store.edges[line.text].points != before
    obedient.key(KEY.Key_Escape)
    obedient.release(x + 64, y)
    assert obedient.scene.store.edges[line.text].points == before
    assert obedient.edits == []


def test_a_bend_never_leads_a_line_upwards(obedient, line):
    x, y = middle(line)
    obedient.drag((x, y), (x + 40, y - 200), (x + 64, y - 900))
    levels = [level for _, level in obedient.scene.store.edges[line.text].points]
    assert levels == sorted(levels)


def test_nothing_bends_while_the_canvas_is_locked(obedient, line):
    obedient.scene.set_locked(True)
    drag_aside(obedient, line)
    assert obedient.edits == []


def test_the_handles_of_the_selected_line_are_seen(obedient, line):
    drag_aside(obedient, line)
    ((x, y),) = handles_of(obedient.scene.store, line.text)
    place = obedient.on_view(x, y)
    rect = QRect(place.x() - 6, place.y() - 6, 12, 12)
    obedient.scene.set_selection([])
    without = colours(obedient.view.viewport(), rect)
    obedient.scene.set_selection([line.text])
    assert colours(obedient.view.viewport(), rect) != without


def test_a_bend_that_was_undone_is_chosen_no_more(obedient, line):
    before = obedient.scene.store.playbook
    obedient.scene.set_selection([line.text])
    double_click(obedient.view.viewport(), obedient.on_view(*middle(line)))
    obedient.scene.show_playbook(before)
    made = len(obedient.edits)
    obedient.key(KEY.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert obedient.edits[made:] == []
    obedient.key(KEY.Key_Delete)
    assert line.text not in obedient.scene.store.edges


@pytest.mark.parametrize("end", ["release", "escape"])
def test_a_line_that_goes_while_it_is_dragged_ends_the_drag(obedient, line, end):
    (x, y), playbook = middle(line), obedient.scene.store.playbook
    obedient.press(x, y)
    obedient.move(x + 40, y)
    obedient.scene.show_playbook(Disconnect(line.source.frame, line.edge).apply(playbook))
    obedient.move(x + 64, y)
    if end == "escape":
        obedient.key(KEY.Key_Escape)
    obedient.release(x + 64, y)
    assert obedient.edits == []


def test_bends_stay_while_one_end_of_the_line_is_dragged(obedient, line):
    drag_aside(obedient, line)
    before = bends(obedient, line)
    entry = obedient.scene.store.nodes["hosts"]
    x, y = entry.rect.center().x(), entry.rect.top() + 8
    obedient.drag((x, y), (x + 40, y), (x + 80, y))
    assert bends(obedient, line) == before
    assert any(abs(corner - before[0][0]) < 1 for corner, _ in obedient.scene.store.edges[line.text].points)


def test_bends_go_with_both_ends_of_the_line_and_are_seen_to_while_these_are_dragged(obedient, line):
    drag_aside(obedient, line)
    ((x, top), _), (left, up) = bends(obedient, line), (80, 24)
    scene = obedient.scene
    scene.set_selection(["block", "hosts"])
    start = scene.store.nodes["block"].rect.center()
    obedient.press(start.x(), start.y())
    obedient.move(start.x() + 40, start.y())
    obedient.move(start.x() + left, start.y() + up)
    seen = scene.store.edges[line.text].points
    obedient.release(start.x() + left, start.y() + up)
    assert bends(obedient, line)[0] == (x + left, top + up)
    assert scene.store.edges[line.text].points == seen


def test_an_error_line_can_be_led_another_way(obedient):
    scene = obedient.scene
    wired = Connect(None, Edge(source="block", port="error", target="done")).apply(scene.store.playbook)
    scene.show_playbook(MoveNodes({"done": (320, 500)}).apply(wired))
    line = scene.store.edges["block.error -> done"]
    (x, y), (_, below) = line.points[1], line.points[2]
    obedient.drag((x, (y + below) / 2), (x - 20, (y + below) / 2), (x - 48, (y + below) / 2))
    assert bends(obedient, line)[0][0] == round((x - 48) / 8) * 8
    assert scene.store.edges[line.text].points[0] == (scene.store.nodes["block"].port_point("error"))


def test_an_undo_while_nodes_are_dragged_ends_the_drag(obedient):
    scene = obedient.scene
    before = scene.store.playbook
    scene.show_playbook(AddNode("new", WaitNode(duration="1m"), at=(320, 320)).apply(before))
    middle = scene.store.nodes["new"].rect.center()
    obedient.press(middle.x(), middle.y())
    obedient.move(middle.x() + 40, middle.y())
    scene.show_playbook(before)
    obedient.move(middle.x() + 80, middle.y())
    obedient.release(middle.x() + 80, middle.y())
    assert obedient.edits == []
    assert "new" not in scene.store.nodes
