"""One field on the screen: its label, its editor, and one line for what is wrong."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.ui.expression import ExpressionContext
from tocsin.ui.forms.cell import NAMED_INSIDE
from tocsin.ui.forms.fields import FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.making import make_editor
from tocsin.ui.forms.reading import is_same
from tocsin.ui.forms.value_editor import ValueEditor
from tocsin.ui.theme import Theme, icon_pixmap
from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.widgets.words import Words

LABEL_HEIGHT: Final = 19
LABEL_GAP: Final = 4
ERROR_ICON: Final = 14


class ErrorLine(QWidget):
    """An icon and one line of words in the colour of problems; hidden while there are none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sign = QLabel(self)
        self._sign.setTextFormat(Qt.TextFormat.PlainText)
        self._words = Words(parent=self)
        self._words.setProperty("role", "problem")
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    @property
    def text(self) -> str:
        """What is wrong, or ""."""
        return self._words.text()

    def show_text(self, text: str) -> None:
        """Say what is wrong; "" says nothing."""
        self._words.setText(text)
        self.setVisible(bool(text))

    def _tint(self) -> None:
        edge = self._theme.px(ERROR_ICON)
        pixmap = icon_pixmap("circle-alert", self._theme.tokens.problem, edge, self.devicePixelRatioF())
        self._sign.setPixmap(pixmap)
        self._sign.setFixedSize(QSize(edge, self._theme.px(16)))


class FieldView(QWidget):
    """Draws a field. It reads what is typed, but decides nothing.

    Signals:
        changed: Itself, when `value` is a new, well formed one.
        left: The typing is over.
    """

    changed = Signal(object)
    left = Signal()

    def __init__(
        self, field: FormField, kit: FormKit, parent: QWidget | None = None, *, has_label: bool = True
    ) -> None:
        super().__init__(parent)
        self._field = field
        self._fault = ""
        self._problem = ""
        self._is_settled = True  # what stands here was shown or confirmed, and nothing was typed since
        self._theme = kit.theme
        self._editor = make_editor(field, kit, self)
        self._label = ElidedLabel(field.label, self)
        self._column = QVBoxLayout(self)
        self._error: ErrorLine | None = None
        self._arrange(has_label=has_label and field.kind not in NAMED_INSIDE)
        self._editor.entered.connect(self._on_entered)
        self._editor.left.connect(self._on_left)
        kit.theme.changed.connect(self._fit_label)

    @property
    def field(self) -> FormField:
        """What is drawn here."""
        return self._field

    @property
    def editor(self) -> QWidget:
        """The widget that has the focus while typing."""
        return self._editor.target

    @property
    def value(self) -> Json:
        """What stands here, well formed or None."""
        return self._editor.reading().value

    @property
    def fault(self) -> str:
        """What the line under the field says, or ""."""
        return self._fault or self._problem

    def show_field(self, field: FormField) -> None:
        """Show the field's value, unless what stands here says the same already."""
        is_other = not is_same(field.value, self._field.value)
        if self._is_settled and not self._fault and not is_other and field == self._field:
            return
        self._field = field
        reading = self._editor.reading()
        if reading.fault and not is_other:
            return
        if reading.fault or not is_same(reading.value, field.value):
            self._editor.show_field(field)
        else:
            self._editor.confirm(field)
        self._is_settled = True
        self.show_fault("")

    def show_fault(self, text: str) -> None:
        """Say why what was typed was not taken."""
        if text != self._fault:
            self._fault = text
            self._show_error()

    def show_problem(self, text: str) -> None:
        """Say what a check found here; "" for nothing."""
        if text != self._problem:
            self._problem = text
            self._show_error()

    def check(self) -> bool:
        """Tell whether what stands here has a fault, and say it."""
        self.show_fault(self._editor.reading().fault)
        return bool(self._fault)

    def set_locked(self, locked: bool) -> None:
        """Let nobody type while a run is on."""
        self._editor.setEnabled(not locked)

    def set_context(self, context: ExpressionContext | None) -> None:
        """Read values from a playbook that has changed."""
        self._editor.set_context(context)

    def set_as_text(self, is_text: bool) -> None:
        """Show ids and braces instead of titles, or titles again."""
        self._editor.set_as_text(is_text)

    @Slot()
    def _on_entered(self) -> None:
        self._is_settled = False
        if not self._field.is_late:
            self._take()

    @Slot()
    def _on_left(self) -> None:
        if self._field.is_late:
            self._take()
        self.left.emit()

    def _take(self) -> None:
        """Read what stands here, and tell it when it is well formed and new."""
        reading = self._editor.reading()
        self.show_fault(reading.fault)
        if not reading.fault and not is_same(reading.value, self._field.value):
            self.changed.emit(self)

    def _show_error(self) -> None:
        if self.fault and self._error is None:
            self._error = ErrorLine(self._theme, self)
            self._column.insertWidget(self._column.count() - 1, self._error)
        if self._error is not None:
            self._error.show_text(self.fault)
        self._editor.set_problem(self.fault)

    def _fit_label(self) -> None:
        self._label.setFixedHeight(self._theme.px(LABEL_HEIGHT))

    def _arrange(self, *, has_label: bool) -> None:
        self._label.setProperty("role", "caption")
        self._label.set_tip(self._field.help)
        self._label.setBuddy(self.editor)
        self._label.setVisible(has_label)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fit_label()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(LABEL_GAP)
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        button = self._editor.free_button() if isinstance(self._editor, ValueEditor) else None
        if button is not None:
            head.addWidget(button)
        self._column.addLayout(head)
        self._column.addWidget(self._editor)
        self._column.addStretch(1)
        self.setFocusProxy(self._editor)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what could not be taken, and is left to others when there is nothing such."""
        if event.key() == Qt.Key.Key_Escape and self._editor.reading().fault:
            self._editor.show_field(self._field)
            self.show_fault("")
            self.left.emit()
        else:
            super().keyPressEvent(event)
