"""What can come of one attempt (engine.md 1.13), and what an attempt is asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tocsin.base.json_types import Json
from tocsin.engine.light import light
from tocsin.model.bindings import Binding
from tocsin.model.catalogue import Effect
from tocsin.model.failures import Failure


class Outcome(StrEnum):
    """How an attempt ended. Never a boolean: what may have happened is not the same as what did not."""

    SUCCEEDED = "succeeded"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class Sent(StrEnum):
    """Whether a request left."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


class Changed(StrEnum):
    """Whether the world is another than before. `false` = it was so already."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


_CERTAINTY: Final = {str(Changed.FALSE): 0, str(Changed.UNKNOWN): 1, str(Changed.TRUE): 2}
_LEFT_ALONE: Final = frozenset({Outcome.NOT_SENT, Outcome.REFUSED})


def merge_changed(before: str, *, outcome: str, changed: str) -> str:
    """Return whether a node changed something, after one attempt more.

    What may have happened stays so when a later attempt was not sent, or found it done already.
    """
    if outcome in _LEFT_ALONE:
        return before
    return changed if _CERTAINTY[changed] > _CERTAINTY[before] else before


class Verified(StrEnum):
    """What a look at the product says about a change that may have happened."""

    DONE = "done"
    NOT_DONE = "not_done"
    UNKNOWN = "unknown"


@light
class Intent:
    """One attempt, rendered: what will be done, where, with what.

    Attributes:
        run: The run's id.
        path: The node's path in the run, `hosts[0]/isolate`.
        n: Which attempt, from 1.
        node: The node's id.
        use: As the playbook names the action.
        binding: The product that does it.
        effect: What it does to the world.
        inputs: Rendered once per node, the same for every attempt.
        inputs_hash: Hash of the canonical inputs.
        idempotency_key: Hash of run and path, the same for every attempt.
        timeout: Seconds for this attempt.
    """

    run: str
    path: str
    n: int
    node: str
    use: str
    binding: Binding
    effect: Effect
    inputs: Mapping[str, Json]
    inputs_hash: str
    idempotency_key: str
    timeout: float


@light
class Pass:
    """The judge's leave for one change, on its final values (definitions.md D10). `expires` is monotonic seconds."""

    run: str
    path: str
    n: int
    inputs_hash: str
    expires: float


@dataclass(frozen=True, slots=True)
class UndoStep:
    """What would take a change back, rendered when the change was made."""

    action: str
    connection: str
    inputs: Mapping[str, Json]


@light
class RequestNote:
    """One request as the record keeps it: no headers, no bodies, no secrets."""

    method: str
    host: str
    path: str
    status: int | None
    ms: float
    bytes: int


@light
class Answer:
    """What an attempt brought.

    Attributes:
        outcome: How it ended.
        sent: Whether a request left.
        changed: Whether the world changed.
        output: In the shape of the action's output schema; None unless succeeded.
        failure: Why not; None when succeeded.
        summary: One line for a person, past tense only for what was done.
        undo: What takes it back, or None.
        requests: The requests that were made, in order.
        via_already: It was so before, so nothing was sent.
    """

    outcome: Outcome
    sent: Sent = Sent.YES
    changed: Changed = Changed.FALSE
    output: Json = None
    failure: Failure | None = None
    summary: str = ""
    undo: UndoStep | None = None
    requests: tuple[RequestNote, ...] = ()
    via_already: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found, and the output the action would have had."""

    result: Verified
    output: Json = None
