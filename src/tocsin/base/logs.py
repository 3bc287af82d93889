"""The log: one line an entry, control characters escaped, secrets masked (definitions.md D9)."""

from __future__ import annotations

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from typing_extensions import override

from tocsin.base.clock import rfc3339
from tocsin.base.plain_text import one_line
from tocsin.base.private_folder import make_private
from tocsin.base.secret import Redactor

FILE_BYTES: Final = 1_000_000
FILES_KEPT: Final = 5
LONGEST_LINE: Final = 20_000


class LineFormatter(logging.Formatter):
    """Writes `2026-11-24T03:00:00.123Z INFO tocsin.engine text`, and what was raised in the same line.

    Args:
        redactor: Knows what must not show.
        with_trace: Write the whole trace, escaped; else only what was raised.
    """

    def __init__(self, redactor: Redactor, *, with_trace: bool = True) -> None:
        super().__init__()
        self._redactor = redactor
        self._with_trace = with_trace

    @override
    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        if record.exc_info and self._with_trace:
            text += " | " + self.formatException(record.exc_info).replace("\n", " | ")
        elif record.exc_info and record.exc_info[1] is not None:
            text += f": {type(record.exc_info[1]).__name__}: {record.exc_info[1]}"
        safe = one_line(self._redactor.text(text), most=LONGEST_LINE)
        return f"{rfc3339(int(record.created * 1_000_000))} {record.levelname} {record.name} {safe}"


class PrivateFile(RotatingFileHandler):
    """The log's file, for its owner alone. A disk that refuses it is no reason to stop anyone from working."""

    @override
    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        return os.fdopen(os.open(self.baseFilename, flags, 0o600), "a", encoding="utf-8")

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Drop the entry; errors are on stderr as well."""


def install(file: Path, redactor: Redactor) -> None:
    """Send the log to a file at INFO and to stderr at ERROR; `TOCSIN_LOG=debug` sends all to both.

    The file has whole traces; stderr has them only when debugging. Without a writable file stderr is all there is.
    """
    debug = os.environ.get("TOCSIN_LOG", "").lower() == "debug"
    remove()
    root = logging.getLogger("tocsin")
    root.setLevel(logging.DEBUG if debug else logging.INFO)
    root.propagate = False
    shown = logging.StreamHandler()
    shown.setLevel(logging.DEBUG if debug else logging.ERROR)
    shown.setFormatter(LineFormatter(redactor, with_trace=debug))
    root.addHandler(shown)
    try:
        make_private(file.parent)
    except OSError:
        return
    kept = PrivateFile(file, maxBytes=FILE_BYTES, backupCount=FILES_KEPT - 1, delay=True)
    kept.setLevel(logging.DEBUG if debug else logging.INFO)
    kept.setFormatter(LineFormatter(redactor))
    root.addHandler(kept)


def remove() -> None:
    """Take the log down and close its files."""
    root = logging.getLogger("tocsin")
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
