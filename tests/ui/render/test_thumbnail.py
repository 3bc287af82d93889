import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from tocsin.formats import load_playbook
from tocsin.model.playbook import Playbook
from tocsin.services.library import demo_path
from tocsin.ui.render.thumbnail import paint_sketch, sketch_of, thumbnail
from tocsin.ui.theme import DARK, LIGHT


@pytest.fixture(scope="module")
def playbook():
    return load_playbook(demo_path()).playbook


def test_a_sketch_has_the_rows_and_columns_of_the_playbook(playbook):
    sketch = sketch_of(playbook)
    names = list(playbook.graph.nodes)
    blocks = dict(zip(names, sketch.blocks, strict=True))
    assert sketch.rows == 10
    assert [blocks[name].row for name in ("alert", "reputation", "endpoints", "account", "gathered")] == [0, 1, 1, 1, 2]
    assert [blocks[name].column for name in ("reputation", "endpoints", "account")] == [-1, 0, 1]
    assert (blocks["alert"].colour, blocks["block"].colour, blocks["stopped"].colour) == ("trigger", "action", "end")
    assert [name for name in names if blocks[name].is_loop] == ["hosts"]


def test_ways_for_errors_are_left_out(playbook):
    sketch = sketch_of(playbook)
    names = list(playbook.graph.nodes)
    texts = {(names[source], names[target]) for source, target in sketch.edges}
    assert ("complete", "help") in texts
    assert ("block", "help") not in texts


def test_a_way_for_errors_that_is_the_only_one_to_its_step_is_drawn(playbook):
    left = tuple(edge for edge in playbook.graph.edges if edge.target != "help" or edge.source == "block")
    bare = playbook.model_copy(update={"graph": playbook.graph.model_copy(update={"edges": left})})
    names = list(bare.graph.nodes)
    assert ("block", "help") in {(names[source], names[target]) for source, target in sketch_of(bare).edges}


def test_nodes_without_a_place_are_laid_out(playbook):
    bare = playbook.model_copy(update={"layout": Playbook(id="x").layout})
    assert sketch_of(bare).rows >= 8


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_a_picture_has_the_ground_of_the_canvas_and_the_colours_of_the_kinds(qapp, playbook, tokens):
    picture = thumbnail(sketch_of(playbook), (262, 134), tokens, 2.0)
    assert (picture.width(), picture.height(), picture.devicePixelRatio()) == (524, 268, 2.0)
    image = picture.toImage()
    seen = {image.pixelColor(x, y).name() for x in range(524) for y in range(268)}
    assert image.pixelColor(0, 0) == QColor(tokens.canvas)
    assert {colour.lower() for colour in (tokens.trigger, tokens.action, tokens.logic, tokens.node)} <= seen


def test_an_empty_playbook_is_an_empty_picture(qapp):
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    painter = QPainter(image)
    paint_sketch(painter, QRectF(0, 0, 60, 40), sketch_of(Playbook(id="x")), LIGHT)
    painter.end()
    assert {image.pixelColor(x, y).name() for x in range(60) for y in range(40)} == {"#123456"}
