"""Keeps runs: the events, the values they name, a summary for lists. The one room that knows SQLite.

`writer` fills the engine's port `Journal` on the engine's thread; `history` reads for the faces, from any thread, with
a connection of its own. Tables: `schema`. Services and bootstrap enter here.
"""

from tocsin.journal.errors import (
    DamagedJournalError,
    JournalBusyError,
    JournalUnusableError,
    StaleWriterError,
    UnknownRunError,
)
from tocsin.journal.history import History, RunSummary
from tocsin.journal.lease import Lease, is_held
from tocsin.journal.writer import JournalWriter

__all__ = [
    "DamagedJournalError",
    "History",
    "JournalBusyError",
    "JournalUnusableError",
    "JournalWriter",
    "Lease",
    "RunSummary",
    "StaleWriterError",
    "UnknownRunError",
    "is_held",
]
