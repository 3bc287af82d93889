"""The vault's file on disk: read again when it was written since, and set aside when it is damaged."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from tocsin.base.atomic_file import PRIVATE, write_atomically
from tocsin.base.private_folder import make_private
from tocsin.base.texts import _
from tocsin.vault.errors import BrokenVaultError, NewerVaultError, UnusableVaultError
from tocsin.vault.vault_file import (
    NewerFormatError,
    UnreadableVaultError,
    VaultContent,
    read_content,
    write_content,
)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What tells one writing of the file from the next."""

    inode: int
    size: int
    changed: int


class VaultStore:
    """Reads and writes the file. Thread-safe.

    Args:
        file: Where it is; need not exist.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()
        self._read: tuple[_Stamp, VaultContent] | None = None

    def load(self) -> VaultContent | None:
        """Return what the file says, or None when there is none.

        Raises:
            BrokenVaultError: It is damaged; it was set aside.
            NewerVaultError: A newer version wrote it; it stays.
            UnusableVaultError: It cannot be read.
        """
        with self._lock:
            try:
                stamp = self._stamp()
                if self._read is None or self._read[0] != stamp:
                    self._read = (stamp, read_content(self.file.read_bytes()))
            except FileNotFoundError:
                self._read = None
                return None
            except OSError as error:
                raise UnusableVaultError(self.file, error.strerror or _("it is refused")) from error
            except NewerFormatError as error:
                raise NewerVaultError(error.version) from error
            except UnreadableVaultError as error:
                raise BrokenVaultError(self._set_aside()) from error
            return self._read[1]

    def write(self, content: VaultContent) -> None:
        """Write the file whole or not at all, for its owner alone.

        Raises:
            UnusableVaultError: The disk or the permissions refuse it. What was kept stands.
        """
        with self._lock:
            try:
                make_private(self.file.parent)
                write_atomically(self.file, write_content(content), mode=PRIVATE)
                self._read = (self._stamp(), content)
            except OSError as error:
                raise UnusableVaultError(self.file, error.strerror or _("it is refused")) from error

    def _stamp(self) -> _Stamp:
        stat = self.file.stat()
        return _Stamp(stat.st_ino, stat.st_size, stat.st_mtime_ns)

    def _set_aside(self) -> Path:
        """Rename the file, so that a new vault takes nothing from it away."""
        number = 1
        while (kept := self.file.with_name(f"{self.file.name}.broken-{number}")).exists():
            number += 1
        try:
            self.file.rename(kept)
        except OSError as error:
            raise UnusableVaultError(self.file, _("it is damaged, and cannot be set aside")) from error
        return kept
