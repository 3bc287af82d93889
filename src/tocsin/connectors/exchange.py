"""One request and its answer, as values, and the port through which they travel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote

from tocsin.base.json_types import Json
from tocsin.base.secret import Secret
from tocsin.connectors.addresses import Origin
from tocsin.connectors.proxies import NOTHING, Proxy
from tocsin.engine.outcomes import RequestNote

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Login:
    """With what a protocol signs in. Does not show itself."""

    user: str = field(repr=False)
    password: str = field(default="", repr=False)
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ClientTls:
    """A certificate that a connection shows in TLS, and what opens its key.

    Attributes:
        certificate: Its PEM file.
        key_file: The key's PEM file; None where the vault or the certificate's file has the key.
        key: The key itself, from the vault, or None.
        passphrase: What opens the key; "" where it is open.
        stamp: What tells one writing of the files from the next.
    """

    certificate: str
    key_file: str | None = None
    key: Secret | None = field(default=None, repr=False)
    passphrase: Secret = field(default=NOTHING, repr=False)
    stamp: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A request, ready to be sent. What may hold a secret does not show in its repr.

    Attributes:
        method: In capitals; of another protocol than HTTP, its name and the verb.
        origin: The server.
        path: Begins with a slash, encoded.
        query: Name and value, not encoded.
        headers: Name and value.
        body: The bytes, or None.
        changes: Whether it changes something there: then only a Pass lets it out.
        arguments: What a verb of another protocol is given; None of HTTP.
        login: With what that protocol signs in.
    """

    method: str
    origin: Origin
    path: str
    query: Pairs = field(default=(), repr=False)
    headers: Pairs = field(default=(), repr=False)
    body: bytes | None = field(default=None, repr=False)
    changes: bool = False
    arguments: Mapping[str, Json] | None = field(default=None, repr=False)
    login: Login | None = None

    @property
    def url(self) -> str:
        """The whole address, encoded (RFC 3986 §2.1: all but unreserved characters)."""
        pairs = (f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in self.query)
        return self.origin.url + self.path + ("?" + "&".join(pairs) if self.query else "")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that was read to its end.

    Attributes:
        status: HTTP status.
        headers: By lower-case name; of a name that comes twice, the last.
        body: The JSON value; None when there was none, or none that can be read.
        unreadable: Why the body is no JSON Tocsin accepts, or "".
        note: The request, for the record.
    """

    status: int
    headers: Mapping[str, str]
    body: Json
    unreadable: str
    note: RequestNote


@dataclass(frozen=True, slots=True)
class Line:
    """To whom a request goes, and how long it may take.

    Attributes:
        key: What tells this connection's revision from every other.
        ca_file: A file of certificates to trust besides the system's, or None.
        deadline: Monotonic seconds at which the attempt is over.
        record: Is told of every request that was made, answered or not.
        local_addresses: The local addresses that may be reached all the same.
        client: With what the connection shows who it is in TLS, or None.
        proxies: Which servers are reached through a proxy, by their origin's address.
    """

    key: str
    ca_file: str | None
    deadline: float
    record: Callable[[RequestNote], None]
    local_addresses: tuple[str, ...] = ()
    client: ClientTls | None = None
    proxies: Mapping[str, Proxy] = field(default_factory=dict[str, Proxy])


class Exchanger(Protocol):
    """Sends one request and reads its answer. Judges nothing: `gate` decides what may go."""

    async def exchange(self, request: Request, line: Line) -> Reply:
        """Return the answer, whatever its status.

        Raises:
            ExchangeError: None came that could be read to its end.
        """
        ...
