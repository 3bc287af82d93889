"""The editor of one field that reads values: the frame, what is typed into, the result, the completion."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tocsin.services.samples import Outcome, OutcomeKind
from tocsin.ui.expression.chip_text import LINE
from tocsin.ui.expression.completer import Completer
from tocsin.ui.expression.context import ExpressionContext
from tocsin.ui.expression.evaluator import Trial, Tried
from tocsin.ui.expression.field_edit import FieldEdit
from tocsin.ui.expression.field_frame import FieldFrame
from tocsin.ui.expression.pieces import PieceKind
from tocsin.ui.expression.result_strip import HEIGHT as STRIP
from tocsin.ui.expression.result_strip import ResultStrip
from tocsin.ui.expression.value_picker import ValuePicker
from tocsin.ui.expression.values import in_braces, is_path
from tocsin.ui.theme import Theme

DELAY_MS: Final = 150
"""How long after the last key the result is asked for."""
FIELD: Final = 30
MORE_EDGE: Final = 3
"""How much farther from the frame the first and the last of several lines are than a single one."""
MOST_LINES: Final = 8
TEXT_INSET: Final = 10
"""From the frame's edge to the text."""
CHIP_INSET: Final = 4
"""From the frame's edge to a chip that begins the only line."""


class ExpressionEditor(QWidget):
    """Text with values in it, or a condition.

    Signals:
        edited: The text, at each change by a person.
        finished: The focus left, or Enter was pressed in a field of one line.
    """

    edited = Signal(str)
    finished = Signal()

    def __init__(
        self,
        theme: Theme,
        context: ExpressionContext,
        *,
        is_template: bool,
        is_multiline: bool,
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty field.

        Args:
            theme: The look.
            context: The field's place.
            is_template: Only what stands in braces is CEL; else the whole text is.
            is_multiline: The field has lines and grows with them.
            parent: The form.
        """
        super().__init__(parent)
        self._theme = theme
        self._context = context
        self._has_lines = is_multiline
        self._right_inset = 0
        self._problem: str | None = None
        self._trial: Trial | None = None
        self._frame = FieldFrame(theme, self)
        self._edit = FieldEdit(
            theme, context.faces, is_template=is_template, has_lines=is_multiline, parent=self._frame
        )
        self._strip = ResultStrip(theme, self._frame if is_multiline else self)
        self._completer = Completer(self._edit, self._frame, theme, context)
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self.setFocusProxy(self._edit)
        self._arrange()
        self._connect()
        self._fit()

    @property
    def completer(self) -> Completer:
        """What completes the typing."""
        return self._completer

    @property
    def strip(self) -> ResultStrip:
        """The line with the result."""
        return self._strip

    @property
    def frame(self) -> FieldFrame:
        """The frame, at (0, 0)."""
        return self._frame

    def text(self) -> str:
        """Return the text as the playbook keeps it."""
        return self._edit.text()

    def set_text(self, text: str) -> None:
        """Show a text without telling anybody."""
        if text != self._edit.text():
            self._edit.set_text(text)
            self._fit()
            self._ask()

    def set_context(self, context: ExpressionContext) -> None:
        """Read from another place, or a playbook that has changed: titles, types and results follow."""
        if context is self._context:
            return
        if context.evaluator is not self._context.evaluator:
            self._leave(self._context)
            self._hear(context)
        self._context = context
        self._edit.set_faces(context.faces)
        self._completer.set_context(context)
        self._fit()
        self._delay.start()

    def set_problem(self, text: str | None) -> None:
        """Show that something is wrong with the field; the words are drawn by the form."""
        self._problem = text
        self._frame.set_problem(text is not None)
        self._fit()

    def set_show_as_text(self, is_text: bool) -> None:
        """Show ids and braces instead of chips."""
        self._edit.set_show_as_text(is_text)
        self._fit()

    def set_right_inset(self, pixels: int) -> None:
        """Keep this much of the frame free at the right of the text, for a button."""
        self._right_inset = pixels
        self._fit()

    @property
    def context(self) -> ExpressionContext:
        """The place that the text is read at."""
        return self._context

    def take_value(self, path: str) -> None:
        """Put a value in that was chosen from a list; where there may be one only, it takes the other's place."""
        if self._completer.is_value:
            self._edit.selectAll()
        self.accept_value(path)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept_value(self, path: str) -> None:
        """Put a value in at the caret, as if it had been dropped there; what is no path is not taken."""
        if is_path(path):
            is_inside = self._edit.region is not None
            self._edit.replace(*self._edit.selected, path if is_inside else in_braces(path))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._frame)
        if not self._has_lines:
            column.addWidget(self._strip)

    def _connect(self) -> None:
        edit = self._edit
        edit.typed.connect(self._on_typed)
        edit.left.connect(self.finished)
        edit.focus_changed.connect(self._frame.set_focused)
        edit.offered.connect(self._frame.set_offered)
        edit.value_dropped.connect(self.accept_value)
        edit.pick_requested.connect(self.pick_value)
        edit.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._completer.run_requested.connect(self._on_run_requested)
        self._delay.timeout.connect(self._ask)
        self._theme.changed.connect(self._on_theme_changed)
        self._hear(self._context)

    def _hear(self, context: ExpressionContext) -> None:
        context.evaluator.tried.connect(self._on_tried)
        context.evaluator.samples_changed.connect(self._ask)

    def _leave(self, context: ExpressionContext) -> None:
        context.evaluator.tried.disconnect(self._on_tried)
        context.evaluator.samples_changed.disconnect(self._ask)

    @Slot()
    def pick_value(self) -> None:
        """Let a person choose a value from a tree, without typing."""
        picker = ValuePicker(self._theme, self._context, self)
        picker.chosen.connect(self.take_value)
        picker.run_requested.connect(self._on_run_requested)
        picker.open_at(self._frame)

    @Slot()
    def _ask(self) -> None:
        """Ask what the text gives; the last answer stays until the new one is there."""
        self._delay.stop()
        self._trial = Trial(self._context.point, self._edit.text(), self._edit.is_template)
        if self._edit.text():
            self._context.evaluator.try_text(self._trial)
        else:
            self._show_outcome(Outcome(OutcomeKind.CONSTANT))

    @Slot(object)
    def _on_tried(self, tried: Tried) -> None:
        if tried.trial is self._trial:
            self._show_outcome(tried.outcome)

    def _show_outcome(self, outcome: Outcome) -> None:
        self._strip.show_outcome(outcome)
        self._edit.mark_error(outcome.position if outcome.kind is OutcomeKind.ERROR else None)
        self._fit()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._fit()
        self._delay.start()
        self.edited.emit(text)

    @Slot()
    def _on_run_requested(self) -> None:
        self._context.evaluator.run_wanted.emit()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._edit.follow_theme()
        self._fit()

    @property
    def _has_result(self) -> bool:
        """Whether the strip has something to say that nobody says elsewhere."""
        outcome = self._strip.outcome
        is_told = self._problem is not None and outcome.is_syntax
        return outcome.kind is not OutcomeKind.CONSTANT and not is_told

    @Slot()
    def _fit(self) -> None:
        """Lay frame, text and strip out for what they hold now."""
        theme, has_result = self._theme, self._has_result
        self._strip.setVisible(has_result)
        first, last, lines = self._edit.chips.line_middles()
        least = theme.px(FIELD)
        edge = least / 2 + (MORE_EDGE if lines > 1 else 0)
        most = MOST_LINES * theme.px(LINE) + 2 * edge
        field = max(least, int(min(last - first + 2 * edge, most) + 0.5))
        top = round(edge - first)
        width = self.width() - self._left - 2 - max(self._right_inset, TEXT_INSET - 2)
        self._edit.setGeometry(self._left, top, max(width, 0), field - 1 - top)
        if self._has_lines and has_result:
            strip = self._strip_height(self.width() - 2 * TEXT_INSET)
            self._strip.setGeometry(TEXT_INSET, field, self.width() - 2 * TEXT_INSET, strip)
            self._frame.set_line_at(field)
            field += strip + 1
        else:
            self._frame.set_line_at(0)
        self._frame.setFixedHeight(field)

    def _strip_height(self, width: int) -> int:
        return max(self._theme.px(STRIP), self._strip.heightForWidth(width))

    @property
    def _left(self) -> int:
        """Where the text begins: a chip that begins the only line lies close to the frame."""
        first = self._edit.chips.stretches[0]
        is_chip = first.piece is not None and first.piece.kind is PieceKind.VALUE
        return CHIP_INSET if is_chip and not self._has_lines else TEXT_INSET

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._edit.setAccessibleName(name)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
