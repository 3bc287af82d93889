"""A schedule: the line that is typed, what it says in words, and the next five times with their zone."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.base.texts import _
from tocsin.ui.forms.cron import cron_words, find_zone, next_times, time_words
from tocsin.ui.forms.fields import FormField
from tocsin.ui.forms.kit import FormKit
from tocsin.ui.forms.line_editor import SuggestEditor
from tocsin.ui.forms.reading import text_of
from tocsin.ui.widgets.words import Words

GAP: Final = 4
NEVER: Final = _("It never comes.")


class CronEditor(SuggestEditor):
    """The line's menu has what is usual. What stands there is cron's own line, as people paste it."""

    def __init__(self, field: FormField, kit: FormKit, parent: QWidget | None = None) -> None:
        super().__init__(field, kit, parent)
        self._said = Words(parent=self)
        self._said.setWordWrap(True)
        self._times = Words(parent=self)
        self._times.setProperty("role", "hint")
        self._column.setSpacing(GAP)
        for label in (self._said, self._times):
            self._column.addWidget(label)
        self.entered.connect(self._tell)
        self._tell()

    @property
    def words(self) -> str:
        """What the schedule says, and where."""
        return self._said.text()

    @property
    def times(self) -> list[str]:
        """When it comes next."""
        return self._times.text().splitlines()

    @override
    def show_field(self, field: FormField) -> None:
        self._field = field
        self._input.set_text(text_of(field))
        self._tell()

    @override
    def confirm(self, field: FormField) -> None:
        super().confirm(field)
        self._tell()

    @override
    def _on_suggested(self, action: QAction) -> None:
        self._write(next(str(one.value) for one in self._field.choices if one.title == action.text()))

    @Slot()
    def _tell(self) -> None:
        reading = self.reading()
        text = reading.value if isinstance(reading.value, str) and not reading.fault else ""
        zone_name = self._field.zone
        zone = find_zone(zone_name)
        if text and zone is not None:
            times = next_times(text, datetime.now(zone))
            self._said.setText(f"{cron_words(text)}, {zone_name.replace('_', ' ')}")
            self._times.setText("\n".join(map(time_words, times)) or NEVER)
        for label in (self._said, self._times):
            label.setVisible(bool(text) and zone is not None)
