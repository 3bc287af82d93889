"""Where one journal lies, and its connections: short ones to read, others to keep house."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from tocsin.journal.blobs import BlobFolder
from tocsin.journal.schema import named, open_reader, open_writer


class Store:
    """One journal: its file and the folder of its large values.

    Args:
        path: The file; it need not exist.
        blobs: The folder.
    """

    def __init__(self, path: Path, blobs: Path) -> None:
        self.path = path
        self.blobs = BlobFolder(blobs)

    @property
    def is_there(self) -> bool:
        """Something has been kept."""
        return self.path.exists()

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """Open it as it is at this moment, for a short while: a long one holds up the log's clean-up.

        Raises:
            JournalUnusableError: It cannot be read.
        """
        connection = open_reader(self.path)
        try:
            connection.execute("begin")
            yield connection
        except sqlite3.Error as error:
            raise named(self.path, error) from error
        finally:
            connection.close()

    @contextmanager
    def keeping(self) -> Generator[sqlite3.Connection]:
        """Open it to change what is kept; whoever does so makes short transactions (`changing`), for runs wait.

        Raises:
            JournalUnusableError: It cannot be written, or has no room.
        """
        connection = open_writer(self.path)
        try:
            yield connection
        except (sqlite3.Error, OSError) as error:
            raise named(self.path, error) from error
        finally:
            connection.close()


@contextmanager
def changing(connection: sqlite3.Connection) -> Generator[None]:
    """Do all of this or nothing."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    finally:
        if connection.in_transaction:
            with suppress(sqlite3.Error):  # a disk that refused may refuse this too: closing rolls back then
                connection.execute("rollback")
