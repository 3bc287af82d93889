"""The log: one line an entry, control characters escaped, secrets masked (definitions.md D9)."""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from typing_extensions import override

from tocsin.base.clock import rfc3339
from tocsin.base.plain_text import one_line
from tocsin.base.secret import Redactor

FILE_BYTES: Final = 1_000_000
FILES_KEPT: Final = 5
LONGEST_LINE: Final = 20_000


class LineFormatter(logging.Formatter):
    """Writes `2026-11-24T03:00:00.123Z INFO tocsin.engine text`; a trace follows in the same line, escaped."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    @override
    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        if record.exc_info:
            text += " | " + self.formatException(record.exc_info).replace("\n", " | ")
        safe = one_line(self._redactor.text(text), most=LONGEST_LINE)
        return f"{rfc3339(int(record.created * 1_000_000))} {record.levelname} {record.name} {safe}"


def install(file: Path, redactor: Redactor) -> None:
    """Send the log to a file at INFO and to stderr at ERROR; `TOCSIN_LOG=debug` sends all to both.

    Without a writable file the log goes to stderr alone: a full disk must not keep anyone from working.
    """
    debug = os.environ.get("TOCSIN_LOG", "").lower() == "debug"
    root = logging.getLogger("tocsin")
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    root.propagate = False
    handlers: list[logging.Handler] = [_leveled(logging.StreamHandler(), logging.DEBUG if debug else logging.ERROR)]
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = RotatingFileHandler(file, maxBytes=FILE_BYTES, backupCount=FILES_KEPT - 1, encoding="utf-8", delay=True)
        handlers.append(_leveled(kept, logging.DEBUG if debug else logging.INFO))
    except OSError:
        root.warning("the log cannot be written to %s", file.name)
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    for handler in handlers:
        handler.setFormatter(LineFormatter(redactor))
        root.addHandler(handler)


def remove() -> None:
    """Close the log's files."""
    root = logging.getLogger("tocsin")
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()


def _leveled(handler: logging.Handler, level: int) -> logging.Handler:
    handler.setLevel(level)
    return handler
