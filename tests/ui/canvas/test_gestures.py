from PySide6.QtCore import Qt
from tests.ui.canvas.conftest import centre
from tests.ui.hands import double_click

from tocsin.edits import AddNode, Connect, MoveNodes
from tocsin.model.playbook import WaitNode
from tocsin.ui.canvas.geometry import BODY_TOP

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_drag_moves_a_node_on_the_grid_as_one_edit(obedient):
    x, y = centre(obedient.scene, "done")
    obedient.drag((x, y), (x + 20, y + 10), (x + 43, y + 29))
    assert obedient.edits == [MoveNodes({"done": (360, 208)})]
    assert obedient.scene.store.playbook.layout.nodes["done"].at == (360, 208)


def test_all_that_is_selected_goes_along_and_what_lies_in_a_frame_is_not_moved_twice(hands):
    hands.scene.set_selection(["done", "hosts", "isolate"])
    x, y = centre(hands.scene, "done")
    hands.drag((x, y), (x + 24, y), (x + 80, y + 16))
    assert hands.edits == [MoveNodes({"hosts": (80, 272), "done": (400, 192)})]


def test_a_frame_takes_its_body_along_while_it_is_dragged(hands):
    rect = hands.scene.place_of("hosts")
    before = hands.scene.place_of("isolate")
    x, y = rect.left() + 20, rect.top() + 12
    hands.press(x, y)
    hands.move(x + 32, y)
    hands.move(x + 64, y)
    assert hands.scene.place_of("isolate") == before.translated(64, 0)
    hands.release(x + 64, y)


def test_nothing_goes_above_the_head_of_its_frame(hands):
    x, y = centre(hands.scene, "critical")
    hands.drag((x, y), (x, y - 40), (x, y - 300))
    assert hands.edits == []
    assert hands.scene.store.nodes["critical"].at == (0, BODY_TOP)


def test_a_frame_grows_with_its_body(hands):
    before = hands.scene.place_of("hosts")
    x, y = centre(hands.scene, "isolate")
    hands.drag((x, y), (x, y + 40), (x, y + 160))
    assert hands.scene.place_of("hosts").bottom() == before.bottom() + 160


def test_escape_takes_a_drag_back(hands):
    before = hands.scene.place_of("done")
    x, y = centre(hands.scene, "done")
    hands.press(x, y)
    hands.move(x + 40, y)
    hands.move(x + 80, y)
    assert hands.scene.place_of("done") != before
    hands.key(Qt.Key.Key_Escape)
    assert hands.scene.place_of("done") == before
    hands.release(x + 80, y)
    assert hands.edits == []


def test_a_click_is_no_drag(hands):
    x, y = centre(hands.scene, "done")
    hands.drag((x, y), (x + 1, y + 1))
    assert hands.edits == []
    assert hands.scene.selection() == {"done"}


def test_a_line_is_drawn_from_a_port_to_a_node(obedient):
    start = obedient.scene.store.nodes["hosts"].port_point("out")
    target = centre(obedient.scene, "done")
    obedient.drag(start, (start[0] + 30, start[1] + 30), target)
    (edit,) = obedient.edits
    assert isinstance(edit, Connect)
    assert (edit.frame, edit.edge.text) == (None, "hosts -> done")
    assert "hosts -> done" in obedient.scene.store.edges


def test_over_a_node_it_is_said_whether_the_line_fits(hands):
    start = hands.scene.store.nodes["hosts"].port_point("out")
    hands.press(*start)
    hands.move(*centre(hands.scene, "done"))
    assert hands.hints[-1] == "Connect to “End: succeeded”."
    hands.move(*centre(hands.scene, "start"))
    assert "no input" in hands.hints[-1]
    hands.move(*centre(hands.scene, "risky"))
    assert "make a loop" in hands.hints[-1]
    hands.key(Qt.Key.Key_Escape)
    assert hands.hints[-1] == ""


def test_a_line_cannot_enter_a_frame(hands):
    start = hands.scene.store.nodes["block"].port_point("out")
    hands.drag(start, centre(hands.scene, "isolate"))
    assert hands.edits == []
    assert "“Isolate endpoint” is inside “For each host”" in hands.hints[-1]


def test_the_error_port_can_be_drawn_from(hands):
    start = hands.scene.store.nodes["block"].port_point("error")
    hands.drag((start[0] + 4, start[1]), centre(hands.scene, "done"))
    assert [edit.edge.text for edit in hands.edits] == ["block.error -> done"]


def test_a_rectangle_selects_what_it_touches(hands):
    hands.drag((-200, -40), (-100, 40), (150, 130))
    assert hands.scene.selection() == {"start", "risky"}


def test_a_rectangle_adds_with_the_key(hands):
    hands.scene.set_selection(["done"])
    hands.drag((-200, -40), (-100, 20), (150, 40), modifiers=CONTROL)
    assert hands.scene.selection() == {"done", "start"}


def test_escape_gives_the_old_selection_back(hands):
    hands.scene.set_selection(["done"])
    hands.press(-200, -40)
    hands.move(150, 130)
    hands.key(Qt.Key.Key_Escape)
    assert hands.scene.selection() == {"done"}


def test_a_click_on_the_ground_selects_nothing(hands):
    hands.scene.set_selection(["done"])
    hands.drag((-300, -40), (-300, -40))
    assert hands.scene.selection() == frozenset()


def test_a_click_with_the_key_toggles(hands):
    for name in ("start", "risky", "start"):
        hands.drag(centre(hands.scene, name), centre(hands.scene, name), modifiers=CONTROL)
    assert hands.scene.selection() == {"risky"}


def test_a_line_can_be_selected(hands):
    hands.drag((0, 240), (0, 240))
    assert hands.scene.selection() == {"block -> hosts"}


def test_a_locked_canvas_selects_and_pans_but_does_not_change(hands):
    hands.scene.set_locked(True)
    x, y = centre(hands.scene, "done")
    hands.drag((x, y), (x + 40, y), (x + 80, y))
    start = hands.scene.store.nodes["hosts"].port_point("out")
    hands.drag(start, (x, y))
    hands.scene.set_selection(["done"])
    hands.key(Qt.Key.Key_Delete)
    hands.key(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert hands.edits == []
    before = hands.view.mapToScene(0, 0)
    hands.press(-300, 0, button=Qt.MouseButton.MiddleButton)
    hands.move(-260, 30)
    assert (before - hands.view.mapToScene(0, 0)).toPoint().toTuple() == (40, 30)
    hands.key(Qt.Key.Key_Escape)
    assert hands.view.mapToScene(0, 0) == before


def test_a_double_click_opens(hands):
    double_click(hands.view.viewport(), hands.on_view(*centre(hands.scene, "block")))
    assert hands.opened == ["block"]


def test_from_far_nodes_can_still_be_moved(obedient):
    obedient.view.set_zoom(0.33)
    x, y = centre(obedient.scene, "done")
    obedient.drag((x, y), (x + 60, y), (x + 96, y))
    assert len(obedient.edits) == 1
    assert obedient.scene.store.playbook.layout.nodes["done"].at[0] > 380


def test_a_node_without_lines_that_is_let_go_on_a_line_comes_into_it_as_one_step(obedient):
    store = obedient.scene.store
    loose = AddNode("pause", WaitNode(duration="1m"), (320, 80))
    obedient.scene.show_playbook(loose.apply(store.playbook))
    (x, top), (_, bottom) = store.edges["start -> risky"].points[:2]
    start = centre(obedient.scene, "pause")
    obedient.drag(start, (start[0] - 40, start[1]), (x, (top + bottom) / 2))
    assert len(obedient.edits) == 1
    assert {"start -> pause", "pause -> risky"} <= set(store.edges)
    assert "start -> risky" not in store.edges
