"""What the Lab's desk tells, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tocsin.base.texts import _
from tocsin.engine.events import FINISHED, RunStatus
from tocsin.model.scenario import Scenario

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
            title=_(scenario.title),
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
class RunStanding:
    """How such a run stands.

    Attributes:
        by: Who started it, as events name people.
        started_at: UTC microseconds.
        ended_at: UTC microseconds, or None while it is on.
    """

    status: RunStatus
    by: str
    started_at: int
    ended_at: int | None

    @property
    def is_over(self) -> bool:
        """Nothing more happens in it, so what it did can be taken back."""
        return self.status in FINISHED


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
        path: The step of that run, as events name it; "" without a run.
    """

    product: str
    what: str
    table: str
    key: str
    before: Row | None
    after: Row | None
    at: str
    run: LabRun | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class LabClock:
    """The world's time: it goes as the computer's does.

    Attributes:
        ahead: How many seconds it is ahead of the computer's.
        begun: When the story began, RFC 3339.
    """

    ahead: int = 0
    begun: str = ""


class GoalState(StrEnum):
    """Whether a goal of the scenario is reached. Of some only a person can tell."""

    REACHED = "reached"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LabGoal:
    """What whoever plays the scenario should have reached."""

    words: str
    state: GoalState


@dataclass(frozen=True, slots=True)
class LabFault:
    """A failure that is still to happen.

    Attributes:
        path: A shell pattern for the whole path of a request.
        status: An HTTP status, or the Lab's word for what happens.
        times: How many requests it still meets; None is all.
        seconds: How long `slow` waits.
    """

    product: str
    path: str
    status: int | str
    times: int | None = None
    seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class Failing:
    """One action of a product that can be made to fail: its title, and the pattern of the path that it asks."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class FailingProduct:
    """A product of the Lab and its actions, the whole of it first."""

    id: str
    title: str
    actions: tuple[Failing, ...]


@dataclass(frozen=True, slots=True)
class LabRequest:
    """One request that a product got.

    Attributes:
        at: RFC 3339.
        changes: It asked for a change.
        status: What was answered; None when the connection was cut.
        run: The run whose attempt sent it, if one of this journal did.
    """

    at: str
    product: str
    method: str
    path: str
    changes: bool
    status: int | None
    run: LabRun | None = None


@dataclass(frozen=True, slots=True)
class LabLook:
    """The Lab as it was at one moment.

    Attributes:
        scenario: The id of what it plays.
        products: How many it simulates.
        tables: Every table by name, each row by its key, as the Lab's `GET /world` says them.
        changes: Oldest first.
        clock: The world's time.
        goals: Those of the scenario, in its order.
        faults: What is still to fail.
        standings: How the runs that changed something stand, by id.
    """

    scenario: str
    products: int = 0
    tables: Mapping[str, Mapping[str, Row]] = field(default_factory=dict[str, Mapping[str, Row]])
    changes: tuple[LabChange, ...] = ()
    clock: LabClock = LabClock()
    goals: tuple[LabGoal, ...] = ()
    faults: tuple[LabFault, ...] = ()
    standings: Mapping[str, RunStanding] = field(default_factory=dict[str, RunStanding])

    @property
    def runs(self) -> tuple[LabRun, ...]:
        """The runs that changed something, the newest change first."""
        return tuple(dict.fromkeys(change.run for change in reversed(self.changes) if change.run))
