import re

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetricsF, QPalette, QTextLayout
from PySide6.QtWidgets import QComboBox

from tocsin.base.resources import resource_path
from tocsin.ui.theme import DARK, LIGHT, Look, code_font, load_fonts, palette_of, style_sheet, ui_font
from tocsin.ui.theme.qss import load_templates, look_values


def glyphs(text):
    layout = QTextLayout(text, code_font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]


@pytest.mark.parametrize("sign", ["->", "!=", ">=", "=="])
def test_a_sign_in_code_is_read_as_it_is_typed(qapp, sign):
    load_fonts()
    assert glyphs(sign) == [*glyphs(sign[0]), *glyphs(sign[1])]


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_style_sheet_uses_known_names_only(tokens):
    assert "$" not in style_sheet(Look(tokens))


def test_every_value_that_only_templates_use_is_used():
    names = set(re.findall(r"\$\{?([a-z_0-9]+)", "\n".join(load_templates())))
    own = {name for name in look_values(Look()) if name.startswith("image_")} | {"soft_edge"}
    assert own <= names


def test_the_parts_of_the_rooms_follow_the_general_rules():
    names = sorted(path.name for path in resource_path("themes", "window.qss").parent.glob("parts/*.qss"))
    whole = load_templates()
    assert len(whole) == 1 + len(names)
    assert "QMainWindow" in whole[0]


@pytest.mark.parametrize(("scale", "size"), [(1.0, "13px"), (1.15, "15px"), (1.3, "17px")])
def test_text_grows_with_the_text_size(scale, size):
    assert look_values(Look(scale=scale))["px_13"] == size


def test_qt_understands_the_style_sheet(qapp, qtbot):
    box = QComboBox()
    qtbot.addWidget(box)
    box.setStyleSheet(style_sheet(Look(DARK)))
    box.grab()  # a rule that cannot be parsed is a Qt warning, and warnings fail


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_palette_says_the_same_as_the_style_sheet(qapp, tokens):
    palette = palette_of(tokens)
    role = QPalette.ColorRole
    said = {
        each: palette.color(each).name().upper()
        for each in (role.Window, role.Base, role.Text, role.ButtonText, role.Highlight, role.PlaceholderText)
    }
    assert said == {
        role.Window: tokens.win,
        role.Base: tokens.surface,
        role.Text: tokens.text,
        role.ButtonText: tokens.text,
        role.Highlight: tokens.accent,
        role.PlaceholderText: tokens.text3,
    }
    assert palette.color(QPalette.ColorGroup.Disabled, role.Text).name().upper() == tokens.text3


def test_the_bundled_fonts_are_used(qapp):
    load_fonts()
    assert {"Inter", "JetBrains Mono"} <= set(QFontDatabase.families())
    assert QFontInfo(ui_font(13, 600)).family() == "Inter"
    code = QFontMetricsF(code_font())
    assert code.horizontalAdvance("i") == code.horizontalAdvance("W")


def test_digits_are_all_as_wide(qapp):
    load_fonts()
    for weight in (400, 500, 600):
        measure = QFontMetricsF(ui_font(13, weight))
        assert len({measure.horizontalAdvance(digit * 8) for digit in "0123456789"}) == 1


def test_licences_lie_beside_what_they_allow():
    for name in ("Inter-OFL.txt", "JetBrainsMono-OFL.txt"):
        assert "SIL Open Font License" in resource_path("fonts", name).read_text(encoding="utf-8")
    assert "ISC License" in resource_path("icons", "LICENSE.txt").read_text(encoding="utf-8")
