import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from tocsin.ui.canvas.geometry import TAG_HEIGHT
from tocsin.ui.canvas.tags import Tag, paint_tag
from tocsin.ui.theme import LIGHT

RIGHT = 150


@pytest.fixture(params=list(Tag))
def drawn(request, qapp):
    """Where a tag has drawn something, and where in dark colours."""

    def draw(zoom):
        image = QImage(160, 60, QImage.Format.Format_RGB32)
        image.fill(QColor(LIGHT.canvas))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, 20)
        painter.scale(zoom, zoom)
        paint_tag(painter, RIGHT / zoom, request.param, LIGHT, zoom)
        painter.end()
        colours = {(x, y): image.pixelColor(x, y) for x in range(160) for y in range(60)}
        return (
            [at for at, colour in colours.items() if colour != QColor(LIGHT.canvas)],
            [at for at, colour in colours.items() if colour.lightness() < 200],
        )

    return draw


def test_a_tag_has_its_word(drawn):
    everything, _ = drawn(1.0)
    across, down = ({at[side] for at in everything} for side in (0, 1))
    assert len(down) == TAG_HEIGHT
    assert len(across) > 1.5 * TAG_HEIGHT
    assert max(across) == RIGHT - 1


@pytest.mark.parametrize("zoom", [0.45, 0.8])
def test_from_afar_a_picture_stands_for_the_word_in_15_px_of_the_screen(drawn, zoom):
    everything, dark = drawn(zoom)
    across, down = ({at[side] for at in everything} for side in (0, 1))
    assert all(15 <= len(side) <= 17 for side in (across, down))
    middle = [at for at in dark if abs(at[0] - (RIGHT - 8)) < 4]
    assert middle
