import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from tocsin.ui.canvas.document import paint_document
from tocsin.ui.canvas.geometry import Density
from tocsin.ui.canvas.store import Store
from tocsin.ui.theme import LIGHT
from tocsin.ui.theme.high_contrast import high_contrast


@pytest.fixture
def column(qapp, playbook):
    """The colours along the bottom border of a node, from inside to outside."""

    def look(tokens):
        store = Store(Density.COMPACT)
        store.show(playbook, None)
        image = QImage(600, 400, QImage.Format.Format_RGB32)
        image.fill(QColor(tokens.canvas))
        painter = QPainter(image)
        painter.translate(300, 40)
        paint_document(painter, store, tokens)
        painter.end()
        rect = store.nodes["block"].rect.translated(300, 40).toRect()
        return [image.pixelColor(rect.left() + 40, rect.bottom() + down).name().upper() for down in (-2, -1, 0, 1)]

    return look


def test_a_node_has_a_border_of_2_px_and_no_shadow_in_high_contrast(column):
    tokens = high_contrast(LIGHT)
    assert column(tokens) == [tokens.node, tokens.node_line, tokens.node_line, tokens.canvas]


def test_elsewhere_its_border_is_1_px_and_it_throws_a_shadow(column):
    node, inside, border, shadow = column(LIGHT)
    assert (node, inside, border) == (LIGHT.node, LIGHT.node, LIGHT.node_line)
    assert shadow != LIGHT.canvas
