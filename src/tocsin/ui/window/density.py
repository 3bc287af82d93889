"""How large nodes are drawn in every tab of a window: as set, or by the window's height."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from tocsin.services.settings import Density as Wanted
from tocsin.services.settings import SettingsChanged, SettingsStore
from tocsin.ui.canvas.geometry import Density
from tocsin.ui.hearing import Hearing
from tocsin.ui.window.document import Document
from tocsin.ui.window.open_documents import OpenDocuments

LOW: Final = 1000
"""Lower windows are compact by themselves, in pixels (visual-design.md §3)."""


class DensityDesk(QObject):
    """Keeps the canvases of a window in one density."""

    def __init__(self, documents: OpenDocuments, settings: SettingsStore, window: QWidget) -> None:
        super().__init__(window)
        self._documents = documents
        self._settings = settings
        self._window = window
        self._hearing = Hearing()
        self._hearing.connect(settings.changed, self._on_settings)
        documents.added.connect(self._on_added)
        window.installEventFilter(self)
        self._show()

    @property
    def density(self) -> Density:
        """How large nodes are drawn now."""
        wanted = self._settings.settings.appearance.density
        if wanted is Wanted.AUTO:
            return Density.COMPACT if self._window.height() < LOW else Density.COMFORTABLE
        return Density(wanted.value)

    def choose(self, density: Density) -> None:
        """Draw nodes so from now on, here and after a restart."""
        settings = self._settings.settings
        appearance = replace(settings.appearance, density=Wanted(density.value))
        self._settings.change(replace(settings, appearance=appearance))

    def close(self) -> None:
        """Hear the settings no more."""
        self._hearing.close()

    def _show(self) -> None:
        for document in self._documents.all:
            document.canvas.scene.set_density(self.density)

    def _on_settings(self, _changed: SettingsChanged) -> None:
        self._show()

    def _on_added(self, document: Document) -> None:
        document.canvas.scene.set_density(self.density)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() is QEvent.Type.Resize:
            self._show()
        return super().eventFilter(watched, event)
