import re
from dataclasses import fields

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QComboBox

from tocsin.base.resources import data_folder, resource_path
from tocsin.ui.theme import (
    DARK,
    LIGHT,
    Tokens,
    code_font,
    icon,
    icon_pixmap,
    load_fonts,
    palette_of,
    style_sheet,
    ui_font,
)

ICONS = sorted(path.stem for path in (data_folder("resources") / "icons").glob("*.svg"))


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_style_sheet_uses_known_tokens_only(tokens):
    assert "$" not in style_sheet(tokens)


def test_every_name_in_the_template_is_a_token_or_a_picture():
    template = resource_path("themes", "window.qss").read_text(encoding="utf-8")
    names = set(re.findall(r"\$\{?([a-z_0-9]+)", template))
    assert {name for name in names if not name.startswith("image_")} <= {field.name for field in fields(Tokens)}


def test_qt_understands_the_style_sheet(qapp, qtbot):
    box = QComboBox()
    qtbot.addWidget(box)
    box.setStyleSheet(style_sheet(DARK))
    box.grab()  # a rule that cannot be parsed is a Qt warning, and warnings fail


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_palette_says_the_same_as_the_style_sheet(qapp, tokens):
    palette = palette_of(tokens)
    assert palette.color(QPalette.ColorRole.Window).name() == tokens.win.lower()
    assert palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name() == tokens.text3.lower()


def test_the_bundled_fonts_are_used(qapp):
    load_fonts()
    assert {"Inter", "JetBrains Mono"} <= set(QFontDatabase.families())
    assert QFontInfo(ui_font(13, 600)).family() == "Inter"
    code = QFontMetricsF(code_font())
    assert code.horizontalAdvance("i") == code.horizontalAdvance("W")


def test_licences_lie_beside_what_they_allow():
    for name in ("Inter-OFL.txt", "JetBrainsMono-OFL.txt"):
        assert "SIL Open Font License" in resource_path("fonts", name).read_text(encoding="utf-8")
    assert "ISC License" in resource_path("icons", "LICENSE.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_can_be_drawn(qapp, name):
    assert QSvgRenderer(str(resource_path("icons", f"{name}.svg"))).isValid()


def test_an_icon_takes_a_colour_and_the_screens_ratio(qapp):
    once, twice = icon_pixmap("globe", "#FF0000", 16, 1.0), icon_pixmap("globe", "#FF0000", 16, 2.0)
    assert (once.width(), twice.width(), twice.devicePixelRatio()) == (16, 32, 2.0)
    image = twice.toImage()
    solid = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
    }
    assert solid == {"#ff0000"}


def test_an_icon_for_buttons_is_sharp_on_both_screens(qapp):
    made = icon("globe", LIGHT)
    assert [made.pixmap(QSize(16, 16), ratio).width() for ratio in (1.0, 2.0)] == [16, 32]
