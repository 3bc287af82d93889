"""Marks in lists, empty states, the palette and the insets of controls (visual-design.md §2.4, §13, §15), read back."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from tocsin.model.catalogue import Effect
from tocsin.ui.canvas.list_rows import paint_row_marks
from tocsin.ui.dialogs.command_palette import CommandPalette
from tocsin.ui.theme import DARK, LIGHT, Look, Theme, icon_pixmap
from tocsin.ui.widgets.empty_state import EmptyState
from tocsin.ui.widgets.spin_text import inset_text

WHITE = QColor("white")


def extent(image):
    """From where to where an image is not white, from left to right."""
    inked = [x for x in range(image.width()) if any(image.pixelColor(x, y) != WHITE for y in range(image.height()))]
    return inked[0], inked[-1] + 1


@pytest.mark.parametrize(
    ("effect", "discloses"), [(Effect.CHANGE, False), (Effect.DESTRUCTIVE, False), (Effect.READ, True)]
)
@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_a_mark_in_a_row_is_13_to_17_px_and_stands_at_its_end(tokens, effect, discloses):
    image = QImage(100, 27, QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    end = QRectF(image.rect()).center()
    end.setX(92)
    begin = paint_row_marks(painter, end, effect, Theme(Look(tokens=tokens)), discloses=discloses)
    painter.end()
    (left, right), (top, bottom) = extent(image), extent(image.transformed(QTransform().rotate(90)))
    assert right == pytest.approx(92, abs=1.5)
    assert 12.5 <= max(right - left, bottom - top) <= 17
    assert begin < left


def test_the_icon_of_an_empty_place_is_32_px_in_text3(dressed, qtbot, theme):
    place = EmptyState(theme, "check", "Nothing.")
    qtbot.addWidget(place)
    place.resize(400, 300)
    place.show()
    shown = next(label.pixmap() for label in place.findChildren(QLabel) if not label.pixmap().isNull())
    wanted = icon_pixmap("check", theme.tokens.text3, 32, shown.devicePixelRatio())
    assert shown.deviceIndependentSize().toSize().width() == 32
    assert shown.toImage() == wanted.toImage()


def test_the_palette_is_560_px_wide(studio):
    studio.window.commands.get("view.palette").trigger()
    palette = studio.window.findChild(CommandPalette)
    assert palette.width() == 560
    palette.close()


@pytest.fixture
def inputs(dressed, qtbot):
    """A line, a choice and a number, one below the other."""
    page = QWidget()
    column, line, choice, number = QVBoxLayout(page), QLineEdit("H", page), QComboBox(page), QSpinBox(page)
    choice.addItem("H")
    inset_text(number)
    for control in (line, choice, number):
        control.setFixedWidth(160)
        control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column.addWidget(control)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    return page, line, choice, number


def ink_from(control, theme):
    """Where the first pixel of text stands, from the left edge."""
    image = control.grab().toImage()
    text, ground = QColor(theme.tokens.text), QColor(theme.tokens.surface)
    for x in range(4, image.width()):
        for y in range(8, image.height() - 8):
            if (
                abs(image.pixelColor(x, y).lightness() - ground.lightness())
                > abs(ground.lightness() - text.lightness()) / 3
            ):
                return x
    return -1


def test_texts_of_all_inputs_begin_below_each_other_and_nothing_shifts_with_the_focus(inputs, theme):
    _, line, choice, number = inputs
    choice.setFocus()
    at_rest = ink_from(line, theme)
    line.setFocus()
    with_keys = ink_from(line, theme), ink_from(choice, theme)
    assert at_rest == pytest.approx(11, abs=2)
    assert with_keys[0] == at_rest
    assert with_keys[1] == pytest.approx(at_rest, abs=1)
    number.setSpecialValueText("H")
    assert ink_from(number, theme) == pytest.approx(at_rest, abs=1)
