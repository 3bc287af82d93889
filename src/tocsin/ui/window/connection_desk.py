"""Where runs go outside the Lab: lists the environments, connects products, asks before such a run begins."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from tocsin.base.texts import _
from tocsin.engine.events import LIVE
from tocsin.services.connections import Overview
from tocsin.ui.asking import Asking
from tocsin.ui.connections.faces import LAB, EnvironmentFace, faces_of
from tocsin.ui.connections.health_watch import HealthWatch
from tocsin.ui.connections.setup import SavedConnection, SetUpDialog, SetUpPlace
from tocsin.ui.connections.side_by_side import EnvironmentsDialog
from tocsin.ui.connections.unlocking import Unlocking
from tocsin.ui.dialogs.choice import ChoiceDialog, Question
from tocsin.ui.dialogs.frame import Option
from tocsin.ui.ports import ConnectionsPort
from tocsin.ui.theme import Theme
from tocsin.ui.window.document import Document
from tocsin.ui.window.environment_switch import EnvironmentSwitch
from tocsin.ui.window.open_documents import OpenDocuments

OPEN: Final = _("The vault is open until Tocsin ends or you lock it.")
LOCKED: Final = _("The vault is locked. What needs a secret opens it again, or asks for its passphrase.")
REAL: Final = _("Its products are real: what the steps change there is changed. Rehearse it first to see the list.")


class ConnectionDesk(QObject):
    """Looks again whenever another playbook is in front: its workspace says which environments there are.

    Attributes:
        watch: The schedule on which connections are looked at, one for all windows; None where there is none.

    Signals:
        failed: A TocsinError: the environments or the vault cannot be read.
        changed: The environments, or the chosen one, are others now.
        said: What was done to the vault.
    """

    failed = Signal(object)
    changed = Signal()
    said = Signal(str)

    def __init__(self, port: ConnectionsPort, documents: OpenDocuments, theme: Theme, window: QMainWindow) -> None:
        super().__init__(window)
        self._port, self._documents, self._theme, self._window = port, documents, theme, window
        self._switch: EnvironmentSwitch | None = None
        self._overview = Overview()
        self._file: str | None = None
        self._asking, self._unlocking = Asking(self), Unlocking(port, theme, window)
        self.watch: HealthWatch | None = None
        for asked in (self._asking, self._unlocking):
            asked.failed.connect(self.failed)
        documents.added.connect(self._on_added)
        documents.current_changed.connect(self._on_facts)
        documents.facts_changed.connect(self._on_facts)
        for document in documents.all:
            self._on_added(document)

    @property
    def overview(self) -> Overview:
        """Every environment of the workspace of the playbook in front, as they were looked at last."""
        return self._overview

    def take_switch(self, switch: EnvironmentSwitch) -> None:
        """Learn where the environments are listed."""
        self._switch = switch
        switch.environment_chosen.connect(self.choose)
        self._on_facts(self._documents.current)

    @Slot(str)
    def choose(self, environment: str) -> None:
        """Let the next runs of every playbook go to an environment; to the Lab where there is none of that id."""
        chosen = next((one for one in self._environments() if one.id == environment), LAB)
        for document in self._documents.all:
            document.environment = chosen
        self._show()

    @Slot()
    def connect_product(self) -> None:
        """Let a product be picked, filled in, tested and kept."""
        self._asking.ask(self._port.look(self._here()), self._open_set_up)

    def show_environments(self) -> None:
        """Show every environment with its connections, the chosen one first."""
        self._make_dialog().open_with(self._documents.current.environment.id)

    def ask_environment(self) -> None:
        """Ask for a new environment, over those there are."""
        self._make_dialog().open_with(self._documents.current.environment.id, asks_new=True)

    def unlock_vault(self) -> None:
        """Open the vault, after asking for its passphrase where only that opens it."""
        self._unlocking.when_open(self._on_unlocked)

    def when_vault_open(self, then: Callable[[], None]) -> None:
        """Do something once the vault is open, after asking for its passphrase where only that opens it."""
        self._unlocking.when_open(then)

    def lock_vault(self) -> None:
        """Forget the vault's key."""
        self._asking.ask(self._port.lock_vault(), self._on_locked)

    def _make_dialog(self) -> EnvironmentsDialog:
        catalogue = self._documents.current.catalogue
        dialog = EnvironmentsDialog(self._port, catalogue, self._here(), self._theme, self._window)
        if self.watch is not None:
            dialog.follow(self.watch)
        for told in (dialog.changed, dialog.finished):
            told.connect(self._look)
        return dialog

    def _open_set_up(self, overview: Overview) -> None:
        chosen = self._documents.current.environment
        place = SetUpPlace(self._here(), overview, "" if chosen == LAB else chosen.id)
        dialog = SetUpDialog(self._port, self._documents.current.catalogue, place, self._theme, self._window)
        dialog.saved.connect(self._on_saved)
        dialog.open()

    def _here(self) -> str:
        """A file in the workspace of the playbook in front."""
        return self._documents.current.place

    def _environments(self) -> tuple[EnvironmentFace, ...]:
        return (LAB, *faces_of(self._overview.environments))

    @Slot()
    def _look(self) -> None:
        self._asking.ask(self._port.look(self._here()), self._on_overview)

    def _on_overview(self, overview: Overview) -> None:
        self._overview = overview
        self.choose(self._documents.current.environment.id)

    def _show(self) -> None:
        if self._switch is not None:
            self._switch.show_environments(self._environments(), self._documents.current.environment.id)
        self.changed.emit()

    @Slot(object)
    def _on_added(self, document: Document) -> None:
        document.environment = self._documents.current.environment
        document.permit = partial(self._permit, document)

    @Slot(object)
    def _on_facts(self, _document: Document) -> None:
        """Look again where the playbook in front lies elsewhere than the one before."""
        if self._switch is not None and self._here() != self._file:
            self._file = self._here()
            self._look()

    @Slot(object)
    def _on_saved(self, _saved: SavedConnection) -> None:
        self._look()

    def _on_unlocked(self) -> None:
        self.said.emit(OPEN)
        self._look()

    def _on_locked(self, _nothing: None) -> None:
        self.said.emit(LOCKED)
        self._look()

    def _permit(self, document: Document, mode: str, start: Callable[[], None]) -> None:
        """Let a run outside the Lab begin: the vault is open, and a live one was asked about once."""
        asked = partial(self._ask, document, start) if mode == LIVE else start
        self._unlocking.when_usable(document.environment.id, self._here(), asked)

    def _ask(self, document: Document, start: Callable[[], None]) -> None:
        where = document.environment.title
        question = Question(
            _("Run in {where}").format(where=where),
            _("Run “{name}” in {where}?").format(name=document.name, where=where),
            REAL,
        )
        ChoiceDialog(
            "run-outside",
            question,
            (Option(_("Cancel")), Option(_("Run in {where}").format(where=where), start)),
            self._window,
        ).open()
