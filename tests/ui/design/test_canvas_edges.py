"""The numbers of visual-design.md §5, read back from the lines and chips of a canvas."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from tests.ui.canvas.all_states import KINDS
from tests.ui.design.canvas_eye import Stage

from tocsin.ui.canvas.looks import EdgeState
from tocsin.ui.canvas.store import Hit

READ, CONDITION = KINDS["reads"], KINDS["condition"]
CANVAS, NODE, EDGE, SEL_LINE, SUCCEEDED = "#F3F4F7", "#FFFFFF", "#758094", "#4C56CF", "#15764A"
RUNNING, WOULD, ERR_PATH, PROBLEM, TEXT2 = "#0A6AB2", "#45597A", "#6A5F85", "#A94A0A", "#4C5567"
PLAIN, FAILING = "one -> other", "one.error -> other"
LOOKS = {
    "idle": (PLAIN, EDGE, 1.5, None, 1.0),
    "hover": (PLAIN, EDGE, 2.5, None, 1.0),
    "selected": (PLAIN, SEL_LINE, 2.5, None, 1.0),
    EdgeState.TAKEN: (PLAIN, SUCCEEDED, 2.5, None, 1.0),
    EdgeState.LIVE: (PLAIN, RUNNING, 2.5, None, 1.0),
    EdgeState.WOULD: (PLAIN, WOULD, 2.0, (9, 4), 1.0),
    EdgeState.SKIPPED: (PLAIN, EDGE, 1.5, (4, 4), 0.55),
    "error": (FAILING, ERR_PATH, 1.5, (5, 3), 1.0),
    "error taken": (FAILING, ERR_PATH, 2.5, (5, 3), 1.0),
}
"""Of each look the edge, its colour, width, dashes, and opacity."""


@pytest.fixture
def stage(qtbot, catalogue):
    return Stage(qtbot, catalogue)


def _show(stage, edge=PLAIN, other=(0, 320), **nodes):
    nodes = {"one": READ, "other": READ} | nodes
    stage.show(nodes, [edge], {"one": [0, 8], "other": list(other)})
    stage.look_at(60, 160)


def _put_on(stage, look):
    """Let the edge of a look look so."""
    edge = LOOKS[look][0]
    _show(stage, edge, (320, 320) if edge == FAILING else (0, 320))
    match look:
        case "hover":
            stage.scene.point_at(edge)
        case "selected":
            stage.scene.set_selection([edge])
        case "error taken":
            stage.scene.show_taken({edge: EdgeState.TAKEN})
        case EdgeState():
            stage.scene.show_taken({edge: look})


def _line(stage, colour):
    return next(mark for mark in stage.strokes() if mark.ink == colour and not mark.brush and not mark.text)


@pytest.mark.parametrize("look", list(LOOKS))
def test_a_line_is_drawn_as_wide_and_in_the_colour_that_its_state_says(stage, look):
    _put_on(stage, look)
    _, colour, width, _, opacity = LOOKS[look]
    line = _line(stage, colour)
    assert (line.width, line.opacity) == (width, pytest.approx(opacity))
    assert line.pen.style() is Qt.PenStyle.SolidLine


@pytest.mark.parametrize("look", list(LOOKS))
def test_a_line_has_the_dashes_of_its_state(stage, look):
    _put_on(stage, look)
    _, colour, _, dashes, _ = LOOKS[look]
    pieces = [list(one) for one in _line(stage, colour).path.toSubpathPolygons()]
    if dashes is None:
        assert len(pieces) == 1
        return
    lengths = [sum(map(_apart, piece, piece[1:])) for piece in pieces]
    gaps = [_apart(one[-1], other[0]) for one, other in pairwise(pieces)]
    assert len(lengths) > 10
    assert lengths[:-1] == [pytest.approx(dashes[0], abs=0.1)] * (len(lengths) - 1)
    assert sorted(gaps)[-8:] == [pytest.approx(dashes[1], abs=0.1)] * 8
    assert all(gap <= dashes[1] + 0.1 for gap in gaps), "across a corner the way is longer than the gap"


@pytest.mark.parametrize("look", [look for look in LOOKS if LOOKS[look][3] is None])
def test_the_pixels_of_a_line_are_as_wide(stage, look):
    _put_on(stage, look)
    _, colour, width, _, _ = LOOKS[look]
    y = 57 if look is EdgeState.LIVE else 168
    assert stage.picture().width(colour, CANVAS, (-6, y), (6, y)) == pytest.approx(width, abs=0.1)


@pytest.mark.parametrize(("away", "corners"), [(0, 2), (1, 2), (3, 4), (200, 4)])
def test_a_line_is_straight_where_its_ends_differ_by_less_than_2_px(stage, away, corners):
    _show(stage, other=(away, 320))
    assert len(stage.edge[PLAIN].points) == corners


def test_corners_are_arcs_of_10_px(stage):
    _show(stage, other=(200, 320))
    line = _line(stage, EDGE)
    points, path = stage.edge[PLAIN].points, line.path
    ends = [(path.elementAt(place).x, path.elementAt(place).y) for place in range(path.elementCount())]
    for corner in points[1:3]:
        assert sum(_distance(end, corner) == pytest.approx(10) for end in ends) == 2
        assert min(_distance(end, corner) for end in ends) < 10


def test_corners_are_smaller_where_there_is_no_room(stage):
    _show(stage, other=(12, 320))
    path = _line(stage, EDGE).path
    level = stage.edge[PLAIN].points[1][1]
    on_leg = [path.elementAt(place) for place in range(path.elementCount())]
    assert any((one.x, one.y) == (pytest.approx(6), pytest.approx(level)) for one in on_leg)


def _arrows(stage, colour=EDGE):
    marks = [mark for mark in stage.strokes() if mark.brush == colour and not mark.ink and not mark.text]
    return [mark.path.boundingRect() for mark in marks if mark.path.elementCount() <= 4]


def test_an_arrow_is_9_by_6_px_and_its_tip_6_px_above_the_middle_of_the_input(stage):
    _show(stage)
    (arrow,) = _arrows(stage)
    target = stage.scene.place_of("other")
    assert (arrow.width(), arrow.height()) == (9, 6)
    assert (arrow.center().x(), target.top() - arrow.bottom()) == (target.center().x(), 6)


def test_edges_that_meet_have_one_arrow(stage):
    nodes = {"left": READ, "middle": READ, "right": READ, "all": KINDS["join"]}
    edges = ["left -> all", "middle -> all", "right -> all"]
    places = {"left": [-240, 8], "middle": [0, 8], "right": [240, 8], "all": [0, 160]}
    stage.show(nodes, edges, places)
    assert len({arrow.getRect() for arrow in _arrows(stage)}) == 1


def _chip(stage, words):
    """The plate and the words of a chip."""
    marks = stage.strokes()
    word = next(mark for mark in marks if mark.text == words)
    plates = [mark for mark in marks if mark.brush == CANVAS and mark.path.contains(QPointF(word.left, word.middle))]
    return plates[-1], word


@pytest.mark.parametrize(
    ("edge", "reason", "words", "colour"),
    [
        ("one.true -> other", "", "true", EDGE),
        ("one.true -> other", "score 92 ≥ 80", "true: score 92 ≥ 80", SUCCEEDED),
        ("one.error -> other", "", "on error", ERR_PATH),
        ("one.error -> other", "timeout", "error: timeout", ERR_PATH),
    ],
)
def test_a_chip_is_18_px_high_with_12_px_words_7_px_from_its_ends(stage, edge, reason, words, colour):
    _show(stage, edge, (320, 320), one=READ if "error" in edge else CONDITION)
    if reason:
        stage.scene.show_taken({edge: EdgeState.TAKEN})
        stage.scene.show_reasons({edge: reason})
    plate, word = _chip(stage, words)
    place = plate.reach()
    assert (place.height(), plate.width, plate.ink) == (18, 1, colour)
    assert (word.pixels, word.font.weight().value) == (12, 500)
    assert place.width() == pytest.approx(QFontMetricsF(word.font).horizontalAdvance(words) + 2 * 7, abs=0.1)
    assert (word.left - place.left(), place.right() - word.right) == (
        pytest.approx(7, abs=0.6),
        pytest.approx(7, abs=0.6),
    )
    assert word.middle == pytest.approx(place.center().y(), abs=0.4)
    assert plate.path.elementAt(0).y - place.top() == pytest.approx(9, abs=0.1)


def test_the_words_of_a_chip_are_quiet_until_its_edge_is_taken(stage):
    edge = "one.true -> other"
    _show(stage, edge, one=CONDITION)
    assert _chip(stage, "true")[1].ink == TEXT2
    stage.scene.show_taken({edge: EdgeState.TAKEN})
    assert _chip(stage, "true")[1].ink == SUCCEEDED


def test_a_chip_lies_amid_the_level_leg_or_on_the_line(stage):
    edge = "one.false -> other"
    _show(stage, edge, (320, 320), one=CONDITION)
    plate, _ = _chip(stage, "false")
    (left, level), (right, _) = stage.edge[edge].points[1:3]
    assert plate.reach().center().toTuple() == (pytest.approx((left + right) / 2), pytest.approx(level))
    _show(stage, "one.true -> other", one=CONDITION)
    assert _chip(stage, "true")[0].reach().center().x() == pytest.approx(0)


def test_a_named_port_that_nothing_leaves_by_keeps_its_chip(stage):
    _show(stage, "one.true -> other", one=CONDITION)
    plate, _ = _chip(stage, "false")
    assert plate.reach().height() == 18
    assert plate.reach().center().x() == stage.scene.place_of("one").center().x() + 80


def test_a_chip_has_at_most_24_characters(stage):
    edge = "one.true -> other"
    _show(stage, edge, one=CONDITION)
    stage.scene.show_reasons({edge: "x" * 18})
    assert _chip(stage, "true: " + "x" * 18)
    stage.scene.show_reasons({edge: "x" * 19})
    assert _chip(stage, "true: " + "x" * 17 + "…")


def test_error_lines_with_one_target_share_a_rail_48_px_beyond_the_column(stage):
    names = ("one", "two", "three")
    edges = [f"{name}.error -> help" for name in names]
    places = {"one": [0, 8], "two": [0, 120], "three": [0, 240], "help": [320, 400]}
    stage.show(dict.fromkeys([*names, "help"], READ), edges, places)
    column = stage.scene.place_of("one").right()
    rails = {x for text in edges for (x, y), (other, end) in pairwise(stage.edge[text].points) if abs(end - y) > 30}
    assert rails == {column + 48}


def test_a_line_is_hit_within_6_px(stage):
    _show(stage)
    assert stage.scene.store.hit(6, 168) == stage.scene.store.hit(-6, 168) == Hit(edge=PLAIN)
    assert stage.scene.store.hit(6.5, 168) == stage.scene.store.hit(-6.5, 168) == Hit()


def test_a_live_line_has_three_dots_evenly_apart(stage):
    _put_on(stage, EdgeState.LIVE)
    marks = [mark for mark in stage.strokes() if mark.brush == RUNNING and not mark.ink]
    dots = [mark.path.boundingRect() for mark in marks if mark.path.elementCount() > 4]
    length = _line(stage, RUNNING).path.length()
    assert len(dots) == 3
    steps = [other.center().y() - one.center().y() for one, other in pairwise(dots)]
    assert steps == [pytest.approx(length / 3, abs=0.5)] * 2


@pytest.fixture
def connect(stage):
    """Draw a line by the pointer from the step's output to a point, and hold it there."""
    _show(stage, "other -> third", (0, 320), third=READ, alert=KINDS["trigger"])
    stage.scene.shift(["alert"], -300, -200)
    view = stage.view.viewport()
    held = []

    def drag(x, y, node="one"):
        rect = stage.scene.place_of(node)
        start = stage.view.mapFromScene(QPointF(rect.center().x(), rect.bottom()))
        QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        held.append(start)
        QTest.mouseMove(view, stage.view.mapFromScene(QPointF(x, y - 20)))
        QTest.mouseMove(view, stage.view.mapFromScene(QPointF(x, y)))
        return stage.strokes()

    yield drag
    QTest.keyClick(stage.view, Qt.Key.Key_Escape)
    for start in held:
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)


def test_over_a_port_that_fits_the_line_is_solid_with_a_ring_of_9_px_a_check_and_a_word(stage, connect):
    marks = connect(*_middle(stage, "other"))
    rings = [mark.path.boundingRect() for mark in marks if mark.ink == SUCCEEDED and not mark.brush]
    assert any((ring.width(), ring.height()) == (18, 18) for ring in rings)
    line = next(mark for mark in marks if mark.ink == SUCCEEDED)
    assert (line.pen.style(), line.width) == (Qt.PenStyle.SolidLine, 2.5)
    assert "Connect" in {mark.text for mark in marks}


def test_over_one_that_does_not_it_is_dashed_with_a_cross_and_why(stage, connect):
    marks = connect(*_middle(stage, "alert"))
    line = next(mark for mark in marks if mark.ink == PROBLEM)
    assert line.pen.style() is Qt.PenStyle.CustomDashLine
    assert "A trigger has no input" in {mark.text for mark in marks}


def test_the_port_that_a_line_is_drawn_from_is_filled(stage, connect):
    marks = connect(200, 200)
    rect = stage.scene.place_of("one")
    start = QPointF(rect.center().x(), rect.bottom())
    assert [mark for mark in marks if mark.brush == SEL_LINE and mark.path.contains(start)]


def test_ports_that_cannot_fit_fade_to_35_per_cent(stage, connect):
    connect(200, 200)
    shown = {name: [mark.opacity for mark in stage.strokes_of(name) if mark.ink == EDGE] for name in ("one", "other")}
    assert shown == {"one": [pytest.approx(0.35)] * 2, "other": [1.0] * 2}


def _middle(stage, name):
    return stage.scene.place_of(name).center().toTuple()


def _apart(one, other):
    return _distance(one.toTuple(), other.toTuple())


def _distance(one, other):
    return ((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5
