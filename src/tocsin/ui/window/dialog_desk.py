"""Opens what stands over the window: the command palette, the keys sheet, settings, what Tocsin is. Keeps the keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from tocsin.base.texts import _
from tocsin.model.problems import CheckInfo, Problem
from tocsin.services.settings import SettingsChanged, SettingsStore
from tocsin.ui.actions.build import ActionSet
from tocsin.ui.actions.shortcuts import own_keys
from tocsin.ui.connections.vault_page import TITLE, VaultPage
from tocsin.ui.dialogs.about import AboutDialog
from tocsin.ui.dialogs.command_palette import CommandPalette
from tocsin.ui.dialogs.keys_sheet import KeysSheet
from tocsin.ui.dialogs.palette_entries import ACTION, NODE, action_entries, node_entries, text_entries
from tocsin.ui.dialogs.settings.dialog import KEYS, SettingsDialog
from tocsin.ui.hearing import Hearing
from tocsin.ui.help.lines import help_of
from tocsin.ui.help.sheet import HelpSheet
from tocsin.ui.ports import ConnectionsPort
from tocsin.ui.problems.explanation import ExplanationDialog
from tocsin.ui.theme import Theme
from tocsin.ui.window.open_documents import OpenDocuments


class DialogDesk(QObject):
    """Makes each when it is asked for; none of them blocks."""

    def __init__(
        self,
        documents: OpenDocuments,
        theme: Theme,
        settings: SettingsStore,
        window: QWidget,
        *,
        connections: ConnectionsPort | None = None,
    ) -> None:
        super().__init__(window)
        self._connections = connections
        self._documents = documents
        self._theme = theme
        self._settings = settings
        self._window = window
        self._actions: ActionSet | None = None
        self._palette: CommandPalette | None = None
        self._hearing = Hearing()

    def take_actions(self, actions: ActionSet) -> None:
        """Learn what the palette can do, and let it answer to a person's own keys from now on.

        The table of actions tells this desk, so it comes later.
        """
        self._actions = actions
        actions.set_keys(own_keys(self._settings.settings.shortcuts))
        self._hearing.connect(self._settings.changed, self._on_settings)

    def close(self) -> None:
        """Hear the settings no more."""
        self._hearing.close()

    def open_palette(self) -> None:
        """Let a person go to a node or do an action by a few letters."""
        if self._actions is not None:
            document = self._documents.current
            nodes = node_entries(document.playbook, document.catalogue)
            self._get_palette(_("Search nodes and commands")).open_with((*nodes, *action_entries(self._actions)))

    def open_find(self) -> None:
        """Let a person go to a node by its name or by a text that stands in it."""
        playbook, catalogue = self._documents.current.playbook, self._documents.current.catalogue
        entries = (*node_entries(playbook, catalogue), *text_entries(playbook, catalogue))
        self._get_palette(_("Find in this playbook")).open_with(entries)

    def open_help(self) -> None:
        """Tell what the selected step does, is given and gives; every key where there is no such step."""
        document = self._documents.current
        chosen = document.canvas.scene.selected_nodes()
        told = help_of(chosen[0], document.playbook, document.catalogue) if len(chosen) == 1 else None
        if told is None:
            self.open_keys()
            return
        sheet = HelpSheet(told, self._theme, self._window)
        sheet.keys_requested.connect(self.open_keys)
        sheet.open()

    @Slot()
    def open_keys(self) -> None:
        """Show every key."""
        sheet = KeysSheet(self._theme, own_keys(self._settings.settings.shortcuts), self._window)
        sheet.change_requested.connect(self._on_change_keys)
        sheet.open()

    def open_settings(self) -> None:
        """Show the settings; each choice is worn at once."""
        self._make_settings().open()

    def explain(self, problem: Problem, info: CheckInfo, on_fix: Callable[[Problem], None]) -> None:
        """Say why something is a problem; `on_fix` is called when it shall be mended."""
        place = self._documents.current.problem_places.of(problem)
        dialog = ExplanationDialog(problem, place, info, self._theme, self._window)
        dialog.accepted.connect(partial(on_fix, problem))
        dialog.open()

    def open_about(self) -> None:
        """Say what Tocsin is, and whose work is in it."""
        AboutDialog(self._theme, self._window).open()

    def _on_settings(self, changed: SettingsChanged) -> None:
        if self._actions is not None and changed.new.shortcuts != changed.old.shortcuts:
            self._actions.set_keys(own_keys(changed.new.shortcuts))

    @Slot()
    def _on_change_keys(self) -> None:
        dialog = self._make_settings()
        dialog.show_page(KEYS)
        dialog.open()

    def _make_settings(self) -> SettingsDialog:
        port = self._connections
        further = [(TITLE, partial(VaultPage, port, self._theme))] if port is not None else []
        return SettingsDialog(self._theme, self._settings, self._window, further=further)

    def _get_palette(self, hint: str) -> CommandPalette:
        if self._palette is None:
            self._palette = CommandPalette(self._theme, self._window)
            self._palette.chosen.connect(self._on_chosen)
        self._palette.set_hint(hint)
        return self._palette

    @Slot(str)
    def _on_chosen(self, entry: str) -> None:
        if entry.startswith(NODE):
            self._documents.current.show_node(entry.removeprefix(NODE))
        elif self._actions is not None:
            self._actions.get(entry.removeprefix(ACTION)).trigger()
