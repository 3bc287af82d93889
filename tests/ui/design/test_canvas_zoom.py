"""The numbers of visual-design.md §6, read back from a canvas at its zoom levels."""

import math
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from tests.ui.canvas.all_states import KINDS
from tests.ui.design.canvas_eye import Stage

from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus
from tocsin.ui.canvas.looks import Look

READ, CONDITION = KINDS["reads"], KINDS["condition"]
CANVAS, DOT, EDGE, SEL_LINE, ACTION = "#F3F4F7", "#CDD2DC", "#758094", "#4C56CF", "#0A706C"
STEPS = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0)
LOOP = {"kind": "for_each", "in": "a.hosts", "as": "host", "body": {"nodes": {"inner": READ}, "edges": []}}


@pytest.fixture
def stage(qtbot, catalogue):
    return Stage(qtbot, catalogue)


def _show(stage, zoom, node=READ):
    stage.show({"one": node, "next": READ}, ["one -> next"] if node is READ else [], {"one": [0, 8], "next": [0, 168]})
    stage.look_at(0, 80, zoom)


def _wheel(view, delta):
    at, inverted = QPointF(450, 350), False
    none, ctrl = Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier
    event = QWheelEvent(at, at, QPoint(), QPoint(0, delta), none, ctrl, Qt.ScrollPhase.NoScrollPhase, inverted)
    QApplication.sendEvent(view.viewport(), event)
    return view.zoom


def test_the_zoom_goes_from_10_to_200_per_cent_in_steps(stage):
    _show(stage, 1.0)
    up = [_wheel(stage.view, 120) for _ in range(5)]
    assert up == [pytest.approx(step) for step in (1.25, 1.5, 2.0, 2.0, 2.0)]
    down = [_wheel(stage.view, -120) for _ in range(11)]
    assert down == [pytest.approx(step) for step in (*reversed(STEPS[:-1]), 0.1, 0.1, 0.1)]


@pytest.mark.parametrize(("zoom", "pixels"), [(2.0, (13, 11)), (1.0, (13, 11)), (0.9, (13, 13)), (0.85, (13, 13))])
def test_from_85_per_cent_on_there_are_titles_and_subtitles(stage, zoom, pixels):
    _show(stage, zoom)
    texts = stage.texts()
    assert (texts["Find endpoints"].pixels, texts["EDR · reads"].pixels) == pixels
    assert all(mark.pixels * zoom >= 11 for mark in texts.values())


@pytest.mark.parametrize("zoom", [0.84, 0.8, 0.67, 0.5, 0.45])
def test_from_45_to_85_per_cent_there_are_titles_alone_of_11_px_on_the_screen(stage, zoom):
    _show(stage, zoom)
    stage.scene.show_marks(pinned={"one": "Output of R-217"})
    marks = [mark for mark in stage.strokes() if mark.text]
    assert {mark.pixels for mark in marks} == {max(13, math.ceil(11 / zoom))}
    assert not {"EDR · reads", "Output of R-217"} & {mark.text for mark in marks}
    assert not [mark for mark in stage.strokes_of("one") if mark.text], "a tag's word"


@pytest.mark.parametrize("zoom", [0.8, 0.67, 0.5, 0.45])
def test_chips_have_11_px_on_the_screen_too(stage, zoom):
    stage.show({"one": CONDITION, "next": READ}, ["one.true -> next"], {"one": [0, 8], "next": [0, 320]})
    stage.look_at(0, 160, zoom)
    assert stage.texts()["true"].pixels == max(13, math.ceil(11 / zoom))


@pytest.mark.parametrize("zoom", [0.84, 0.8, 0.67, 0.5, 0.45])
def test_from_45_to_85_per_cent_a_badge_has_15_px_on_the_screen(stage, zoom):
    _show(stage, zoom)
    stage.pose("one", Look.FAILED)
    badge = next(m for m in stage.strokes_of("one") if m.brush == "#BE2A26" and not m.ink).path.boundingRect()
    assert badge.width() * zoom == pytest.approx(15)


@pytest.mark.parametrize("zoom", [0.8, 0.5])
def test_what_needs_a_fix_keeps_its_sign(stage, zoom):
    _show(stage, zoom)
    before = len(stage.strokes_of("one"))
    stage.pose("one", "invalid")
    assert len(stage.strokes_of("one")) > before
    assert "#A94A0A" in {mark.ink for mark in stage.strokes_of("one") if mark.path.boundingRect().width() < 20}


@pytest.mark.parametrize("zoom", [0.44, 0.25, 0.1])
def test_under_45_per_cent_there_are_neither_texts_nor_ports_nor_dots(stage, zoom):
    _show(stage, zoom)
    marks = stage.strokes()
    assert not [mark for mark in marks if mark.text]
    assert not [mark for mark in marks if mark.ink == EDGE and mark.brush == "#FFFFFF"]
    assert stage.picture().colours(QRectF(-800, 300, 1600, 200)) == {CANVAS}


@pytest.mark.parametrize("kind", ["reads", "trigger", "condition", "end"])
def test_a_block_has_the_colour_and_the_silhouette_of_its_kind(stage, kind):
    colours = {"reads": ACTION, "trigger": "#7438BF", "condition": "#43536F", "end": "#4A4F5A"}
    _show(stage, 0.25, KINDS[kind])
    (block,) = [mark for mark in stage.strokes() if mark.brush == colours[kind] and mark.path.boundingRect().y() < 100]
    rect, seen = stage.scene.place_of("one"), block.path.boundingRect()
    assert (seen.width(), seen.height()) == (pytest.approx(rect.width(), abs=2), rect.height())
    assert not block.ink
    assert not block.path.contains(rect.topLeft() + QPointF(1, 1)), "its corners are not those of a rectangle"


@pytest.mark.parametrize(
    ("look", "colour"), [(Look.FAILED, "#BE2A26"), (Look.SUCCEEDED, "#15764A"), (Look.RUNNING, "#0A6AB2")]
)
def test_during_a_run_a_block_has_the_colour_of_its_state_and_a_dot(stage, look, colour):
    _show(stage, 0.25)
    stage.pose("one", look)
    rect, marks = stage.scene.place_of("one"), stage.strokes()
    assert [mark.path.boundingRect() for mark in marks if mark.brush == colour] == [rect]
    dots = [mark for mark in marks if mark.brush == "#FFFFFF" and rect.contains(mark.path.boundingRect())]
    assert len(dots) == 1


HOLLOW = {
    Look.QUEUED: ("#6B7485", 1, (2, 3)),
    Look.WAITS: ("#0A6AB2", 1.5, (2, 4)),
    Look.ALREADY: ("#3F6B5A", 1.5, ()),
    Look.WOULD: ("#45597A", 1.5, (9, 4)),
    Look.SKIPPED: ("#6B7485", 1, (4, 3)),
    Look.CANCELLED: ("#6B7485", 1.5, ()),
}


@pytest.mark.parametrize("zoom", [0.4, 0.2])
@pytest.mark.parametrize("look", list(HOLLOW))
def test_what_is_not_done_is_hollow_with_its_dashes(stage, look, zoom):
    _show(stage, zoom)
    stage.pose("one", look)
    rect = stage.scene.place_of("one")
    block = next(mark for mark in stage.strokes() if mark.brush == CANVAS and mark.path.boundingRect() == rect)
    assert (block.ink, block.width) == HOLLOW[look][:2]
    assert block.dashes == pytest.approx(HOLLOW[look][2])


def test_what_may_have_happened_is_a_diagonal_tape(stage):
    _show(stage, 0.25)
    stage.pose("one", Look.UNCERTAIN)
    rect, picture = stage.scene.place_of("one"), stage.picture()
    assert {"#F4B400", "#1A2030"} <= picture.colours(rect.adjusted(40, 8, -40, -8))
    rows = [picture.shares("#1A2030", "#F4B400", (rect.left() + 40, y), (rect.right() - 40, y)) for y in (20, 24)]
    assert rows[0] != rows[1]
    assert any(rows[1] == rows[0][by:] + rows[1][-by:] or rows[0][by:] == rows[1][:-by] for by in (1, -1, 7))


@pytest.mark.parametrize("zoom", [0.44, 0.25, 0.1])
def test_under_45_per_cent_lines_are_1_px_at_every_zoom(stage, zoom):
    _show(stage, zoom)
    (line,) = [mark for mark in stage.strokes() if mark.ink == EDGE]
    assert line.pen.isCosmetic()
    at = stage.edge["one -> next"].points[0][1] + 50
    assert sum(stage.picture().shares(EDGE, CANVAS, (-40, at), (40, at))) == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("zoom", [1.0, 0.84, 0.67, 0.5, 0.44, 0.25, 0.1])
def test_the_name_of_a_frame_has_11_px_on_the_screen_at_every_level(stage, zoom):
    stage.show({"loop": LOOP})
    stage.look_at(0, 40, zoom)
    name = next(mark for mark in stage.strokes() if mark.text.startswith("For") or mark.text.endswith("…"))
    assert name.pixels == math.ceil(11 / zoom)


@pytest.mark.parametrize("zoom", [2.0, 1.0, 0.67, 0.5, 0.44, 0.25, 0.1])
def test_the_ring_of_a_selection_is_never_under_1_5_px_on_the_screen(stage, zoom):
    _show(stage, zoom)
    stage.pose("one", "selected")
    marks = [*stage.strokes_of("one"), *stage.strokes()]
    rings = [mark for mark in marks if mark.ink == SEL_LINE and mark.path.boundingRect().width() > 200]
    assert rings
    assert all(ring.width == pytest.approx(max(2 * zoom, 1.5)) for ring in rings)


@pytest.mark.parametrize(("zoom", "apart"), [(2.0, 16), (1.0, 16), (0.6, 16), (0.59, 32), (0.5, 32)])
def test_dots_are_16_px_apart_and_32_under_60_per_cent(stage, zoom, apart):
    _show(stage, zoom)
    stage.look_at(480, 480, zoom)
    row = 480.0
    shares = stage.picture().shares(DOT, CANVAS, (320, row), (640, row))
    peaks = [place for place in range(1, len(shares) - 1) if shares[place - 1] <= shares[place] > shares[place + 1]]
    steps = [(other - one) / zoom for one, other in pairwise(peaks)]
    assert len(steps) > 5
    assert sum(steps) / len(steps) == pytest.approx(apart, rel=0.02)


def test_running_steps_have_their_badge_at_every_level(stage):
    for zoom in (1.0, 0.5):
        _show(stage, zoom)
        stage.scene.show_statuses({"one": NodeStatus(state=NodeState.RUNNING)})
        rect = stage.scene.place_of("one")
        corner = QRectF(rect.right() - 19 - 10 / zoom, rect.top() + 2 - 9 / zoom, 20 / zoom, 20 / zoom)
        assert "#0A6AB2" in stage.picture().colours(corner)
