"""Keeps runs: the events, the values they name, a summary for lists. The one room that knows SQLite.

`writer` fills the engine's port `Journal` on the engine's thread; `history` reads for the faces, from any thread, with
a connection of its own. Keeping house: `integrity`, `moving` (runs as files) and `retention`. Tables: `schema`.
Services and bootstrap enter here.
"""

from tocsin.journal.collector import collector_rests
from tocsin.journal.errors import (
    BadRunFileError,
    DamagedJournalError,
    ImportedRunError,
    JournalBusyError,
    JournalFullError,
    JournalUnusableError,
    RunIsKeptError,
    StaleWriterError,
    UnknownRunError,
)
from tocsin.journal.history import History, RunSummary
from tocsin.journal.integrity import Fault, check_file, check_runs
from tocsin.journal.lease import Lease, is_held
from tocsin.journal.moving import keep_parcel, pack_run
from tocsin.journal.retention import KeptRun, Weights, list_kept, remove_runs, shrink, sweep, weigh
from tocsin.journal.run_file import Parcel, check_parcel, read_parcel
from tocsin.journal.snapshots import Snapshot, keep_snapshots, list_snapshots, load_snapshot
from tocsin.journal.store import Store
from tocsin.journal.stored_events import StoredEvents
from tocsin.journal.writer import JournalWriter

__all__ = [
    "BadRunFileError",
    "DamagedJournalError",
    "Fault",
    "History",
    "ImportedRunError",
    "JournalBusyError",
    "JournalFullError",
    "JournalUnusableError",
    "JournalWriter",
    "KeptRun",
    "Lease",
    "Parcel",
    "RunIsKeptError",
    "RunSummary",
    "Snapshot",
    "StaleWriterError",
    "Store",
    "StoredEvents",
    "UnknownRunError",
    "Weights",
    "check_file",
    "check_parcel",
    "check_runs",
    "collector_rests",
    "is_held",
    "keep_parcel",
    "keep_snapshots",
    "list_kept",
    "list_snapshots",
    "load_snapshot",
    "pack_run",
    "read_parcel",
    "remove_runs",
    "shrink",
    "sweep",
    "weigh",
]
