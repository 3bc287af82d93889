"""One line of text: words, numbers with their unit, indicators, times, secrets; a menu where some values are usual."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.forms.durations import USUAL, duration_words
from tocsin.ui.forms.editor import WrittenEditor
from tocsin.ui.forms.fields import NETWORK, FieldKind, FormField
from tocsin.ui.forms.indicators import clean_indicator
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.line_input import REACH, EndButton, LineInput
from tocsin.ui.forms.reading import Reading, read_text, text_of
from tocsin.ui.widgets.round_menu import RoundMenu

KEPT = _("Set. Type to replace it.")


class LineEditor(WrittenEditor):
    """Words, numbers, indicators, times, files."""

    def __init__(self, field: FormField, kit: FormKit, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        self._input = LineInput(self)
        self._input.setPlaceholderText(field.placeholder)
        self._input.textEdited.connect(self._on_edited)
        self._input.editingFinished.connect(self._on_finished)
        self._input.stepped.connect(self._on_stepped)
        self._input.file_dropped.connect(self._write)
        self._column.addWidget(self._input)
        self._adopt(self._input)
        if field.unit:
            self._input.set_end(_unit_label(field.unit, self._input))

    @property
    @override
    def typed(self) -> str:
        return self._input.text()

    @override
    def set_inset(self, pixels: int) -> None:
        self._input.set_inset(pixels)

    @override
    def _show_text(self, text: str) -> None:
        self._input.set_text(text)

    @Slot(str)
    def _write(self, text: str) -> None:
        """Write a text as if it had been typed."""
        self._input.setText(text)
        self.entered.emit()
        self.left.emit()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if self._field.kind in NETWORK and "{{" not in text and (clean := clean_indicator(text)) != text:
            self._input.setText(clean)
        self.entered.emit()

    @Slot()
    def _on_finished(self) -> None:
        self.left.emit()

    @Slot(int)
    def _on_stepped(self, step: int) -> None:
        """Count a number up or down, from what holds when nothing is said."""
        value = read_text(self._field, self._input.text() or self._field.placeholder or "0").value
        if self._field.kind is FieldKind.NUMBER and isinstance(value, int | float):
            field = self._field
            wanted = value + step
            wanted = wanted if field.least is None else max(wanted, field.least)
            wanted = wanted if field.most is None else min(wanted, field.most)
            self._write(f"{wanted:g}")


class SuggestEditor(LineEditor):
    """A line with a menu of what is usual. When it is left, what was typed is shown as it was understood."""

    def __init__(self, field: FormField, kit: FormKit, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        chevron = EndButton(
            kit.theme, "chevron-down", _("Show usual values of “{title}”").format(title=field.title), self._input
        )
        chevron.clicked.connect(self._on_asked)
        self._input.set_end(chevron, reach=REACH)

    @property
    def suggestions(self) -> list[str]:
        """What is offered, in words."""
        if self._field.choices:
            return [choice.title for choice in self._field.choices]
        return [duration_words(usual) for usual in USUAL]

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        titles = {choice.value: choice.title for choice in field.choices if choice.value is not None}
        shown = titles.get(field.value) if isinstance(field.value, str | int) else None
        self._input.set_text(shown or text_of(field))

    @override
    def _on_finished(self) -> None:
        reading = self.reading()
        if not reading.fault and reading.value == self._field.value:
            self.show_field(self._field)
        super()._on_finished()

    @override
    def _on_stepped(self, step: int) -> None:
        if step < 0:
            self._on_asked()

    @Slot()
    def _on_asked(self) -> None:
        menu = RoundMenu(self)
        for words in self.suggestions:
            menu.addAction(words)
        menu.triggered.connect(self._on_suggested)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    @Slot(QAction)
    def _on_suggested(self, action: QAction) -> None:
        self._write(action.text())


class SecretEditor(LineEditor):
    """A text that nobody may read over a shoulder. What is set is never shown; an empty line keeps it."""

    def __init__(self, field: FormField, kit: FormKit, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        self._input.setEchoMode(QLineEdit.EchoMode.Password)

    @override
    def reading(self) -> Reading:
        return super().reading() if self._input.text() else self._kept()

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        self._input.clear()
        self._input.setPlaceholderText(field.placeholder if field.value is None else KEPT)

    def _kept(self) -> Reading:
        return read_text(self._field, "") if self._field.value is None else Reading(self._field.value)


def _unit_label(unit: str, parent: QWidget) -> QLabel:
    label = QLabel(unit, parent)
    label.setProperty("role", "quiet")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label
