"""What a product needs to be reached, as fields from its description: addresses, sign-in, options, limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.ui.connections.filling import Group
from tocsin.ui.connections.labels import wrapping
from tocsin.ui.forms.field_view import FieldView
from tocsin.ui.forms.form_parts import lines_of
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.section import Section

GAP: Final = 8
GROUP_GAP: Final = 10


class FormPage(QScrollArea):
    """Draws groups of fields; nothing in them is a template, and what is secret is never shown."""

    def __init__(self, theme: Theme, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._views: dict[str, FieldView] = {}
        self._section_of: dict[str, Section] = {}
        self.setObjectName("connection-form")
        self.setAccessibleName(_("Connection"))
        self.setWidgetResizable(True)
        body = QWidget(self)
        body.setObjectName("connection-form-body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(GROUP_GAP)
        for group in groups:
            column.addWidget(self._make_group(group, body))
        column.addStretch(1)
        self.setWidget(body)

    @property
    def values(self) -> dict[str, Json]:
        """What was entered, by the names of the fields; fields left empty are left out."""
        entered = {name: view.value for name, view in self._views.items()}
        return {name: value for name, value in entered.items() if value is not None}

    def find_field(self, name: str) -> FieldView | None:
        """Return the field of a name such as `addresses.main`, or None."""
        return self._views.get(name)

    def focus_first(self) -> None:
        """Put the cursor into the first field that is empty."""
        views = list(self._views.values())
        first = next((view for view in views if view.field.required and view.value is None), views[0])
        first.editor.setFocus()

    def ensure_complete(self) -> bool:
        """Tell whether everything can be taken; what cannot says why under its field."""
        faults = [name for name, view in self._views.items() if view.check()]
        if faults:
            self._reveal(faults[0])
        return not faults

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say under fields why they were not taken."""
        for name, text in faults.items():
            if name in self._views:
                self._views[name].show_fault(text)
        first = next((name for name in faults if name in self._views), "")
        if first:
            self._reveal(first)

    def forget_secrets(self) -> None:
        """Empty every field of the sign-in."""
        for name, view in self._views.items():
            if name.startswith("secrets.") and isinstance(view.editor, QLineEdit):
                view.editor.clear()

    def _make_group(self, group: Group, parent: QWidget) -> QWidget:
        content = QWidget(parent)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        section = Section(self._theme, group.title, parent, is_open=group.is_open)
        if group.note:
            column.addWidget(wrapping(group.note, "hint", content))
        kit = FormKit(self._theme)
        views = [FieldView(field, kit, content) for field in group.fields]
        for view in views:
            self._views[view.field.name] = view
            self._section_of[view.field.name] = section
        for row in lines_of(views):
            column.addLayout(row)
        section.set_content(content)
        return section

    def _reveal(self, name: str) -> None:
        self._section_of[name].set_open(True)
        view = self._views[name]
        self.ensureWidgetVisible(view)
        view.editor.setFocus()
