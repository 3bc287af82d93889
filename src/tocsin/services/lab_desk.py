"""The Lab as the window looks at it: what is in its world now, and which run changed what.

Every call returns at once; futures end on the desk's own thread. Nothing here starts a Lab but `start` and `inject`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.connectors.lab_control import LabControl, LabGoneError
from tocsin.engine.events import Event, EventType
from tocsin.model.scenario import Scenario

if TYPE_CHECKING:
    from tocsin.lab import LabAddresses
    from tocsin.services.lab import LabKeeper

MOST_RUNS: Final = 20
"""In so many of the newest runs the one is looked for that made a change."""
_NO_TABLE: Final = frozenset({"scenario", "seed"})

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LabScenario:
    """One scenario that can be played.

    Attributes:
        alert: The name of the rule whose alert it begins with.
        address: The address that the alert is about.
        hosts: How many computers there are.
        users: How many accounts.
        icon: A name in `resources/icons`.
    """

    id: str
    title: str
    seed: int
    alert: str
    address: str
    hosts: int
    users: int
    icon: str

    @classmethod
    def of(cls, scenario: Scenario) -> LabScenario:
        """Return what is told of a scenario before it is played."""
        return cls(
            id=scenario.id,
            title=scenario.title,
            seed=scenario.seed,
            alert=scenario.alert.rule,
            address=scenario.alert.src_ip,
            hosts=len(scenario.hosts),
            users=len(scenario.users),
            icon=scenario.icon,
        )


@dataclass(frozen=True, slots=True)
class LabRun:
    """A run that changed something in the Lab. `no` is its number among the runs of this journal."""

    run: str
    no: int
    name: str = ""

    @property
    def label(self) -> str:
        """What chips call it."""
        return f"R-{self.no}"


@dataclass(frozen=True, slots=True)
class LabChange:
    """One row that became another.

    Attributes:
        product: The product that did it, or `control`: somebody changed the world by hand.
        what: The Lab's own words for it.
        table: Which table of the world.
        key: Which row.
        before: The row before, or None when it is new.
        after: The row after, or None when it is gone.
        at: RFC 3339.
        run: The run that did it, or None when no run of this journal did.
    """

    product: str
    what: str
    table: str
    key: str
    before: Row | None
    after: Row | None
    at: str
    run: LabRun | None = None


@dataclass(frozen=True, slots=True)
class LabLook:
    """The Lab as it was at one moment.

    Attributes:
        scenario: The id of what it plays.
        products: How many it simulates.
        tables: Every table by name, each row by its key, as the Lab's `GET /world` says them.
        changes: Oldest first.
    """

    scenario: str
    products: int = 0
    tables: Mapping[str, Mapping[str, Row]] = field(default_factory=dict[str, Mapping[str, Row]])
    changes: tuple[LabChange, ...] = ()

    @property
    def runs(self) -> tuple[LabRun, ...]:
        """The runs that changed something, the newest change first."""
        return tuple(dict.fromkeys(change.run for change in reversed(self.changes) if change.run))


class RunSummaries(Protocol):
    """What is needed to know of a run that was."""

    @property
    def run(self) -> str:
        """Its id."""
        ...

    @property
    def no(self) -> int:
        """Its number."""
        ...

    @property
    def name(self) -> str:
        """Its playbook's name."""
        ...


class RunBooks(Protocol):
    """Where runs are looked up: `services.history` fills it."""

    def list_runs(self, *, most: int = ...) -> Sequence[RunSummaries]:
        """Return the newest runs first."""
        ...

    def load_events(self, run: str) -> list[Event]:
        """Return the events of a run."""
        ...


@dataclass(frozen=True, slots=True)
class LabParts:
    """What the desk works with; bootstrap fills it.

    Attributes:
        keeper: Gives the keeper of the Lab; what plays the Lab is imported when it is first called.
        books: Gives the runs that were.
        scenarios: Reads every scenario that is shipped.
        inject: Lets the scenario's alert come in and returns it as the SIEM tells it.
    """

    keeper: Callable[[], LabKeeper]
    books: Callable[[], RunBooks]
    scenarios: Callable[[], Iterable[Scenario]]
    inject: Callable[[], Json]


class LabDesk:
    """Looks into one Lab. Thread-safe; `close` it before the Lab is ended."""

    def __init__(self, parts: LabParts) -> None:
        self._parts = parts
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tocsin-lab-desk")
        self._runs: dict[str, LabRun | None] = {}
        self._last: LabLook | None = None

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
        return self._pool.submit(self._reset)

    def inject(self) -> Future[Json]:
        """Let the scenario's alert come in; the event that a run starts with. Starts the Lab where none runs."""
        return self._pool.submit(self._parts.inject)

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

    def _start(self, scenario: str | None) -> LabLook | None:
        control = _control(self._parts.keeper().addresses(scenario))
        if scenario is not None and control.world()["scenario"] != scenario:
            control.reset(scenario)
        return self._look()

    def _reset(self) -> LabLook | None:
        _control(self._parts.keeper().addresses()).reset()
        return self._look()

    def _look_at(self, addresses: LabAddresses) -> LabLook:
        control = _control(addresses)
        world, told = control.world(), control.changes()
        self._find_runs({str(change.get("cause", "")) for change in told} - {""} - self._runs.keys())
        look = LabLook(
            scenario=world["scenario"],
            products=len(addresses.products),
            tables={name: rows for name, rows in world.items() if name not in _NO_TABLE},
            changes=tuple(self._change(change) for change in told),
        )
        if self._last is None or look != self._last:
            self._last = look
        return self._last

    def _change(self, told: Mapping[str, Any]) -> LabChange:
        parts = {name: told[name] for name in ("product", "what", "table", "key", "before", "after", "at")}
        return LabChange(**parts, run=self._runs.get(told.get("cause", "")))

    def _find_runs(self, causes: set[str]) -> None:
        """Find the runs whose attempts sent these idempotency keys. An intent is kept before its request leaves."""
        if not causes:
            return
        self._runs.update(dict.fromkeys(causes))
        books = self._parts.books()
        with suppress(TocsinError):  # a journal that cannot be read: what changed is shown all the same
            for summary in books.list_runs(most=MOST_RUNS):
                found = causes.intersection(_keys_of(books.load_events(summary.run)))
                self._runs.update(dict.fromkeys(found, LabRun(summary.run, summary.no, summary.name)))
                causes -= found
                if not causes:
                    return


def _control(addresses: LabAddresses) -> LabControl:
    return LabControl(addresses.control_url, addresses.control_token)


def _keys_of(events: Iterable[Event]) -> set[str]:
    return {event.data["idempotency_key"] for event in events if event.type is EventType.ATTEMPT_STARTED}
