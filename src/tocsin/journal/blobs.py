"""Values too large for a row, as files named by their hash."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from tocsin.base.atomic_file import write_atomically

_HASH: Final = re.compile(r"[0-9a-f]{64}")
ROW_LIMIT: Final = 64 * 1024


class BlobFolder:
    """Files `AB/CD…` under one folder, written once, never changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path_of(self, key: str) -> Path:
        """Return where the blob of a hash lies.

        Raises:
            ValueError: It is no SHA-256 in hex.
        """
        if _HASH.fullmatch(key) is None:
            raise ValueError("no hash")
        return self._folder / key[:2].upper() / key[2:4].upper() / key

    def save(self, key: str, data: bytes) -> None:
        """Keep a blob; one that is there already is left alone."""
        path = self.path_of(key)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_atomically(path, data, mode=0o600)

    def load(self, key: str) -> bytes:
        """Return a blob."""
        return self.path_of(key).read_bytes()

    def size_of(self, key: str) -> int:
        """Return how many bytes a blob has; 0 when it is not there."""
        path = self.path_of(key)
        return path.stat().st_size if path.exists() else 0

    def files(self) -> list[Path]:
        """Return every file there is, also what a crash left of one."""
        return [path for path in self._folder.glob("*/*/*") if path.is_file()]
