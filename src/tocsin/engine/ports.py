"""What the engine needs from outside. `connectors`, `journal`, `guards` and the faces' vault fill these."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, Protocol

from tocsin.base.json_types import Json
from tocsin.base.secret import Secret
from tocsin.engine.events import Event
from tocsin.engine.light import light
from tocsin.engine.outcomes import Answer, Intent, Pass, Verdict
from tocsin.model.bindings import Binding
from tocsin.model.environment import Connection
from tocsin.model.failures import Failure


class Performer(Protocol):
    """Does actions. Filled by `connectors`."""

    def perform(self, intent: Intent, *, grant: Pass | None) -> Answer | Coroutine[Any, Any, Answer]:
        """Make one attempt: give the answer that is there at once, or what brings it when it is awaited.

        Raises nothing but CancelledError; a change without a fitting Pass is refused.
        """
        ...

    async def verify(self, intent: Intent) -> Verdict:
        """Look whether a change that may have happened did happen."""
        ...

    def permit(self, binding: Binding) -> Permit:
        """Return the connection's permit: one of its places and a token of its rate, shared by all runs."""
        ...


class Permit(Protocol):
    """Leave to make one attempt now. Enter before the intent is written, leave when the attempt has ended."""

    def try_enter(self) -> bool:
        """Enter at once if there is room; never waits."""
        ...

    async def enter(self) -> None:
        """Wait for room, first come first served, and enter."""
        ...

    def leave(self) -> None:
        """Give the place back."""
        ...


class Judge(Protocol):
    """Judges every change on final values, at the last moment (definitions.md D10)."""

    def judge(self, intent: Intent) -> Pass | Failure:
        """Give leave, or say why not. Answers at once."""
        ...


class Secrets(Protocol):
    """Where secrets are found: the Lab's in memory, others in the vault. Asked at each attempt; answers at once."""

    def find(self, connection_id: str, connection: Connection, field: str) -> Secret | None:
        """Return the secret of a connection's sign-in field, or None when there is none.

        Raises:
            SecretUnusableError: One is kept, and cannot be used: it was typed for another address, or is locked away.
        """
        ...


@light
class Batch:
    """What one turn of the loop commits together.

    Attributes:
        events: In order of seq, for one or more runs.
        values: The blobs that events name by hash and the journal may not have yet.
        durable: Hold it until it is safe from power loss: an intent of a change is in it.
    """

    events: Sequence[Event]
    values: Mapping[str, bytes]
    durable: bool


class Journal(Protocol):
    """Keeps events. Called on the engine's thread only; returns when the batch is committed."""

    def commit(self, batch: Batch) -> None:
        """Keep a batch, whole or not at all.

        Raises:
            TocsinError: It could not be kept; nothing of it was.
        """
        ...

    def load_value(self, hash_: str) -> Json:
        """Return a value that an event named by its hash."""
        ...


class MonotonicClock(Protocol):
    """Seconds that never go back."""

    def __call__(self) -> float:
        """Return the seconds now."""
        ...


class AllowAll:
    """The judge until guards exist: everything passes, on final inputs, for 30 seconds."""

    LIFETIME = 30.0

    def __init__(self, monotonic: MonotonicClock) -> None:
        self._monotonic = monotonic

    def judge(self, intent: Intent) -> Pass | Failure:
        """Give leave."""
        return Pass(intent.run, intent.path, intent.n, intent.inputs_hash, self._monotonic() + self.LIFETIME)
