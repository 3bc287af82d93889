"""The numbers of visual-design.md §2.3, read back from a canvas that shows each state."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QRectF
from tests.ui.design.canvas_eye import FAULT, Stage

from tocsin.ui.canvas.looks import Look
from tocsin.ui.theme import DARK, LIGHT

BLOCK = {"kind": "action", "use": "firewall.block_address"}
STEP = "step"


@dataclass(frozen=True)
class Row:
    """One row of the table: colours in the light and the dark theme, border, badge, subtitle."""

    colours: tuple[str, str]
    width: float
    dashes: tuple[int, int] | None = None
    fills: tuple[str, str] = ("#FFFFFF", "#262B33")
    badge: int = 0
    words: str = ""
    inks: tuple[str, str] = ("#4C5567", "#B0B8C6")
    weight: int = 400


CANVAS = ("#F3F4F7", "#121418")
TEXT = ("#1A2030", "#E7EAF0")
TEXT2 = ("#4C5567", "#B0B8C6")
TEXT3 = ("#626B7D", "#929BAC")
NODE_LINE = ("#828B9D", "#6C778D")
RUNNING = ("#0A6AB2", "#58B7FF")
RETRYING = ("#A94A0A", "#FF9F5E")
PAUSED = ("#A01C8C", "#F084DF")
WOULD = ("#45597A", "#A5B7D6")
FAILED = ("#BE2A26", "#FF7B73")
GREY = ("#6B7485", "#8D96A7")
PROBLEM = ("#A94A0A", "#FF9F5E")
SET = "Firewall · undoable"
ROWS = {
    "idle": Row(NODE_LINE, 1, words=SET),
    "hover": Row(TEXT2, 1.5, words=SET),
    Look.QUEUED: Row(GREY, 1, (2, 3), badge=18, words="Queued"),
    Look.RUNNING: Row(RUNNING, 2, badge=18, words="Running"),
    Look.WAITS: Row(RUNNING, 1.5, (2, 4), badge=18, words="Waits for rate limit", inks=RUNNING),
    Look.ASKS: Row(("#B26A00", "#F3B84A"), 2, badge=18, words="Waits for you", inks=("#8A5700", "#F3B84A")),
    Look.RETRYING: Row(RETRYING, 2, (6, 3), badge=18, words="Try 2 of 2", inks=RETRYING),
    Look.PAUSED: Row(PAUSED, 2, badge=20, words="Breakpoint: press F10", inks=PAUSED),
    Look.SUCCEEDED: Row(("#15764A", "#4FC78E"), 1.5, badge=18, words=SET),
    Look.ALREADY: Row(("#3F6B5A", "#8FBDA9"), 1.5, badge=18, words="Already so: nothing to do"),
    Look.WOULD: Row(WOULD, 1.5, (9, 4), ("#E6ECF6", "#202A3B"), badge=18, words=SET, inks=WOULD),
    Look.REFUSED: Row(TEXT, 2.5, badge=20, words="Stopped by a guard", inks=TEXT, weight=600),
    Look.FAILED: Row(FAILED, 2, badge=18, words=SET, inks=FAILED),
    Look.CANCELLED: Row(GREY, 1.5, fills=CANVAS, badge=18, words="Cancelled: run stopped", inks=TEXT3),
    Look.SKIPPED: Row(GREY, 1, (4, 3), CANVAS, badge=18, words="Skipped: other branch", inks=TEXT3),
    "not_reached": Row(NODE_LINE, 1, fills=CANVAS, words=SET, inks=TEXT3),
    "off": Row(NODE_LINE, 1, (4, 3), CANVAS, words="Off: passes its input on", inks=TEXT3),
    "invalid": Row(PROBLEM, 1.5, words=FAULT, inks=PROBLEM),
}
MAY_HAVE_HAPPENED = Row(("#F4B400", "#FFC933"), 4, (8, 8), badge=20, words="May have happened", inks=TEXT, weight=600)
TAPE_INK = ("#1A2030", "#14171F")


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def show(request, qtbot, catalogue):
    """Show one step in a state; give the stage, the row's light or dark half, and the step's rectangle."""
    stage, side = Stage(qtbot, catalogue), int(request.param is DARK)

    def pose(state):
        step = BLOCK | ({"disabled": True} if state == "off" else {})
        stage.show({STEP: step}, tokens=request.param)
        if state == "not_reached":
            stage.show(
                {"first": BLOCK, STEP: step}, ["first.error -> step"], {"first": [0, -192]}, tokens=request.param
            )
            stage.pose("first", Look.SUCCEEDED)
        else:
            stage.pose(STEP, state)
        return stage, side, stage.scene.place_of(STEP)

    return pose


@pytest.mark.parametrize("state", list(ROWS))
def test_a_border_has_the_width_and_the_colour_of_its_state(show, state):
    stage, side, rect = show(state)
    row, picture = ROWS[state], stage.picture()
    colour, x = row.colours[side], rect.center().x() - 30
    if row.dashes is None:
        assert picture.colour(x, rect.top() + 0.5) == colour
        across = (x, rect.top()), (x, rect.top() + 6)
        assert picture.width(colour, row.fills[side], *across) == pytest.approx(row.width, abs=0.1)
    else:
        widths = [
            picture.width(colour, row.fills[side], (x + step, rect.top()), (x + step, rect.top() + 6))
            for step in range(16)
        ]
        assert max(widths) == pytest.approx(row.width, abs=0.1)


@pytest.mark.parametrize("state", [state for state, row in ROWS.items() if row.dashes])
def test_a_border_has_the_dashes_of_its_state(show, state):
    stage, side, rect = show(state)
    row = ROWS[state]
    along = (rect.left() + 12, rect.top() + 0.5), (rect.center().x() - 8, rect.top() + 0.5)
    runs = stage.picture().runs(row.colours[side], row.fills[side], *along)
    assert len(runs) >= 4
    assert runs == [(pytest.approx(row.dashes[0], abs=0.15), pytest.approx(row.dashes[1], abs=0.15))] * len(runs)


@pytest.mark.parametrize("state", [state for state, row in ROWS.items() if row.dashes is None])
def test_elsewhere_a_border_is_whole(show, state):
    stage, side, rect = show(state)
    along = (rect.left() + 12, rect.top() + 0.5), (rect.center().x() - 8, rect.top() + 0.5)
    assert set(stage.picture().shares(ROWS[state].colours[side], ROWS[state].fills[side], *along)) == {1.0}


@pytest.mark.parametrize("state", list(ROWS))
def test_a_node_is_filled_as_its_state_says(show, state):
    stage, side, rect = show(state)
    assert stage.picture().colour(rect.right() - 14, rect.bottom() - 6) == ROWS[state].fills[side]


@pytest.mark.parametrize("state", [*ROWS, Look.UNCERTAIN])
def test_the_line_under_the_title_says_what_happened_in_the_colour_of_its_state(show, state):
    stage, side, _ = show(state)
    row = ROWS.get(state, MAY_HAVE_HAPPENED)
    written = [mark for mark in stage.strokes() if mark.text == row.words]
    assert written
    assert (written[-1].ink, written[-1].font.weight().value) == (row.inks[side], row.weight)


@pytest.mark.parametrize("state", [state for state, row in ROWS.items() if row.badge])
def test_a_badge_has_its_size_and_stands_19_px_from_the_right_on_a_plate_of_2_px(show, state):
    stage, side, rect = show(state)
    row, picture = ROWS[state], stage.picture()
    x, y = rect.right() - 19 - (row.badge - 18) / 2, rect.top() + 2 + (row.badge - 18) / 2
    left, right = picture.extent(row.colours[side], CANVAS[side], (x - 11, y), (x + 11, y))
    assert right - left == pytest.approx(row.badge, abs=0.6)
    assert (left + right) / 2 == pytest.approx(11, abs=0.3)
    assert picture.colour(x - row.badge / 2 - 1, y) == CANVAS[side]


@pytest.mark.parametrize("state", ["idle", "hover", "not_reached", "invalid"])
def test_elsewhere_there_is_no_badge_on_the_edge(show, state):
    stage, side, rect = show(state)
    along = (rect.right() - 30, rect.top() + 0.5), (rect.right() - 12, rect.top() + 0.5)
    assert stage.picture().width(ROWS[state].colours[side], ROWS[state].fills[side], *along) == 18


def test_the_halo_of_what_runs_is_3_px_wide_and_28_per_cent_strong(show):
    stage, side, rect = show(Look.RUNNING)
    x = rect.center().x() - 30
    shares = stage.picture().shares(RUNNING[side], CANVAS[side], (x, rect.top() - 8), (x, rect.top()))
    assert max(shares) == pytest.approx(0.28, abs=0.015)
    assert sum(shares) / 0.28 == pytest.approx(3, abs=0.2)


def test_the_plus_under_the_pointer_is_18_px_wide_and_lies_under_the_main_output(show):
    stage, side, rect = show("hover")
    accent, middle = ("#4650C8", "#5963DD")[side], rect.bottom() + 2
    x, picture = rect.center().x(), stage.picture()
    left, right = picture.extent(accent, CANVAS[side], (x - 14, middle + 3.5), (x + 14, middle + 3.5))
    assert (left + right) / 2 == pytest.approx(14, abs=0.2)
    assert right - left == pytest.approx(_chord(9, 3.5), abs=0.4)
    assert picture.extent(accent, CANVAS[side], (x - 5.5, middle), (x - 5.5, middle + 14)) == (
        0,
        pytest.approx(_chord(9, 5.5) / 2, abs=0.3),
    )


def test_what_may_have_happened_has_a_tape_of_4_px_with_stripes_of_8(show):
    stage, side, rect = show(Look.UNCERTAIN)
    yellow, ink, picture = MAY_HAVE_HAPPENED.colours[side], TAPE_INK[side], stage.picture()
    along = (rect.left() + 12, rect.top() + 1.5), (rect.center().x() - 8, rect.top() + 1.5)
    runs = picture.runs(yellow, ink, *along)
    assert len(runs) >= 3
    assert all((dash, gap) == (pytest.approx(8, abs=0.15), pytest.approx(8, abs=0.15)) for dash, gap in runs)
    x = rect.left() + 12 + picture.shares(yellow, ink, *along).index(1.0) + 3
    tape = picture.shares(yellow, ink, (x, rect.top() - 1), (x, rect.top() + 4))
    assert sum(tape) == pytest.approx(4, abs=0.1)


def test_a_line_of_ink_1_px_wide_lies_inside_the_tape(show):
    stage, side, rect = show(Look.UNCERTAIN)
    yellow, ink, picture = MAY_HAVE_HAPPENED.colours[side], TAPE_INK[side], stage.picture()
    along = (rect.left() + 12, rect.top() + 1.5), (rect.center().x() - 8, rect.top() + 1.5)
    x = rect.left() + 12 + picture.shares(yellow, ink, *along).index(1.0) + 3
    line = picture.shares(ink, MAY_HAVE_HAPPENED.fills[side], (x, rect.top() + 3), (x, rect.top() + 7))
    assert sum(line) == pytest.approx(1, abs=0.1)


def test_what_may_have_happened_has_a_yellow_badge_of_20_px_in_a_dark_ring(show):
    stage, side, rect = show(Look.UNCERTAIN)
    yellow, ink, picture = MAY_HAVE_HAPPENED.colours[side], TAPE_INK[side], stage.picture()
    x, y = rect.right() - 20, rect.top() + 3
    if side:
        seen = picture.colours(QRectF(x - 10, y - 10, 19, 19))
        assert {ink, yellow} <= seen
    else:
        left, right = picture.extent(ink, CANVAS[side], (x - 11, y), (x + 11, y))
        assert right - left == pytest.approx(20, abs=0.5)
    left, right = picture.extent(yellow, ink, (x - 8, y + 5.5), (x + 8, y + 5.5))
    assert right - left == pytest.approx(_chord(8, 5.5), abs=0.5)


def _chord(radius, away):
    """How wide a circle is so far from its middle."""
    return 2 * (radius**2 - away**2) ** 0.5


@pytest.mark.parametrize(
    ("state", "corners"),
    [
        (Look.ASKS, 0),
        (Look.RETRYING, 0),
        (Look.SUCCEEDED, 0),
        (Look.FAILED, 0),
        (Look.PAUSED, 5),
        (Look.REFUSED, 8),
    ],
)
def test_what_needs_a_look_has_a_solid_badge_of_its_shape(show, state, corners):
    stage, side, rect = show(state)
    solid = [mark for mark in stage.strokes_of(STEP) if mark.brush == ROWS[state].colours[side] and not mark.ink]
    badge = next(mark.path for mark in solid if mark.path.boundingRect().center().x() > rect.right() - 30)
    straight = badge.elementCount() - 1 if badge.elementAt(1).isLineTo() else 0
    assert straight == corners


@pytest.mark.parametrize("state", [Look.QUEUED, Look.WAITS, Look.ALREADY, Look.WOULD, Look.CANCELLED, Look.SKIPPED])
def test_what_is_not_done_has_a_hollow_badge(show, state):
    stage, side, rect = show(state)
    marks = [mark for mark in stage.strokes_of(STEP) if mark.ink == ROWS[state].colours[side]]
    badge = next(mark for mark in marks if mark.path.boundingRect().center().x() > rect.right() - 30)
    assert (badge.brush, badge.width, badge.reach().width()) == (CANVAS[side], 1.5, 18)


@pytest.mark.parametrize("state", [state for state in ROWS if state not in {Look.RUNNING, "hover"}])
def test_nothing_else_has_a_halo(show, state):
    stage, side, rect = show(state)
    x = rect.center().x() - 30
    above = stage.picture().shares(RUNNING[side], CANVAS[side], (x, rect.top() - 5), (x, rect.top()))
    assert above == [0] * 5


def test_the_shadow_of_a_node_lies_one_pixel_lower_and_is_faint(show):
    stage, side, rect = show("idle")
    x, black = rect.center().x() - 30, ("#1A2030", "#000000")[side]
    below = stage.picture().shares(black, CANVAS[side], (x, rect.bottom()), (x, rect.bottom() + 4))
    assert below == [pytest.approx((0.1, 0.4)[side], abs=0.05), 0, 0, 0]


def test_what_steps_back_has_no_shadow(show):
    stage, side, rect = show(Look.SKIPPED)
    assert stage.picture().colour(rect.center().x() - 30, rect.bottom() + 0.5) == CANVAS[side]


def test_everything_is_drawn_in_its_order(show):
    stage, side, _ = show(Look.RUNNING)
    stage.scene.set_selection([STEP])
    stage.scene.show_marks(breakpoints=[STEP], pinned={STEP: "Output of R-217"})
    marks = stage.strokes_of(STEP)
    ring, tile, tag = ("#4C56CF", "#8F98FF")[side], ("#DDF3F1", "#1D3D3D")[side], ("#E9EBFC", "#272B4C")[side]
    port = ("#758094", "#7B8598")[side]
    order = [
        next(place for place, mark in enumerate(marks) if is_it(mark))
        for is_it in (
            lambda mark: mark.ink == RUNNING[side] and mark.width == 3,
            lambda mark: mark.ink == ring,
            lambda mark: mark.ink == RUNNING[side] and mark.width == 2,
            lambda mark: mark.brush == tile,
            lambda mark: mark.ink == TEXT2[side] and mark.width == 1,
            lambda mark: mark.brush == tag,
            lambda mark: mark.brush == PAUSED[side],
            lambda mark: mark.ink == port,
            lambda mark: mark.ink == RUNNING[side] and mark.width == 2.5,
        )
    ]
    assert order == sorted(order)
