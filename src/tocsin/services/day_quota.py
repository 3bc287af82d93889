"""How many requests a connection made today, in a file that every process of this user counts in."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from pathlib import Path

from filelock import FileLock

from tocsin.base.atomic_file import PRIVATE, write_atomically
from tocsin.base.clock import Clock, rfc3339
from tocsin.base.json_types import Json
from tocsin.base.private_folder import make_private

_log = logging.getLogger("tocsin.services")


class DayQuota:
    """Counts by connection and day of UTC; what was counted on another day is forgotten.

    Args:
        path: The file.
        environment: Whose connections are counted.
        clock: Tells the day.
    """

    def __init__(self, path: Path, environment: str, *, clock: Clock | None = None) -> None:
        self._path = path
        self._environment = environment
        self._clock = clock or Clock()

    async def take(self, connection: str, most: int) -> bool:
        """Count one more request of a connection; False, and nothing is counted, when the day's are used up.

        A disk that refuses the count is no reason to stop a run.
        """
        try:
            return await asyncio.to_thread(self._take, f"{self._environment}/{connection}", most)
        except OSError as error:
            _log.warning("a request of %s was not counted: %s", connection, error.strerror)
            return True

    def _take(self, connection: str, most: int) -> bool:
        today = rfc3339(self._clock.utc_micros())[:10]
        make_private(self._path.parent)
        with FileLock(f"{self._path}.lock"):
            counts = self._counts(today)
            if counts.get(connection, 0) >= most:
                return False
            counts = {**counts, connection: counts.get(connection, 0) + 1}
            write_atomically(self._path, json.dumps({"day": today, "counts": counts}).encode(), mode=PRIVATE)
        return True

    def _counts(self, today: str) -> Mapping[str, int]:
        try:
            kept = json.loads(self._path.read_bytes())
            counts: Mapping[str, Json] = dict(kept["counts"]) if kept["day"] == today else {}
        except FileNotFoundError:
            return {}
        except (ValueError, KeyError, TypeError, RecursionError):
            _log.warning("%s is damaged: today's requests are counted from none", self._path)
            return {}
        return {name: count for name, count in counts.items() if isinstance(count, int)}
