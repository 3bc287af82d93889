"""The program with a bomb in it: it counts the points where it could die, and dies at the one it was told.

A point is just before and just after a batch is committed, and just before and just after a request. Prints the number
of points on the last line when it is told to live.
"""

import os
import signal
import sys

from typing_extensions import override

from tocsin import journal
from tocsin.bootstrap import run
from tocsin.connectors import wire


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


class MortalJournal(journal.JournalWriter):
    """Passes a point before and after each commit."""

    @override
    def commit(self, batch):
        BOMB.pass_point()
        super().commit(batch)
        BOMB.pass_point()


class MortalTransport(wire.ExactTransport):
    """Passes a point before and after each request."""

    @override
    async def handle_async_request(self, request):
        BOMB.pass_point()
        answer = await super().handle_async_request(request)
        BOMB.pass_point()
        return answer


if __name__ == "__main__":
    journal.JournalWriter = MortalJournal
    wire.ExactTransport = MortalTransport
    status = run(sys.argv[2:])
    print(f"\npoints {BOMB.passed}", flush=True)
    sys.exit(status)
