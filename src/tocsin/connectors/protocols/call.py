"""What a protocol is given and what it gives back. Statuses are HTTP's, so that one set of rulings holds for all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.addresses import Reach
from tocsin.connectors.errors import Cut, SlotError
from tocsin.connectors.exchange import Line, Login
from tocsin.connectors.proxies import Proxy

MAX_ANSWER: Final = 8 * 1024 * 1024
"""Most bytes of an answer, as of one by HTTP."""
GOODBYE: Final = 1.0
"""Seconds that a server has to say goodbye: all is done, and whether it was must not depend on that."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a protocol is spoken. `scheme` says whether it is encrypted."""

    scheme: str
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Call:
    """One verb and what it is given.

    Attributes:
        arguments: What the description says under `json`, rendered.
        server: Where, or None on this computer.
        login: With what to sign in, or None.
        line: Which certificates are trusted, and which local addresses may be reached.
        seconds: How long all of it may take.
        mark: By what the Lab knows a change again; "" for every product that is real.
        proxy: Through whom the server is reached, or None.
    """

    verb: str
    arguments: Mapping[str, Json]
    server: Server | None
    login: Login | None = field(repr=False)
    line: Line
    reach: Reach
    seconds: float
    mark: str = ""
    proxy: Proxy | None = None

    def text(self, name: str, default: str | None = None) -> str:
        """Return an argument that is a text.

        Raises:
            SlotError: It is none.
        """
        value = self.arguments.get(name, default)
        if not isinstance(value, str):
            raise SlotError(f"“{name}”", _("is no text"))
        return value

    def texts(self, name: str) -> Sequence[str]:
        """Return an argument that is a list of texts; without it, none.

        Raises:
            SlotError: It is no such list.
        """
        return texts_of(name, self.arguments.get(name, []))

    def number(self, name: str, default: int) -> int:
        """Return an argument that is a whole number.

        Raises:
            SlotError: It is none.
        """
        value = self.arguments.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise SlotError(f"“{name}”", _("is no whole number"))
        return value


def texts_of(name: str, value: Json) -> Sequence[str]:
    """Return a value that is a list of texts.

    Raises:
        SlotError: It is none: what would be left out of it may matter.
    """
    items = value if isinstance(value, list) else [None]
    found = [item for item in items if isinstance(item, str)]
    if len(found) < len(items):
        raise SlotError(f"“{name}”", _("is no list of texts"))
    return found


@dataclass(slots=True)
class Progress:
    """How far a call got. `sent` is set before what the verb asks may leave; signing in does not count."""

    sent: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered.

    Attributes:
        status: 200, or what HTTP would say: 401 sign-in, 403 permission, 404, 409 conflict, 400 refused, 5xx.
        size: Bytes of the answer.
    """

    status: int
    body: Json
    size: int = 0


class CallError(Exception):
    """A call brought no answer that can be used; `reason` ends a sentence. Never leaves the room."""

    def __init__(self, reason: str, cut: Cut = Cut.BROKEN) -> None:
        self.reason, self.cut = reason, cut
        super().__init__(reason)


Perform: TypeAlias = Callable[[Call, Progress], Awaitable[Told]]
"""How a module performs the verbs of its protocol. May raise CallError, SlotError, OSError and TimeoutError."""
