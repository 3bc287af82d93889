"""Has unsaved work kept beside the editing, and offers at the start what a crash has left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tocsin.base.clock import new_run_id
from tocsin.base.texts import _
from tocsin.services.editing import HistoryState
from tocsin.services.recovery import CannotKeepError, Draft, LeftDraft, Recovery, UnreadableDraftError
from tocsin.services.settings import SettingsChanged, SettingsStore
from tocsin.ui.bridge import EventBridge
from tocsin.ui.dialogs.recovery import RecoveryDialog
from tocsin.ui.hearing import Hearing
from tocsin.ui.window.document import Document
from tocsin.ui.window.open_documents import OpenDocuments

COPY: Final = _("“{name}” is open with changes of its own. What was recovered is a copy without a file.")


class RecoveryDesk(QObject):
    """Every document with unsaved changes is kept, under a key of its own, until it is saved or closed.

    Signals:
        failed: A TocsinError: something cannot be kept, or not be read.
        said: Where something was recovered to, where nobody would look for it.

    Attributes:
        elsewhere: Finds the desk of another window that has a file; None where none has it.
    """

    failed = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        documents: OpenDocuments,
        recovery: Recovery,
        settings: SettingsStore,
        bridge: EventBridge,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._documents = documents
        self._recovery = recovery
        self._window = window
        self._keys: dict[Document, str] = {}
        self._is_offering = False
        self.elsewhere: Callable[[Path], RecoveryDesk | None] = lambda _path: None
        self._hearing = Hearing()
        self._hearing.connect(recovery.failed, partial(bridge.deliver, self._on_failed))
        self._hearing.connect(settings.changed, self._on_settings)
        recovery.set_period(settings.settings.autosave_seconds)
        for document in documents.all:
            self._on_added(document)
        documents.added.connect(self._on_added)
        documents.removed.connect(self._forget)

    def _on_settings(self, changed: SettingsChanged) -> None:
        self._recovery.set_period(changed.new.autosave_seconds)

    @Slot()
    def offer(self) -> None:
        """Ask what shall become of what processes that ended have left; nothing when they left nothing."""
        found = self._recovery.find()
        if not found:
            return
        dialog = RecoveryDialog(found, self._window)
        dialog.recovered.connect(self._on_recovered)
        dialog.thrown_away.connect(self._on_thrown_away)
        dialog.finished.connect(self._on_finished)
        self._is_offering = True
        dialog.open()

    def recover(self, key: str, path: Path, draft: Draft) -> bool:
        """Show recovered work in the tab of its file, unless something would be lost there; tell whether it is."""
        document = self._documents.find(path)
        if document is None or document.session.is_dirty or document.is_running:
            return False
        self._fill(document, key, draft)
        self._window.raise_()
        self._window.activateWindow()
        return True

    def forget_all(self) -> None:
        """Keep nothing any more: the window closes, and what was unsaved has been asked about."""
        for document in tuple(self._keys):
            self._forget(document)

    def close(self) -> None:
        """Let go of the service; what is kept stays, for this may be a process that was told to end at once."""
        self._hearing.close()
        self._keys.clear()
        if self._is_offering:  # another window may be asking
            self._recovery.leave()

    @Slot(object)
    def _on_added(self, document: Document) -> None:
        document.hearing.connect(document.session.history_changed, partial(self._on_history, document))
        self._on_history(document, document.session.history)  # it may come from another window

    def _on_history(self, document: Document, state: HistoryState) -> None:
        if state.is_dirty:
            session = document.session
            key = self._keys.setdefault(document, new_run_id())
            self._recovery.keep(key, Draft(session.playbook, session.path, session.base))
        else:
            self._forget(document)

    @Slot(object)
    def _forget(self, document: Document) -> None:
        key = self._keys.pop(document, None)
        if key is not None:
            self._recovery.drop(key)

    @Slot(object)
    def _on_recovered(self, chosen: Sequence[LeftDraft]) -> None:
        for left in chosen:
            try:
                draft = self._recovery.take(left)
            except UnreadableDraftError as error:
                self.failed.emit(error)
            except OSError as error:
                self.failed.emit(CannotKeepError(error.strerror or str(error)))
            else:
                self._show(left.key, draft)

    def _show(self, key: str, draft: Draft) -> None:
        """Open recovered work in a tab: the one of its file, here or in another window, where nothing is lost there."""
        path = draft.path
        desk = self if path is None or self._documents.find(path) is not None else self.elsewhere(path)
        if path is None or desk is None:
            self._fill(self._find_room(), key, draft)
        elif not desk.recover(key, path, draft):
            self._fill(self._find_room(), key, Draft(draft.playbook))  # a file is open once
            self.said.emit(COPY.format(name=path.name))

    def _find_room(self) -> Document:
        return self._documents.find_untouched() or self._documents.add()

    def _fill(self, document: Document, key: str, draft: Draft) -> None:
        self._keys[document] = key
        document.session.recover(draft.playbook, draft.path, draft.base)
        document.look_at_file()
        self._documents.show(document)

    @Slot(object)
    def _on_thrown_away(self, chosen: Sequence[LeftDraft]) -> None:
        for left in chosen:
            self._recovery.throw_away(left)

    @Slot()
    def _on_finished(self) -> None:
        self._is_offering = False
        self._recovery.leave()

    def _on_failed(self, error: CannotKeepError) -> None:
        self.failed.emit(error)
