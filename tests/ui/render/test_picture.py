import subprocess
import sys

import pytest
from PySide6.QtCore import QXmlStreamReader
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from tocsin.engine.events import NodeState
from tocsin.engine.progress import NodeStatus
from tocsin.model.playbook import ActionNode, Edge, EndNode, Graph, Playbook, TriggerNode
from tocsin.ui.render import PictureFormat, draw_picture
from tocsin.ui.theme import DARK, LIGHT

PLAYBOOK = Playbook(
    id="small",
    name="Small",
    graph=Graph(
        nodes={
            "start": TriggerNode(event="siem.alert"),
            "block": ActionNode(use="firewall.block_address"),
            "done": EndNode(),
        },
        edges=(Edge(source="start", target="block"), Edge(source="block", target="done")),
    ),
)


def _colours(picture):
    image = QImage.fromData(picture, "PNG")
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, image.height(), 3)}


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_a_png_has_the_themes_colours_and_two_pixels_for_one(qapp, tokens):
    picture = draw_picture(PLAYBOOK, PictureFormat.PNG, tokens=tokens)
    assert {tokens.canvas.lower(), tokens.node.lower(), tokens.action_soft.lower()} <= _colours(picture)
    assert QImage.fromData(picture, "PNG").width() == 2 * (224 + 2 * 32)


def test_states_of_a_run_are_drawn(qapp):
    picture = draw_picture(PLAYBOOK, PictureFormat.PNG, statuses={"block": NodeStatus(state=NodeState.FAILED)})
    assert LIGHT.failed.lower() in _colours(picture)


def test_svg_and_pdf_are_drawn_as_lines(qapp):
    svg = draw_picture(PLAYBOOK, PictureFormat.SVG)
    assert b"<svg" in svg
    assert b"Block address" in svg
    assert b"<image" not in svg
    assert draw_picture(PLAYBOOK, PictureFormat.PDF).startswith(b"%PDF-")


@pytest.mark.parametrize("sign", ["\x01", "\x1b", "\uffff", "\u202e", "]]>", "</title><script/>"])
def test_no_sign_in_a_name_makes_a_picture_that_is_no_xml(qapp, sign):
    nodes = {"done": EndNode(title=f"a{sign}b")}
    svg = draw_picture(Playbook(id="p", name=f"a{sign}b", graph=Graph(nodes=nodes)), PictureFormat.SVG)
    reader = QXmlStreamReader(svg.decode())
    while not reader.atEnd():
        reader.readNext()
        assert reader.name() != "script"
    assert reader.errorString() == ""


def test_svg_needs_no_font_and_stays_small(qapp):
    svg = draw_picture(PLAYBOOK, PictureFormat.SVG).decode()
    assert "<text" not in svg
    assert "font" not in svg
    assert len(svg) < 12_000 * len(PLAYBOOK.graph.nodes)


def test_svg_shows_what_png_shows(qapp):
    drawn = QSvgRenderer(draw_picture(PLAYBOOK, PictureFormat.SVG))
    image = QImage(drawn.defaultSize() * 2, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    drawn.render(painter)
    painter.end()
    other = QImage.fromData(draw_picture(PLAYBOOK, PictureFormat.PNG), "PNG").scaled(image.size())
    places = [(x, y) for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)]
    away = [abs(image.pixelColor(*at).lightness() - other.pixelColor(*at).lightness()) for at in places]
    assert sum(away) / len(away) < 3


def test_an_empty_playbook_gives_an_empty_picture(qapp):
    picture = draw_picture(Playbook(id="empty"), PictureFormat.PNG)
    assert _colours(picture) == {LIGHT.canvas.lower()}


def test_it_needs_no_display_and_no_application():
    code = (
        "from tocsin.model.playbook import *; from tocsin.ui.render import *;"
        "p = Playbook(id='x', graph=Graph(nodes={'done': EndNode()}));"
        "print(len(draw_picture(p, PictureFormat.PNG)) > 1000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PATH": ""}, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.stdout.strip() == "True", done.stderr
