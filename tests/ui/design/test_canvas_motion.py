"""The numbers of visual-design.md §7, read back from a canvas on which things move."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF
from tests.ui.canvas.all_states import KINDS, STATES
from tests.ui.design.canvas_eye import Stage
from typing_extensions import override

from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus
from tocsin.ui.canvas.looks import EdgeState, Look

READ = KINDS["reads"]
RUNNING = "#0A6AB2"
EDGE = "one -> next"
SECOND = 1_000_000


class _Clock:
    """Stands in for the milliseconds that have gone."""

    def __init__(self):
        self.now = 10_000

    def start(self):
        """It has begun already."""

    def elapsed(self):
        """Milliseconds."""
        return self.now


class _Paints(QObject):
    """Notes when a viewport paints, and where."""

    def __init__(self, view):
        super().__init__(view)
        self.rects = []
        view.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.rects.append(event.rect())
        return False


@pytest.fixture
def stage(qtbot, catalogue):
    stage = Stage(qtbot, catalogue)
    stage.show({"one": READ, "next": READ}, [EDGE], {"one": [0, 8], "next": [0, 248]})
    stage.look_at(0, 120)
    yield stage
    stage.scene.motion.stop()


@pytest.fixture
def clock(stage, monkeypatch):
    """Things move, by a clock that the test holds."""
    clock = _Clock()
    stage.scene.motion.set_reduced(False)
    monkeypatch.setattr(stage.scene.motion, "_elapsed", clock)
    return clock


def _run(stage):
    stage.scene.show_statuses({"one": NodeStatus(state=NodeState.RUNNING)})


def _ring(stage):
    """The part of a running ring that is full: its middle angle in degrees, and its share of the circle."""
    rect = stage.scene.place_of("one")
    centre = QPointF(rect.right() - 19, rect.top() + 2)
    arcs = [mark.path for mark in stage.strokes() if mark.ink == RUNNING and mark.path.boundingRect().width() < 20]
    (arc,) = [path for path in arcs if abs(path.boundingRect().center().x() - centre.x()) < 12]
    seen = [arc.pointAtPercent(share) - centre for share in (0.0, 0.5, 1.0)]
    radius = (seen[0].x() ** 2 + seen[0].y() ** 2) ** 0.5
    return [(point.x(), point.y()) for point in seen], arc.length() / (2 * 3.14159265 * radius)


def test_a_ring_turns_once_in_1200_ms(stage, clock):
    _run(stage)
    seen = []
    for step in (0, 300, 600, 1200):
        clock.now = 12_000 + step
        seen.append(_ring(stage)[0])
    start, quarter, half, whole = seen
    assert whole == [pytest.approx(point, abs=0.05) for point in start]
    assert half == [pytest.approx((-x, -y), abs=0.05) for x, y in start]
    assert quarter == [pytest.approx((-y, x), abs=0.05) for x, y in start], "clockwise"


def test_where_motion_is_reduced_a_still_ring_is_full_to_three_quarters(stage):
    _run(stage)
    assert _ring(stage)[1] == pytest.approx(0.75, abs=0.01)
    assert not stage.scene.motion.is_going


def _dots(stage):
    marks = [mark for mark in stage.strokes() if mark.brush == RUNNING and not mark.ink]
    return sorted(mark.path.boundingRect().center().y() for mark in marks if mark.path.elementCount() > 4)


def test_three_dots_of_a_live_line_go_48_px_a_second(stage, clock):
    stage.scene.show_taken({EDGE: EdgeState.LIVE})
    clock.now = 0
    before = _dots(stage)
    clock.now = 250
    after = _dots(stage)
    assert len(before) == len(after) == 3
    assert [end - start for start, end in zip(before, after, strict=True)] == [pytest.approx(48 / 4, abs=0.2)] * 3


def test_where_motion_is_reduced_dots_stand_still(stage, clock):
    stage.scene.motion.set_reduced(True)
    stage.scene.show_taken({EDGE: EdgeState.LIVE})
    before = _dots(stage)
    clock.now += 250
    assert (len(before), _dots(stage)) == (3, before)


@pytest.mark.parametrize(("before", "colour"), [("idle", "#828B9D"), (Look.SUCCEEDED, "#15764A")])
def test_the_colour_of_a_border_changes_in_120_ms_quick_at_first(stage, clock, before, colour):
    stage.pose("one", before)
    stage.picture()
    stage.pose("one", Look.FAILED)
    rect, shares = stage.scene.place_of("one"), {}
    x, y = rect.center().x() - 40, rect.top() + 0.5
    for gone in (0, 30, 60, 90, 119, 120):
        clock.now = 10_000 + gone
        (shares[gone],) = stage.picture().shares("#BE2A26", colour, (x, y), (x + 1, y))
    assert (shares[0], shares[120]) == (0, 1)
    assert [shares[gone] for gone in (30, 60, 90)] == [
        pytest.approx(1 - (1 - gone / 120) ** 3, abs=0.02) for gone in (30, 60, 90)
    ]


def test_where_motion_is_reduced_a_state_is_there_at_once(stage):
    stage.picture()
    stage.pose("one", Look.FAILED)
    rect = stage.scene.place_of("one")
    assert stage.picture().colour(rect.center().x() - 40, rect.top() + 0.5) == "#BE2A26"


def test_a_view_takes_180_ms_to_a_node_quick_at_first(stage):
    stage.scene.motion.set_reduced(False)
    stage.look_at(1500, 1500)
    stage.view.show_node("one")
    glide = stage.view._glide
    assert glide.is_going
    assert glide.duration() == 180
    whole, away = 1500 - stage.scene.place_of("one").center().y(), []
    for gone in (45, 90, 135, 179):
        glide.setCurrentTime(gone)
        away.append((1500 - stage.view.seen().center().y()) / whole)
    assert away == sorted(away)
    assert away[1] > 0.8, "it eases out"
    glide.setCurrentTime(180)
    assert stage.view.seen().contains(stage.scene.place_of("one"))


def test_where_motion_is_reduced_it_is_there_at_once(stage):
    stage.look_at(1500, 1500)
    stage.view.show_node("one")
    assert stage.view.seen().contains(stage.scene.place_of("one"))


def test_one_timer_of_33_ms_paints_the_badge_alone(stage, qtbot):
    stage.scene.motion.set_reduced(False)
    _run(stage)
    stage.picture()
    qtbot.waitUntil(lambda: all(entry.before is None for entry in stage.entry.values()))
    (timer,) = [timer for timer in stage.scene.motion.children() if timer.isActive()]
    assert timer.interval() == 33
    paints = _Paints(stage.view)
    qtbot.waitUntil(lambda: len(paints.rects) > 2)
    badge = stage.view.mapFromScene(QPointF(stage.scene.place_of("one").right() - 19, 10))
    assert all(rect.contains(badge) and rect.width() <= 24 and rect.height() <= 24 for rect in paints.rects[1:])


@pytest.mark.parametrize("look", [Look.WAITS, Look.ASKS, Look.RETRYING, Look.FAILED, Look.UNCERTAIN])
def test_what_waits_or_went_wrong_never_blinks(stage, qtbot, look):
    stage.scene.motion.set_reduced(False)
    stage.scene.show_statuses({"one": STATES[look]})
    qtbot.waitUntil(lambda: stage.entry["one"].before is None)
    stage.view.viewport().repaint()
    stage.scene.motion._timer.timeout.emit()
    stage.scene.motion._timer.timeout.emit()
    assert not stage.scene.motion.is_going


def test_a_countdown_changes_once_a_second(stage, clock):
    now = [1_000 * SECOND]
    stage.scene.motion.set_clock(lambda: now[0])
    held = NodeStatus(state=NodeState.RETRYING, attempts=1, until=1_004 * SECOND)
    stage.scene.show_statuses({"one": held})
    clock.now += 200
    stage.view.viewport().repaint()
    assert "Try 2 of 2 in 4 s" in stage.texts()
    now[0] += SECOND
    assert "Try 2 of 2 in 3 s" in stage.texts()
    (timer,) = [timer for timer in stage.scene.motion.children() if timer.isActive()]
    timer.timeout.emit()
    assert timer.interval() == 1000
