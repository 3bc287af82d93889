"""Every kind in every state, in both themes, as in the design's `nodes-matrix.png`; the facts are read from pixels.

Set TOCSIN_PICTURES to a folder to look at the pictures.
"""

import os
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from tests.ui.canvas.all_states import KINDS, ROWS, STATES, show_state

from tocsin.model.document import from_document
from tocsin.ui.canvas import geometry as g
from tocsin.ui.canvas.document import paint_document
from tocsin.ui.canvas.geometry import Density
from tocsin.ui.canvas.looks import STYLES, Fill, Glyph, Look
from tocsin.ui.canvas.store import Store
from tocsin.ui.theme import DARK, LIGHT

COLUMN, ROW = 300, 140
LEFT, TOP = 40, 24


@pytest.fixture(scope="module", params=[LIGHT, DARK], ids=["light", "dark"])
def matrix(request, qapp, catalogue):
    """The matrix as a picture, with the nodes in it by (kind, row)."""
    tokens, nodes, layout = request.param, {}, {}
    for column, (kind, node) in enumerate(KINDS.items()):
        for row, state in enumerate(ROWS):
            name = f"{kind}_{state}"
            nodes[name] = {**node, "disabled": True} if state == "off" else node
            layout[name] = [LEFT + COLUMN * column + 120, TOP + ROW * row]
    store = Store(Density.COMPACT)
    store.show(from_document({"id": "matrix", "nodes": nodes, "layout": layout}), catalogue)
    store.edges.clear()
    entries = {(kind, state): store.nodes[f"{kind}_{state}"] for kind in KINDS for state in ROWS}
    for (_, state), entry in entries.items():
        show_state(entry, state)
    image = QImage(COLUMN * len(KINDS), ROW * len(ROWS), QImage.Format.Format_RGB32)
    image.fill(QColor(tokens.canvas))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    paint_document(painter, store, tokens)
    painter.end()
    if "TOCSIN_PICTURES" in os.environ:
        image.save(str(Path(os.environ["TOCSIN_PICTURES"]) / f"matrix-{'dark' if tokens.dark else 'light'}.png"))
    return tokens, image, entries


def _bottom_edge(image, entry):
    """The colours along the bottom border between the corner and the port."""
    rect = entry.rect.toRect()
    y = rect.bottom()
    return [image.pixelColor(x, y).name() for x in range(rect.left() + 16, rect.center().x() - 10)]


@pytest.mark.parametrize("look", list(STATES))
def test_a_state_has_its_border(matrix, look):
    tokens, image, entries = matrix
    style = STYLES[look]
    edge = _bottom_edge(image, entries["changes", look])
    own = QColor(getattr(tokens, style.colour)).name()
    share = edge.count(own) / len(edge)
    if style.dashes:
        assert 0.05 < share < 0.85, "a line with gaps"
    else:
        assert share == 1.0


@pytest.mark.parametrize("look", [look for look in STATES if STYLES[look].glyph is not Glyph.NONE])
def test_a_badge_stands_on_the_top_edge_near_the_right_on_a_plate_of_the_canvas(matrix, look):
    tokens, image, entries = matrix
    rect = entries["changes", look].rect.toRect()
    large = 10 if look in {Look.UNCERTAIN, Look.REFUSED, Look.PAUSED} else 9
    centre = (rect.right() + 1 - 10 - large, rect.top() + g.BADGE_TOP + large)
    own = QColor(getattr(tokens, STYLES[look].colour if look is not Look.UNCERTAIN else "tape_ink"))
    area = QRect(centre[0] - large, centre[1] - large, 2 * large, 2 * large)
    found = {
        image.pixelColor(x, y).name()
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    }
    assert own.name() in found
    beside = image.pixelColor(centre[0] - large - 1, centre[1]).name()
    assert beside == QColor(tokens.canvas).name()


def test_no_two_states_are_alike_without_colour(matrix):
    _, image, entries = matrix
    for kind in KINDS:
        if kind == "loop":
            continue
        seen = {}
        for state in ROWS:
            around = entries[kind, state].rect.toRect().adjusted(-12, -12, 12, 12)
            seen[state] = image.copy(around).convertToFormat(QImage.Format.Format_Grayscale8)
        for one in ROWS:
            for other in ROWS:
                if one < other:
                    assert _apart(seen[one], seen[other]) > 20, f"{kind}: {one} and {other}"


def _apart(one, other):
    """How many pixels differ so much that one sees it."""
    difference = one.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(difference)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, other)
    painter.end()
    return sum(map((24).__lt__, bytes(difference.convertToFormat(QImage.Format.Format_Grayscale8).constBits())))


@pytest.mark.parametrize("look", list(STATES))
def test_the_kinds_colour_stays_in_every_state(matrix, look):
    tokens, image, entries = matrix
    entry = entries["destroys", look]
    tile = QRect(round(entry.rect.left()) + 8, round(entry.rect.top()) + 6, 28, 28)
    inside = {
        image.pixelColor(x, y).name()
        for x in range(tile.left(), tile.right())
        for y in range(tile.top(), tile.bottom())
    }
    if STYLES[look].faded:
        assert QColor(tokens.action_soft).name() not in inside
    else:
        assert QColor(tokens.action_soft).name() in inside


@pytest.mark.parametrize(
    ("look", "token"),
    [(Look.WOULD, "would_soft"), (Look.SKIPPED, "canvas"), (Look.CANCELLED, "canvas"), (Look.SUCCEEDED, "node")],
)
def test_a_node_is_filled_as_its_state_says(matrix, look, token):
    tokens, image, entries = matrix
    rect = entries["reads", look].rect.toRect()
    assert image.pixelColor(rect.right() - 14, rect.bottom() - 6).name() == QColor(getattr(tokens, token)).name()
    assert STYLES[look].fill in {Fill.NODE, Fill.CANVAS, Fill.SOFT}


def test_a_breakpoint_is_a_pentagon_on_the_left_edge(matrix):
    tokens, image, entries = matrix
    rect = entries["reads", "breakpoint"].rect.toRect()
    own, middle = QColor(tokens.paused).name(), rect.top() + rect.height() // 2
    across = [x for x in range(rect.left() - 14, rect.left() + 12) if image.pixelColor(x, middle).name() == own]
    down = [y for y in range(rect.top(), rect.bottom()) if image.pixelColor(rect.left() - 5, y).name() == own]
    assert across[0] == rect.left() - 10
    assert 15 <= len(across) <= 17
    assert len(down) == 16


def test_the_ring_of_a_selection_lies_outside_and_the_border_stays(matrix):
    tokens, image, entries = matrix
    rect = entries["reads", "selected"].rect.toRect()
    x = rect.left() + 40
    ring = [
        y for y in range(rect.top() - 8, rect.top()) if image.pixelColor(x, y).name() == QColor(tokens.sel_line).name()
    ]
    assert ring == [rect.top() - 4]
    assert image.pixelColor(x, rect.top()).name() == QColor(tokens.node_line).name()


def test_what_may_have_happened_has_a_tape_of_two_colours(matrix):
    tokens, image, entries = matrix
    edge = _bottom_edge(image, entries["destroys", Look.UNCERTAIN])
    ink, tape = QColor(tokens.tape_ink).name(), QColor(tokens.tape).name()
    changes = sum(one != other for one, other in pairwise(edge) if {one, other} & {ink, tape})
    assert edge.count(ink) > 20
    assert edge.count(tape) > 20
    assert changes >= 8
