"""The numbers of visual-design.md §2.2 and §2.4, read back from a canvas: colours of kinds, marks of effects."""

import pytest
from PySide6.QtCore import QRectF
from tests.ui.canvas.all_states import KINDS
from tests.ui.design.canvas_eye import Stage

from tocsin.ui.canvas.geometry import Density
from tocsin.ui.canvas.looks import Look
from tocsin.ui.theme import DARK, LIGHT

COLOURS = {
    "trigger": (("#7438BF", "#F1E8FC"), ("#C79BFF", "#382A4D")),
    "condition": (("#43536F", "#E6EBF3"), ("#AEBDD8", "#303846")),
    "join": (("#43536F", "#E6EBF3"), ("#AEBDD8", "#303846")),
    "reads": (("#0A706C", "#DDF3F1"), ("#56CFC5", "#1D3D3D")),
    "changes": (("#0A706C", "#DDF3F1"), ("#56CFC5", "#1D3D3D")),
    "approval": (("#AE2C62", "#FCE6EF"), ("#FF92B8", "#472938")),
    "call": (("#75521F", "#F6ECDB"), ("#DDB881", "#3E3323")),
    "end": (("#4A4F5A", "#E8EAEE"), ("#B4BAC6", "#353A43")),
}
TILES = {"condition": (16, 28), "join": (9, 18), "end": (9, 18)}
"""Where the tile of a kind begins, and its edge, where it is not 28 at 8."""
TEXT = ("#1A2030", "#E7EAF0")
TEXT2 = ("#4C5567", "#B0B8C6")
NODE = ("#FFFFFF", "#262B33")
CANVAS = ("#F3F4F7", "#121418")


@pytest.fixture
def stage(qtbot, catalogue):
    return Stage(qtbot, catalogue)


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def show(request, stage):
    """Show one node; give the stage, the light or dark half of a row, and the node's tile."""

    def pose(kind, zoom=1.0):
        stage.show({"one": KINDS[kind]}, tokens=request.param)
        stage.look_at(0, 0, zoom)
        rect, (left, edge) = stage.scene.place_of("one"), TILES.get(kind, (8, 28))
        return stage, int(request.param is DARK), QRectF(rect.left() + left, rect.center().y() - edge / 2, edge, edge)

    return pose


@pytest.mark.parametrize("kind", list(COLOURS))
def test_a_kind_has_its_colour_on_its_soft_tile(show, kind):
    stage, side, tile = show(kind, zoom=2.0)
    colour, soft = COLOURS[kind][side]
    picture = stage.picture()
    assert picture.colour(tile.center().x(), tile.top() + 1.5) == soft
    assert picture.strongest(colour, soft, tile.adjusted(4, 4, -4, -4)) > 0.85


@pytest.mark.parametrize(("kind", "radius"), [("reads", 7), ("trigger", 7), ("join", 5), ("end", 5), ("approval", 14)])
def test_a_tile_is_square_with_round_corners_and_round_for_a_person(show, kind, radius):
    stage, side, tile = show(kind)
    soft = COLOURS[kind][side][1]
    share = stage.picture().width(soft, NODE[side], (tile.left(), tile.top() + 0.5), (tile.right(), tile.top() + 0.5))
    assert tile.width() - share == pytest.approx(_cut(radius), abs=1.0)


def _cut(radius):
    """How much two round corners take from the first row of pixels."""
    steps = [(row + 0.5) / 100 for row in range(100)]
    return sum(2 * (radius - (radius**2 - (radius - step) ** 2) ** 0.5) for step in steps) / 100


@pytest.mark.parametrize(
    ("kind", "density", "rows"),
    [
        ("trigger", Density.COMFORTABLE, {0.5: 24, 10.5: 24, 47.5: 10}),
        ("trigger", Density.COMPACT, {0.5: 20, 10.5: 20, 39.5: 10}),
        ("reads", Density.COMPACT, {0.5: 10, 39.5: 10}),
        ("end", Density.COMPACT, {0.5: 13, 25.5: 13}),
        ("join", Density.COMPACT, {0.5: 12, 23.5: 12}),
    ],
)
def test_a_kind_has_its_silhouette_of_which_no_corner_is_larger_than_half_the_height(show, kind, density, rows):
    stage, _, _ = show(kind)
    stage.scene.set_density(density)
    stage.pose("one", Look.FAILED)
    rect, failed = stage.scene.place_of("one"), ("#BE2A26", "#FF7B73")
    picture, side = stage.picture(), int(stage.scene.tokens.dark)
    for down, radius in rows.items():
        at = rect.left() + rect.width() / 3, rect.top() + down
        shares = picture.shares(failed[side], CANVAS[side], (rect.left() - 2, at[1]), at)
        begins = next(place for place, share in enumerate(shares) if share > 0.5) - 2
        away = min(down, rect.height() - down)
        assert begins == pytest.approx(radius - (radius**2 - (radius - away) ** 2) ** 0.5, abs=1)


def test_the_points_of_a_condition_are_14_px_deep(show):
    stage, side, _ = show("condition")
    stage.pose("one", Look.FAILED)
    rect, failed, picture = stage.scene.place_of("one"), ("#BE2A26", "#FF7B73")[side], stage.picture()
    start = rect.left() - 4
    tip = picture.extent(failed, CANVAS[side], (start, rect.center().y()), (rect.left() + 8, rect.center().y()))[0]
    assert tip - 4 == pytest.approx(0, abs=1.5), "a corner that is a little round"
    shares = picture.shares(failed, CANVAS[side], (start, rect.top() + 0.5), (rect.left() + 30, rect.top() + 0.5))
    assert next(place for place, share in enumerate(shares) if share > 0.5) - 4 == pytest.approx(14, abs=2)


MARKS = {"changes": (TEXT2, NODE), "destroys": (NODE, TEXT), "discloses": (TEXT2, NODE)}
"""What each mark is drawn with: ring and plate; a solid one has a plate around it."""


def _mark(stage, kind, side):
    """Where the mark of a step's effect lies, without the plate around a solid one."""
    ring, plate = (pair[side] for pair in MARKS[kind])
    found = next(mark for mark in stage.strokes_of("one") if (mark.ink, mark.brush) == (ring, plate))
    return found.path.boundingRect() if kind == "destroys" else found.reach(stage.view.zoom)


@pytest.mark.parametrize("kind", list(MARKS))
def test_a_mark_is_15_px_and_lies_2_px_in_and_3_px_up_from_the_tiles_corner(show, kind):
    stage, side, tile = show(kind)
    seen = _mark(stage, kind, side)
    assert seen.height() == pytest.approx(15, abs=0.1)
    assert tile.right() - seen.center().x() == pytest.approx(2, abs=0.5)
    up = seen.center().y() - tile.top() if kind == "discloses" else tile.bottom() - seen.center().y()
    assert up == pytest.approx(3, abs=0.5)


def test_the_mark_of_what_discloses_is_crisp(show):
    stage, side, _ = show("discloses")
    seen = _mark(stage, "discloses", side)
    assert [edge % 1 for edge in (seen.left(), seen.top(), seen.right(), seen.bottom())] == [0, 0, 0, 0]


@pytest.mark.parametrize("kind", list(MARKS))
@pytest.mark.parametrize("zoom", [0.45, 0.5, 0.6, 0.67])
def test_a_mark_is_never_under_10_px_on_the_screen(show, kind, zoom):
    stage, side, _ = show(kind, zoom)
    assert _mark(stage, kind, side).height() * zoom == pytest.approx(max(10, 15 * zoom), abs=0.1)


@pytest.mark.parametrize(("kind", "wide"), [("changes", 1.5), ("destroys", 4.0)])
def test_from_afar_a_bar_one_pixel_left_of_the_block_says_what_a_step_can_do(stage, kind, wide):
    stage.show({"one": KINDS[kind]})
    zoom = 0.25
    stage.look_at(0, 0, zoom)
    rect = stage.scene.place_of("one")
    bars = [mark.path.boundingRect() for mark in stage.strokes() if mark.brush == TEXT2[0]]
    assert [bar.width() * zoom for bar in bars] == [pytest.approx(wide)]
    assert (rect.left() - bars[0].right()) * zoom == pytest.approx(1)
    assert bars[0].height() == rect.height()


@pytest.mark.parametrize("kind", ["reads", "discloses"])
def test_what_changes_nothing_has_no_bar(stage, kind):
    stage.show({"one": KINDS[kind]})
    stage.look_at(0, 0, 0.25)
    assert not [mark for mark in stage.strokes() if mark.brush == TEXT2[0]]
