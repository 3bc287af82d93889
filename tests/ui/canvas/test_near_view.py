"""What is painted near by: what lies above what, and that a part looks as the whole does."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QPainter

from tocsin.edits import MoveNodes
from tocsin.ui.canvas.grid import Bounds
from tocsin.ui.theme import LIGHT

SIZE = (900, 900)
CORNER = QPoint(450, 40)


@pytest.fixture
def heap(scene, playbook):
    """Give a scene whose nodes lie over each other."""
    places = {name: (20 * place, 30 * place) for place, name in enumerate(playbook.graph.nodes)}
    scene.show_playbook(MoveNodes(places).apply(playbook))
    return scene


def _painted(scene, areas):
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.canvas))
    painter = QPainter(image)
    painter.translate(CORNER)
    for area in areas:
        painter.setClipRect(area.left, area.top, area.right - area.left, area.bottom - area.top)
        scene.paint(painter, [area])
    painter.end()
    return image


@pytest.mark.parametrize("selected", [(), ("start",)])
def test_parts_painted_one_by_one_look_as_the_whole_does(heap, selected):
    heap.set_selection(selected)
    whole = Bounds(-450, -40, 450, 860)
    tiles = [Bounds(x, y, x + 90, y + 90) for y in range(-40, 860, 90) for x in range(-450, 450, 90)]
    assert _painted(heap, tiles) == _painted(heap, [whole])
    assert _painted(heap, reversed(tiles)) == _painted(heap, [whole])


def test_a_loop_s_frame_lies_below_the_lines_and_these_below_nodes(scene):
    order = sorted(scene.store.nodes.values(), key=lambda node: node.height())
    assert [node.id for node in order if node.is_backdrop] == ["hosts"]
    assert order[0].id == "hosts"
    assert [node.id for node in order[1:]] == [name for name in scene.store.nodes if name != "hosts"]
