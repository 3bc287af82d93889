"""What the runner tells the conductor, and what the conductor asks the runner to do: values, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tocsin.base.json_types import Json
from tocsin.engine.light import light
from tocsin.engine.outcomes import Answer, Intent, Pass, Verdict
from tocsin.model.failures import Failure


@dataclass(frozen=True, slots=True)
class Begin:
    """The run was created and may start."""


@light
class Granted:
    """An attempt has its permit and the judge's leave (None for a read)."""

    intent: Intent
    grant: Pass | None


@dataclass(frozen=True, slots=True)
class Queued:
    """The connection has no room for an attempt now; Granted or Denied will follow."""

    intent: Intent


@dataclass(frozen=True, slots=True)
class Denied:
    """The judge refused an attempt."""

    intent: Intent
    failure: Failure


@light
class Finished:
    """An attempt ended."""

    intent: Intent
    answer: Answer


@dataclass(frozen=True, slots=True)
class Looked:
    """A look at what an uncertain change did."""

    intent: Intent
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class TimerDue:
    """A timer's time has come. `late_ms` says how late."""

    timer: str
    late_ms: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """A person answered a question. `intents_hash` says which list of acts they saw; "" means that of the question."""

    ask: str
    option: str
    form: Json = None
    by: str = "user"
    method: str = "window"
    reason: str = ""
    batch: str = ""
    intents_hash: str = ""


@dataclass(frozen=True, slots=True)
class CancelAsked:
    """Someone wants the run to stop; `force` abandons changes in flight."""

    by: str
    reason: str = ""
    force: bool = False


@dataclass(frozen=True, slots=True)
class SignalCame:
    """Something a `wait` may wait for."""

    name: str
    payload: Json = None


@dataclass(frozen=True, slots=True)
class Recovered:
    """The run's process had ended; it goes on here, with all its events folded."""

    reason: str = "crash"
    by: str = "recovery"


@dataclass(frozen=True, slots=True)
class PauseAsked:
    """Someone wants nothing new to start."""

    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GoOnAsked:
    """Someone lets a paused run go on: altogether, or for one node alone."""

    by: str
    one_step: bool = False


@dataclass(frozen=True, slots=True)
class BreakpointsSet:
    """Before which nodes the run pauses from now on: id → condition, CEL, or "" to stop always."""

    conditions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DataEdited:
    """Someone wants a step that has settled to have given something else."""

    path: str
    value: Json
    by: str = "user"
    reason: str = ""


Outside: TypeAlias = Granted | Queued | Denied | Finished | Looked | TimerDue | SignalCame
People: TypeAlias = Answered | CancelAsked | PauseAsked | GoOnAsked | BreakpointsSet | DataEdited
News: TypeAlias = Begin | Recovered | Outside | People


@light
class Acquire:
    """Get permit and leave for an attempt; answer Granted or Denied."""

    intent: Intent


@light
class Perform:
    """Make the attempt; answer Finished."""

    intent: Intent
    grant: Pass | None


@dataclass(frozen=True, slots=True)
class Look:
    """Verify the attempt; answer Looked."""

    intent: Intent


@dataclass(frozen=True, slots=True)
class Arm:
    """Tell TimerDue at `due`, UTC microseconds."""

    timer: str
    due: int


@dataclass(frozen=True, slots=True)
class Disarm:
    """Forget a timer."""

    timer: str


@dataclass(frozen=True, slots=True)
class Abort:
    """End the work at a path; its result is not wanted."""

    path: str


Effect: TypeAlias = Acquire | Perform | Look | Arm | Disarm | Abort
