"""The use case: keep what is not saved, find what others left, take it over or throw it away."""

from __future__ import annotations

import contextlib
from pathlib import Path

from psygnal import SignalInstance

from tocsin.base.clock import Clock
from tocsin.services.recovery.autosave import PERIOD_SECONDS, Autosave
from tocsin.services.recovery.drafts import Draft, LeftDraft, describe_draft, load_draft
from tocsin.services.recovery.folders import HeldFolder, OwnFolder, hold_left


class Recovery:
    """The unsaved work of one process, and what processes that are gone have left. The users' files are never touched.

    All but the writing happens on the caller's thread.

    Args:
        root: The folder of all processes (`data/recovery`, definitions.md D1).
        clock: Gives times, and the name of this process's folder.
        period: How many seconds a change may wait to be written.
    """

    def __init__(self, root: Path, *, clock: Clock | None = None, period: float = PERIOD_SECONDS) -> None:
        clock = clock or Clock()
        self._root = root
        self._own = OwnFolder(root, clock.new_run_id())
        self._autosave = Autosave(self._own, clock=clock, period=period)
        self._left: list[HeldFolder] = []

    @property
    def failed(self) -> SignalInstance:
        """Tells CannotKeepError when the disk refuses; on another thread."""
        return self._autosave.failed

    def set_period(self, period: float) -> None:
        """Let a change wait so many seconds from now on."""
        self._autosave.set_period(period)

    def keep(self, key: str, draft: Draft) -> None:
        """Have this document's unsaved work on disk within the period. Returns at once."""
        self._autosave.keep(key, draft)

    def drop(self, key: str) -> None:
        """Keep nothing of this document: it was saved, or its changes were given up. Returns at once."""
        self._autosave.drop(key)

    def flush(self) -> None:
        """Return when all that was handed in is on disk."""
        self._autosave.flush()

    def find(self) -> tuple[LeftDraft, ...]:
        """Return what processes that ended have left, newest first. It is ours until `leave`: nobody else finds it."""
        self.leave()
        self._left = hold_left(self._root, self._own.name)
        found = [describe_draft(file) for folder in self._left for file in folder.files]
        return tuple(sorted(found, key=lambda left: left.at, reverse=True))

    def take(self, left: LeftDraft) -> Draft:
        """Return the work that was left; from now on it is kept as this process's own, under the same key.

        Raises:
            UnreadableDraftError: It cannot be read, and stays where it is.
            OSError: The disk refuses to move it.
        """
        draft = load_draft(left)
        self._own.ensure()
        left.file.replace(self._own.file_of(left.key))
        return draft

    def throw_away(self, left: LeftDraft) -> None:
        """Remove what was left, for good."""
        with contextlib.suppress(OSError):  # what cannot be removed is offered again at the next start
            left.file.unlink()

    def leave(self) -> None:
        """Let go of what was found and neither taken nor thrown away: the next start finds it again."""
        for folder in self._left:
            folder.let_go()
        self._left = []

    def close(self) -> None:
        """Write what is left to write and let go of everything. What is kept then stays for the next start."""
        self._autosave.close()
        self._own.close()
        self.leave()
