"""Reads what is kept under a hash, and sees that it is what was written."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import orjson

from tocsin.base.json_types import Json
from tocsin.journal.blobs import BlobFolder
from tocsin.journal.errors import DamagedJournalError


def read_value(connection: sqlite3.Connection, blobs: BlobFolder, hash_: str, *, journal: Path) -> Json:
    """Return the value kept under a hash.

    Raises:
        DamagedJournalError: It is not there, or is not what its hash says.
    """
    row = connection.execute("select body from value where hash=?", (hash_,)).fetchone()
    try:
        data: bytes = row[0] if row is not None and row[0] is not None else blobs.load(hash_)
    except (OSError, ValueError) as error:
        raise DamagedJournalError(journal, "a value that a run names is missing") from error
    if hashlib.sha256(data).hexdigest() != hash_:
        raise DamagedJournalError(journal, "a value is not what was written")
    return orjson.loads(data)
