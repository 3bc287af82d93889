import pytest

from tocsin.edits import AddNode, MoveNodes, RemoveNodes, SetField
from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus
from tocsin.model.playbook import EndNode, Layout
from tocsin.model.problems import Severity
from tocsin.ui.canvas.geometry import REACH
from tocsin.ui.canvas.looks import EdgeState, Look
from tocsin.ui.theme import DARK


def _look(scene, name):
    return scene.store.nodes[name].look


def test_a_node_that_only_says_something_else_is_painted_alone(scene, playbook, monkeypatch):
    painted = []
    monkeypatch.setattr(scene, "_paint_area", painted.append)
    monkeypatch.setattr(scene, "_paint_all", lambda: painted.append(None))
    scene.show_playbook(SetField("block", ("title",), "Shut it out").apply(playbook))
    scene._repaint.flush()
    assert scene.store.nodes["block"].words().title == "Shut it out"
    assert painted == [scene.store.nodes["block"].bounds.grown(REACH)]


def test_a_setting_that_shows_nowhere_on_the_canvas_paints_nothing(scene, playbook, qtbot):
    with qtbot.assertNotEmitted(scene.picture_changed):
        scene.show_playbook(SetField("block", ("with", "address"), "{{ start.ip }}").apply(playbook))
        scene._repaint.flush()
    assert scene.store.nodes["block"].node.inputs == {"address": "{{ start.ip }}"}


def test_a_move_keeps_all_entries(scene, playbook):
    before = dict(scene.store.nodes)
    scene.show_playbook(MoveNodes({"done": (400, 0)}).apply(playbook))
    assert all(scene.store.nodes[name] is entry for name, entry in before.items())
    assert scene.place_of("done").center().x() == 400


def test_nodes_come_and_go(scene, playbook):
    added = AddNode("other", EndNode(), (400, 400)).apply(playbook)
    scene.show_playbook(added)
    assert scene.place_of("other").center().x() == 400
    scene.show_playbook(RemoveNodes(("other", "hosts")).apply(added))
    assert set(scene.store.nodes) == {"start", "risky", "block", "done"}
    assert scene.place_of("isolate").isEmpty()


def test_what_is_gone_is_no_longer_selected_and_that_is_said_once(scene, playbook, qtbot):
    said = []
    scene.selection_changed.connect(said.append)
    scene.set_selection(["done", "block", "block -> hosts", "unknown"])
    scene.set_selection(["done", "block", "block -> hosts"])
    scene.show_playbook(RemoveNodes(("block",)).apply(playbook))
    assert said == [{"done", "block", "block -> hosts"}, {"done"}]


def test_a_status_gives_a_look_and_the_same_one_again_paints_nothing(scene):
    scene.show_statuses({"block": NodeStatus(state=NodeState.RUNNING), "unknown": NodeStatus()})
    assert (_look(scene, "block"), scene.state_of("block")) == (Look.RUNNING, NodeState.RUNNING)
    scene._repaint.flush()
    scene.show_statuses({"block": NodeStatus(state=NodeState.RUNNING)})
    assert scene._repaint._names == set()


def test_states_survive_an_edit_and_end_with_the_run(scene, playbook):
    scene.show_statuses({"block": NodeStatus(state=NodeState.FAILED, summary="Rule full")})
    scene.show_taken({"risky.true -> block": EdgeState.TAKEN})
    scene.show_playbook(SetField("block", ("title",), "Other").apply(playbook))
    assert (_look(scene, "block"), scene.store.nodes["block"].subtitle()) == (Look.FAILED, "Rule full")
    scene.clear_run()
    assert _look(scene, "block") is Look.IDLE
    assert scene.store.edges["risky.true -> block"].state is EdgeState.IDLE


def test_an_error_marks_a_node_and_a_warning_does_not(scene):
    scene.show_problems({"block": Severity.ERROR, "done": Severity.WARNING})
    assert (_look(scene, "block"), _look(scene, "done")) == (Look.INVALID, Look.IDLE)
    scene.show_problems({})
    assert _look(scene, "block") is Look.IDLE


def test_the_scene_keeps_its_rectangle_while_things_move_within_it(scene, playbook):
    before = scene.sceneRect()
    scene.show_playbook(MoveNodes({"done": (900, 0)}).apply(playbook))
    assert scene.sceneRect() == before
    scene.show_playbook(MoveNodes({"done": (9000, 0)}).apply(playbook))
    assert scene.sceneRect().contains(scene.bounds())


def test_nodes_without_a_place_are_laid_out_and_stay_there(scene, playbook):
    bare = playbook.model_copy(update={"layout": Layout()})
    fresh = type(scene)(scene.tokens)
    fresh.show_playbook(bare)
    places = {name: fresh.place_of(name) for name in fresh.store.nodes}
    assert places["start"].bottom() < places["risky"].top() < places["block"].top() < places["hosts"].top()
    fresh.show_playbook(MoveNodes({"done": (640, 640)}).apply(bare))
    assert {name: fresh.place_of(name) for name in places if name != "done"} == {
        name: rect for name, rect in places.items() if name != "done"
    }
    fresh.deleteLater()


def test_another_theme_is_painted(scene):
    scene.set_tokens(DARK)
    assert scene.tokens is DARK
    assert len(scene.drawing.sprites) == 0


@pytest.mark.parametrize("name", ["unknown", ""])
def test_an_unknown_node_has_no_place(scene, name):
    assert scene.place_of(name).isEmpty()


def test_many_states_at_once_are_painted_as_one(hands, qtbot):
    names = list(hands.scene.store.nodes)
    hands.scene.show_statuses({names[0]: NodeStatus()})
    asked = []
    hands.scene._repaint._paint = asked.append
    hands.scene._repaint.flush()
    for state in (NodeState.RUNNING, NodeState.SUCCEEDED):
        hands.scene.show_statuses({name: NodeStatus(state=state) for name in names})
    qtbot.waitUntil(lambda: len(asked) == 1)
    assert asked == [frozenset([*names, "hosts > critical"])]
