"""Completes what is typed into a field: when the popup shows, what it lists, what its keys do, what is inserted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from tocsin.expressions.completion import Region, Typing, typing_at
from tocsin.services.samples import ValueGroup
from tocsin.ui.expression.completion_popup import CompletionPopup
from tocsin.ui.expression.completion_rows import FunctionRow, Row, ValueRow, is_settled, rows_for
from tocsin.ui.expression.context import ExpressionContext
from tocsin.ui.expression.evaluator import Listed, Listing
from tocsin.ui.expression.field_edit import FieldEdit
from tocsin.ui.expression.values import in_braces
from tocsin.ui.theme import Theme

_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}
_INSERT: Final = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter})
_OPENING: Final = "{{"


class Completer(QObject):
    """Watches one field.

    Signals:
        run_requested: The person asks for a run, to see values.

    Attributes:
        is_value: The field holds one value: what is typed there looks for it, and what is inserted is all of it.
    """

    run_requested = Signal()

    def __init__(self, edit: FieldEdit, anchor: QWidget, theme: Theme, context: ExpressionContext) -> None:
        """Watch a field.

        Args:
            edit: The field.
            anchor: What the popup lies under.
            theme: The look.
            context: The field's place.
        """
        super().__init__(edit)
        self._edit = edit
        self._anchor = anchor
        self._theme = theme
        self._context = context
        self.is_value = False
        self._popup: CompletionPopup | None = None
        self._groups: tuple[ValueGroup, ...] = ()
        self._listing: Listing | None = None
        self._is_listed = False
        self._is_wanted = False
        self._is_all = False
        edit.installEventFilter(self)
        anchor.installEventFilter(self)
        edit.typed.connect(self._on_typed)
        edit.caret_moved.connect(self._on_caret_moved)
        edit.focus_changed.connect(self._on_focus_changed)
        context.evaluator.listed.connect(self._on_listed)

    @property
    def popup(self) -> CompletionPopup | None:
        """The popup, once there was a reason for one."""
        return self._popup

    @property
    def is_open(self) -> bool:
        """Whether the popup can be seen."""
        return self._popup is not None and self._popup.isVisible()

    def set_context(self, context: ExpressionContext) -> None:
        """Read from another place, or a playbook that has changed; what is listed stays until the new list is there."""
        if context.evaluator is not self._context.evaluator:
            self._context.evaluator.listed.disconnect(self._on_listed)
            context.evaluator.listed.connect(self._on_listed)
        self._context = context
        self._listing = None

    def show_all(self) -> None:
        """Show every value and function, whatever is typed."""
        self._is_all = True
        self._open()

    def close(self) -> None:
        """Hide the popup."""
        self._is_wanted = self._is_all = False
        if self._popup is not None:
            self._popup.hide()

    def insert(self, row: Row) -> None:
        """Put a row's value or function where the caret is."""
        region = None if self._is_bare else self._edit.region
        start, end = (0, len(self._edit.text())) if self._is_bare else self._span(region)
        self.close()
        if isinstance(row, ValueRow):
            path = row.field.path
            self._edit.replace(start, end, in_braces(path) if region is None else path + _tail(region))
        elif isinstance(row, FunctionRow):
            self._insert_function(row, region, start, end)

    def _insert_function(self, row: FunctionRow, region: Region | None, start: int, end: int) -> None:
        call = f"{row.info.name}()"
        is_done = row.info.signature.endswith("()")
        inside = len(call) if is_done else len(call) - 1
        if region is None:
            self._edit.replace(start, end, in_braces(call), caret=inside + len(_OPENING) + 1)
        else:
            typed = self._edit.text()[start:end]
            start += typed.rfind(".") + 1 if row.info.is_method else 0
            self._edit.replace(start, end, call + _tail(region), caret=inside)
        if not is_done:
            self.show_all()

    @property
    def _is_bare(self) -> bool:
        """What is typed looks for the one value of the field."""
        return self.is_value and _OPENING not in self._edit.text()

    @property
    def _region(self) -> Region | None:
        return Region(0, len(self._edit.text())) if self._is_bare else self._edit.region

    def _span(self, region: Region | None) -> tuple[int, int]:
        """Return the part of the text that what is inserted takes the place of."""
        typing = self._typing(region)
        if region is None or typing is None:
            return self._edit.selected
        return region.start + typing.start, region.start + typing.end

    def _typing(self, region: Region | None) -> Typing | None:
        if region is None:
            return None
        return typing_at(self._edit.text()[region.start : region.end], self._edit.caret - region.start)

    def _open(self) -> None:
        self._is_wanted = True
        if self._listing is None:
            self._listing = Listing(self._context.point)
            self._context.evaluator.list_values(self._listing)
        self._refresh()

    def _refresh(self) -> None:
        """List what fits; a popup that has nothing to offer is none."""
        if not self._is_wanted:
            return
        typing = None if self._is_all else self._typing(self._region)
        rows = rows_for(self._groups, self._context.faces, typing)
        is_empty = self._is_all and self._is_listed and not any(group.node for group in self._groups)
        if not self._edit.hasFocus() or (is_settled(rows, typing) and not is_empty):
            if self._popup is not None:
                self._popup.hide()
            return
        popup = self._ensure_popup()
        if rows != popup.rows or not popup.isVisible():
            popup.show_rows(rows, is_empty=is_empty)
        popup.place(self._anchor)

    def _ensure_popup(self) -> CompletionPopup:
        if self._popup is None:
            self._popup = CompletionPopup(self._theme, self._edit.window())
            self._popup.chosen.connect(self.insert)
            self._popup.run_requested.connect(self._on_run_requested)
            self._edit.destroyed.connect(self._popup.deleteLater)
            self._watch_scrolling()
        return self._popup

    @Slot()
    def _follow(self) -> None:
        """Stay with the field while it grows or its form scrolls."""
        if self.is_open and self._popup is not None:
            self._popup.place(self._anchor)

    def _watch_scrolling(self) -> None:
        above = self._anchor.parentWidget()
        while above is not None:
            if isinstance(above, QAbstractScrollArea):
                above.verticalScrollBar().valueChanged.connect(self._follow)
            above = above.parentWidget()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._is_all = False
        region = self._region
        typing = self._typing(region)
        is_begun = typing is not None and bool(typing.text or typing.is_member)
        if is_begun or (region is not None and text[: self._edit.caret].rstrip().endswith(_OPENING)):
            self._open()
        else:
            self.close()

    @Slot()
    def _on_caret_moved(self) -> None:
        if self.is_open and not self._is_all and self._region is None:
            self.close()
        else:
            self._refresh()

    @Slot(bool)
    def _on_focus_changed(self, has_focus: bool) -> None:
        if not has_focus:
            self.close()

    @Slot(object)
    def _on_listed(self, listed: Listed) -> None:
        if listed.listing is self._listing:
            self._groups = listed.groups
            self._is_listed = True
            self._refresh()

    @Slot()
    def _on_run_requested(self) -> None:
        self.close()
        self.run_requested.emit()

    def _take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means; tell whether it was meant for the completion."""
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.show_all()
            return True
        if not self.is_open or self._popup is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        current = self._popup.current
        if key is Qt.Key.Key_Escape:
            self.close()
        elif key in _STEPS:
            self._popup.step(_STEPS[key])
            self._popup.place(self._anchor)
        elif key in _INSERT and current is not None:
            self.insert(current)
        else:
            return False
        return True

    def _wants(self, event: QKeyEvent) -> bool:
        """Tell whether a key is the completion's, so that no shortcut of the window takes it."""
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Space:
            return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return self.is_open and (key is Qt.Key.Key_Escape or key in _STEPS or key in _INSERT)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride and self._wants(event):
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                return self._take_key(event)
        elif event.type() is QEvent.Type.Hide:
            self.close()
        elif event.type() is QEvent.Type.Resize and watched is self._anchor:
            self._follow()
        return super().eventFilter(watched, event)


def _tail(region: Region) -> str:
    """Return what closes a slot that is still open."""
    return " }}" if region.is_open else ""
