"""What a scene is told of a run and of marks, and what its nodes and edges show then."""

import pytest

from tocsin.edits import SetField
from tocsin.engine.events import NodeState
from tocsin.engine.progress import ItemCounts, NodeStatus
from tocsin.model.document import from_document
from tocsin.model.problems import Severity
from tocsin.ui.canvas.edge_paint import chip_rect
from tocsin.ui.canvas.geometry import CHIP_LONGEST, Density
from tocsin.ui.canvas.looks import EdgeState, Look
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.tags import Tag
from tocsin.ui.canvas.tooltips import tooltip_at
from tocsin.ui.theme import LIGHT

DONE = NodeStatus(state=NodeState.SUCCEEDED, ports=("out",))


def _look(scene, name):
    return scene.store.nodes[name].look


@pytest.fixture
def handled(qapp):
    """A scene with a node that only failures lead to."""
    nodes = {
        "t": {"kind": "trigger", "event": "manual"},
        "a": {"kind": "action", "use": "edr.find_endpoints"},
        "b": {"kind": "action", "use": "edr.find_endpoints"},
        "h": {"kind": "action", "use": "ticketing.create"},
        "e": {"kind": "end"},
        "n": {"kind": "note", "text": "Remember"},
    }
    scene = CanvasScene(LIGHT)
    scene.show_playbook(
        from_document({"id": "x", "nodes": nodes, "edges": ["t -> a", "a -> b", "a.error -> h", "h -> e"]})
    )
    yield scene
    scene.deleteLater()


def test_in_a_run_what_was_not_heard_of_waits_and_what_only_failures_lead_to_steps_back(handled):
    handled.show_statuses({"t": DONE})
    looks = {name: _look(handled, name) for name in handled.store.nodes}
    assert looks == {
        "t": Look.SUCCEEDED,
        "a": Look.QUEUED,
        "b": Look.QUEUED,
        "h": Look.NOT_REACHED,
        "e": Look.NOT_REACHED,
        "n": Look.IDLE,
    }
    assert handled.store.edges["a.error -> h"].shown_state is EdgeState.SKIPPED
    handled.clear_run()
    assert {_look(handled, name) for name in handled.store.nodes} == {Look.IDLE}


def test_a_line_into_a_body_follows_what_it_leads_to(scene):
    line = scene.store.edges["hosts > critical"]
    scene.show_statuses({"hosts": NodeStatus(state=NodeState.RUNNING)})
    assert line.shown_state is EdgeState.IDLE
    scene.show_statuses({"critical": DONE})
    assert line.shown_state is EdgeState.TAKEN


def test_a_chip_tells_why_an_edge_was_taken(scene):
    edge = scene.store.edges["risky.true -> block"]
    width = edge.chip_width
    scene.show_reasons({"risky.true -> block": "score 92 ≥ 80", "unknown": "x"})
    assert edge.chip == "true: score 92 ≥ 80"
    assert edge.chip_width > width
    scene.clear_run()
    assert (edge.chip, edge.chip_width) == ("true", width)


def test_of_error_lines_with_one_target_the_one_that_was_taken_tells_why(qapp):
    action = {"kind": "action", "use": "edr.find_endpoints"}
    scene = CanvasScene(LIGHT)
    edges = ["a -> b", "a.error -> h", "b.error -> h"]
    layout = {"a": [0, 0], "b": [0, 120], "h": [400, 240]}
    nodes = dict.fromkeys("abh", action)
    scene.show_playbook(from_document({"id": "x", "nodes": nodes, "edges": edges, "layout": layout}))

    def chips():
        return [scene.store.edges[text].chip for text in edges[1:]]

    assert chips() == ["on error", ""]
    scene.show_reasons({"b.error -> h": "timeout"})
    assert chips() == ["", "error: timeout"]
    scene.clear_run()
    assert chips() == ["on error", ""]
    scene.deleteLater()


def test_a_long_reason_is_cut_and_the_rest_is_in_the_tooltip(scene):
    reason = "the score of <b>203.0.113.66</b> is 92"
    scene.show_reasons({"risky.true -> block": reason})
    edge = scene.store.edges["risky.true -> block"]
    assert len(edge.chip) == CHIP_LONGEST
    assert edge.chip.endswith("…")
    words = tooltip_at(scene.store, *edge.chip_at, 1.0)
    assert "&lt;b&gt;203.0.113.66" in words


def test_the_tooltip_of_a_node_has_its_whole_text(scene, playbook):
    title = "Shut the address out of everything there is"
    scene.show_playbook(SetField("block", ("title",), title).apply(playbook))
    middle = scene.place_of("block").center()
    assert title in tooltip_at(scene.store, middle.x(), middle.y(), 1.0)
    assert tooltip_at(scene.store, -900, -900, 1.0) == ""


@pytest.mark.parametrize("zoom", [0.45, 0.5, 0.67])
def test_chips_never_touch_each_other(hands, zoom, monkeypatch):
    hands.scene.show_reasons({"risky.true -> block": "score 92 ≥ 80"})
    drawn = []
    monkeypatch.setattr(
        "tocsin.ui.canvas.edge_paint._paint_chip", lambda painter, edge, rect, tokens, zoom: drawn.append(rect)
    )
    hands.view.set_zoom(zoom)
    hands.view.viewport().repaint()
    assert drawn
    assert not any(one is not other and one.intersects(other) for one in drawn for other in drawn)


def test_a_chip_keeps_11_pixels_on_the_screen(scene):
    edge = scene.store.edges["risky.true -> block"]
    assert chip_rect(edge, 1.0).height() == 18
    assert chip_rect(edge, 0.5).height() * 0.5 >= 16


def test_marks_are_shown_until_others_are(scene):
    scene.show_marks(breakpoints=["block"], pinned={"isolate": "Output of R-217"}, assumed=["critical"])
    nodes = scene.store.nodes
    assert nodes["block"].body.stops
    assert (nodes["isolate"].tag, nodes["isolate"].subtitle()) == (Tag.PINNED, "Output of R-217")
    assert nodes["critical"].tag is Tag.ASSUMED
    scene.show_marks()
    assert not nodes["block"].body.stops
    assert nodes["isolate"].tag is None


def test_a_node_that_is_off_says_so(scene, playbook):
    scene.show_playbook(SetField("block", ("disabled",), value=True).apply(playbook))
    entry = scene.store.nodes["block"]
    assert (entry.look, entry.tag, entry.subtitle()) == (Look.OFF, Tag.OFF, "Off: passes its input on")


def test_the_reason_of_an_error_is_the_line_under_the_title(scene):
    scene.show_problems({"block": Severity.ERROR, "done": Severity.WARNING}, {"block": "Address is empty", "done": "x"})
    assert scene.store.nodes["block"].subtitle() == "Address is empty"
    assert scene.store.nodes["done"].subtitle() == ""


def test_items_of_a_loop_are_kept_with_their_looks(hands):
    hands.scene.show_statuses({"hosts": NodeStatus(state=NodeState.RUNNING, items=ItemCounts(1, 3))})
    hands.scene.show_item_progress({"hosts": [Look.SUCCEEDED, Look.UNCERTAIN, Look.ASKS]})
    image = hands.view.grab().toImage()
    rect = hands.view.mapFromScene(hands.scene.place_of("hosts")).boundingRect()
    y = rect.top() + 25
    row = [image.pixelColor(x, y).name() for x in range(rect.left() + 12, rect.right() - 11)]
    assert LIGHT.succeeded.lower() in row[: len(row) // 3]
    assert {LIGHT.tape.lower(), LIGHT.tape_ink.lower()} <= set(row[len(row) // 3 : 2 * len(row) // 3])
    assert LIGHT.waiting.lower() in row[2 * len(row) // 3 :]


def test_another_density_keeps_states_selection_and_marks(scene):
    scene.show_statuses({"block": DONE})
    scene.set_selection(["block"])
    scene.show_marks(breakpoints=["block"])
    scene.set_density(Density.COMPACT)
    entry = scene.store.nodes["block"]
    assert (scene.place_of("block").width(), scene.place_of("block").height()) == (200, 40)
    assert (entry.look, entry.selected, entry.stops) == (Look.SUCCEEDED, True, True)


def test_a_node_can_be_heard(scene):
    scene.show_statuses(
        {"isolate": NodeStatus(state=NodeState.FAILED, uncertain=True, summary="ws-0421 may be isolated")}
    )
    scene.show_marks(breakpoints=["isolate"])
    words = scene.accessible_name("isolate").split(", ")
    assert words[:2] == ["Isolate endpoint", "action"]
    assert words[-3:] == ["may have happened", "ws-0421 may be isolated", "stops before it"]
    assert scene.accessible_name("nobody") == ""


def test_an_edge_under_the_pointer_is_wider(hands):
    hands.move(0, 150)
    hands.move(0, 153)
    pointed = [edge.text for edge in hands.scene.store.edges.values() if edge.hovered]
    assert pointed == ["risky.true -> block"]


def test_every_spoken_look_has_words():
    from tocsin.ui.canvas.spoken import LOOK_WORDS

    assert set(LOOK_WORDS) == set(Look)


@pytest.mark.parametrize(
    ("summary", "run", "words"),
    [
        ("", "R-217", "From R-217"),
        ("score 92", "R-217", "From R-217 · score 92"),
        ("score 92", "", "From an earlier run · score 92"),
    ],
)
def test_a_step_that_gave_what_an_earlier_run_gave_names_that_run(scene, summary, run, words):
    scene.show_statuses({"block": NodeStatus(state=NodeState.SUCCEEDED, via="carried", summary=summary)})
    scene.show_marks(carried={"block": run} if run else {})
    assert scene.store.nodes["block"].subtitle() == words
    assert words in scene.accessible_name("block")


def test_a_step_whose_output_a_person_changed_says_so(scene):
    scene.show_statuses({"block": NodeStatus(state=NodeState.SUCCEEDED, flags=("edited",))})
    assert scene.store.nodes["block"].tag is Tag.EDITED
    assert scene.accessible_name("block").endswith("edited")


def test_of_two_tags_the_one_that_says_more_is_shown(scene, playbook):
    scene.show_marks(pinned={"block": "Output of R-217"}, assumed=["block"])
    assert scene.store.nodes["block"].tag is Tag.ASSUMED
    scene.show_statuses({"block": NodeStatus(state=NodeState.SUCCEEDED, flags=("edited",))})
    assert scene.store.nodes["block"].tag is Tag.EDITED
    scene.show_playbook(SetField("block", ("disabled",), value=True).apply(playbook))
    assert scene.store.nodes["block"].tag is Tag.OFF
