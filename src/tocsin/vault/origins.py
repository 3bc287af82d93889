"""What a secret is bound to: whose field it is, and the servers that may see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tocsin.model.schemes import PORTS

if TYPE_CHECKING:  # the command line meets this room before it needs the model
    from tocsin.model.environment import Connection

PROXY_FIELDS: Final = frozenset({"proxy_user", "proxy_password"})  # of `model.environment`
_OF_SYSTEM: Final = "system"
Origins = tuple[str, ...]
"""The servers of a connection as `NAME=SCHEME://HOST:PORT`, sorted."""


@dataclass(frozen=True, slots=True, order=True)
class SecretName:
    """Which secret is meant: a field of the sign-in of a connection of an environment."""

    environment: str
    connection: str
    field: str


def origins_of(addresses: Mapping[str, str]) -> Origins:
    """Return the servers that a connection's addresses name; a path on them does not count.

    A text that is no address stands for itself, so it equals no server.
    """
    return tuple(sorted(f"{name}={_origin(text)}" for name, text in addresses.items()))


def origins_for(connection: Connection, field: str) -> Origins:
    """Return the servers that may see a field's secret: the product's, or for the proxy's sign-in the proxy alone."""
    if field in PROXY_FIELDS:
        return origins_of({"proxy": connection.proxy or _OF_SYSTEM})
    return origins_of(connection.addresses)


def bound_to(name: SecretName, origins: Origins) -> bytes:
    """Return what the encryption of a secret vouches for besides it: the associated data of AES-GCM."""
    return json.dumps([name.environment, name.connection, name.field, list(origins)]).encode()


def _origin(text: str) -> str:
    try:
        parts = urlsplit(text)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return text
    if not parts.hostname or port is None:
        return text
    return f"{parts.scheme}://{parts.hostname.lower()}:{port}"
