import pytest

from tocsin.edits import AddNode, Connect, MoveNodes, RemoveNodes
from tocsin.model.document import from_document
from tocsin.model.playbook import Edge, EndNode
from tocsin.ui.canvas.store import Hit, Store


def _store(document):
    store = Store()
    store.show(from_document(document), None)
    return store


def _action(use="edr.find_endpoints"):
    return {"kind": "action", "use": use}


def test_ports_win_over_nodes_and_nodes_over_edges(scene):
    store = scene.store
    assert store.hit(0, 24) == Hit(node="start")
    assert store.hit(0, 50) == Hit(node="start", port="out")
    assert store.hit(0, 250, reach=0) == Hit(edge="block -> hosts")
    assert store.hit(-300, 0) == Hit()


def test_a_frame_is_hit_at_its_head_and_not_where_its_body_lies(scene):
    rect = scene.place_of("hosts")
    assert scene.store.hit(rect.left() + 30, rect.top() + 10).node == "hosts"
    assert scene.store.hit(rect.left() + 6, rect.bottom() - 40).node is None
    assert scene.store.hit(*scene.place_of("isolate").center().toTuple()).node == "isolate"


def test_the_innermost_frame_is_found(scene):
    middle = scene.place_of("hosts").center()
    assert scene.store.frame_at(middle.x(), middle.y()) == "hosts"
    assert scene.store.frame_at(-500, 0) is None


def test_body_nodes_lie_relative_to_their_frame(scene):
    assert scene.place_of("critical").top() == scene.place_of("hosts").top() + 32


def test_a_frame_holds_its_body_and_the_lanes_in_it():
    body = {
        "nodes": {"a": {"kind": "condition", "when": "true"}, "b": _action(), "c": _action()},
        "edges": ["a.true -> b", "b -> c", "a.false -> c"],
    }
    store = _store(
        {
            "id": "x",
            "nodes": {"loop": {"kind": "for_each", "in": "[1]", "body": body}},
            "layout": {"loop": [0, 0], "a": [0, 32], "b": [0, 128], "c": [0, 224]},
        }
    )
    frame = store.nodes["loop"].rect
    assert all(frame.contains(store.nodes[name].rect) for name in "abc")
    way = store.edges["a.false -> c"].points
    assert min(x for x, _ in way) < store.nodes["b"].rect.left()
    assert all(frame.left() < x < frame.right() for x, _ in way)


def test_side_ports_turn_to_where_their_targets_are():
    nodes = {"a": {"kind": "condition", "when": "true"}, "left": _action(), "right": _action()}
    layout = {"a": [0, 0], "left": [-300, 120], "right": [300, 120]}
    for target, side in (("left", -80), ("right", 80)):
        store = _store({"id": "x", "nodes": nodes, "edges": [f"a.false -> {target}"], "layout": layout})
        assert store.nodes["a"].port_point("false") == (side, 48)


def test_of_a_row_with_one_error_handler_only_the_last_draws_its_line():
    nodes = {"a": _action(), "b": _action(), "h": _action()}
    layout = {"a": [0, 0], "b": [240, 0], "h": [500, 200]}
    store = _store({"id": "x", "nodes": nodes, "edges": ["a.error -> h", "b.error -> h"], "layout": layout})
    assert store.edges["a.error -> h"].points == ()
    assert store.edges["b.error -> h"].chip == "on error"
    assert store.nodes["a"].body.wired


def test_a_named_port_that_nothing_leaves_by_keeps_its_chip(scene):
    chips = {edge.chip for edge in scene.store.edges.values() if edge.target is None}
    assert chips == {"false"}


def test_a_group_lies_around_its_members():
    nodes = {"g": {"kind": "group", "nodes": ["a", "b"], "title": "Both"}, "a": _action(), "b": _action()}
    store = _store({"id": "x", "nodes": nodes, "layout": {"g": [0, 0], "a": [0, 40], "b": [300, 200]}})
    around = store.nodes["g"].rect
    assert around.contains(store.nodes["a"].rect)
    assert around.contains(store.nodes["b"].rect)


def test_a_move_says_what_must_be_painted_and_reroutes_what_hangs_there(scene):
    before = scene.store.edges["risky.true -> block"].points
    stale = scene.store.move(["block"], 160, 0)
    after = scene.store.edges["risky.true -> block"].points
    assert after[-1][0] == before[-1][0] + 160
    assert any(area.holds(*before[-1]) for area in stale)
    assert any(area.holds(*after[-1]) for area in stale)


@pytest.mark.parametrize("kind", ["note", "trigger", "end"])
def test_what_has_no_outputs_or_no_input_shows_none(kind):
    node = {
        "note": {"kind": "note", "text": "Hi"},
        "trigger": {"kind": "trigger", "event": "manual"},
        "end": {"kind": "end"},
    }
    store = _store({"id": "x", "nodes": {"n": node[kind]}})
    assert len(store.nodes["n"].body.ports) == {"note": 0, "trigger": 1, "end": 1}[kind]


def test_a_node_that_is_gone_stands_in_nobodys_way(scene, playbook):
    between = AddNode("between", EndNode(), (0, 600)).apply(
        Connect(None, Edge(source="hosts", target="done")).apply(playbook)
    )
    far = MoveNodes({"done": (0, 900), "between": (0, 700)}).apply(between)
    scene.show_playbook(far)
    assert len(scene.store.edges["hosts -> done"].points) > 2
    scene.show_playbook(RemoveNodes(("between",)).apply(far))
    assert len(scene.store.edges["hosts -> done"].points) == 2


def test_a_line_goes_round_a_node_that_was_moved_into_its_way(scene, playbook):
    scene.store.show(MoveNodes({"hosts": (0, 600)}).apply(playbook), None)
    straight = scene.store.edges["block -> hosts"].points
    moved = MoveNodes({"hosts": (0, 600), "done": (0, 400)}).apply(playbook)
    scene.store.show(moved, None)
    around = scene.store.edges["block -> hosts"].points
    assert {x for x, _ in straight} == {0}
    assert any(abs(x) > scene.place_of("done").width() / 2 for x, _ in around)


def test_a_chip_steps_aside_where_a_node_would_lie_over_its_end():
    nodes = {"a": {"kind": "condition", "when": "true"}, "beside": _action(), "b": _action()}
    layout = {"a": [0, 0], "beside": [0, 110], "b": [0, 240]}
    named = {"edge": "a.false -> b", "label": "the long name of a way"}
    store = _store({"id": "x", "nodes": nodes, "edges": ["a.true -> beside", named], "layout": layout})
    chip, node = store.edges["a.false -> b"], store.nodes["beside"].bounds
    left, right = chip.chip_at[0] - chip.chip_width / 2, chip.chip_at[0] + chip.chip_width / 2
    assert right < node.left or left > node.right
    assert left < chip.points[2][0] < right
