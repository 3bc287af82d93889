"""The numbers of visual-design.md §4, read back from the nodes of a canvas at both densities."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from tests.ui.canvas.all_states import KINDS
from tests.ui.design.canvas_eye import Stage

from tocsin.ui.canvas.geometry import Density
from tocsin.ui.canvas.looks import Look
from tocsin.ui.canvas.store import Hit

BLOCK = KINDS["changes"]
READ = KINDS["reads"]
CONDITION = KINDS["condition"]
SWITCH = {
    "kind": "switch",
    "title": "By severity",
    "cases": [{"port": "high", "when": "a.severity >= 70"}, {"port": "low", "when": "a.severity >= 40"}],
}
NODE, CANVAS, NODE_LINE, EDGE, ERR_PATH = "#FFFFFF", "#F3F4F7", "#828B9D", "#758094", "#6A5F85"
FAILED, SEL_LINE, TEXT, TEXT2 = "#BE2A26", "#4C56CF", "#1A2030", "#4C5567"
LOOP = {"kind": "for_each", "in": "a.hosts", "body": {"nodes": {"inner": CONDITION}, "edges": []}}
SIZES = {
    "reads": ((200, 40), (224, 48)),
    "trigger": ((200, 40), (224, 48)),
    "approval": ((200, 40), (224, 48)),
    "call": ((200, 40), (224, 48)),
    "condition": ((216, 40), (240, 48)),
    "join": ((128, 24), (128, 24)),
    "end": ((128, 26), (128, 26)),
}
FAMILIES = {"reads": "#0A706C", "condition": "#43536F", "join": "#43536F", "end": "#4A4F5A"}
DENSITIES = {Density.COMPACT: 0, Density.COMFORTABLE: 1}


@pytest.fixture
def stage(qtbot, catalogue):
    return Stage(qtbot, catalogue)


@pytest.fixture(params=list(DENSITIES), ids=str)
def one(request, stage):
    """Show one node; give the stage and the place of the density in a pair."""

    def show(node, *states):
        stage.show({"one": node}, density=request.param)
        for state in states:
            stage.pose("one", state)
        return stage, DENSITIES[request.param]

    return show


def _seen(stage, name):
    """The rectangle that a failed node's border goes around, as its pixels show it."""
    picture, rect = stage.picture(), stage.scene.place_of(name)
    middle, across = rect.center().y() - 1.5, rect.center().x() - 30
    left, right = picture.extent(FAILED, CANVAS, (rect.left() - 6, middle), (rect.right() + 6, middle))
    top, bottom = picture.extent(FAILED, CANVAS, (across, rect.top() - 6), (across, rect.bottom() + 6))
    return right - left, bottom - top


@pytest.mark.parametrize("kind", list(SIZES))
def test_nodes_have_the_sizes_of_the_density(one, kind):
    stage, dense = one(KINDS[kind], Look.FAILED)
    width, height = SIZES[kind][dense]
    assert _seen(stage, "one") == (
        pytest.approx(width, abs=3 if kind == "condition" else 0.3),
        pytest.approx(height, abs=0.3),
    )
    rect = stage.scene.place_of("one")
    assert (rect.width(), rect.height()) == (width, height)


def test_in_a_frame_a_condition_is_as_wide_as_a_node(one):
    stage, dense = one(LOOP)
    assert stage.scene.place_of("inner").width() == (200, 224)[dense]


@pytest.mark.parametrize(
    ("kind", "tiles"),
    [
        ("reads", ((8, 28), (10, 32))),
        ("condition", ((16, 28), (16, 32))),
        ("join", ((9, 18), (9, 18))),
        ("end", ((9, 18), (9, 18))),
    ],
)
def test_a_tile_has_its_place_and_its_icon(one, kind, tiles):
    stage, dense = one(KINDS[kind])
    rect, (left, edge), marks = stage.scene.place_of("one"), tiles[dense], stage.strokes_of("one")
    (tile,) = [mark.path.boundingRect() for mark in marks if mark.path.boundingRect().width() == edge and not mark.ink]
    assert (tile.left() - rect.left(), tile.height()) == (left, edge)
    icon = [mark for mark in marks if mark.ink == FAMILIES[kind]]
    assert {round(mark.scale * 24, 3) for mark in icon} == {12 if edge == 18 else (16, 18)[dense]}
    ends = [(mark.path.boundingRect().topLeft(), mark.path.boundingRect().bottomRight()) for mark in icon]
    assert all(tile.contains(first) and tile.contains(last) for first, last in ends)


def test_icons_are_drawn_on_a_grid_of_24_with_round_strokes_of_1_75(one):
    stage, _ = one(READ)
    icon = [mark.pen for mark in stage.strokes_of("one") if mark.ink == FAMILIES["reads"]]
    assert {(pen.widthF(), pen.capStyle()) for pen in icon} == {(1.75, Qt.PenCapStyle.RoundCap)}


@pytest.mark.parametrize(("kind", "gap"), [("reads", 9), ("changes", 11), ("discloses", 11), ("approval", 9)])
def test_text_begins_beside_the_tile_and_further_beside_a_mark(one, kind, gap):
    stage, dense = one(KINDS[kind])
    tile = (8 + 28, 10 + 32)[dense]
    assert [mark.left - stage.scene.place_of("one").left() for mark in _lines(stage)] == [tile + gap] * 2


def _lines(stage):
    """The title of the one node that is shown, and the line under it."""
    face, texts = stage.entry["one"].face, stage.texts()
    return texts[face.title], texts[face.subtitle]


def test_titles_have_13_px_on_17_and_subtitles_11_on_15(one):
    stage, _ = one(READ)
    title, subtitle = _lines(stage)
    assert (title.pixels, title.font.weight().value, title.ink) == (13, 600, TEXT)
    assert (subtitle.pixels, subtitle.font.weight().value, subtitle.ink) == (11, 400, TEXT2)
    middle = stage.scene.place_of("one").center().y()
    assert middle - title.middle == pytest.approx(16 - 17 / 2, abs=0.4)
    assert subtitle.middle - middle == pytest.approx(16 - 15 / 2, abs=0.4)


def test_digits_have_one_width(one):
    stage, _ = one(READ)
    assert {
        font.featureValue(tag)
        for font in (mark.font for mark in stage.texts().values())
        for tag in font.featureTags()
        if tag.toString() == b"tnum"
    } == {1}


def test_text_keeps_9_px_to_the_right(one):
    stage, _ = one({**READ, "title": "Shut out every address that was ever seen"})
    title = next(iter(stage.texts().values()))
    assert title.text.endswith("…")
    assert 9 <= stage.scene.place_of("one").right() - title.right < 9 + 13


@pytest.mark.parametrize(("kind", "right"), [("reads", 19), ("condition", 24)])
def test_a_badge_of_18_px_stands_on_the_top_edge_at_the_right(one, kind, right):
    stage, _ = one(KINDS[kind], Look.FAILED)
    badge = _circle(stage.strokes_of("one"), FAILED)
    assert badge.width() == badge.height() == 18
    rect = stage.scene.place_of("one")
    assert rect.right() - badge.center().x() == right
    assert badge.top() < rect.top() < badge.bottom()


def test_its_plate_shows_2_px_of_the_canvas(one):
    stage, _ = one(READ, Look.FAILED)
    plate = next(mark for mark in stage.strokes_of("one") if mark.brush == CANVAS and mark.ink == CANVAS)
    assert plate.reach().width() == 18 + 2 * 2


@pytest.mark.parametrize("kind", ["join", "end"])
def test_the_badge_of_a_pill_lies_inside_and_is_15_px(one, kind):
    stage, _ = one(KINDS[kind], Look.FAILED)
    badge, rect = _circle(stage.strokes_of("one"), FAILED), stage.scene.place_of("one")
    assert badge.width() == pytest.approx(15)
    assert rect.contains(badge)


def _circle(marks, colour):
    return next(mark.path.boundingRect() for mark in marks if mark.brush == colour and not mark.ink)


@pytest.mark.parametrize(("states", "right"), [((), 10), ((Look.FAILED,), 30)])
def test_a_tag_is_17_px_high_12_above_the_node_and_makes_room_for_a_badge(one, states, right):
    stage, _ = one(READ, *states)
    stage.scene.show_marks(pinned={"one": "Output of R-217"})
    marks, rect = stage.strokes_of("one"), stage.scene.place_of("one")
    tag = next(mark for mark in marks if mark.ink == "#4650C8").reach()
    assert (tag.height(), tag.top() - rect.top(), rect.right() - tag.right()) == (17, -12, right)
    word = next(mark for mark in marks if mark.text == "Pinned")
    assert (word.pixels, word.font.weight().value) == (11, 600)


def test_a_port_is_a_ring_of_radius_4_5_and_stroke_1_5(one):
    stage, _ = one(READ)
    stage.look_at(0, 30, 2.0)
    rect, picture = stage.scene.place_of("one"), stage.picture()
    x, y = rect.center().x(), rect.bottom()
    below = (x, y + 3), (x, y + 7)
    assert picture.extent(EDGE, CANVAS, *below)[1] + 3 == pytest.approx(4.5 + 1.5 / 2, abs=0.1)
    assert picture.width(EDGE, CANVAS, *below) == pytest.approx(1.5, abs=0.15)


@pytest.mark.parametrize(("kind", "aside"), [("approval", 72), ("condition", 80)])
def test_ports_lie_at_the_middle_of_the_top_and_the_bottom_and_a_second_one_aside(one, kind, aside):
    stage, _ = one(KINDS[kind])
    rings = [ring.center().toTuple() for ring in _rings(stage, "one")]
    rect = stage.scene.place_of("one")
    x = rect.center().x()
    assert rings == [(x, rect.top()), (x, rect.bottom()), (x + aside, rect.bottom())]


@pytest.mark.parametrize("target", [-300, 300])
def test_a_second_port_lies_on_its_targets_side(stage, target):
    nodes = {"one": CONDITION, "other": READ}
    stage.show(nodes, ["one.false -> other"], {"other": [target, 160]})
    rect = stage.scene.place_of("one")
    assert _rings(stage, "one")[-1].center().x() - rect.center().x() == (80 if target > 0 else -80)


def _rings(stage, name):
    marks = stage.strokes_of(name)
    return [mark.path.boundingRect() for mark in marks if mark.ink == EDGE and mark.brush == NODE]


def test_a_port_is_hit_within_14_px(stage):
    stage.show({"one": READ})
    store, rect = stage.scene.store, stage.scene.place_of("one")
    x, y = rect.center().x(), rect.bottom()
    assert store.hit(x, y + 14) == Hit(node="one", port="out")
    assert store.hit(x + 14, y + 3) == Hit(node="one", port="out")
    assert store.hit(x, y + 14.5) == store.hit(x + 14.5, y + 3) == Hit()


def test_a_switch_has_a_head_of_34_px_and_rows_of_25_with_their_ports_at_the_right(one):
    stage, dense = one(SWITCH)
    rect, texts = stage.scene.place_of("one"), stage.texts()
    assert (rect.width(), rect.height()) == ((200, 224)[dense], 34 + 3 * 25)
    lines = [mark.path.boundingRect() for mark in stage.strokes_of("one") if mark.ink == "#DDE1E8"]
    assert [line.center().y() - rect.top() for line in lines] == [34.5, 59.5, 84.5]
    rows = [rect.top() + 34 + 25 * (row + 0.5) for row in range(3)]
    assert [ring.center().toTuple() for ring in _rings(stage, "one")[1:]] == [(rect.right(), row) for row in rows]
    for name, middle in zip(("high", "low", "else"), rows, strict=True):
        mark = texts[name]
        assert (mark.pixels, mark.font.weight().value, mark.middle) == (12, 500, pytest.approx(middle, abs=0.3))
    assert texts["severity ≥ 70"].pixels == 11


@pytest.mark.parametrize("wired", [False, True])
def test_the_error_port_is_a_diamond_of_11_px_half_outside_the_right_edge(stage, wired):
    stage.show({"one": READ, "other": READ}, ["one.error -> other"] if wired else [], {"other": [300, 200]})
    stage.pose("one", "hover")
    rect = stage.scene.place_of("one")
    diamond = next(mark for mark in stage.strokes_of("one") if mark.ink == ERR_PATH)
    place = diamond.path.boundingRect()
    assert (place.width(), place.height()) == (pytest.approx(11), pytest.approx(11))
    assert place.center().toTuple() == pytest.approx((rect.right(), rect.center().y()))
    assert diamond.brush == (ERR_PATH if wired else NODE)


def test_an_error_port_is_offered_only_under_the_pointer_and_where_the_node_is_selected(stage):
    stage.show({"one": READ})
    seen = {}
    for state in ("idle", "selected", "hover"):
        stage.pose("one", state)
        seen[state] = any(mark.ink == ERR_PATH for mark in stage.strokes_of("one"))
    assert seen == {"idle": False, "selected": True, "hover": True}


@pytest.mark.parametrize("kind", ["reads", "condition", "end", "trigger"])
def test_the_ring_of_a_selection_is_2_px_wide_and_reaches_4_5_px_beyond_the_outline(one, kind):
    stage, _ = one(KINDS[kind], "selected")
    ring = next(mark for mark in stage.strokes_of("one") if mark.ink == SEL_LINE)
    assert ring.width == 2
    rect = stage.scene.place_of("one")
    around = ring.reach()
    slack = 1.5 if kind == "condition" else 0.05
    gaps = (rect.left() - around.left(), rect.top() - around.top(), around.right() - rect.right())
    assert gaps == pytest.approx((4.5, 4.5, 4.5), abs=slack)


def test_its_pixels_are_2_px_of_the_accent_line(stage):
    stage.show({"one": READ})
    stage.pose("one", "selected")
    stage.look_at(0, 30, 2.0)
    rect, picture = stage.scene.place_of("one"), stage.picture()
    x = rect.center().x() - 40
    up = (x, rect.top() - 8), (x, rect.top())
    assert picture.width(SEL_LINE, CANVAS, *up) == pytest.approx(2, abs=0.1)
    assert 8 - picture.extent(SEL_LINE, CANVAS, *up)[0] == pytest.approx(4.5, abs=0.05)


def test_a_breakpoint_is_a_pentagon_of_17_by_16_px_on_the_left_edge(one):
    stage, _ = one(READ, "breakpoint")
    mark = next(mark for mark in stage.strokes_of("one") if mark.brush == "#A01C8C")
    place, rect = mark.reach(), stage.scene.place_of("one")
    assert (place.width(), place.height(), mark.path.elementCount()) == (17, 16, 5)
    assert place.left() < rect.left() < place.right()
    assert place.center().y() == rect.center().y()


def test_a_note_has_its_colours_its_corners_its_text_and_its_least_size(one):
    stage, _ = one({"kind": "note", "text": "Hi"})
    rect, texts = stage.scene.place_of("one"), stage.texts()
    assert (rect.width(), rect.height()) == (120, 40)
    frame = next(mark for mark in stage.strokes_of("one") if mark.brush == "#FDF0D3")
    assert (frame.ink, frame.width) == ("#B26A00", 1)
    assert frame.path.elementAt(0).y - rect.top() == pytest.approx(6), "where its first corner ends"
    assert (texts["Hi"].pixels, texts["Hi"].font.weight().value) == (12, 400)


def test_the_lines_of_a_note_are_15_px_apart(stage):
    stage.show({"one": {"kind": "note", "text": "\n".join("abcdefgh")}})
    assert stage.scene.place_of("one").height() == pytest.approx(15 * 8, abs=15)
    written = sorted(mark.middle for mark in stage.texts().values())
    assert [lower - upper for upper, lower in pairwise(written)] == [pytest.approx(15)] * 7
