"""When playbooks ran last in an environment, and which of their connections are not what they were then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tocsin.base.clock import Clock
from tocsin.base.json_types import Json
from tocsin.journal import History, JournalUnusableError, RunSummary
from tocsin.model.catalogue import Catalogue
from tocsin.model.environment import LAB, Environment
from tocsin.services.places import Places

_A_DAY: Final = timedelta(days=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class LastRuns:
    """Looks into the journal for one environment.

    Args:
        places: Where the journal is.
        environment: As it is now.
        catalogue: The products as they are now.
        clock: What time it is.
    """

    def __init__(self, places: Places, environment: Environment, catalogue: Catalogue, clock: Clock) -> None:
        self._history = History(places.journal, places.blobs)
        self._environment = environment
        self._catalogue = catalogue
        self._clock = clock

    def tell(self, playbooks: Sequence[str]) -> list[Mapping[str, Json]]:
        """Return of each playbook `{playbook, ran, at, status, days, changed}`. Those under way do not count.

        Raises:
            OSError: The journal cannot be read.
        """
        try:
            return [
                self._told(playbook, self._history.find_last(playbook, self._environment.id)) for playbook in playbooks
            ]
        except JournalUnusableError as error:
            raise OSError(error.message) from error

    def _told(self, playbook: str, last: RunSummary | None) -> Mapping[str, Json]:
        if last is None:
            return {"playbook": playbook, "ran": False, "at": "", "status": "", "days": 0, "changed": []}
        at = _EPOCH + timedelta(microseconds=last.ended_at or last.started_at)
        now = _EPOCH + timedelta(microseconds=self._clock.utc_micros())
        return {
            "playbook": playbook,
            "ran": True,
            "at": at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "status": last.status,
            "days": max((now - at) // _A_DAY, 0),
            "changed": list(self._changed(last.run)),
        }

    def _changed(self, run: str) -> Sequence[str]:
        """Return the connections of a run that lead elsewhere now, or whose product is described otherwise."""
        [created] = self._history.load_span(run, 1, 1)
        bindings: Mapping[str, Mapping[str, Any]] = created.data.get("bindings", {})
        pins = {pin["connection"]: pin for pin in bindings.values()}
        return [name for name, pin in pins.items() if not self._is_same(name, pin)]

    def _is_same(self, name: str, pin: Mapping[str, Any]) -> bool:
        connection = self._environment.connections.get(name)
        connector = self._catalogue.connectors.get(pin["connector"])
        if connection is None or connector is None or connector.hash != pin["hash"]:
            return False
        return self._environment.id == LAB or connection.revision == pin["revision"]  # a Lab's ports are of one start
