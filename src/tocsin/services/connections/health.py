"""Whether connections work, over time: a line for each look, the oldest given up when there are too many."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, cast

from filelock import FileLock

from tocsin.base.atomic_file import PRIVATE, write_atomically
from tocsin.base.clock import Clock, rfc3339
from tocsin.services.connections.values import TrialReport

_MOST_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class HealthEntry:
    """One look at one connection.

    Attributes:
        at: When, RFC 3339.
        step: Which step failed; "" when all went well.
        detail: Why, in a sentence; no secret is in it.
        seconds: How long all steps took.
    """

    at: str
    environment: str
    connection: str
    ok: bool
    step: str
    detail: str
    seconds: float


class HealthLog:
    """The looks that were, in a file that several processes may write to.

    Args:
        path: The file, a line of JSON for each look.
        clock: Tells the time of a look.
        most_bytes: The older half is given up when the file is longer.
    """

    def __init__(self, path: Path, *, clock: Clock | None = None, most_bytes: int = _MOST_BYTES) -> None:
        self._path = path
        self._clock = clock or Clock()
        self._most_bytes = most_bytes

    def note(self, report: TrialReport) -> HealthEntry:
        """Keep how a test went, and return what is kept.

        Raises:
            OSError: It cannot be written.
        """
        failed = report.failed
        entry = HealthEntry(
            at=rfc3339(self._clock.utc_micros()),
            environment=report.environment,
            connection=report.connection,
            ok=failed is None,
            step=str(failed.step) if failed else "",
            detail=failed.detail if failed else "",
            seconds=round(sum(step.seconds for step in report.steps), 3),
        )
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(f"{self._path}.lock"):
            self._append(json.dumps(asdict(entry)) + "\n")
        return entry

    def entries(self, environment: str, connection: str = "") -> tuple[HealthEntry, ...]:
        """Return the looks at an environment's connections, or at one of them, the oldest first."""
        return tuple(
            entry for entry in self._all() if entry.environment == environment and connection in {"", entry.connection}
        )

    def _append(self, line: str) -> None:
        lines = self._lines()
        if lines and not lines[-1].endswith("\n"):  # a crash cut it: what follows is a line of its own
            line = f"\n{line}"
        if sum(map(len, lines)) + len(line) > self._most_bytes:
            lines = lines[len(lines) // 2 :]
            write_atomically(self._path, "".join(lines).encode(), mode=PRIVATE)
        self._path.touch(mode=PRIVATE)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line)

    def _lines(self) -> list[str]:
        try:
            return self._path.read_text(encoding="utf-8").splitlines(keepends=True)
        except FileNotFoundError:
            return []

    def _all(self) -> Iterator[HealthEntry]:
        for line in self._lines():
            try:
                yield HealthEntry(**cast("dict[str, Any]", json.loads(line)))
            except (ValueError, TypeError):  # a line that a crash cut, or that a later version wrote
                continue
