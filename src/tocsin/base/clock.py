"""Time and ids, as a value that tests can replace: nothing else in Tocsin asks the system for the time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _utc_micros() -> int:
    return time.time_ns() // 1000


def new_run_id(now_micros: int | None = None) -> str:
    """Return a UUIDv7 (RFC 9562 §5.7): the first 48 bits are milliseconds, so ids sort by time of creation."""
    millis = (_utc_micros() if now_micros is None else now_micros) // 1000
    value = (millis & (2**48 - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@dataclass(frozen=True, slots=True)
class Clock:
    """Where times and ids come from.

    Attributes:
        utc_micros: Microseconds since 1970 UTC; may jump.
        monotonic: Seconds from an unknown start; never goes back.
        new_run_id: A new UUIDv7.
    """

    utc_micros: Callable[[], int] = _utc_micros
    monotonic: Callable[[], float] = time.monotonic
    new_run_id: Callable[[], str] = new_run_id


def rfc3339(micros: int) -> str:
    """Return microseconds since 1970 as RFC 3339 text in UTC, to the millisecond: 2026-11-24T03:00:00.123Z."""
    seconds, rest = divmod(micros, 1_000_000)
    moment = datetime.fromtimestamp(seconds, tz=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{rest // 1000:03d}Z"
