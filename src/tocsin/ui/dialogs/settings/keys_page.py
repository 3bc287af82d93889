"""The page of the settings about keys: every action of the one table with its key, another recorded, all reset."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from tocsin.base.texts import _
from tocsin.services.settings import Settings
from tocsin.ui.actions.rebinding import Taken, find_taken, is_changed, keys_now, with_key, without
from tocsin.ui.actions.search import Findable, rank
from tocsin.ui.actions.spec import ActionSpec
from tocsin.ui.actions.table import ACTIONS
from tocsin.ui.dialogs.found_list import FoundDelegate, FoundModel
from tocsin.ui.dialogs.settings.key_recorder import KeyRecorder
from tocsin.ui.theme import Theme
from tocsin.ui.widgets.search_field import SearchField
from tocsin.ui.widgets.words import Words

CHANGED: Final = "yours"
_SPECS: Final = {spec.id: spec for spec in ACTIONS}


class KeysPage(QWidget):
    """Shows settings and says what a person chose; it keeps nothing.

    Signals:
        chosen: The Settings with other keys.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._taken: Taken | None = None
        self.search = SearchField(theme, _("Find an action or a key"), parent=self)
        self._model = FoundModel(self)
        self.list = QListView(self)
        self._said = Words("", self)
        self.recorder = KeyRecorder(self)
        self.take = self._button(_("Take it over"), "take-key", self._on_take)
        self.clear = self._button(_("No key"), "clear-key", self._on_clear)
        self.reset = self._button(_("Reset"), "reset-key", self._on_reset)
        self.reset_all = self._button(_("Reset all keys"), "reset-all-keys", self._on_reset_all)
        self._lay_out(theme)
        self.search.textChanged.connect(self._on_searched)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.recorder.recorded.connect(self._on_recorded)
        self.show_settings(settings)

    @property
    def said(self) -> str:
        """What is said of the key that was recorded last; "" when it holds."""
        return self._said.text()

    def show_settings(self, settings: Settings) -> None:
        """Show what is set; says nothing."""
        self._settings = settings
        self._list_actions()

    def choose(self, action: str) -> None:
        """Make an action's row the current one, if it is listed."""
        row = next((at for at, found in enumerate(self._model.found) if found.id == action), 0)
        self.list.setCurrentIndex(self._model.index(row))

    def _lay_out(self, theme: Theme) -> None:
        self.list.setObjectName("keys-list")
        self.list.setAccessibleName(_("Actions and their keys"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(FoundDelegate(theme, self.list, has_icons=False))
        self.list.setUniformItemSizes(True)
        self._said.setObjectName("keys-said")
        self._said.setProperty("role", "problem")
        self._said.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.recorder, self.clear, self.reset):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.reset_all)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self._said, 1)
        told.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addLayout(told)
        column.addLayout(foot)

    def _button(self, text: str, name: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    @property
    def _kept(self) -> Mapping[str, str]:
        return self._settings.shortcuts

    @property
    def _current(self) -> ActionSpec | None:
        row = self.list.currentIndex().row()
        return _SPECS[self._model.found[row].id] if 0 <= row < len(self._model.found) else None

    def _list_actions(self) -> None:
        current = self._current
        self._model.show(rank(self.search.text(), (_found(spec, self._kept) for spec in ACTIONS)))
        self.choose(current.id if current is not None else "")
        self._show_current()

    def _show_current(self) -> None:
        spec = self._current
        self._say(None)
        self.recorder.setEnabled(spec is not None)
        self.clear.setEnabled(spec is not None and bool(keys_now(spec, self._kept)))
        self.reset.setEnabled(spec is not None and is_changed(spec, self._kept))
        self.reset_all.setEnabled(bool(self._kept))
        self.recorder.setAccessibleName(
            _("Record a key for {title}").format(title=spec.title) if spec is not None else _("Record a key")
        )

    def _say(self, taken: Taken | None) -> None:
        """Say whose a key is; what can be taken over is offered."""
        self._taken = taken
        written = QKeySequence(taken.key).toString(QKeySequence.SequenceFormat.NativeText) if taken is not None else ""
        self._said.setText(f"{written}: {taken.why}" if taken is not None else "")
        self.take.setVisible(taken is not None and bool(taken.actions))

    def _keep(self, kept: Mapping[str, str]) -> None:
        self.chosen.emit(replace(self._settings, shortcuts=dict(kept)))

    @Slot(str)
    def _on_searched(self, _text: str) -> None:
        self._list_actions()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_current()

    @Slot(str)
    def _on_recorded(self, key: str) -> None:
        spec = self._current
        if spec is not None:
            taken = find_taken(spec.id, key, self._kept)
            if taken is None:
                self._keep(with_key(spec.id, key, self._kept))
            else:
                self._say(taken)

    @Slot()
    def _on_take(self) -> None:
        spec, taken = self._current, self._taken
        if spec is not None and taken is not None:
            self._keep(with_key(spec.id, taken.key, self._kept))

    @Slot()
    def _on_clear(self) -> None:
        spec = self._current
        if spec is not None:
            self._keep(with_key(spec.id, "", self._kept))

    @Slot()
    def _on_reset(self) -> None:
        spec = self._current
        if spec is not None:
            self._keep(without(spec.id, self._kept))

    @Slot()
    def _on_reset_all(self) -> None:
        self._keep({})


def _found(spec: ActionSpec, kept: Mapping[str, str]) -> Findable:
    keys = keys_now(spec, kept)
    written = " or ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
    group = f"{spec.menu} · {CHANGED}" if is_changed(spec, kept) else str(spec.menu)
    return Findable(spec.id, spec.title.rstrip("…"), group, f"{written} {written.replace('+', ' ')}", keys=written)
