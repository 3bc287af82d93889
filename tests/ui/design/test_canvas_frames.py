"""The numbers of visual-design.md §4 about frames, and about where nodes lie, read back from a canvas."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from tests.ui.canvas.all_states import KINDS
from tests.ui.design.canvas_eye import Stage
from tests.ui.hands import trigger

from tocsin.edits import MoveNodes
from tocsin.engine.events import NodeState
from tocsin.engine.progress import ItemCounts, NodeStatus
from tocsin.model.document import from_document
from tocsin.model.layout import layout_playbook
from tocsin.ui.canvas.geometry import GAPS, Density, size_of
from tocsin.ui.canvas.looks import Look

READ, CONDITION = KINDS["reads"], KINDS["condition"]
SUCCEEDED, RUNNING, TEXT, NODE_LINE, DOT, CANVAS = "#15764A", "#0A6AB2", "#1A2030", "#828B9D", "#CDD2DC", "#F3F4F7"
SNAP = 8


@pytest.fixture
def stage(qtbot, catalogue):
    return Stage(qtbot, catalogue)


def _loop(nodes, edges=()):
    return {"kind": "for_each", "in": "a.hosts", "as": "host", "body": {"nodes": nodes, "edges": list(edges)}}


def _show_loop(stage, nodes, edges=(), layout=None):
    stage.show({"loop": _loop(nodes, edges)}, layout={"loop": [0, -120], **(layout or {})})
    return stage.scene.place_of("loop")


def test_a_frame_keeps_16_px_at_the_sides_of_its_body_and_10_below(stage):
    frame = _show_loop(stage, {"one": READ}, layout={"one": [0, 32]})
    body = stage.scene.place_of("one")
    assert (body.left() - frame.left(), frame.right() - body.right()) == (16, 16)
    frame = _show_loop(stage, {"one": READ, "two": READ}, layout={"one": [0, 32], "two": [0, 160]})
    assert frame.bottom() - stage.scene.place_of("two").bottom() == 10


def test_its_body_begins_below_a_header_of_24_and_a_gap_of_6_on_the_grid(stage):
    frame = _show_loop(stage, {"one": READ}, layout={"one": [0, 96]})
    place = stage.view.place_at((frame.center().x(), frame.top() + 30))
    assert (place.frame, place.at[1]) == ("loop", -(-(24 + 6) // SNAP) * SNAP)


def test_its_name_stands_amid_a_header_of_24(stage):
    frame = _show_loop(stage, {"one": READ})
    name = stage.texts()["For each host"]
    assert name.font.weight().value == 600
    assert name.middle - frame.top() == pytest.approx(24 / 2, abs=0.5)


@pytest.mark.parametrize("target", [-1, 1])
def test_a_frame_is_54_px_wider_at_the_side_of_a_bypass_lane(stage, target):
    nodes = {"first": CONDITION, "second": READ, "third": READ}
    edges = ["first.true -> second", "second -> third", "first.false -> third"]
    layout = {"first": [0, 32], "second": [0, 128], "third": [target * 8, 224]}
    frame = _show_loop(stage, nodes, edges, layout)
    bodies = [stage.scene.place_of(name) for name in nodes]
    gaps = min(body.left() for body in bodies) - frame.left(), frame.right() - max(body.right() for body in bodies)
    assert sorted(gaps) == [16, 16 + 54]


@pytest.mark.parametrize(
    ("look", "width", "colour"),
    [
        (None, 1, NODE_LINE),
        ("running", 1.5, RUNNING),
        ("guard", 2.5, TEXT),
        ("done", 1, SUCCEEDED),
        ("failed", 1, "#BE2A26"),
    ],
)
def test_the_line_around_a_frame_has_its_width(stage, look, width, colour):
    frame = _show_loop(stage, {"one": READ})
    status = {
        "running": NodeStatus(state=NodeState.RUNNING),
        "guard": NodeStatus(state=NodeState.FAILED, code="guarded"),
        "done": NodeStatus(state=NodeState.SUCCEEDED),
        "failed": NodeStatus(state=NodeState.FAILED),
    }.get(look)
    if status is not None:
        stage.scene.show_statuses({"loop": status})
    around = [mark for mark in stage.strokes() if mark.ink == colour and mark.path.boundingRect().width() > 216]
    assert [mark.width for mark in around] == [width]
    assert around[0].reach() == frame


def test_the_corners_of_a_frame_have_a_radius_of_10(stage):
    frame = _show_loop(stage, {"one": READ})
    around = next(mark for mark in stage.strokes() if mark.ink == NODE_LINE and mark.path.boundingRect().width() > 216)
    assert around.path.elementAt(0).y - frame.top() == pytest.approx(10)


@pytest.mark.parametrize(("items", "segments"), [(1, 1), (5, 5), (20, 20), (30, 20), (400, 20)])
def test_a_bar_of_3_px_under_the_header_has_a_segment_for_each_item_up_to_20(stage, items, segments):
    frame = _show_loop(stage, {"one": READ})
    stage.scene.show_statuses({"loop": NodeStatus(state=NodeState.RUNNING, items=ItemCounts(items, items))})
    bar = [mark.path.boundingRect() for mark in stage.strokes() if mark.brush == SUCCEEDED and not mark.ink]
    assert len(bar) == segments
    assert {(part.top() - frame.top(), part.height()) for part in bar} == {(24, 3)}
    assert (bar[0].left() - frame.left(), frame.right() - bar[-1].right()) == (12, 12)
    assert all(other.left() - one.right() == pytest.approx(1) for one, other in pairwise(bar))


def test_a_segment_shows_the_worst_of_its_items(stage):
    worst_first = (
        (Look.REFUSED, TEXT),
        (Look.FAILED, "#BE2A26"),
        (Look.ASKS, "#B26A00"),
        (Look.PAUSED, "#A01C8C"),
        (Look.RETRYING, "#A94A0A"),
        (Look.RUNNING, RUNNING),
        (Look.QUEUED, "#DDE1E8"),
        (Look.SUCCEEDED, SUCCEEDED),
        (Look.ALREADY, "#3F6B5A"),
        (Look.SKIPPED, "#6B7485"),
    )
    frame = _show_loop(stage, {"one": READ})
    stage.scene.show_statuses({"loop": NodeStatus(state=NodeState.RUNNING, items=ItemCounts(0, 40))})
    for (worse, colour), (better, _) in pairwise(worst_first):
        stage.scene.show_item_progress({"loop": [better, worse] * 20})
        picture = stage.picture()
        assert picture.colour(frame.left() + 16, frame.top() + 25.5) == colour, (worse, better)


def test_a_dragged_node_moves_in_steps_of_8(stage):
    stage.show({"one": READ})
    edits, view = [], stage.view.viewport()
    stage.scene.edit_requested.connect(edits.append)
    start = stage.view.mapFromScene(QPointF(40, 20))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for step in (10, 21):
        QTest.mouseMove(view, stage.view.mapFromScene(QPointF(40 + step, 20 + step)))
    end = stage.view.mapFromScene(QPointF(61, 41))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert edits == [MoveNodes({"one": (24, 32)})]


@pytest.mark.parametrize("down", [False, True])
def test_the_dots_of_the_grid_are_16_px_apart(stage, down):
    stage.show({"one": READ})
    stage.look_at(400, 400)
    start, end = ((240, 160), (240, 480)) if down else ((160, 240), (480, 240))
    shares = stage.picture().shares(DOT, CANVAS, start, end)
    peaks = [place for place in range(len(shares) - 1) if shares[place - 1] < shares[place] >= shares[place + 1] > 0]
    assert len(peaks) > 15
    assert {other - one for one, other in pairwise(peaks)} == {16}


def _laid_out(document, density):
    """Where the layout puts nodes, as rectangles: by its own rule, then on the grid of 8."""
    playbook = from_document({"id": "sample", **document})
    sizes = {name: size_of(node, density) for name, node in playbook.graph.nodes.items()}
    spots = layout_playbook(playbook, lambda name, _node: sizes[name], GAPS[density]).nodes
    return {name: (*spots[name].at, *sizes[name]) for name in sizes}


def _gaps(places, names):
    """The room between nodes that follow each other downwards."""
    return [places[below][1] - places[above][1] - places[above][3] for above, below in pairwise(names)]


def _chain(port="out"):
    names = [f"n{place}" for place in range(9)]
    kind = READ if port == "out" else CONDITION
    edges = [f"{one}{'' if port == 'out' else '.true'} -> {other}" for one, other in pairwise(names)]
    return {"nodes": dict.fromkeys(names, kind), "edges": edges}, names


@pytest.mark.parametrize(
    ("port", "density", "gap"),
    [
        ("out", Density.COMPACT, 20),
        ("out", Density.COMFORTABLE, 26),
        ("true", Density.COMPACT, 36),
        ("true", Density.COMFORTABLE, 42),
    ],
)
def test_the_layout_keeps_its_gaps_between_rows(port, density, gap):
    document, names = _chain(port)
    found = _gaps(_laid_out(document, density), names)
    assert sum(found) / len(found) == pytest.approx(gap, abs=SNAP / 2 / len(found))
    assert all(one == pytest.approx(gap, abs=SNAP) for one in found)


@pytest.mark.parametrize(("density", "height", "gap"), [("view.compact", 40, 20), ("view.comfortable", 48, 26)])
def test_tidying_keeps_the_gaps_of_the_density_that_is_shown(desk, small, density, height, gap):
    desk.window.open(small)
    trigger(desk, density)
    trigger(desk, "playbook.tidy")
    scene = desk.panels.scene
    start, look = scene.place_of("start"), scene.place_of("look")
    assert start.height() == height
    assert look.top() - start.bottom() == pytest.approx(gap, abs=SNAP / 2)


def test_there_are_4_px_more_before_a_merge():
    names = [f"n{place}" for place in range(9)]
    edges = [f"{one} -> {other}" for one, other in pairwise(names)]
    around = [f"{one} -> {third}" for one, third in zip(names, names[2:], strict=False)]
    nodes = dict.fromkeys(names, READ)
    plain, merged = (
        _laid_out({"nodes": nodes, "edges": way}, Density.COMFORTABLE) for way in (edges, [*edges, *around])
    )
    more = merged["n8"][1] - plain["n8"][1]
    assert more / len(around) == pytest.approx(4, abs=SNAP / 2 / len(around) + 0.5)


@pytest.mark.parametrize(("density", "width"), [(Density.COMPACT, 200), (Density.COMFORTABLE, 224)])
def test_columns_are_16_px_apart_and_the_second_one_62(density, width):
    row = ("one", "two", "three")
    edges = [*(f"first -> {name}" for name in row), "first.error -> help"]
    places = _laid_out({"nodes": dict.fromkeys(("first", *row), READ), "edges": edges[:-1]}, density)
    middles = sorted(places[name][0] for name in row)
    assert [right - left - width for left, right in pairwise(middles)] == [16, 16]
    chain = {"nodes": dict.fromkeys(("first", "one", "help"), READ), "edges": [edges[0], edges[-1]]}
    places = _laid_out(chain, density)
    free = places["help"][0] - places["one"][0] - width
    assert free == pytest.approx(62, abs=SNAP / 2)
