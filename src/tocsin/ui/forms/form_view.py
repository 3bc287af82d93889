"""A form on the screen. Typing becomes edits; what does not fit becomes a line under its field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tocsin.model.problems import Problem
from tocsin.ui.expression import ExpressionContext
from tocsin.ui.forms import fields as f
from tocsin.ui.forms.changes import edit_of
from tocsin.ui.forms.failure import DEFAULT, ON_ERROR
from tocsin.ui.forms.failure_view import FailureView
from tocsin.ui.forms.field_view import FieldView
from tocsin.ui.forms.form_parts import HANGING, SIDE, Divider, SectionPlace, lines_of
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.words import Group
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.section import Section

ReadAt: TypeAlias = Callable[[str], ExpressionContext]

TOP: Final = 8
ROW_GAP: Final = 8
FAILURE: Final = ".".join(ON_ERROR)
"""What the choices of what a failure does are called among the fields."""
TIGHT_GAP: Final = 4
"""Between the choices of what a failure does and the sentence under them."""


class FormView(QFrame):
    """Draws one form at a time; a form of the same shape only gets other values, so that the focus stays.

    Signals:
        edit_requested: An Edit.
        gesture_ended: The typing in a field is over.
    """

    edit_requested = Signal(object)
    gesture_ended = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.setProperty("role", "panel")
        self._theme = theme
        self._read_at: ReadAt | None = None
        self._form = f.Form((), "", "", ())
        self._views: dict[str, FieldView] = {}
        self._sections: dict[str, Section] = {}
        self._section_of: dict[str, str] = {}
        self._built: list[QWidget] = []
        self._failure: FailureView | None = None
        self._latest: FieldView | None = None
        self._is_locked = False
        self._is_as_text = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, TOP, 0, 0)
        self._column.setSpacing(0)

    @property
    def has_values(self) -> bool:
        """Some field here can read values of other steps."""
        return any(view.field.reads_values for view in self._views.values())

    def show_form(self, form: f.Form, read_at: ReadAt | None = None) -> None:
        """Draw a form.

        Args:
            form: The form.
            read_at: Gives the place that a field's expressions are read at, by the first key of the field's place;
                None where nothing can be read. While it is the same object, the same can be read there.
        """
        is_read_anew = read_at is not self._read_at
        self._read_at = read_at
        is_same = form.shape == self._form.shape
        focused = "" if is_same else self._focused_name()
        self._form = form
        if is_same:
            self._show_values(is_read_anew=is_read_anew)
        else:
            self._rebuild()
        for section in form.sections:
            if section.title:
                self._sections[section.title].set_summary(section.summary)
        if self._failure is not None and form.failure is not None:
            self._failure.show_failure(form.failure)
        if focused:
            self._focus(focused)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Put each problem of this form's owner under the field it names; the first one of a field is shown."""
        texts: dict[str, str] = {}
        for problem in problems:
            name = self._name_of(problem.field)
            texts.setdefault(name, f"{problem.message} {problem.hint}".strip())
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
        if self._failure is not None:
            self._failure.setEnabled(not locked)

    def set_as_text(self, is_text: bool) -> None:
        """Show ids and braces instead of titles in every field, or titles again."""
        self._is_as_text = is_text
        for view in self._views.values():
            view.set_as_text(is_text)

    def find_field(self, name: str) -> FieldView | None:
        """Return the field at a place such as `with.ip`, or None."""
        return self._views.get(name)

    def find_section(self, title: str) -> Section | None:
        """Return a section that folds, by its heading, or None."""
        return self._sections.get(title)

    @property
    def failure_view(self) -> FailureView | None:
        """The three choices of what a failure does; None for what cannot fail."""
        return self._failure

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field, if it is there; a place within it (`cases.0.when`) leads to it."""
        name = self._name_of(name)
        section = self._sections.get(self._section_of.get(name, ""))
        if section is not None:
            section.set_open(True)
        self._focus(name)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        view = next(iter(self._views.values()), None)
        if view is not None:
            view.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus(self, name: str) -> None:
        view = self._views.get(name)
        target = view.editor if view is not None else self._failure if name == FAILURE else None
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused_name(self) -> str:
        """The field that is typed into; "" when none is."""
        focused = self.focusWidget()
        if focused is None or not focused.hasFocus():  # pyright: ignore[reportUnnecessaryComparison]  None for nobody
            return ""
        if self._failure is not None and self._failure.isAncestorOf(focused):
            return FAILURE
        return next((name for name, view in self._views.items() if view.isAncestorOf(focused)), "")

    def _name_of(self, place: str) -> str:
        """The field that a place lies in: `cases` for `cases.0.when`."""
        while place and place not in self._views:
            shorter = place.rpartition(".")[0]
            if not shorter:
                return place
            place = shorter
        return place

    def _show_values(self, *, is_read_anew: bool) -> None:
        for section in self._form.sections:
            for field in section.fields:
                self._views[field.name].show_field(field)
        if is_read_anew:
            for view in self._views.values():
                view.set_context(self._context_of(view.field))

    def _context_of(self, field: f.FormField) -> ExpressionContext | None:
        return self._read_at(str(field.place[0])) if self._read_at is not None else None

    def _rebuild(self) -> None:
        open_before = {title: section.is_open for title, section in self._sections.items()}
        self._clear()
        for section in self._form.sections:
            if not section.title:
                self._add(self._make_content(section))
                continue
            is_open = open_before.get(section.title, section.is_open)
            folding = Section(self._theme, section.title, self, is_open=is_open)
            folding.set_content(self._make_content(section))
            if not self._sections and self._column.count():
                self._add(Divider(self))
                self._column.addSpacing(TIGHT_GAP)
            self._sections[section.title] = folding
            self._add(SectionPlace(folding, self))
        self._column.addStretch(1)
        self._show_all()
        self.set_locked(self._is_locked)

    def _add(self, built: QWidget) -> None:
        self._built.append(built)
        self._column.addWidget(built)

    def _show_all(self) -> None:
        """Show what was built now and not in the next turn of the loop: who asks for a field's focus gets it."""
        if self.isVisible():
            for built in self._built:
                built.show()

    def _make_content(self, section: f.Section) -> QWidget:
        content = QWidget(self)
        column = QVBoxLayout(content)
        is_titled = bool(section.title)
        left, right = (HANGING, 0) if is_titled else (SIDE, SIDE)
        column.setContentsMargins(left, 0, right, ROW_GAP)
        column.setSpacing(TIGHT_GAP if section.title == Group.FAILURE else ROW_GAP)
        if section.title == Group.FAILURE and self._form.failure is not None:
            column.addWidget(self._make_failure(section, content))
        for row in lines_of([self._make_view(field, section, content) for field in _beside(section, self._failure)]):
            column.addLayout(row)
        return content

    def _make_failure(self, section: f.Section, parent: QWidget) -> FailureView:
        """The three choices, with the value to go on with under the one that needs it."""
        self._failure = view = FailureView(parent)
        view.edit_requested.connect(self._on_fate)
        for field in section.fields:
            if field.place == DEFAULT:
                view.set_default_view(self._make_view(field, section, view))
        return view

    def _make_view(self, field: f.FormField, section: f.Section, parent: QWidget) -> FieldView:
        view = FieldView(
            field, FormKit(self._theme, self._context_of(field)), parent, has_label=field.title != section.title
        )
        view.set_as_text(self._is_as_text)
        view.changed.connect(self._on_changed)
        view.left.connect(self.gesture_ended)
        self._views[field.name] = view
        self._section_of[field.name] = section.title
        return view

    def _clear(self) -> None:
        for view in (*self._views.values(), self._failure):
            if view is not None:
                view.blockSignals(True)  # what loses the focus now would speak for the form that comes
        for known in (self._views, self._sections, self._section_of):
            known.clear()
        self._latest, self._failure = None, None
        while self._column.takeAt(0) is not None:  # pyright: ignore[reportUnnecessaryComparison]  None at the end
            pass
        for built in self._built:
            built.hide()
            built.deleteLater()
        self._built.clear()

    @Slot(object)
    def _on_changed(self, view: FieldView) -> None:
        self._latest = view
        self.edit_requested.emit(edit_of(self._form.owners, view.field, view.value))

    @Slot(object)
    def _on_fate(self, edit: object) -> None:
        self.edit_requested.emit(edit)
        self.gesture_ended.emit()


def _beside(section: f.Section, failure: FailureView | None) -> Iterator[f.FormField]:
    """The fields that stand in the section itself."""
    return (field for field in section.fields if failure is None or field.place != DEFAULT)
