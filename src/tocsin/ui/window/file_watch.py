"""Looks at the open playbooks' files when another program may have changed them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QFileSystemWatcher, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.services.claims import Claims
from tocsin.ui.window.document import Document
from tocsin.ui.window.open_documents import OpenDocuments

CALM_MS: Final = 100
RENEW_MS: Final = 60_000


class FileWatch(QObject):
    """Watches files and their folders, for many programs save by putting another file in its place.

    It also looks whenever the window comes to the front: some file systems tell nothing. Others on a shared drive are
    told what is open here.
    """

    def __init__(self, documents: OpenDocuments, claims: Claims | None, window: QWidget) -> None:
        super().__init__(window)
        self._documents = documents
        self._claims = claims
        self._paths: set[Path | None] = set()
        self._watcher = QFileSystemWatcher(self)
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self.look)
        self._renewing = QTimer(self, interval=RENEW_MS)
        self._renewing.timeout.connect(self.look)
        if claims is not None:
            self._renewing.start()
        self._watcher.fileChanged.connect(self._on_changed)
        self._watcher.directoryChanged.connect(self._on_changed)
        documents.facts_changed.connect(self._on_documents)
        documents.removed.connect(self._on_documents)
        window.installEventFilter(self)

    @Slot()
    def look(self) -> None:
        """Compare every file with what is known of it, and mark which are open."""
        if self._claims is not None:
            self._claims.hold(self, [path for path in self._open_paths() if path is not None])
        for document in self._documents.all:
            document.look_at_file()
        self._follow()

    def close(self) -> None:
        """Mark nothing as open any more."""
        self._renewing.stop()
        if self._claims is not None:
            self._claims.hold(self, ())

    def _follow(self) -> None:
        """Watch what is open now; a file that was replaced has to be watched anew."""
        self._paths = self._open_paths()
        places = {place for path in self._paths if path is not None for place in (path, path.parent)}
        wanted = {str(place) for place in places if place.exists()}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if watched - wanted:
            self._watcher.removePaths(sorted(watched - wanted))
        if wanted - watched:
            self._watcher.addPaths(sorted(wanted - watched))

    @Slot(str)
    def _on_changed(self, _path: str) -> None:
        self._calm.start()

    def _open_paths(self) -> set[Path | None]:
        return {document.session.path for document in self._documents.all}

    @Slot(object)
    def _on_documents(self, _document: Document) -> None:
        if self._open_paths() != self._paths:
            self.look()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowActivate:
            self.look()
        return super().eventFilter(watched, event)
