"""One of several, yes or no, and a choice that reads as a sentence."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Slot
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QStyle, QStyleOptionComboBox, QWidget
from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.base.texts import _, beginning
from tocsin.ui.canvas.looks import Look
from tocsin.ui.canvas.marks import BadgePlace, paint_badge
from tocsin.ui.forms.editor import FieldEditor
from tocsin.ui.forms.fields import Choice, FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.reading import REQUIRED, Reading
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.elided_button import ElidedButton
from tocsin.ui.widgets.marks import set_mark
from tocsin.ui.widgets.plain_tip import plain_tip
from tocsin.ui.widgets.round_menu import RoundMenu

LEAST: Final = 72
BADGE: Final = 16
BADGE_SHARE: Final = 0.85
"""How much of its square the badge fills: it is drawn a little larger than the size it is asked for."""


class Box(QComboBox):
    """A closed list whose name is elided. The wheel scrolls the form, not the value, unless the list has the focus."""

    @override
    def minimumSizeHint(self) -> QSize:
        """What does not fit is elided, so that two stand side by side in the narrowest inspector."""
        return QSize(LEAST, super().minimumSizeHint().height())

    @override
    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        shown = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        option.currentText = shown  # pyright: ignore[reportAttributeAccessIssue]  stubs lack the field

    @override
    def wheelEvent(self, e: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(e)
        else:
            e.ignore()


class ChoiceEditor(FieldEditor):
    """One of several. A value that is not offered is shown as it is, until another is chosen."""

    def __init__(self, field: FormField, kit: FormKit, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        self._choices: tuple[Choice, ...] = ()
        self._box = Box(self)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box.setPlaceholderText(field.placeholder or _("Choose one"))
        self._box.activated.connect(self._on_chosen)
        self._column.addWidget(self._box)
        self._adopt(self._box)
        self.show_field(field)

    @override
    def reading(self) -> Reading:
        index = self._box.currentIndex()
        value: Json = self._choices[index].value if index >= 0 else None
        return Reading(fault=REQUIRED) if value is None and self._field.required else Reading(value)

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        is_known = field.value is None or any(_is_same(choice.value, field.value) for choice in field.choices)
        choices = field.choices if is_known else (*field.choices, Choice(field.value, str(field.value)))
        if choices != self._choices:
            self._choices = choices
            self._box.clear()
            self._box.addItems([choice.title for choice in choices])
        places = (place for place, choice in enumerate(choices) if _is_same(choice.value, field.value))
        self._box.setCurrentIndex(next(places, -1))

    @override
    def set_inset(self, pixels: int) -> None:
        set_mark(self._box, "function", pixels > 0)

    @Slot(int)
    def _on_chosen(self, _index: int) -> None:
        self.entered.emit()
        self.left.emit()


class FlagEditor(FieldEditor):
    """Yes or no; the field's title stands beside the mark."""

    def __init__(self, field: FormField, kit: FormKit, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        self._box = QCheckBox(field.title, self)
        self._box.clicked.connect(self._on_clicked)
        self._column.addWidget(self._box)
        self._adopt(self._box)

    @override
    def reading(self) -> Reading:
        return Reading(True if self._box.isChecked() else None)

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        self._box.setChecked(field.value is True)

    @Slot(bool)
    def _on_clicked(self, _checked: bool) -> None:
        self.entered.emit()
        self.left.emit()


class SentenceEditor(FieldEditor):
    """A choice that reads as a sentence after the sign of what may have happened; a click offers the other ends."""

    def __init__(self, field: FormField, kit: FormKit, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        self._value: Json = None
        self._button = ElidedButton(self)
        self._button.setProperty("role", "sentence")
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self._on_asked)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(_UnsureSign(kit.theme, self))
        row.addWidget(self._button)
        row.addStretch(1)
        self._column.addLayout(row)
        self._adopt(self._button)
        self.show_field(field)

    @override
    def reading(self) -> Reading:
        return Reading(self._value)

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        self._say(field.value)

    def _say(self, value: Json) -> None:
        self._value = value
        field, unknown = self._field, self._field.placeholder or str(value)
        ending = next((choice.title for choice in field.choices if choice.value == value), unknown)
        self._button.setText(f"{field.title}: {ending}")
        self._button.setAccessibleName(self._button.text())
        self._button.setToolTip(plain_tip(self._button.text()))

    @Slot()
    def _on_asked(self) -> None:
        menu = RoundMenu(self)
        for place, choice in enumerate(self._field.choices):
            menu.addAction(beginning(choice.title)).setData(place)
        menu.triggered.connect(self._on_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height() + 4)))

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        self._say(self._field.choices[int(action.data())].value)
        self.entered.emit()
        self.left.emit()


class _UnsureSign(QWidget):
    """The badge of what may have happened (visual-design.md §2.3)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        edge = self._theme.px(BADGE)
        self.setFixedSize(QSize(edge, edge))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(self.width() / 2, self.height() / 2)
        paint_badge(
            painter, BadgePlace(centre, self.width() * BADGE_SHARE, on_border=False), Look.UNCERTAIN, self._theme.tokens
        )
        painter.end()


def _is_same(one: Json, other: Json) -> bool:
    """True is no 1: a closed set may hold both."""
    return type(one) is type(other) and one == other
