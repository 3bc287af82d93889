"""What visual-design.md says in numbers of titles and running text, read back from the welcome page."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QWidget

from tocsin.ui.dialogs.gallery import Gallery
from tocsin.ui.widgets.words import LINES, Words


@pytest.fixture(scope="module")
def page(studio):
    """The window with the welcome page in front."""
    studio.window.commands.get("help.welcome").trigger()
    gallery = studio.window.findChild(Gallery)
    while not gallery.shown:
        studio.settle()
    return studio


def looks(label):
    font = QFontInfo(label.font())
    return font.pixelSize(), font.weight(), label.heightForWidth(label.width())


def test_the_page_is_headed_in_22_of_28_at_600(page):
    assert looks(page.label("Welcome to Tocsin")) == (22, 600, 28)


def test_its_sections_are_headed_in_15_of_20_at_600(page):
    assert looks(page.label("Templates")) == (15, 600, 20)


def test_running_text_is_13_of_18_at_400(page):
    text = next(one for one in page.window.findChildren(Words) if one.isVisible() and one.wordWrap())
    size, weight, height = looks(text)
    inked = ink_rows(text)
    assert (size, weight, height % 18) == (13, 400, 0)
    assert height > 18
    assert len(inked) >= height // 18


@pytest.mark.parametrize(("size", "line"), [(11, 14), (12, 16), (13, 18), (15, 20), (17, 22), (22, 28)])
def test_lines_are_as_far_apart_as_their_size_says(page, qtbot, size, line):
    words = Words("Hg\nHg\nHg")
    qtbot.addWidget(words)
    words.setStyleSheet(f"font-size: {size}px")
    words.show()
    assert LINES[size] == line
    assert words.height() == 3 * line
    tops = ink_rows(words)
    assert [below - above for above, below in pairwise(tops)] == [line, line]


def ink_rows(label):
    """Where lines of text begin: rows with ink below rows without."""
    image = label.grab().toImage()
    ground = image.pixel(image.width() - 1, 0)
    inked = [any(image.pixel(x, y) != ground for x in range(image.width())) for y in range(image.height())]
    return [y for y in range(1, len(inked)) if inked[y] and not inked[y - 1]]


def test_the_header_has_no_playbooks_buttons_there_and_a_search_of_260_px(page):
    gone = ("button-edit.undo", "button-edit.redo", "button-run.rehearse", "button-run.run", "header-line")
    assert not any(page.window.findChild(QWidget, name).isVisible() for name in gone)
    assert page.size("header-search") == (260, 30)
    assert page.part("header-search").text() == "Search or run a command"
