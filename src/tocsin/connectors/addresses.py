"""Which servers a connection may reach: judged on the text of its address, before any name is looked up (field.md S18).

The Lab is reached on 127.0.0.1 only, by plain http. Every other environment speaks https, and never to this computer.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, urlsplit

from tocsin.connectors.errors import ConnectionFaultError

LAB_HOST: Final = "127.0.0.1"
_NAME: Final = re.compile(r"^(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?$")
_PATH: Final = re.compile(r"^(?:/[A-Za-z0-9._~-]+)*$")
_NUMBER: Final = re.compile(r"^(?:[0-9]+|0x[0-9a-f]*)$")  # what inet_aton would take as a part of an address


class Reach(StrEnum):
    """Which part of the network an environment may reach."""

    LAB = "lab"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Origin:
    """A server, and where on it the product begins.

    Attributes:
        url: Scheme, host, port and path, without a slash at the end.
        host: Host and port, as records show it.
    """

    url: str
    host: str


def read_origin(name: str, text: str, reach: Reach) -> Origin:
    """Return the server that an address names.

    Args:
        name: The address's key in the connection, for the message.
        text: The address as it was typed.
        reach: Where the environment may go.

    Raises:
        ConnectionFaultError: It is no plain address of a server, or lies where the environment may not go.
    """
    field = f"addresses.{name}"
    parts = _split(field, text)
    if parts.username is not None or parts.query or parts.fragment or not _PATH.match(parts.path.rstrip("/")):
        raise ConnectionFaultError(field, "may hold only scheme, host, port and a plain path")
    if any(part in {".", ".."} for part in parts.path.split("/")):
        raise ConnectionFaultError(field, "may not climb in its path")
    host = (parts.hostname or "").lower()
    _ensure_allowed(field, parts.scheme, host, reach)
    return Origin(f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}", parts.netloc.lower())


def is_this_computer(address: str) -> bool:
    """Tell whether an IP address is loopback or unspecified, in whatever wrapping."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return any(one.is_loopback or one.is_unspecified for one in (ip, mapped) if one is not None)


def _split(field: str, text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ConnectionFaultError(field, "is no address") from error
    if not text.isascii() or not text.isprintable() or set(text) & set(" \\") or port == 0:
        raise ConnectionFaultError(field, "has a character that an address cannot have")
    return parts


def _ensure_allowed(field: str, scheme: str, host: str, reach: Reach) -> None:
    if reach is Reach.LAB:
        if (scheme, host) != ("http", LAB_HOST):
            raise ConnectionFaultError(field, f"must begin with http://{LAB_HOST}: the Lab cannot reach out")
        return
    if scheme != "https":
        raise ConnectionFaultError(field, "must begin with https://", hint="Plain http is for the Lab only.")
    if _names_this_computer(field, host):
        raise ConnectionFaultError(field, "names this computer", hint="Only the Lab lives here.")


def _names_this_computer(field: str, host: str) -> bool:
    try:
        return is_this_computer(host)
    except ValueError:
        labels = host.rstrip(".").split(".")
    if not _NAME.match(host) or _NUMBER.match(labels[-1]):  # 127.1, 0x7f000001: the system takes them as addresses
        raise ConnectionFaultError(field, "has a host that is neither a name nor a full address")
    return labels[-1] == "localhost"
