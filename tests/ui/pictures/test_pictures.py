"""The program in a real window: what is on the screen when a person has pressed and typed through the X server."""

from dataclasses import asdict

import pytest
from PySide6.QtGui import QColor, QImage
from tests.ui.pictures.screen import missing
from tests.ui.pictures.take import GAP, PICTURES, lay_beside, take

from tocsin.ui.theme import DARK, LIGHT

needs_screen = pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}")
SEEN = 50
"""So many pixels of a colour are more than chance."""
CANVAS = (44, 84, 876, 450)
"""Where it lies in the smallest window."""


def _count(image, colour):
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


@needs_screen
def test_a_node_is_selected_in_the_smallest_window(tmp_path):
    image = QImage(str(take("smallest-light", tmp_path)))
    assert image.size().toTuple() == PICTURES["smallest-light"].size
    assert _count(image, LIGHT.canvas) > image.width() * image.height() / 3
    assert _count(image.copy(*CANVAS), LIGHT.sel_line) > SEEN, "the ring around the node"
    assert _count(image, LIGHT.accent) > SEEN, "Run in Lab can be pressed"


@needs_screen
def test_every_state_is_painted_in_both_themes(tmp_path):
    image = QImage(str(take("nodes", tmp_path)))
    assert image.size().toTuple() == PICTURES["nodes"].size
    half = image.width() // 2
    for left, tokens in ((0, LIGHT), (half, DARK)):
        side = image.copy(left, 0, half, image.height())
        colours = asdict(tokens)
        for name in ("running", "waiting", "retrying", "paused", "succeeded", "already", "would", "tape", "failed"):
            assert _count(side, colours[name]) > 0, name


def test_a_picture_is_laid_beside_the_designs(qapp, tmp_path):
    for name, size, colour in (("ours", (40, 30), "#FF0000"), ("theirs", (20, 50), "#00FF00")):
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        image.save(str(tmp_path / f"{name}.png"))
    pair = QImage(str(lay_beside(tmp_path / "ours.png", tmp_path / "theirs.png")))
    assert pair.size().toTuple() == (20 + GAP + 40, 50)
    assert (pair.pixelColor(10, 40).name(), pair.pixelColor(20 + GAP + 5, 5).name()) == ("#00ff00", "#ff0000")
