import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from tocsin.ui.theme import DARK, LIGHT, Look
from tocsin.ui.theme.high_contrast import high_contrast
from tocsin.ui.widgets.chip import Chip, ChipColours, ChipFace, Tone, chip_colours, chip_size, paint_chip

VALUE = ChipFace("Source address", Tone.ACCENT, "text-search", "trigger", "SIEM alert")


def test_a_chip_is_18_px_high_and_a_values_20(dressed, theme):
    assert chip_size(ChipFace("true"), theme).height() == 18
    assert chip_size(VALUE, theme).height() == 20


def test_a_chip_has_7_px_beside_its_words(dressed, theme):
    one, two = (chip_size(ChipFace(words), theme).width() for words in ("true", "truetrue"))
    assert abs(2 * (one - 14) - (two - 14)) <= 2


def test_a_chip_grows_with_the_text_size(wear, theme):
    wear(Look(scale=1.3))
    assert chip_size(ChipFace("true"), theme).height() == 23


@pytest.mark.parametrize(
    ("tone", "light", "dark"),
    [
        (Tone.PLAIN, ("#F3F4F7", "#1A2030", "#758094"), ("#121418", "#E7EAF0", "#7B8598")),
        (Tone.ACCENT, ("#E9EBFC", "#3F49C0", ""), ("#272B4C", "#A3ABFF", "")),
        (Tone.COUNT, ("#FDF0D3", "#8A5700", ""), ("#42330F", "#F3B84A", "")),
        (Tone.QUIET, ("#ECEEF2", "#4C5567", ""), ("#2A2E36", "#B0B8C6", "")),
        (Tone.SUCCEEDED, ("#DDF4E7", "#15764A", ""), ("#173A2A", "#4FC78E", "")),
        (Tone.MAY_HAVE, ("#FFF3C9", "#1A2030", ""), ("#3A3216", "#E7EAF0", "")),
        (Tone.REFUSED, ("#E0E4EC", "#1A2030", ""), ("#343B47", "#E7EAF0", "")),
        (Tone.ERROR_PATH, ("#ECE9F3", "#6A5F85", ""), ("#2D2A38", "#A99FC4", "")),
        (Tone.WORLD_NORMAL, ("#FFFFFF", "#4C5567", "#7C8598"), ("#22262D", "#B0B8C6", "#6C7587")),
        (Tone.WORLD_ODD, ("#E2E6ED", "#1A2030", ""), ("#363D49", "#E7EAF0", "")),
        (Tone.WORLD_CUT_OFF, ("#4C5567", "#FFFFFF", ""), ("#B0B8C6", "#262B33", "")),
    ],
)
def test_a_tone_has_the_tables_colours(tone, light, dark):
    assert (chip_colours(tone, LIGHT), chip_colours(tone, DARK)) == (ChipColours(*light), ChipColours(*dark))


@pytest.mark.parametrize("tone", [Tone.SUCCEEDED, Tone.ACCENT, Tone.QUIET])
def test_where_soft_fills_are_off_a_border_says_where_a_chip_ends(tone):
    colours = chip_colours(tone, high_contrast(LIGHT))
    assert (colours.fill, colours.border) == (LIGHT.node, colours.text)


def test_a_widget_and_a_painter_draw_the_same(shown, theme):
    chip = shown(Chip(theme, VALUE))
    size = chip_size(VALUE, theme)
    chip.resize(size)
    drawn = QImage(size, QImage.Format.Format_RGB32)
    drawn.fill(LIGHT.win)
    painter = QPainter(drawn)
    paint_chip(painter, QRectF(drawn.rect()), VALUE, theme)
    painter.end()
    assert chip.grab().toImage().convertToFormat(QImage.Format.Format_RGB32) == drawn


def test_a_chip_has_a_name_and_takes_no_focus(shown, theme):
    chip = shown(Chip(theme, VALUE))
    assert (chip.accessibleName(), chip.focusPolicy().value) == ("SIEM alert Source address", 0)


def test_a_chip_follows_the_theme(shown, theme, wear, colour_at):
    chip = shown(Chip(theme, ChipFace("true", Tone.SUCCEEDED)))
    chip.resize(chip.sizeHint())
    assert colour_at(chip, 4, 9) == LIGHT.succeeded_soft
    wear(Look(DARK))
    assert colour_at(chip, 4, 9) == DARK.succeeded_soft


def test_another_face_is_another_size_and_name(shown, theme):
    chip = shown(Chip(theme, ChipFace("1")))
    before = chip.sizeHint().width()
    chip.set_face(ChipFace("1 of 3 done"))
    assert chip.sizeHint().width() > before
    assert chip.accessibleName() == "1 of 3 done"
