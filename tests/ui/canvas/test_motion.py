import pytest
from PySide6.QtCore import QEvent, QObject, QRectF
from tests.ui.canvas.conftest import centre
from typing_extensions import override

from tocsin.base.clock import Clock
from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.canvas.looks import EdgeState
from tocsin.ui.canvas.motion import FADE_MS, TICK_MS, Motion
from tocsin.ui.theme import LIGHT

RUNNING = NodeStatus(state=NodeState.RUNNING)


class _Painted(QObject):
    def __init__(self, parent):
        super().__init__(parent)
        self.rects = []

    @override
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.rects.append(event.rect())
        return False


@pytest.fixture
def moving(hands):
    """The canvas with motion on, without seconds."""
    hands.scene.motion.set_reduced(False)
    yield hands
    hands.scene.motion.stop()


@pytest.fixture
def motion(qapp):
    asked = []
    motion = Motion(asked.append, Clock(utc_micros=lambda: 5_000_000))
    yield motion, asked
    motion.deleteLater()


def test_without_anything_that_moves_there_is_no_timer(moving, qtbot):
    moving.view.viewport().repaint()
    assert not moving.scene.motion.is_going


def test_a_running_ring_has_its_badge_alone_painted_anew(moving, qtbot):
    moving.scene.show_statuses({"block": RUNNING})
    qtbot.waitUntil(lambda: moving.scene.store.nodes["block"].before is None)
    painted = _Painted(moving.view)
    moving.view.viewport().installEventFilter(painted)
    qtbot.waitUntil(lambda: len(painted.rects) > 3)
    place = moving.view.mapFromScene(QRectF(moving.scene.place_of("block"))).boundingRect()
    assert all(rect.width() <= 26 and rect.height() <= 26 for rect in painted.rects[1:])
    assert all(abs(rect.center().x() - (place.right() - 19)) <= 2 for rect in painted.rects[1:])


def test_the_timer_stops_when_the_run_is_over_and_when_nothing_of_it_is_in_view(moving, qtbot):
    moving.scene.show_statuses({"block": RUNNING})
    moving.view.viewport().repaint()
    assert moving.scene.motion.is_going
    moving.view.centerOn(1900, 1900)
    qtbot.waitUntil(lambda: not moving.scene.motion.is_going)
    moving.view.centerOn(*centre(moving.scene, "block"))
    qtbot.waitUntil(lambda: moving.scene.motion.is_going)
    moving.scene.show_statuses({"block": NodeStatus(state=NodeState.SUCCEEDED)})
    qtbot.waitUntil(lambda: not moving.scene.motion.is_going)


def test_reduced_motion_lets_nothing_move(hands, qtbot):
    hands.scene.show_statuses({"block": RUNNING})
    hands.scene.show_taken({"start -> risky": EdgeState.LIVE})
    hands.view.viewport().repaint()
    assert not hands.scene.motion.is_going
    assert hands.scene.motion.turn is None


def test_dots_of_a_live_edge_flow(moving, qtbot):
    moving.scene.show_taken({"start -> risky": EdgeState.LIVE})
    moving.view.viewport().repaint()
    assert moving.scene.motion.is_going
    before = moving.scene.motion.flow
    qtbot.waitUntil(lambda: moving.scene.motion.flow > before + 2)


def test_a_state_fades_in_and_is_there_after_120_ms(moving, qtbot):
    entry = moving.scene.store.nodes["block"]
    moving.scene.show_statuses({"block": NodeStatus()})
    moving.view.viewport().repaint()
    moving.scene.show_statuses({"block": NodeStatus(state=NodeState.FAILED)})
    assert entry.before is not None
    assert moving.scene.motion.fade(moving.scene.motion.elapsed) < 0.2
    qtbot.waitUntil(lambda: entry.before is None)
    assert moving.scene.motion.fade(moving.scene.motion.elapsed - FADE_MS) == 1.0


def test_a_turn_lasts_1200_ms_at_30_frames_a_second(motion):
    moved, _ = motion
    assert TICK_MS == 33
    assert 0.0 <= moved.turn < 1.0


def test_seconds_are_counted_once_a_second_even_where_motion_is_reduced(motion, qtbot):
    moved, asked = motion
    moved.set_reduced(True)
    place = Bounds(0, 0, 10, 10)
    moved.counts("a", place)
    moved.moves("a", Bounds(1, 1, 2, 2))
    qtbot.waitUntil(lambda: asked == [place], timeout=3000)
    qtbot.waitUntil(lambda: not moved.is_going, timeout=3000)


def test_time_can_stand_still(motion):
    moved, _ = motion
    assert moved.now == 5_000_000
    moved.set_clock(None)
    moved.counts("a", Bounds(0, 0, 1, 1))
    assert (moved.now, moved.is_going) == (0, False)


def test_a_node_says_how_long_it_runs(moving):
    moving.scene.motion.set_clock(lambda: 12_000_000)
    moving.scene.show_statuses({"block": NodeStatus(state=NodeState.RUNNING, started_at=4_000_000)})
    assert moving.scene.store.nodes["block"].subtitle(moving.scene.motion.now) == "Running · 8.0 s"


def test_a_view_glides_to_a_node_and_jumps_where_motion_is_reduced(moving, qtbot):
    moving.view.centerOn(1900, 1900)
    moving.view.show_node("start")
    assert not moving.view.seen().contains(moving.scene.place_of("start"))
    qtbot.waitUntil(lambda: moving.view.seen().contains(moving.scene.place_of("start")))
    moving.scene.motion.set_reduced(True)
    moving.view.centerOn(1900, 1900)
    moving.view.show_node("start")
    assert moving.view.seen().contains(moving.scene.place_of("start"))


def test_a_ring_is_seen(hands):
    hands.scene.show_statuses({"block": RUNNING})
    image = hands.view.grab().toImage()
    place = hands.view.mapFromScene(QRectF(hands.scene.place_of("block"))).boundingRect()
    found = {
        image.pixelColor(x, y).name()
        for x in range(place.right() - 30, place.right() - 8)
        for y in range(place.top() - 8, place.top() + 12)
    }
    assert LIGHT.running.lower() in found
