"""The program with a bomb in it: it counts the points where it could die, and dies at the one it was told.

A point is before and after the journal is opened and closed; before each batch is committed, before each statement that
writes it or says how safely, in the middle of that, and after the batch; before a request, when its first byte is about
to leave, when its answer begins and when it was read. Prints the number of points on the last line when it is told to
live (point 0).
"""

import os
import re
import signal
import sqlite3
import sys

from typing_extensions import override

from tocsin import journal
from tocsin.bootstrap import run
from tocsin.connectors import wire

WRITES = re.compile(
    r"\s*(insert|update|delete|create|alter|drop|begin immediate|commit|pragma (user_version=|synchronous=|wal_c))",
    re.I,
)


IN_THE_MIDDLE = 8
"""After so many instructions of SQLite's machine: a row takes about twenty."""
EVERY, ROWS = 3, 8
"""Of so many such moments one is a point, which makes one a row; the journal writes so many rows by one statement."""


class Bomb:
    """Counts points, and goes off at one."""

    def __init__(self, at):
        self.at = at
        self.passed = 0

    def pass_point(self):
        self.passed += 1
        if self.passed == self.at:
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)


BOMB = Bomb(int(sys.argv[1]))
connect = sqlite3.connect


class Statements:
    """Passes a point before each statement that writes, and one in the middle of each of its rows."""

    def __init__(self):
        self._left = 0

    def begin(self, statement):
        writes = WRITES.match(statement) is not None
        self._left = EVERY * ROWS if writes else 0
        if writes:
            BOMB.pass_point()

    def go_on(self):
        if self._left > 0 and self._left % EVERY == 0:
            BOMB.pass_point()
        self._left -= 1
        return 0


def connect_mortally(*arguments, **options):
    """A connection that passes points whenever it writes."""
    connection, statements = connect(*arguments, **options), Statements()
    connection.set_trace_callback(statements.begin)
    connection.set_progress_handler(statements.go_on, IN_THE_MIDDLE)
    return connection


class MortalJournal(journal.JournalWriter):
    """Passes a point before and after whatever is done to it."""

    def __init__(self, *arguments, **options):
        BOMB.pass_point()
        super().__init__(*arguments, **options)
        BOMB.pass_point()

    @override
    def commit(self, batch):
        BOMB.pass_point()
        super().commit(batch)
        BOMB.pass_point()

    @override
    def close(self):
        BOMB.pass_point()
        super().close()
        BOMB.pass_point()


class MortalProgress(wire.Progress):
    """Passes a point when the first byte of its request is about to leave."""

    @override
    def __setattr__(self, name, value):
        super().__setattr__(name, value)
        if value:
            BOMB.pass_point()


class MortalTransport(wire.ExactTransport):
    """Passes a point before each request, when its answer begins, and when that was read."""

    @override
    async def handle_async_request(self, request):
        BOMB.pass_point()
        answer = await super().handle_async_request(request)
        BOMB.pass_point()
        close = answer.aclose

        async def close_mortally():
            await close()
            BOMB.pass_point()

        answer.aclose = close_mortally
        return answer


if __name__ == "__main__":
    sqlite3.connect = connect_mortally
    journal.JournalWriter = MortalJournal
    wire.Progress = MortalProgress
    wire.ExactTransport = MortalTransport
    status = run(sys.argv[2:])
    print(f"\npoints {BOMB.passed}", flush=True)
    sys.exit(status)
