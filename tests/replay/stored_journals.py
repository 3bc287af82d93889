"""Journals as versions of the program that are gone left them: the tables as SQL, one file for each version.

`python -m tests.replay.stored_journals JOURNAL` adds a journal of this version. Those that are there stay as they are:
later versions must read what earlier ones wrote. Each has a run that succeeded, one that waits for a person, one that
was harmless and one that failed; from version 3 on also an undo, a rehearsal, and a playbook that calls another; from
version 4 on it is kept how one of them stood half way and at its end.
"""

import gzip
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

FOLDER = Path(__file__).parent / "journals"


def stored_versions():
    """The schema versions of which there is a journal, oldest first."""
    return sorted(int(path.name.split(".")[0].removeprefix("version-")) for path in FOLDER.iterdir())


def lay_out(version, path):
    """Write the journal of a version as the database that it was."""
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as journal:
        journal.executescript(gzip.decompress(_file_of(version).read_bytes()).decode())


def store(path):
    """Keep a journal under its version."""
    with closing(sqlite3.connect(path)) as journal:
        version = journal.execute("pragma user_version").fetchone()[0]
        text = "\n".join([*journal.iterdump(), f"PRAGMA user_version={version};", ""])
    _file_of(version).write_bytes(gzip.compress(text.encode(), mtime=0))


def _file_of(version):
    return FOLDER / f"version-{version}.sql.gz"


if __name__ == "__main__":
    store(Path(sys.argv[1]))
