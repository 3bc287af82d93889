"""Folders that only their owner may enter (definitions.md D1)."""

from __future__ import annotations

from pathlib import Path

OWNER_ONLY = 0o700


def make_private(folder: Path) -> Path:
    """Make a folder, and every one above it that is missing, for its owner alone; return it.

    Folders that are there keep their permissions. The XDG Base Directory specification asks for the same.

    Raises:
        OSError: The disk or the permissions refuse it.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=OWNER_ONLY, exist_ok=True)
    return folder
