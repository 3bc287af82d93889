"""What a field is typed into: text with chips in it, or text with its braces and ids in colour."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.expressions.completion import Region, find_region
from tocsin.ui.expression.chip_text import ChipText, Stretch
from tocsin.ui.expression.colours import coloured_spans, error_format, selection, syntax_format
from tocsin.ui.expression.faces import Faces
from tocsin.ui.expression.pieces import find_chips, pieces_of
from tocsin.ui.expression.values import VALUE_MIME, find_value
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.marks import set_mark
from tocsin.ui.widgets.plain_tip import plain_tip

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PICK: Final = _("Choose a value…")
_PICK_KEYS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
"""With the space bar; the list of completions opens without Shift."""


class FieldEdit(QTextEdit):
    """One field's text. It knows places of the text alone; where chips stand in the document is its own affair.

    Signals:
        typed: The text, at each change by a person.
        left: The focus left, or Enter was pressed in one line.
        caret_moved: The caret is somewhere else.
        focus_changed: Whether this has the focus.
        offered: Whether something that can be dropped here is being held over it.
        value_dropped: The path of a value.
        pick_requested: A person wants to choose a value from a tree.
    """

    typed = Signal(str)
    left = Signal()
    caret_moved = Signal()
    focus_changed = Signal(bool)
    offered = Signal(bool)
    value_dropped = Signal(str)
    pick_requested = Signal()

    def __init__(
        self, theme: Theme, faces: Faces, *, is_template: bool, has_lines: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_template = is_template
        self._has_lines = has_lines
        self._is_text = False
        self._is_busy = False
        self._text = ""
        self._error: int | None = None
        self.setProperty("role", "expression")
        self.setFrameShape(QFrame.Shape.NoFrame)
        document = QTextDocument(self)  # one of Python's own: Qt's may share its wrapper with one that is gone
        document.setDefaultFont(self.font())
        self.setDocument(document)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        document.setDocumentMargin(0)
        self._set_wrapping()
        self._faces = faces
        self._chips = ChipText(document, theme, faces, self)
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._on_caret_moved)
        self._dress()

    @property
    def is_template(self) -> bool:
        """Whether only what stands in braces is an expression."""
        return self._is_template

    @property
    def has_chips(self) -> bool:
        """Whether values are shown as chips just now."""
        return self._is_template and not self._is_text

    @property
    def chips(self) -> ChipText:
        """What the document shows."""
        return self._chips

    @property
    def caret(self) -> int:
        """Where the caret is in the text."""
        return self._chips.to_position(self.textCursor().position())

    @property
    def region(self) -> Region | None:
        """The expression that the caret is in, or None."""
        return find_region(self._text, self.caret, is_template=self._is_template)

    @property
    def selected(self) -> tuple[int, int]:
        """What is selected of the text, from and to; where the caret is when nothing is."""
        cursor = self.textCursor()
        return self._chips.to_position(cursor.selectionStart()), self._chips.to_position(cursor.selectionEnd())

    def text(self) -> str:
        """Return the text as the playbook keeps it."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show a text without telling anybody; the caret stays where it can."""
        if text != self._text:
            caret = self.caret if self.hasFocus() else len(text)
            self._text = text
            self._render(min(caret, len(text)))
            self._show_start()

    def set_faces(self, faces: Faces) -> None:
        """Call the values otherwise."""
        self._is_busy = True
        self._faces = faces
        self._chips.set_faces(faces)
        self._is_busy = False
        self._describe()

    def set_show_as_text(self, is_text: bool) -> None:
        """Show ids and braces instead of chips."""
        if is_text is not self._is_text:
            caret = self.caret
            self._is_text = is_text
            self._dress()
            self._render(caret)

    def replace(self, start: int, end: int, new: str, *, caret: int | None = None) -> None:
        """Put other characters in the place of some, as a person's doing.

        Args:
            start: The first place, in the text.
            end: The place after the last.
            new: What stands there then.
            caret: Where the caret is then, from `start`; None for behind it.
        """
        self._text = self._text[:start] + new + self._text[end:]
        self._render(start + (len(new) if caret is None else caret))
        self.typed.emit(self._text)
        self.caret_moved.emit()

    def mark_error(self, position: int | None) -> None:
        """Underline the place of an error, where the text is written out; None for none."""
        if position != self._error:
            self._error = position
            self._colour()

    def unfold(self, start: int) -> None:
        """Write the chip that begins at a place out, so that its expression can be changed."""
        slot = next((slot for slot in find_chips(self._text) if slot.start == start), None)
        if slot is not None:
            self._render(slot.text_start + len(slot.text), typed=True)
            self.caret_moved.emit()

    def follow_theme(self) -> None:
        """Take sizes and colours of the look as it is now."""
        self._is_busy = True
        self._dress()
        self._chips.measure_again()
        self._is_busy = False
        self._colour()

    def _set_wrapping(self) -> None:
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        if not self._has_lines:
            self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
            self.setVerticalScrollBarPolicy(off)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    def _show_start(self) -> None:
        """Show how the only line begins, wherever the caret is, while nobody types in it."""
        if not self._has_lines and not self.hasFocus():
            self.horizontalScrollBar().setValue(0)

    def _dress(self) -> None:
        """Take the font: words in the window's, what is written as code in the fixed one."""
        is_code = not self.has_chips
        set_mark(self, "code", is_code)
        self.setFont(self._theme.code_font(12) if is_code else self._theme.font(13))

    def _render(self, caret: int, *, typed: bool = False) -> None:
        """Show the text anew.

        Args:
            caret: Where the caret is then, in the text.
            typed: Whether the slot that the caret is in stays written out.
        """
        chips = find_chips(self._text, typed_at=caret if typed else None) if self.has_chips else ()
        self._is_busy = True
        self._chips.show_pieces(pieces_of(self._text, has_lines=self._has_lines, chips=chips))
        cursor = self.textCursor()
        cursor.setPosition(self._chips.to_place(caret))
        cursor.setCharFormat(QTextCharFormat())
        self.setTextCursor(cursor)
        self._is_busy = False
        self._colour()
        self._describe()

    def _fold(self) -> None:
        """Turn every slot that is written out, closed and left by the caret into a chip."""
        if not self.has_chips or (self.hasFocus() and self.textCursor().hasSelection()):
            return
        caret = self.caret
        chips = find_chips(self._text, typed_at=caret if self.hasFocus() else None)
        if len(chips) > len(self._chips.chips()):
            self._render(caret, typed=self.hasFocus())

    def _colour(self) -> None:
        """Colour what is written out as CEL. Colours lie over the document, they are no part of it."""
        starts = {chip.start for chip in self._chips.chips()}
        shown = tuple(slot for slot in find_chips(self._text) if slot.start in starts) if starts else ()
        spans = coloured_spans(self._text, is_template=self._is_template, chips=shown, typed=self.region)
        tokens = self._theme.tokens
        marks = [(span.start, span.end, syntax_format(span.kind, tokens)) for span in spans]
        if self._error is not None:
            marks.append((self._error, self._error + 1, error_format(tokens)))
        self.setExtraSelections([selection(self._chips, self.document(), mark) for mark in marks])

    def _describe(self) -> None:
        """Give the whole text to those who hear it, with the words of its chips."""
        self.setAccessibleDescription(self._chips.spoken())

    @Slot()
    def _on_text_changed(self) -> None:
        if self._is_busy:
            return
        text = self._chips.text()
        if text == self._text:
            return
        self._text = text
        self._fold()
        self._colour()
        self._describe()
        self.typed.emit(text)

    @Slot()
    def _on_caret_moved(self) -> None:
        if self._is_busy:
            return
        if self._chips.text() == self._text:  # else the change itself is still to be told
            self._fold()
        self.caret_moved.emit()

    def _chip_at(self, at: QPoint) -> Stretch | None:
        """Return the chip at a point of the viewport, or None."""
        scrolled = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        layout = self.document().documentLayout()
        place = layout.hitTest((at + scrolled).toPointF(), Qt.HitTestAccuracy.ExactHit)
        return self._chips.find_chip(place) if place >= 0 else None

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        start, end = self.selected
        data = QMimeData()
        data.setText(self._text[start:end])
        return data

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        if source.hasFormat(VALUE_MIME):
            path = find_value(source)
            return path is not None and self._faces.can_read(path)
        return source.hasText()

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        path = find_value(source)
        if path is not None:
            self.value_dropped.emit(path)
        elif source.hasText() and not source.hasFormat(VALUE_MIME):
            text = source.text() if self._has_lines else " ".join(source.text().splitlines())
            self.replace(*self.selected, text)

    @override
    def changeEvent(self, e: QEvent) -> None:
        super().changeEvent(e)
        if e.type() is QEvent.Type.FontChange:
            font = self.font()
            font.setFeature(QFont.Tag("calt"), 0)  # operators are shown as the signs that are typed
            self.document().setDefaultFont(font)

    @override
    def event(self, e: QEvent) -> bool:
        return False if _is_undo_key(e) else super().event(e)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            chip = self._chip_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(chip.source) if chip else "", self)
            return True
        return super().viewportEvent(event)

    @override
    def contextMenuEvent(self, e: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(e.pos())
        pick = QAction(_PICK, menu)
        pick.triggered.connect(self.pick_requested)
        menu.insertAction(menu.actions()[0], pick)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(e.globalPos())

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        if e.key() == Qt.Key.Key_Space and e.modifiers() == _PICK_KEYS:
            self.pick_requested.emit()
            return
        if Qt.Key(e.key()) in _ENTER:
            start, end = self.selected
            chip = self._chips.find_chip(self._chips.to_place(start))
            if chip is not None and end - start == len(chip.source):
                self.unfold(start)
                return
            if not self._has_lines or e.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.left.emit()
                return
        super().keyPressEvent(e)

    @override
    def mouseDoubleClickEvent(self, e: QMouseEvent) -> None:
        chip = self._chip_at(e.position().toPoint())
        if chip is not None:
            self.unfold(chip.start)
        else:
            super().mouseDoubleClickEvent(e)

    @override
    def wheelEvent(self, e: QWheelEvent) -> None:
        """Let the form scroll unless there is something to scroll here."""
        if self._has_lines and self.hasFocus() and self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(e)
        else:
            e.ignore()

    @override
    def dragEnterEvent(self, e: QDragEnterEvent) -> None:
        super().dragEnterEvent(e)
        self.offered.emit(e.isAccepted())

    @override
    def dragLeaveEvent(self, e: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(e)
        self.offered.emit(False)

    @override
    def dropEvent(self, e: QDropEvent) -> None:
        super().dropEvent(e)
        self.offered.emit(False)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_start()

    @override
    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        self._show_start()

    @override
    def focusInEvent(self, e: QFocusEvent) -> None:
        super().focusInEvent(e)
        if e.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.moveCursor(QTextCursor.MoveOperation.End)
        self.focus_changed.emit(True)

    @override
    def focusOutEvent(self, e: QFocusEvent) -> None:
        super().focusOutEvent(e)
        if e.reason() is Qt.FocusReason.PopupFocusReason:  # its own menu
            return
        self._fold()
        self._show_start()
        self.focus_changed.emit(False)
        self.left.emit()


def _is_undo_key(event: QEvent) -> bool:
    """There is one history, the session's: a field that kept the key would take back letters behind its back."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    is_undo = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    if is_undo:
        event.ignore()
    return is_undo
