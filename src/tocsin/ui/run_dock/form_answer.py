"""The fields of a question that asks for a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tocsin.base.json_types import Json
from tocsin.ui.forms.field_view import FieldView
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.schema_fields import schema_fields
from tocsin.ui.theme import Theme


class FormAnswer(QWidget):
    """Draws a JSON Schema as fields. What is typed is taken as it is: nothing in an answer is a template."""

    def __init__(
        self,
        schema: Mapping[str, Any],
        theme: Theme,
        parent: QWidget | None = None,
        *,
        values: Mapping[str, Json] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("question-form")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._views: list[FieldView] = []
        kit = FormKit(theme)
        for field in schema_fields(schema, values or {}, ()):
            view = FieldView(replace(field, takes_template=False), kit, self)
            self._views.append(view)
            column.addWidget(view)
        column.addStretch(1)

    @property
    def value(self) -> Json:
        """What was entered; fields left empty are left out."""
        entered = {view.field.name: view.value for view in self._views}
        return {name: value for name, value in entered.items() if value is not None}

    def ensure_complete(self) -> bool:
        """Tell whether everything can be sent; what cannot says why under its field."""
        faults = [view for view in self._views if view.check()]
        if faults:
            faults[0].editor.setFocus()
        return not faults
