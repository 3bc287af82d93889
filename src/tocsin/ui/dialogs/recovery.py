"""What a crash left unsaved, listed: recover it, throw it away, or look at it later. Open it, never execute it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tocsin.base.texts import _
from tocsin.services.recovery import LeftDraft
from tocsin.ui.dialogs.frame import DialogFrame
from tocsin.ui.dialogs.tick_list import Column, TickList
from tocsin.ui.run_dock.words import date_words

COLUMNS: Final = (Column(_("Playbook"), is_wide=True), Column(_("Last change")), Column(_("File"), is_wide=True))
SIZE: Final = (720, 320)


class RecoveryDialog(DialogFrame):
    """Offers what was left; all of it is ticked. What is not ticked stays for the next start.

    Signals:
        recovered: A tuple of LeftDraft to open.
        thrown_away: A tuple of LeftDraft to remove for good.
    """

    recovered = Signal(object)
    thrown_away = Signal(object)

    def __init__(self, found: Sequence[LeftDraft], parent: QWidget) -> None:
        super().__init__("recovery", _("Recover unsaved work"), parent)
        self.resize(*SIZE)
        self._found = tuple(found)
        rows = [(left.name or _("Without a name"), when_words(left.at), where_words(left.path)) for left in self._found]
        self._list = TickList("recovery-list", _("Unsaved work"), COLUMNS, rows, self)
        self._throw = self.make_button(_("Throw away"), self._on_throw)
        self._recover = self.make_button(_("Recover"), self._on_recover, is_primary=True)
        self.add_title(_("Tocsin ended while these playbooks had unsaved changes."))
        self.column.addWidget(self._list, 1)
        self.add_words(
            _("Recovering opens them as they were, unsaved; no file is touched. Throwing away cannot be undone."),
            "hint",
        )
        later = self.make_button(_("Look at it later"), self.reject)
        self.add_buttons(later, self._recover, safest=self._recover, left=self._throw)
        self._list.itemChanged.connect(self._refresh)

    @property
    def ticked(self) -> tuple[LeftDraft, ...]:
        """What the buttons are about."""
        return tuple(self._found[row] for row in self._list.ticked)

    @Slot()
    def _refresh(self) -> None:
        count = len(self.ticked)
        for button in (self._recover, self._throw):
            button.setEnabled(count > 0)

    @Slot()
    def _on_recover(self) -> None:
        self.recovered.emit(self.ticked)
        self.accept()

    @Slot()
    def _on_throw(self) -> None:
        self.thrown_away.emit(self.ticked)
        self.accept()


def when_words(at: int) -> str:
    """Return a time in UTC: “24 Nov 2026, 03:00:00 UTC”; what is not known is said."""
    return date_words(at) if at else _("Cannot be read")


def where_words(path: Path | None) -> str:
    """Return where a playbook's file lies."""
    return str(path) if path else _("Never saved to a file")
