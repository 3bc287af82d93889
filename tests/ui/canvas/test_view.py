import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.canvas.conftest import centre, colours
from typing_extensions import override

from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus
from tocsin.ui.canvas.geometry import ZOOMS
from tocsin.ui.canvas.placing import GAP, MARGIN
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.theme import LIGHT, Look, Theme
from tocsin.ui.theme.contrast import contrast


class _Watch(QObject):
    def __init__(self, parent, painted):
        super().__init__(parent)
        self._painted = painted

    @override
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self._painted.append(QRect(event.rect()))
        return False


def _shown(hands, name):
    rect = hands.view.mapFromScene(QRectF(hands.scene.place_of(name))).boundingRect()
    return colours(hands.view.viewport(), rect.adjusted(-6, -12, 6, 6))


@pytest.mark.parametrize("zoom", [1.0, 0.67, 0.5, 0.25])
def test_a_state_is_seen_at_every_zoom(hands, qtbot, zoom):
    hands.view.set_zoom(zoom)
    hands.view.centerOn(*centre(hands.scene, "block"))
    assert LIGHT.succeeded.lower() not in _shown(hands, "block")
    hands.scene.show_statuses({"block": NodeStatus(state=NodeState.SUCCEEDED)})
    assert LIGHT.succeeded.lower() in _shown(hands, "block")


@pytest.mark.parametrize("zoom", [1.0, 0.67, 0.25])
def test_a_straight_edge_is_seen_at_every_zoom(hands, zoom):
    hands.view.set_zoom(zoom)
    hands.view.centerOn(0, 64)
    between = hands.view.mapFromScene(QRectF(-12, 55, 24, 12)).boundingRect()
    assert max(contrast(colour, LIGHT.canvas) for colour in colours(hands.view.viewport(), between)) > 1.8


def test_what_changed_is_painted_where_it_changed(hands, qtbot):
    hands.scene.show_statuses({"block": NodeStatus(state=NodeState.PENDING)})
    hands.view.viewport().repaint()
    painted = []
    hands.view.viewport().installEventFilter(_Watch(hands.view, painted))
    hands.scene.show_statuses({"block": NodeStatus(state=NodeState.RUNNING)})
    qtbot.waitUntil(lambda: len(painted) > 0)
    place = hands.view.mapFromScene(QRectF(hands.scene.place_of("block"))).boundingRect()
    assert painted[-1].contains(place)
    assert painted[-1].height() < 2 * place.height()


def test_zoom_goes_in_steps_between_its_ends(hands):
    said = []
    hands.view.zoom_changed.connect(said.append)
    for _ in ZOOMS:
        hands.view.zoom_in()
    assert hands.view.zoom == pytest.approx(2.0)
    for _ in range(len(ZOOMS) + 1):
        hands.view.zoom_out()
    assert hands.view.zoom == pytest.approx(0.1)
    assert [round(zoom, 2) for zoom in said[2:]] == [*reversed(ZOOMS), 0.1]


def test_what_is_under_the_pointer_stays_there_while_the_wheel_zooms(hands):
    at = QPoint(700, 200)
    before, inverted = hands.view.mapToScene(at), False
    for delta in (120, 120, -120):
        event = QWheelEvent(
            QPointF(at),
            QPointF(at),
            QPoint(),
            QPoint(0, delta),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            inverted,
        )
        QApplication.sendEvent(hands.view.viewport(), event)
    assert hands.view.zoom == pytest.approx(1.25)
    away = hands.view.mapToScene(at) - before
    assert abs(away.x()) <= 1
    assert abs(away.y()) <= 1


def test_fitting_shows_everything_or_what_is_selected(hands):
    hands.view.centerOn(5000, 5000)
    hands.view.fit_all()
    seen = hands.view.mapToScene(hands.view.viewport().rect()).boundingRect()
    assert seen.contains(hands.scene.bounds())
    hands.scene.set_selection(["done"])
    hands.view.fit_selection()
    assert hands.view.zoom == pytest.approx(1.0)
    away = hands.view.mapToScene(hands.view.viewport().rect().center()) - hands.scene.place_of("done").center()
    assert away.manhattanLength() < 4


def test_what_has_room_is_as_large_as_the_text(scene, qtbot):
    view = CanvasView(scene, theme=Theme(Look(LIGHT, scale=1.3)))
    qtbot.addWidget(view)
    view.resize(1600, 1200)
    view.show()
    view.fit_all()
    assert view.zoom == pytest.approx(1.3)
    view.resize(500, 400)
    view.fit_all()
    assert view.zoom < 1.3


def test_what_fits_keeps_16_px_to_the_edges(hands):
    hands.view.resize(400, 300)
    hands.view.fit_all()
    place = hands.view.mapFromScene(hands.scene.bounds()).boundingRect()
    assert abs(place.top() - 16) <= 1
    assert abs(hands.view.viewport().height() - place.bottom() - 16) <= 2


def test_where_there_is_room_everything_is_higher_by_half_the_zoom_bar(hands):
    hands.view.resize(800, 1400)
    hands.view.fit_all()
    place = hands.view.mapFromScene(hands.scene.bounds()).boundingRect()
    above, below = place.top(), hands.view.viewport().height() - place.bottom()
    assert below - above == pytest.approx(hands.view.floats.zoom_bar.height(), abs=2)


def test_a_node_is_brought_into_view(hands):
    hands.view.set_zoom(0.1)
    hands.view.centerOn(1500, 1500)
    hands.view.show_node("isolate")
    seen = hands.view.mapToScene(hands.view.viewport().rect()).boundingRect()
    assert seen.contains(hands.scene.place_of("isolate"))
    assert hands.view.zoom == pytest.approx(1.0)


def test_room_is_made_at_the_left_of_a_node_and_its_frame(hands):
    frame = hands.scene.place_of("hosts")
    hands.view.resize(800, 600)
    hands.view.centerOn(frame.center())
    hands.view.make_room("isolate", QSize(262, 300))
    assert hands.view.mapFromScene(frame.topLeft()).x() == MARGIN + 262 + GAP


def test_space_and_drag_pans(hands):
    before = hands.view.mapToScene(0, 0)
    QTest.keyPress(hands.view, Qt.Key.Key_Space)
    hands.drag(centre(hands.scene, "block"), (50, 260))
    QTest.keyRelease(hands.view, Qt.Key.Key_Space)
    assert hands.view.mapToScene(0, 0) != before
    assert hands.edits == []


def test_the_node_under_the_pointer_offers_its_error_port(hands):
    hands.move(-300, 0)
    assert hands.scene.store.nodes["block"].body.error is None
    hands.move(*centre(hands.scene, "block"))
    assert hands.scene.store.nodes["block"].body.error == (224, 24)
    hands.move(-300, 0)
    assert hands.scene.store.nodes["block"].body.error is None


def test_sprites_are_kept_by_zoom_and_by_pixel_ratio(scene):
    body = scene.store.nodes["block"].body
    sprites = scene.drawing.sprites
    assert sprites.picture(body, 1.0, 1.0) is sprites.picture(body, 1.0, 1.0)
    large = sprites.picture(body, 1.0, 2.0)
    assert large.devicePixelRatio() == 2.0
    assert large.width() > sprites.picture(body, 1.0, 1.0).width()
    assert len({id(sprites.picture(body, zoom, 1.0)) for zoom in (0.5, 1.0, 2.0)}) == 3


def test_sprites_do_not_grow_without_end(scene):
    sprites = scene.drawing.sprites
    body = scene.store.nodes["done"].body
    for step in range(600):
        sprites.picture(body, 0.1 + step / 1000, 1.0)
    assert len(sprites) == 512


SCALED = """
import sys
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication
app = QApplication([])
from tocsin.model.playbook import EndNode, Graph, Playbook
from tocsin.ui.canvas.scene import CanvasScene
from tocsin.ui.canvas.view import CanvasView
from tocsin.ui.theme import LIGHT, load_fonts
load_fonts()
scene = CanvasScene(LIGHT)
scene.show_playbook(Playbook(id="x", graph=Graph(nodes={"done": EndNode()})))
view = CanvasView(scene)
view.resize(400, 300)
view.show()
view.centerOn(scene.place_of("done").center())
for zoom in (1.0, 0.5, 0.25):
    view.set_zoom(zoom)
    image = view.viewport().grab().toImage()
    found = {image.pixelColor(x, y).name() for x in range(300, 500) for y in range(200, 400)}
    print(image.width(), LIGHT.node.lower() in found or LIGHT.end.lower() in found)
"""


def test_a_screen_with_two_pixels_for_one_shows_the_same():
    environment = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2"}
    done = subprocess.run(
        [sys.executable, "-c", SCALED],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert done.stdout.split("\n")[:3] == ["800 True"] * 3, done.stderr
