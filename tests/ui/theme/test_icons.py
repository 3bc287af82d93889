import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtSvg import QSvgRenderer

import tocsin
from tocsin.base.resources import data_folder, resource_path
from tocsin.ui.theme import DARK, LIGHT, icon, icon_pixmap

FILES = sorted(path.stem for path in (data_folder("resources") / "icons").glob("*.svg"))
MODULES = sorted(Path(tocsin.__file__).parent.joinpath("ui").rglob("*.py"))
# Calls that are given an icon's name: where it stands among the arguments that have no name.
TAKES_ICON = {
    "icon": 0,
    "set_icon": 0,
    "icon_pixmap": 0,
    "paint_icon": 1,
    "EmptyState": 1,
    "IconButton": 1,
}


def constants():
    """Every text in the code of `ui`."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def named_icons():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from icons_of_call(node)


def icons_of_call(call):
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    at = TAKES_ICON.get(name)
    given = [word.value for word in call.keywords if word.arg == "icon"]
    given += call.args[at : at + 1] if at is not None else []
    return [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def test_every_icon_that_code_names_is_there():
    assert {name for name in named_icons() if name} - set(FILES) == set()


def test_every_icon_that_is_there_is_named_somewhere():
    data = "\n".join(path.read_text(encoding="utf-8") for path in data_folder("resources").rglob("*.yaml"))
    named = set(constants()) | set(re.findall(r"icon: ([a-z0-9-]+)", data))
    assert set(FILES) - named == set()


@pytest.mark.parametrize("name", FILES)
def test_every_icon_can_be_drawn(qapp, name):
    assert QSvgRenderer(str(resource_path("icons", f"{name}.svg"))).isValid()


def test_icons_are_lines_with_round_ends_on_a_grid_of_24():
    for name in FILES:
        drawing = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in drawing, name
        if "stroke-width" in drawing:
            assert 'stroke-width="2"' in drawing, name  # what `theme.icons` draws thinner
            assert 'stroke-linecap="round"' in drawing, name


def test_lines_of_icons_are_1_75_of_24_px_wide(qapp):
    image = icon_pixmap("minus", "#FF0000", 240).toImage()
    assert sum(image.pixelColor(120, y).alphaF() for y in range(240)) == pytest.approx(17.5, abs=0.2)


def test_an_icon_takes_a_colour_and_the_screens_ratio(qapp):
    once, twice = icon_pixmap("globe", "#FF0000", 16, 1.0), icon_pixmap("globe", "#FF0000", 16, 2.0)
    assert (once.width(), twice.width(), twice.devicePixelRatio()) == (16, 32, 2.0)
    assert main_colour(twice) == "#FF0000"


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_an_icon_for_buttons_is_in_text2_and_sharp_on_both_screens(qapp, tokens):
    made = icon("globe", tokens)
    assert [made.pixmap(QSize(16, 16), ratio).width() for ratio in (1.0, 2.0)] == [16, 32]
    assert main_colour(made.pixmap(QSize(16, 16), 2.0)) == tokens.text2


def main_colour(pixmap):
    image = pixmap.toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    counted = Counter(pixel.name().upper() for pixel in pixels if pixel.alpha() == 255)
    return counted.most_common(1)[0][0]
