"""Whether a file still holds what was last read from it or written to it."""

from __future__ import annotations

import hashlib
import stat
from enum import StrEnum
from pathlib import Path


class FileState(StrEnum):
    """How a document's file stands to what is known of it."""

    SAME = "same"
    PROTECTED = "protected"
    CHANGED = "changed"
    GONE = "gone"


def hash_of(content: bytes) -> str:
    """Return the SHA-256 of a file's content, in hex; how its lines end makes no difference."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def content_hash(path: Path) -> str | None:
    """Return `hash_of` what a file holds; None when there is no such file or it cannot be read."""
    try:
        return hash_of(path.read_bytes()) if path.is_file() else None
    except OSError:
        return None


def is_protected(path: Path) -> bool:
    """Tell whether a file says that nobody may write it: putting another in its place would go past that."""
    try:
        return path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) == 0
    except OSError:
        return False


def compare_content(path: Path | None, base: str | None) -> FileState:
    """Compare a file with the hash of what was known to be in it; what was never saved has nothing to differ from.

    A file that is as it was may be one that nobody may write.
    """
    now = content_hash(path) if path is not None else base
    if now == base:
        return FileState.PROTECTED if path is not None and is_protected(path) else FileState.SAME
    return FileState.GONE if now is None else FileState.CHANGED
