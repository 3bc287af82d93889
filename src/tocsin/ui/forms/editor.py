"""What every editor of a field is: one face for a line of text, a choice, rows and parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.ui.expression import ExpressionContext
from tocsin.ui.forms.fields import FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.reading import Reading, read_text, text_of
from tocsin.ui.widgets.marks import set_mark
from tocsin.ui.widgets.plain_tip import plain_tip

FUNCTION_EDGE = 22
"""Of the function button, as it is seen."""
FUNCTION_REACH = 1
"""How much farther it can be hit."""
FUNCTION_GAP = 4
"""From the function button, as it is seen, to the edges of its editor."""
FUNCTION_INSET = FUNCTION_EDGE + FUNCTION_GAP


class FieldEditor(QWidget):
    """One field is written here. It reads what is typed and decides nothing.

    Signals:
        entered: A person typed or chose something.
        left: The typing is over.
    """

    entered = Signal()
    left = Signal()

    def __init__(self, field: FormField, kit: FormKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._kit = kit
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def field(self) -> FormField:
        """What is written here, with the value that was shown last."""
        return self._field

    @property
    def target(self) -> QWidget:
        """The widget that has the focus while typing."""
        widget: QWidget = self
        while (inner := widget.focusProxy()) is not None:  # pyright: ignore[reportUnnecessaryComparison]  None at the end
            widget = inner
        return widget

    @property
    def typed(self) -> str:
        """The text that stands here as it was typed; "" where nothing is typed."""
        return ""

    def reading(self) -> Reading:
        """Return what stands here: a value, or why it is none."""
        raise NotImplementedError

    def show_field(self, field: FormField) -> None:
        """Show a field's value without telling anybody."""
        raise NotImplementedError

    def confirm(self, field: FormField) -> None:
        """Hear that the document says now what stands here."""
        self._field = field

    def set_problem(self, text: str) -> None:
        """Show that something is wrong here; "" for nothing. The words are for those who hear the window."""
        set_mark(self.target, "problem", bool(text))

    def set_context(self, context: ExpressionContext | None) -> None:
        """Read values from another place, or from a playbook that has changed."""
        self._kit = FormKit(self._kit.theme, context)

    def set_as_text(self, is_text: bool) -> None:
        """Show ids and braces instead of titles, or titles again."""

    def set_inset(self, pixels: int) -> None:
        """Keep room at the right for what is laid over the editor there."""

    def accept_value(self, path: str) -> bool:
        """Take a value that was dropped here; False when no value can be read here."""
        del path
        return False

    def _adopt(self, target: QWidget) -> None:
        """Make a widget the one that is typed into, named for those who hear the window."""
        self.setFocusProxy(target)
        typed_into = self.target
        typed_into.setObjectName(f"field-{self._field.name}")
        typed_into.setAccessibleName(self._field.label)
        typed_into.setAccessibleDescription(self._field.help)
        typed_into.setToolTip(plain_tip(self._field.help))


MakeEditor: TypeAlias = Callable[[FormField, FormKit, QWidget], FieldEditor]
"""How an editor gets the editors of its parts, without knowing which there are."""


class WrittenEditor(FieldEditor):
    """An editor whose value is a text that `reading` reads."""

    @override
    def reading(self) -> Reading:
        return read_text(self._field, self.typed)

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        self._show_text(text_of(field))

    def _show_text(self, text: str) -> None:
        raise NotImplementedError


def is_undo_key(event: QEvent) -> bool:
    """There is one history, the session's: an editor that kept the key would take back letters behind its back."""
    is_key = event.type() in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}
    if not is_key or not isinstance(event, QKeyEvent):
        return False
    is_undo = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    if is_undo:
        event.ignore()
    return is_undo
