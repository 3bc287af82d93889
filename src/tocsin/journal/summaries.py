"""The row of a run that lists show, kept in the same transaction as the facts it sums up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from tocsin.engine.events import Event, EventType

_ASKS: Final = frozenset({EventType.ASK_OPENED, EventType.ASK_ANSWERED, EventType.ASK_CLOSED})
_SUMMED: Final = _ASKS | {EventType.RUN_CREATED, EventType.RUN_RESUMED, EventType.RUN_FINISHED}
_INSERT: Final = (
    "insert into run(run,owner,playbook,name,hash,environment,mode,kind,started_at,parent,status) "
    "values(?,?,?,?,?,?,?,?,?,?,'running')"
)
_FINISH: Final = "update run set status=?, ended_at=?, changes=?, error=?, waiting=null where run=?"


def begun_facts(event: Event) -> tuple[Any, ...]:
    """Return what run.created says, in the order of `BEGUN`.

    Raises:
        KeyError, TypeError: It does not say it.
    """
    data, playbook = event.data, event.data["playbook"]
    parent = data["parent"]["run"] if data.get("parent") else None
    names = (playbook["id"], playbook["name"], playbook["hash"], data["environment"]["name"])
    return (*names, data["mode"], data["kind"], event.at, parent)


BEGUN: Final = "playbook,name,hash,environment,mode,kind,started_at,parent"


def ended_facts(event: Event) -> tuple[Any, ...]:
    """Return what run.finished says, in the order of `ENDED`.

    Raises:
        KeyError, TypeError: It does not say it.
    """
    data: Mapping[str, Any] = event.data
    error = data.get("error")
    return (data["status"], event.at, data["changes"], error["code"] if error else None)


ENDED: Final = "status,ended_at,changes,error"


class Summaries:
    """Writes the rows.

    Args:
        connection: Of the journal, in a transaction.
        owner: The process that drives the runs.
    """

    def __init__(self, connection: sqlite3.Connection, owner: str) -> None:
        self._connection = connection
        self._owner = owner
        self._questions: dict[str, dict[str, str]] = {}

    @staticmethod
    def concern(events: Iterable[Event]) -> bool:
        """Tell whether some of these change a row."""
        return any(event.type in _SUMMED for event in events)

    def sum_up(self, events: Sequence[Event]) -> tuple[dict[str, int], frozenset[str]]:
        """Follow a batch; return the numbers of the runs it created, and the runs it ended."""
        numbers: dict[str, int] = {}
        ended: set[str] = set()
        for event in events:
            if event.type not in _SUMMED:
                continue
            if event.type is EventType.RUN_CREATED:
                cursor = self._connection.execute(_INSERT, (event.run, self._owner, *begun_facts(event)))
                numbers[event.run] = cursor.lastrowid or 0
            elif event.type is EventType.RUN_RESUMED:
                self._connection.execute("update run set owner=? where run=?", (self._owner, event.run))
            elif event.type is EventType.RUN_FINISHED:
                self._connection.execute(_FINISH, (*ended_facts(event), event.run))
                ended.add(event.run)
            else:
                self._note_question(event)
        return numbers, frozenset(ended)

    def forget(self, run: str) -> None:
        """Know no more of a run's open questions."""
        self._questions.pop(run, None)

    def _note_question(self, event: Event) -> None:
        """Show the oldest question that is open; the run waits as long as there is one."""
        asked = self._questions.setdefault(event.run, {})
        if event.type is EventType.ASK_OPENED:
            asked[event.path] = event.data["text"]
        elif event.data.get("final", True):
            asked.pop(event.path, None)
        waiting = next(iter(asked.values()), None)
        status = "running" if waiting is None else "waiting"
        self._connection.execute("update run set status=?, waiting=? where run=?", (status, waiting, event.run))
