"""Asks the Lab on a thread of its own. Nothing here starts a Lab but `start` and `inject`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.connectors.lab_control import LabControl, LabGoneError
from tocsin.engine.undoing import UndoItem
from tocsin.model.catalogue import Catalogue
from tocsin.model.scenario import Scenario
from tocsin.services.lab_desk.causes import Causes, RunBooks
from tocsin.services.lab_desk.failing import failing_products
from tocsin.services.lab_desk.goals import goals_of
from tocsin.services.lab_desk.left_alone import LeftAlone, left_alone
from tocsin.services.lab_desk.values import (
    FailingProduct,
    LabChange,
    LabClock,
    LabFault,
    LabGoal,
    LabLook,
    LabRequest,
    LabScenario,
)

if TYPE_CHECKING:
    from tocsin.lab import LabAddresses
    from tocsin.services.lab import LabKeeper

MOST_REQUESTS: Final = 200
"""So many of the newest that fit are listed."""
_RUN: Final = re.compile(r"R-\d+")
_NO_TABLE: Final = frozenset({"scenario", "seed"})


@dataclass(frozen=True, slots=True)
class LabParts:
    """What the desk works with; bootstrap fills it.

    Attributes:
        keeper: Gives the keeper of the Lab; what plays the Lab is imported when it is first called.
        books: Gives the runs that were.
        scenarios: Reads every scenario that is shipped.
        inject: Lets the scenario's alert come in and returns it as the SIEM tells it.
        catalogue: Gives the descriptions of the products.
    """

    keeper: Callable[[], LabKeeper]
    books: Callable[[], RunBooks]
    scenarios: Callable[[], Iterable[Scenario]]
    inject: Callable[[], Json]
    catalogue: Callable[[], Catalogue]


class LabDesk:
    """Looks into one Lab. Every call returns at once. Thread-safe; `close` it before the Lab is ended."""

    def __init__(self, parts: LabParts) -> None:
        self._parts = parts
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tocsin-lab-desk")
        self._causes = Causes(parts.books)
        self._scenarios: dict[str, Scenario] = {}
        self._last: LabLook | None = None
        self._control: tuple[LabAddresses, LabControl] | None = None

    def scenarios(self) -> Future[tuple[LabScenario, ...]]:
        """Return every scenario that is shipped, in order of id."""
        return self._pool.submit(lambda: tuple(LabScenario.of(scenario) for scenario in self._parts.scenarios()))

    def look(self) -> Future[LabLook | None]:
        """Return what is in the Lab, or None when none runs. The same object as before while nothing changed."""
        return self._pool.submit(self._look)

    def start(self, scenario: str | None = None) -> Future[LabLook | None]:
        """Start the Lab where none runs; a running one begins the scenario from its start when it plays another."""
        return self._pool.submit(self._start, scenario)

    def reset(self) -> Future[LabLook | None]:
        """Put the world back to the start of its scenario."""
        return self._pool.submit(self._do, LabControl.reset)

    def put_forward(self, seconds: int) -> Future[LabLook | None]:
        """Let time go by in the world at once, at most a week."""
        return self._pool.submit(self._do, lambda control: control.put_forward(seconds))

    def inject(self) -> Future[Json]:
        """Let the scenario's alert come in; the event that a run starts with. Starts the Lab where none runs."""
        return self._pool.submit(self._parts.inject)

    def failing(self) -> Future[tuple[FailingProduct, ...]]:
        """Return what can be made to fail in the Lab that runs; nothing when none runs."""
        return self._pool.submit(self._failing)

    def plant(self, fault: LabFault) -> Future[LabLook | None]:
        """Let calls of a product fail; what was planted for the same product and path is replaced."""
        return self._pool.submit(self._do, lambda control: control.plant(_told(fault)))

    def lift(self, fault: LabFault) -> Future[LabLook | None]:
        """Let one failure happen no more."""
        return self._pool.submit(self._do, lambda control: _lift(control, fault))

    def requests(self, text: str = "") -> Future[tuple[LabRequest, ...]]:
        """Return the newest requests that the products got, newest first.

        Args:
            text: Only those whose product, method, path, status or run holds each of these words.
        """
        return self._pool.submit(self._requests, text)

    def undos(self, run: str) -> Future[tuple[UndoItem, ...] | None]:
        """Return what a run changed and nobody has taken back yet, newest first; what nothing takes back is there.

        None where the journal does not tell.
        """
        return self._pool.submit(self._undos, run)

    def left_alone(self, run: str) -> Future[tuple[LeftAlone, ...]]:
        """Return what a run looked at and did not change; nothing where the journal does not tell."""
        return self._pool.submit(self._left_alone, run)

    def close(self) -> None:
        """Wait for what is being asked, and ask no more."""
        self._pool.shutdown(cancel_futures=True)

    def _look(self) -> LabLook | None:
        addresses = self._parts.keeper().find_addresses()
        if addresses is None:
            return None
        try:
            return self._look_at(addresses)
        except LabGoneError:
            self._parts.keeper().forget_gone()
            return None

    def _control_of(self, addresses: LabAddresses) -> LabControl:
        """Return the one that remembers the world as it was told last, for as long as the Lab is the same."""
        if self._control is None or self._control[0] != addresses:
            self._control = addresses, LabControl(addresses.control_url, addresses.control_token)
        return self._control[1]

    def _start(self, scenario: str | None) -> LabLook | None:
        control = self._control_of(self._parts.keeper().addresses(scenario))
        if scenario is not None and control.world()["scenario"] != scenario:
            control.reset(scenario)
        return self._look()

    def _do(self, act: Callable[[LabControl], object]) -> LabLook | None:
        act(self._control_of(self._parts.keeper().addresses()))
        return self._look()

    def _look_at(self, addresses: LabAddresses) -> LabLook:
        control = self._control_of(addresses)
        world, told = control.world(), control.changes()
        self._causes.look_up(str(change.get("cause", "")) for change in told)
        changes = tuple(self._change(change) for change in told)
        tables = {name: rows for name, rows in world.items() if name not in _NO_TABLE}
        look = LabLook(
            scenario=world["scenario"],
            products=len(addresses.products),
            tables=tables,
            changes=changes,
            clock=_clock(control.clock()),
            goals=self._goals(world["scenario"], tables, told),
            faults=tuple(LabFault(**fault) for fault in control.faults()),
            standings=self._causes.standings({change.run for change in changes if change.run}),
        )
        if self._last is None or look != self._last:
            self._last = look
        return self._last

    def _change(self, told: Mapping[str, Any]) -> LabChange:
        parts = {name: told[name] for name in ("product", "what", "table", "key", "before", "after", "at")}
        cause = self._causes.find(told.get("cause", ""))
        return LabChange(**parts, run=cause.run, path=cause.path) if cause else LabChange(**parts)

    def _goals(self, scenario: str, tables: Mapping[str, Any], changes: list[dict[str, Any]]) -> tuple[LabGoal, ...]:
        """Judge the goals, again only when the world is another one: ten thousand hosts take a while."""
        known = self._last
        is_same = known is not None and len(known.changes) == len(changes) and known.tables == tables
        if known is not None and is_same and known.scenario == scenario:
            return known.goals
        played = self._scenario(scenario)
        return goals_of(played, tables, changes) if played is not None else ()

    def _scenario(self, name: str) -> Scenario | None:
        """Return a shipped scenario; None where another process plays one of another version."""
        if name not in self._scenarios:
            self._scenarios = {scenario.id: scenario for scenario in self._parts.scenarios()}
        return self._scenarios.get(name)

    def _failing(self) -> tuple[FailingProduct, ...]:
        addresses = self._parts.keeper().find_addresses()
        return failing_products(self._parts.catalogue(), addresses.products) if addresses else ()

    def _undos(self, run: str) -> tuple[UndoItem, ...] | None:
        try:
            return self._parts.books().changes_of(run)
        except TocsinError:
            return None

    def _left_alone(self, run: str) -> tuple[LeftAlone, ...]:
        try:
            return left_alone(self._parts.books().load_events(run))
        except TocsinError:
            return ()

    def _requests(self, text: str) -> tuple[LabRequest, ...]:
        """Ask for what the Lab knows of; which run a request was of is known here."""
        addresses = self._parts.keeper().find_addresses()
        runs = [word for word in text.upper().split() if _RUN.fullmatch(word)]
        others = " ".join(word for word in text.split() if word.upper() not in runs)
        try:
            told = self._control_of(addresses).requests(others, None if runs else MOST_REQUESTS) if addresses else []
        except LabGoneError:
            return ()
        self._causes.look_up(_key_of(request) for request in told)
        found = [self._request(request) for request in reversed(told)]
        return tuple(one for one in found if not runs or (one.run and one.run.label in runs))[:MOST_REQUESTS]

    def _request(self, told: Mapping[str, Any]) -> LabRequest:
        parts = {name: told[name] for name in ("at", "product", "method", "path", "changes", "status")}
        cause = self._causes.find(_key_of(told))
        return LabRequest(**parts, run=cause.run if cause else None)


def _clock(told: Mapping[str, Any]) -> LabClock:
    ahead = (datetime.fromisoformat(told["now"]) - datetime.now(UTC)).total_seconds()
    return LabClock(round(ahead), told["begun"])


def _told(fault: LabFault) -> dict[str, Json]:
    return {
        "product": fault.product,
        "path": fault.path,
        "status": fault.status,
        "times": fault.times,
        "seconds": fault.seconds,
    }


def _lift(control: LabControl, fault: LabFault) -> None:
    """Forget all failures and plant the others again: the Lab has no other way."""
    others = [LabFault(**told) for told in control.faults()]
    control.clear_faults()
    for other in others:
        if (other.product, other.path) != (fault.product, fault.path):
            control.plant(_told(other))


def _key_of(told: Mapping[str, Any]) -> str:
    headers: Mapping[str, str] = told["headers"]
    return headers.get("idempotency-key") or headers.get("x-tocsin-attempt", "")
