"""Sizes and colours of plain Qt widgets under the style sheet, read back (visual-design.md §2.5, §15)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QStyle,
    QStyleOptionFrame,
    QVBoxLayout,
    QWidget,
)

from tocsin.ui.theme import DARK, LIGHT, Look
from tocsin.ui.widgets.spin_text import inset_text

INPUTS = [QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox]


@pytest.fixture
def place(qtbot, wear):
    """Shows widgets in a window, each in its own line, the first of them a line that has the focus."""

    windows = []

    def show(*widgets, look=None, inside=QWidget):
        wear(look or Look())
        window = inside()
        windows.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        column.addWidget(QLineEdit(window))
        for widget in widgets:
            column.addWidget(widget)
        with qtbot.waitActive(window):
            window.show()

    return show


def colour(widget, x, y):
    return widget.grab().toImage().pixelColor(x, y).name().upper()


@pytest.mark.parametrize("kind", INPUTS)
@pytest.mark.parametrize(("scale", "height"), [(1.0, 30), (1.15, 34), (1.3, 38)])
def test_an_input_is_30_px_high_with_and_without_focus(place, kind, scale, height):
    widget = kind()
    place(widget, look=Look(scale=scale))
    heights = [widget.height()]
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    heights.append(min(widget.sizeHint().height(), widget.maximumHeight()))
    assert heights == [height, height]


@pytest.mark.parametrize("look", [Look(LIGHT), Look(DARK)], ids=["light", "dark"])
def test_the_border_of_an_input_is_1_px_and_2_px_in_focus(place, look):
    line = QLineEdit()
    place(line, look=look)
    middle = line.height() // 2
    assert [colour(line, x, middle) for x in (0, 1)] == [look.tokens.ctl, look.tokens.surface]
    line.setFocus(Qt.FocusReason.TabFocusReason)
    assert [colour(line, x, middle) for x in (0, 1, 2)] == [look.tokens.sel_line] * 2 + [look.tokens.surface]


def text_left(line):
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    return line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line).left()


def test_the_text_of_an_input_does_not_move_with_the_focus(place):
    line = QLineEdit("words")
    place(line)
    before = text_left(line)
    line.setFocus(Qt.FocusReason.TabFocusReason)
    assert (before, text_left(line)) == (10, 10)


def test_the_text_of_a_text_field_does_not_move_with_the_focus(place):
    field = QPlainTextEdit("words")
    place(field)
    before = field.viewport().geometry()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert field.viewport().geometry() == before


def ink_left(widget):
    """Where the text begins: the first column that is neither the border nor the ground."""
    image, ground = widget.grab().toImage(), LIGHT.surface
    rows = range(6, widget.height() - 6)
    columns = range(3, widget.width() // 2)
    return next(x for x in columns if any(image.pixelColor(x, y).name().upper() != ground for y in rows))


def test_lines_combos_and_spins_begin_their_text_at_the_same_place(place):
    line, combo, spin = QLineEdit("11"), QComboBox(), QSpinBox()
    combo.addItem("11")
    spin.setValue(11)
    inset_text(spin)
    place(line, combo, spin)
    found = [ink_left(widget) for widget in (line, combo, spin)]
    assert max(found) - min(found) <= 1


@pytest.mark.parametrize(
    ("small", "inside", "height"), [(False, QWidget, 30), (True, QWidget, 26), (False, QDialog, 32)]
)
def test_a_button_is_30_px_high_a_small_one_26_and_in_a_dialog_32(place, small, inside, height):
    button = QPushButton("Run")
    button.setProperty("small", small)
    place(button, inside=inside)
    assert button.height() == height


@pytest.mark.parametrize(
    ("role", "fill", "border"),
    [("", "surface", "ctl"), ("primary", "accent", "accent"), ("danger", "prod_fill", "prod_fill")],
)
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_a_button_has_the_fill_and_border_of_its_role(place, tokens, role, fill, border):
    button = QPushButton("Run")
    button.setProperty("role", role)
    place(button, look=Look(tokens))
    middle = button.height() // 2
    assert (colour(button, 0, middle), colour(button, 4, middle)) == (getattr(tokens, border), getattr(tokens, fill))


def test_a_button_that_is_off_is_seen_as_off_in_every_role(place):
    buttons = [QPushButton("Run") for _ in range(3)]
    for button, role in zip(buttons, ("", "primary", "danger"), strict=True):
        button.setProperty("role", role)
        button.setEnabled(False)
    place(*buttons)
    assert {colour(button, 0, button.height() // 2) for button in buttons} == {LIGHT.line}


def test_a_control_on_a_raised_frame_has_a_border_that_is_seen_there(place):
    frame = QFrame()
    frame.setProperty("role", "question")
    button = QPushButton("Reject", frame)
    QHBoxLayout(frame).addWidget(button)
    place(frame, look=Look(DARK))
    assert colour(button, 0, button.height() // 2) == DARK.edge


def test_a_problem_is_a_border_that_moves_nothing(place):
    good, bad = QLineEdit("a"), QLineEdit("a")
    bad.setProperty("problem", "true")
    place(good, bad)
    assert (good.height(), text_left(good)) == (bad.height(), text_left(bad))
    assert colour(bad, 1, bad.height() // 2) == LIGHT.problem


@pytest.mark.parametrize(
    ("role", "size", "weight"),
    [
        ("", 13, 400),
        ("caption", 12, 500),
        ("hint", 12, 400),
        ("quiet", 12, 400),
        ("title", 15, 600),
        ("dialog-title", 17, 600),
        ("welcome", 22, 600),
        ("panel-title", 13, 600),
    ],
)
def test_words_have_the_size_of_their_role(place, role, size, weight):
    label = QLabel("words")
    label.setProperty("role", role)
    place(label)
    font = label.fontInfo()
    assert (font.family(), font.pixelSize(), font.weight()) == ("Inter", size, weight)


@pytest.mark.parametrize("scale", [1.15, 1.3])
def test_words_and_controls_grow_with_the_text_size(place, scale):
    label, button = QLabel("words"), QPushButton("Run")
    place(label, button, look=Look(scale=scale))
    assert label.fontInfo().pixelSize() == round(13 * scale)
    assert abs(button.height() - 30 * scale) <= 1
