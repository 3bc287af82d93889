"""Tells who else has a file open that lies on a network drive, by a small mark beside it, with name and age (K9).

Each process has a mark of its own, so nobody has to wait for or to take over another's. It is renewed while the file is
open; one that a crash left grows old and counts no more. Where files are of this computer alone there are no marks.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import secrets
import socket
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tocsin.base.clock import Clock
from tocsin.base.network_drive import NetworkDrive, find_network_drive

RENEW_SECONDS: Final = 60.0
OLD_SECONDS: Final = 600.0
SKEW_MICROS: Final = 24 * 60 * 60 * 1_000_000
"""So far ahead may the clock of another computer be; what says more is no mark."""
MOST_BYTES: Final = 2_000
_SUFFIX: Final = ".tocsin-open"


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody has a file open.

    Attributes:
        person: What that computer calls them.
        computer: Its name.
        since: UTC microseconds.
    """

    person: str
    computer: str
    since: int


class Claims:
    """The marks of one process. Use it from one thread.

    Args:
        clock: Says when something was opened.
        find_drive: Tells on which network drive a folder lies.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        find_drive: Callable[[Path], NetworkDrive | None] = find_network_drive,
    ) -> None:
        self._clock = clock or Clock()
        self._find_drive = find_drive
        self._computer = socket.gethostname()
        self._name = f"{self._computer}-{secrets.token_hex(8)}"  # process numbers repeat on other computers
        self._wanted: dict[Hashable, frozenset[Path]] = {}
        self._marks: dict[Path, Path | None] = {}

    def hold(self, holder: Hashable, files: Iterable[Path]) -> None:
        """Mark that these files are open in one window, and no others any more. A folder that refuses gets no mark."""
        self._wanted[holder] = frozenset(files)
        if not self._wanted[holder]:
            del self._wanted[holder]
        wanted = frozenset[Path]().union(*self._wanted.values())
        for file in self._marks.keys() - wanted:
            _remove(self._marks.pop(file))
        for file in wanted - self._marks.keys():
            self._marks[file] = self._make(file)
        for mark in self._marks.values():
            if mark is not None and self._age(mark) > RENEW_SECONDS:  # no more often: others watch the folder
                self._renew(mark)

    def find_others(self, file: Path) -> tuple[Claim, ...]:
        """Return who else has a file open that this process has, the one who began first before others."""
        own = self._marks.get(file)
        if own is None:
            return ()
        marks = [mark for mark in _marks_of(file) if mark != own and self._age(mark) < OLD_SECONDS]
        now = self._clock.utc_micros()
        found = (claim for mark in marks if (claim := _read(mark)) is not None)
        return tuple(sorted((claim for claim in found if 0 <= claim.since <= now + SKEW_MICROS), key=_since))

    def _make(self, file: Path) -> Path | None:
        if self._find_drive(file.parent) is None:
            return None
        mark = file.with_name(f".{file.name}.{self._name}{_SUFFIX}")
        try:
            self._write(mark)
        except OSError:  # whoever may not write there does not overwrite anything either
            return None
        return mark

    def _write(self, mark: Path) -> None:
        """Write a mark anew: what somebody laid in its place, a link say, is never written through."""
        said = {"person": _person(), "computer": self._computer, "since": self._clock.utc_micros()}
        with mark.open("x", encoding="utf-8") as new:
            json.dump(said, new, ensure_ascii=False)

    def _renew(self, mark: Path) -> None:
        with contextlib.suppress(OSError):  # the drive may be away
            try:
                os.utime(mark)
            except FileNotFoundError:  # somebody has tidied up
                self._write(mark)

    def _age(self, mark: Path) -> float:
        """Return for how many seconds nobody has renewed a mark."""
        try:
            return self._clock.utc_micros() / 1_000_000 - mark.stat().st_mtime
        except OSError:
            return OLD_SECONDS


def _since(claim: Claim) -> int:
    return claim.since


def _marks_of(file: Path) -> list[Path]:
    try:
        beside = list(file.parent.iterdir())
    except OSError:
        return []
    named = (one for one in beside if one.name.startswith(f".{file.name}.") and one.name.endswith(_SUFFIX))
    return [one for one in named if one.is_file()]  # a pipe would keep whoever reads it waiting


def _person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return ""


def _read(mark: Path) -> Claim | None:
    """Return what a mark says; anybody can write one, so it is held to be words and no more."""
    try:
        with mark.open("rb") as file:
            said = json.loads(file.read(MOST_BYTES))
        return Claim(str(said["person"])[:100], str(said["computer"])[:100], int(said["since"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _remove(mark: Path | None) -> None:
    if mark is not None:
        with contextlib.suppress(OSError):  # it grows old by itself
            mark.unlink(missing_ok=True)
