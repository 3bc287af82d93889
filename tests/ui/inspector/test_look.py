"""Sizes, spacing and colours of the inspector, read back from the running widget (visual-design.md §2.5, §8)."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from tocsin.ui.forms.form_parts import COLUMN_GAP, SIDE
from tocsin.ui.forms.form_view import ROW_GAP
from tocsin.ui.forms.value_editor import FunctionButton
from tocsin.ui.theme import DARK, LIGHT, Look


def spot(widget, panel):
    return widget.mapTo(panel, QPoint(0, 0))


def colour_at(widget, x, y):
    return widget.grab().toImage().pixelColor(x, y).name().upper()


@pytest.fixture
def block(desk):
    desk.select("block")
    return desk.panel


def test_head_and_tabs_are_54_and_32_high(block):
    assert (block.head.height(), block.tabs.height()) == (54, 33)  # 32, and the bar that covers its line


def test_the_sides_are_14_wide(block):
    role, use = block.find_field("role"), block.find_field("use")
    assert spot(role.editor, block).x() == SIDE == 14
    assert spot(use.editor, block).x() + use.editor.width() == block.width() - 14


def test_short_fields_share_a_line(block):
    role, use = block.find_field("role"), block.find_field("use")
    assert role.editor.width() == use.editor.width() == (352 - 2 * SIDE - COLUMN_GAP) // 2
    assert spot(role.editor, block).y() == spot(use.editor, block).y()


def test_the_first_editor_stands_where_the_design_has_it(block):
    assert spot(block.find_field("role").editor, block).y() == 118


def test_rows_are_8_apart(block):
    role, address = block.find_field("role"), block.find_field("with.address")
    assert spot(address, block).y() - spot(role, block).y() - role.height() == ROW_GAP == 8


def test_a_label_is_12_medium_in_text2(block):
    label = next(label for label in block.findChildren(QLabel) if label.text() == "Product")
    assert (label.font().pixelSize(), label.font().weight()) == (12, 500)
    assert label.palette().color(label.foregroundRole()).name().upper() == LIGHT.text2


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_function_button_is_soft_when_it_is_on(desk, wear, tokens):
    wear(Look(tokens=tokens))
    desk.select("block")
    button = desk.panel.find_field("with.address").findChild(FunctionButton)
    assert colour_at(button, 12, 1) == tokens.accent_soft
    assert colour_at(button, 12, 0) != tokens.accent_soft


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_tile_follows_the_theme(desk, wear, tokens):
    desk.select("block")
    wear(Look(tokens=tokens))
    assert colour_at(desk.panel.head.tile, 4, 10) == tokens.action_soft


def test_the_panel_fits_its_width_in_every_text_size(desk, wear, qtbot):
    for scale, width in ((1.0, 300), (1.15, 352), (1.3, 352)):
        wear(Look(scale=scale))
        for name in ("block", "confirm", "hosts", "spared", "alert"):
            desk.select(name)
            qtbot.wait(1)
            assert desk.panel.form.minimumSizeHint().width() <= width, (scale, name)


def test_a_field_that_is_wrong_has_a_border_in_the_colour_of_problems(desk):
    desk.select("block")
    view = desk.panel.find_field("timeout")
    desk.panel.focus_field("timeout")
    view.show_problem("Too long.")
    view.editor.clearFocus()
    assert colour_at(view.editor, 80, 0) == LIGHT.problem


def test_the_headline_is_plain_text_and_elides(desk):
    desk.select("endpoints")
    labels = desk.panel.head.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
