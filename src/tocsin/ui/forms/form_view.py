"""A form on the screen. Typing becomes edits; what does not fit becomes a line under its field."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from tocsin.model.problems import Problem
from tocsin.ui.forms.changes import edit_of
from tocsin.ui.forms.field_view import FieldView
from tocsin.ui.forms.fields import Form


class FormView(QFrame):
    """Draws one form at a time; a form of the same shape only gets other values, so that the focus stays.

    Signals:
        edit_requested: An Edit.
        gesture_ended: The typing in a field is over.
    """

    edit_requested = Signal(object)
    gesture_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.setProperty("role", "panel")
        self._shape: tuple[object, ...] = ()
        self._owner = ""
        self._views: dict[str, FieldView] = {}
        self._latest: FieldView | None = None
        self._is_locked = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 8, 14, 14)
        self._column.setSpacing(8)

    def show_form(self, form: Form) -> None:
        """Draw a form."""
        if form.shape != self._shape:
            self._rebuild(form)
            return
        for section in form.sections:
            for field in section.fields:
                self._views[field.name].show_field(field)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Put each problem of this form's owner under the field it names; the first one of a field is shown."""
        texts: dict[str, str] = {}
        for problem in problems:
            texts.setdefault(problem.field, f"{problem.message} {problem.hint}".strip())
        for name, view in self._views.items():
            view.show_problem(texts.get(name, ""))

    def show_refusal(self, text: str) -> None:
        """Say under the field that was typed into last why its edit was refused."""
        if self._latest is not None:
            self._latest.show_fault(text)

    def set_locked(self, locked: bool) -> None:
        """Let nobody type while a run is on."""
        self._is_locked = locked
        for view in self._views.values():
            view.set_locked(locked)

    def find_field(self, name: str) -> FieldView | None:
        """Return the field at a place such as `with.ip`, or None."""
        return self._views.get(name)

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field, if it is there."""
        view = self._views.get(name)
        if view is not None:
            view.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rebuild(self, form: Form) -> None:
        self._clear()
        self._shape, self._owner = form.shape, form.owner
        for section in form.sections:
            if section.title:
                self._column.addWidget(_heading(section.title, self))
            for field in section.fields:
                view = FieldView(field, self)
                view.set_locked(self._is_locked)
                view.changed.connect(self._on_changed)
                view.left.connect(self.gesture_ended)
                self._views[field.name] = view
                self._column.addWidget(view)
        self._column.addStretch(1)

    def _clear(self) -> None:
        self._views.clear()
        self._latest = None
        while (item := self._column.takeAt(0)) is not None:  # pyright: ignore[reportUnnecessaryComparison]  None at the end
            widget = item.widget()
            if widget is not None:  # pyright: ignore[reportUnnecessaryComparison]  None for a stretch
                widget.hide()
                widget.deleteLater()

    @Slot(object)
    def _on_changed(self, view: FieldView) -> None:
        self._latest = view
        self.edit_requested.emit(edit_of(self._owner, view.field, view.value))


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("role", "title")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
