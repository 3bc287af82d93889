"""What the rehearsals of one playbook take for granted: kept beside its file. A live run never takes it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tocsin.base.errors import TocsinError
from tocsin.base.texts import _
from tocsin.engine.pins import PINNABLE, PinnedOutput
from tocsin.model.playbook import Playbook, walk_nodes
from tocsin.ui.ports import PinsPort


class Pins(QObject):
    """Pinned outputs by the id of their node.

    Signals:
        changed: There are others now.
        failed: A TocsinError: those beside the file cannot be read, or not be kept there.

    Attributes:
        fault: Why those beside the file cannot be read: then they are not written over; None else.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, files: PinsPort | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._path: Path | None = None
        self._playbook = ""
        self.fault: TocsinError | None = None
        self._pins: dict[str, PinnedOutput] = {}

    @property
    def words(self) -> Mapping[str, str]:
        """What each pinned node shows: “Output of R-217”."""
        return {name: _words_of(pin) for name, pin in self._pins.items()}

    def in_playbook(self, playbook: Playbook) -> dict[str, PinnedOutput]:
        """Return those of nodes that a playbook still has and that can be pinned."""
        nodes = dict(walk_nodes(playbook.graph))
        return {name: pin for name, pin in self._pins.items() if name in nodes and nodes[name].kind in PINNABLE}

    def follow(self, path: Path | None, playbook: str) -> None:
        """Take what lies beside another file that is shown now; nothing where it is the same.

        Args:
            path: The playbook's file, or None where it has none yet.
            playbook: Its id.
        """
        if path == self._path:
            return
        self._path, self._playbook, self._pins, self.fault = path, playbook, {}, None
        if path is not None and self._files is not None:
            try:
                self._pins = self._files.load(path, playbook)
            except TocsinError as error:
                self.fault = error
                self.failed.emit(error)
        self.changed.emit()

    def go_along(self, path: Path, playbook: str) -> None:
        """Lie beside the file that the playbook was just saved to, under the id that it has now."""
        old = (self._path, self._playbook)
        if (path, playbook) == old:
            return
        self._path, self._playbook, self.fault = path, playbook, None
        if self._pins:
            self._keep()
            if old[0] == path:  # it has another id now: nothing is left under the old one
                self._save(path, old[1], {})

    def take(self, other: Pins) -> None:
        """Hold what other pins of the same playbook hold; beside its file they lie already."""
        self._pins = dict(other._pins)
        self.changed.emit()

    def pin(self, name: str, pin: PinnedOutput) -> None:
        """Let a node give this in rehearsals."""
        self._pins[name] = pin
        self._keep()
        self.changed.emit()

    def unpin(self, name: str) -> None:
        """Let a node be done in rehearsals again; nothing where it is not pinned."""
        if self._pins.pop(name, None) is not None:
            self._keep()
            self.changed.emit()

    def _keep(self) -> None:
        if self._path is not None and self.fault is None:
            self._save(self._path, self._playbook, self._pins)

    def _save(self, path: Path, playbook: str, pins: Mapping[str, PinnedOutput]) -> None:
        if self._files is None:
            return
        try:
            self._files.save(path, playbook, pins)
        except TocsinError as error:
            self.failed.emit(error)


def _words_of(pin: PinnedOutput) -> str:
    if pin.error is not None:
        return _("Fails: {code}").format(code=pin.error.code)
    return _("Output of {source}").format(source=pin.source) if pin.source else _("Written by hand")
