"""Whether a file still holds what was last read from it or written to it."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from pathlib import Path


class FileState(StrEnum):
    """How a document's file stands to what is known of it."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


def hash_of(content: bytes) -> str:
    """Return the SHA-256 of a file's content, in hex."""
    return hashlib.sha256(content).hexdigest()


def content_hash(path: Path) -> str | None:
    """Return the SHA-256 of what a file holds, in hex; None when there is no such file or it cannot be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def compare_content(path: Path | None, base: str | None) -> FileState:
    """Compare a file with the hash of what was known to be in it; what was never saved has nothing to differ from."""
    now = content_hash(path) if path is not None else base
    if now == base:
        return FileState.SAME
    return FileState.GONE if now is None else FileState.CHANGED
