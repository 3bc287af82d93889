import pytest
from tests.ui.hands import trigger
from tests.unit.formats.docs.hostile import TEXTS, playbook_with
from tests.unit.formats.docs.test_html import OURS, read

from tocsin.formats import write_playbook
from tocsin.ui.render import PictureFormat, draw_picture

DRAWN = {"svg", "g", "path", "rect", "polyline", "polygon", "circle", "ellipse", "line", "defs", "title", "desc"}
DRAWN |= {"lineargradient", "radialgradient", "stop", "text"}


@pytest.fixture
def hostile(desk, tmp_path):
    """A window with a playbook whose names are markup."""
    path = tmp_path / "hostile.yaml"
    path.write_text(write_playbook(playbook_with(TEXTS[1])), encoding="utf-8")
    desk.window.open(path)
    return desk


def test_documentation_is_one_page_with_its_picture_and_no_markup_of_the_playbook(hostile, tmp_path):
    hostile.choice.chosen = tmp_path / "out.html"
    trigger(hostile, "file.export_documentation")
    assert hostile.choice.asked[-1].endswith(".html")
    reader = read((tmp_path / "out.html").read_text(encoding="utf-8"))
    assert {tag for tag in reader.tags if tag not in OURS} <= DRAWN
    assert not any(name.startswith("on") or name in {"src", "href"} for name in reader.attributes)
    assert "svg" in reader.tags


def test_as_markdown_the_picture_lies_beside_it(opened, tmp_path):
    opened.choice.chosen = tmp_path / "out.md"
    trigger(opened, "file.export_documentation")
    assert "![The playbook, drawn](out.svg)" in (tmp_path / "out.md").read_text(encoding="utf-8")
    assert "svg" in read((tmp_path / "out.svg").read_text(encoding="utf-8")).tags


def test_what_cannot_be_written_is_said(opened, tmp_path):
    opened.choice.chosen = tmp_path / "nowhere" / "out.html"
    trigger(opened, "file.export_documentation")
    assert "cannot be written" in opened.panels.notice.text


@pytest.mark.parametrize("text", TEXTS)
def test_a_picture_holds_shapes_and_plain_words_whatever_nodes_are_called(text, dressed, catalogue):
    drawn = draw_picture(playbook_with(text), PictureFormat.SVG, catalogue=catalogue)
    reader = read(drawn.decode())
    assert reader.tags <= DRAWN
    assert not any(name.startswith("on") or name.endswith("href") for name in reader.attributes)
