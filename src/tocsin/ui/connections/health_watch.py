"""Looks whether connections are well, again and again while Tocsin is open: one schedule for all windows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tocsin.base.errors import TocsinError
from tocsin.services.connections import EnvironmentView, HealthEntry, Overview
from tocsin.services.settings import CannotSaveSettingsError, HealthEvery, SettingsChanged, SettingsStore
from tocsin.ui.asking import Asking
from tocsin.ui.hearing import Hearing
from tocsin.ui.ports import ConnectionsPort

MINUTE_MS: Final = 60_000


class HealthWatch(QObject):
    """One connection after the other, those that lack nothing; it never asks for a passphrase.

    Signals:
        looked: The HealthEntry of a look.
        changed: The HealthEvery that holds now.
        failed: A TocsinError: the period cannot be kept.
    """

    looked = Signal(object)
    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self, port: ConnectionsPort, settings: SettingsStore, here: Callable[[], Sequence[str]], parent: QObject
    ) -> None:
        """Begin where a period is set; the first look is when it is over, so that a start sends nothing.

        Args:
            port: The connections.
            settings: Keep the period.
            here: Gives a file in each workspace that is meant now; one that is told of twice is looked at once.
            parent: Who owns it.
        """
        super().__init__(parent)
        self._port, self._settings, self._here = port, settings, here
        self._files: list[str] = []
        self._views: list[tuple[str, EnvironmentView]] = []
        self._seen: list[EnvironmentView] = []
        self._waiting: list[tuple[str, str, str]] = []
        self._look: Future[HealthEntry] | None = None
        self._is_on = False
        self._asking = Asking(self)
        self._asking.failed.connect(self._on_refused)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._hearing = Hearing()
        self._hearing.connect(settings.changed, self._on_settings)
        self._set_timer()

    @property
    def every(self) -> HealthEvery:
        """How often it looks."""
        return self._settings.settings.health_minutes

    @property
    def period(self) -> int:
        """After how many milliseconds it looks again; 0 where it does not."""
        return self._timer.interval() if self._timer.isActive() else 0

    def set_every(self, every: HealthEvery) -> None:
        """Look that often from now on, at once for the first time, also after a restart."""
        if every is self.every:
            return
        try:
            self._settings.change(replace(self._settings.settings, health_minutes=every))
        except CannotSaveSettingsError as error:
            self.failed.emit(error)
        if every is not HealthEvery.OFF:
            self.look()

    @Slot()
    def look(self) -> None:
        """Look at every connection of the workspaces, unless that is being done."""
        if not self._is_on:
            self._is_on = True
            self._files, self._seen = list(dict.fromkeys(self._here())), []
            self._go_on()

    def close(self) -> None:
        """Look no more; the look that is on ends."""
        self._hearing.close()
        self._stop()

    def _stop(self) -> None:
        self._timer.stop()
        self._files, self._views, self._waiting, self._is_on = [], [], [], False
        if self._look is not None:
            self._look.cancel()
            self._look = None

    def _set_timer(self) -> None:
        if self.every is HealthEvery.OFF:
            self._stop()
        else:
            self._timer.start(self.every * MINUTE_MS)

    def _on_settings(self, changed: SettingsChanged) -> None:
        if changed.old.health_minutes is not changed.new.health_minutes:
            self._set_timer()
            self.changed.emit(changed.new.health_minutes)

    def _on_overview(self, file: str, overview: Overview) -> None:
        found = [view for view in overview.environments if view.ready and view not in self._seen]
        self._seen += found
        self._views = [(file, view) for view in found]
        self._go_on()

    def _go_on(self) -> None:
        """Look at the next one: of this environment, of the next that needs no passphrase first, or of another file."""
        if not self._is_on:
            return
        self._look = None
        if self._waiting:
            environment, name, file = self._waiting.pop(0)
            self._look = self._port.check_health(environment, name, file)
            self._asking.ask(self._look, self._on_looked)
        elif self._views:
            file, view = self._views.pop(0)
            self._asking.ask(self._port.needs_passphrase(view.id, file), partial(self._on_need, file, view))
        elif self._files:
            file = self._files.pop(0)
            self._asking.ask(self._port.look(file), partial(self._on_overview, file))
        else:
            self._is_on = False

    def _on_need(self, file: str, view: EnvironmentView, is_locked: bool) -> None:
        if not is_locked:
            self._waiting = [(row.environment, row.id, file) for row in view.rows if row.is_ready]
        self._go_on()

    def _on_looked(self, entry: HealthEntry) -> None:
        self.looked.emit(entry)
        self._go_on()

    @Slot(object)
    def _on_refused(self, _error: TocsinError) -> None:
        """What cannot be looked at, such as one that was removed meanwhile, does not keep the others from it."""
        self._go_on()
