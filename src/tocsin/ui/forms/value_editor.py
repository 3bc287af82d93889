"""Plain value or text with values in it: one field, two editors, and the button between them (visual-design.md §8)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QIcon, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolButton, QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.expression import ExpressionContext, ExpressionEditor, find_value
from tocsin.ui.expression.completer import Completer
from tocsin.ui.expression.editor import FIELD
from tocsin.ui.forms.drop_frame import DropFrame
from tocsin.ui.forms.editor import (
    FUNCTION_EDGE,
    FUNCTION_GAP,
    FUNCTION_INSET,
    FUNCTION_REACH,
    FieldEditor,
    MakeEditor,
)
from tocsin.ui.forms.fields import ROWS, FieldKind, FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.line_input import EndButton
from tocsin.ui.forms.reading import REQUIRED, Reading, fitted, holds_template, read_text
from tocsin.ui.theme import Theme, icon_pixmap

ICON: Final = 14
_WORDS: Final = frozenset({FieldKind.TEXT, FieldKind.MULTILINE})
"""Where a value may stand among words; anywhere else it is all there is."""
_TALL: Final = ROWS | {FieldKind.MULTILINE, FieldKind.JSON, FieldKind.OBJECT}


class ExpressionField(FieldEditor):
    """A field that is an expression, whole."""

    def __init__(
        self,
        field: FormField,
        kit: FormKit,
        parent: QWidget | None = None,
        *,
        is_template: bool = False,
        is_value: bool = False,
    ) -> None:
        """Make an empty field.

        Args:
            field: What is written here.
            kit: The look, and where values can be read from.
            parent: What is around it.
            is_template: Only what stands in braces is an expression.
            is_value: It is one value in braces, which is looked for by what is typed.
        """
        super().__init__(field, kit, parent)
        if kit.context is None:
            raise ValueError(f"“{field.title}” reads values, and there is no place to read them at")
        is_tall = not is_template or field.kind in _TALL
        self._values = ExpressionEditor(
            kit.theme, kit.context, is_template=is_template, is_multiline=is_tall, parent=self
        )
        self._values.completer.is_value = is_value
        self._pick = None if is_template and not is_value else self._make_pick()
        self._values.edited.connect(self._on_edited)
        self._values.finished.connect(self.left)
        self._column.addWidget(self._values)
        self._adopt(self._values)

    @property
    def completer(self) -> Completer:
        """What completes the typing."""
        return self._values.completer

    @property
    @override
    def typed(self) -> str:
        return self._values.text()

    @property
    def pick_button(self) -> EndButton | None:
        """What lets a value be chosen from a tree; None where the function button does."""
        return self._pick

    def pick_value(self) -> None:
        """Let a person choose a value from a tree."""
        self._values.pick_value()

    def show_text(self, text: str) -> None:
        """Show a text without telling anybody."""
        if text != self.typed:
            self._values.set_text(text)

    def take_over(self, text: str) -> None:
        """Go on with a text that was begun elsewhere."""
        self._values.set_text(text)
        target = self.target
        if isinstance(target, QTextEdit | QPlainTextEdit):
            target.moveCursor(QTextCursor.MoveOperation.End)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def reading(self) -> Reading:
        return read_text(self._field, self.typed)

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        self.show_text(field.value if isinstance(field.value, str) else "")

    @override
    def set_problem(self, text: str) -> None:
        self._values.set_problem(text or None)

    @override
    def set_context(self, context: ExpressionContext | None) -> None:
        super().set_context(context)
        if context is not None:
            self._values.set_context(context)

    @override
    def set_as_text(self, is_text: bool) -> None:
        self._values.set_show_as_text(is_text)

    @override
    def set_inset(self, pixels: int) -> None:
        self._values.set_right_inset(pixels)

    @override
    def accept_value(self, path: str) -> bool:
        self._values.accept_value(path)
        return True

    def _make_pick(self) -> EndButton:
        button = EndButton(
            self._kit.theme, "chevron-down", _("Choose a value for “{title}”…").format(title=self._field.title), self
        )
        button.clicked.connect(self._values.pick_value)
        self._values.set_right_inset(button.sizeHint().width())
        button.raise_()
        return button

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._pick is not None:
            size, height = self._pick.sizeHint(), self._kit.theme.px(FIELD)
            self._pick.setGeometry(
                self.width() - size.width() - FUNCTION_GAP, (height - size.height()) // 2, size.width(), size.height()
            )
            self._pick.raise_()

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self.entered.emit()


class FunctionButton(QToolButton):
    """22 px, and 24 to be hit; checked while the field is text with values in it."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "function")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(_("Use values of other steps in “{title}”").format(title=title))
        self.setToolTip(_("Use values of other steps"))
        self.toggled.connect(self._tint)
        theme.changed.connect(self._tint)
        self._tint()

    @Slot()
    def _tint(self) -> None:
        tokens, edge = self._theme.tokens, self._theme.px(ICON)
        colour = tokens.accent_text if self.isChecked() else tokens.text3
        self.setIcon(QIcon(icon_pixmap("function", colour, edge, self.devicePixelRatioF())))
        self.setIconSize(QSize(edge, edge))
        whole = self._theme.px(FUNCTION_EDGE) + 2 * FUNCTION_REACH
        self.setFixedSize(whole, whole)


class ValueEditor(FieldEditor):
    """A plain editor, and over its right end the button that turns it into text with values.

    What stood in the other one is kept as long as the field is shown, so that a press too many loses nothing.
    """

    def __init__(self, field: FormField, kit: FormKit, make_plain: MakeEditor, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        self._plain = make_plain(field, kit, self)
        self._values: ExpressionField | None = None
        self._is_as_text = False
        self._problem = ""
        self._plain.entered.connect(self._on_plain)
        self._plain.left.connect(self.left)
        self._is_whole = field.kind in ROWS or field.kind is FieldKind.OBJECT
        self._is_button_free = False
        self._column.addWidget(self._plain)
        self._button = FunctionButton(kit.theme, field.title, self)
        self._button.clicked.connect(self._on_clicked)
        self._offered = DropFrame(kit.theme, self)
        self.setFocusProxy(self._plain)
        self.setAcceptDrops(True)
        self._keep_room()
        kit.theme.changed.connect(self._on_look)

    def free_button(self) -> FunctionButton | None:
        """Give the button away to be laid elsewhere, when the editor has no end of its own to lay it over."""
        if self._is_whole:
            self._is_button_free = True
            self._keep_room()
        return self._button if self._is_whole else None

    @property
    def is_on(self) -> bool:
        """The field is text with values in it."""
        return self._button.isChecked()

    @property
    @override
    def typed(self) -> str:
        return self._values.typed if self.is_on and self._values is not None else self._plain.typed

    @override
    def reading(self) -> Reading:
        if not self.is_on or self._values is None:
            return self._plain.reading()
        text = self._values.typed
        if text.strip():
            return read_text(self._field, text)
        return Reading(fault=REQUIRED) if self._field.required else Reading()

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        is_text = holds_template(field, field.value)
        stays_on = self.is_on and (field.value is None or isinstance(field.value, str))
        self._turn(is_on=is_text or stays_on)
        if self.is_on and self._values is not None:
            self._values.show_field(field)
        else:
            self._plain.show_field(field)

    @override
    def confirm(self, field: FormField) -> None:
        self._field = field
        if not self.is_on:
            self._plain.confirm(field)

    @override
    def set_problem(self, text: str) -> None:
        self._problem = text
        for editor in (self._plain, self._values):
            if editor is not None:
                editor.set_problem(text)

    @override
    def set_context(self, context: ExpressionContext | None) -> None:
        super().set_context(context)
        for editor in (self._plain, self._values):
            if editor is not None:
                editor.set_context(context)

    @override
    def set_as_text(self, is_text: bool) -> None:
        self._is_as_text = is_text
        for editor in (self._plain, self._values):
            if editor is not None:
                editor.set_as_text(is_text)

    @override
    def accept_value(self, path: str) -> bool:
        if not self._reads(path):
            return False
        was_on = self.is_on
        self._turn(is_on=True)
        values = self._values
        if values is not None and not was_on:
            values.take_over(self._plain.typed if self._field.kind in _WORDS else "")
        return values is not None and values.accept_value(path)

    def _reads(self, path: str | None) -> bool:
        context = self._kit.context
        return path is not None and context is not None and context.faces.can_read(path)

    @property
    def _inset(self) -> int:
        return self._kit.theme.px(FUNCTION_INSET)

    def _turn(self, *, is_on: bool) -> None:
        if is_on and self._values is None:
            self._values = self._make_values()
        self._button.setChecked(is_on)
        self._plain.setVisible(not is_on)
        if self._values is not None:
            self._values.setVisible(is_on)
        shown = self._values if is_on and self._values is not None else self._plain
        self.setFocusProxy(shown)
        if not self._is_button_free:
            self._button.raise_()

    def _make_values(self) -> ExpressionField:
        values = ExpressionField(self._field, self._kit, self, is_template=True)
        values.entered.connect(self.entered)
        values.left.connect(self.left)
        values.set_inset(0 if self._is_button_free else self._inset)
        values.set_as_text(self._is_as_text)
        values.set_problem(self._problem)
        self._column.addWidget(values)
        QWidget.setTabOrder(values.target, self._button)
        return values

    @Slot()
    def _on_plain(self) -> None:
        """Braces in plain text are the beginning of a value: go on typing it where values are known."""
        typed = self._plain.typed
        if "{{" in typed:
            self._turn(is_on=True)
            if self._values is not None:
                self._values.take_over(typed)
        self.entered.emit()

    @Slot(bool)
    def _on_clicked(self, is_on: bool) -> None:
        self._turn(is_on=is_on)
        values, plain = self._values, self._plain.reading().value
        has_values = values is not None and "{{" in values.typed
        if values is not None and not has_values and is_on:
            values.take_over(plain if isinstance(plain, str) else self._plain.typed)
        elif values is not None and not has_values:
            self._plain.show_field(fitted(self._field, read_text(self._field, values.typed).value))
        self.target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.entered.emit()
        self.left.emit()
        if is_on and values is not None and not values.typed:
            values.pick_value()

    @Slot()
    def _on_look(self) -> None:
        self._keep_room()
        self._place_button()

    def _keep_room(self) -> None:
        """Rows and parts have no end of their own: they are kept narrower, unless the button went elsewhere."""
        inset = 0 if self._is_button_free else self._inset
        if self._is_whole:
            self._plain.setContentsMargins(0, 0, inset, 0)
        else:
            self._plain.set_inset(inset)
        if self._values is not None:
            self._values.set_inset(inset)

    def _place_button(self) -> None:
        if self._is_button_free:
            return
        gap = FUNCTION_GAP - FUNCTION_REACH
        self._button.move(self.width() - self._button.width() - gap, gap)
        self._button.raise_()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._reads(find_value(event.mimeData())):
            self._offered.show_over(self)
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._offered.hide()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._offered.hide()
        path = find_value(event.mimeData())
        if path is not None and self.accept_value(path):
            event.acceptProposedAction()
            self.left.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()
