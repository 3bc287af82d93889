"""Which servers a connection may reach: judged on the text of its address, before any name is looked up (field.md S18).

The Lab is reached on 127.0.0.1 only, by plain http. Every other environment speaks https, and neither to this computer
nor to its link or a cloud's metadata service, unless the connection lists that address by hand.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, urlsplit

from tocsin.base.texts import _
from tocsin.connectors.errors import ConnectionFaultError
from tocsin.model.schemes import PLAIN, SafeScheme

LAB_HOST: Final = "127.0.0.1"
METADATA: Final = frozenset(
    ipaddress.ip_address(text)
    for text in (
        "169.254.169.254",  # most clouds; link-local as well
        "fd00:ec2::254",  # AWS: docs.aws.amazon.com, “Instance metadata”
        "fd20:ce::254",  # Google Cloud: docs.cloud.google.com, “Compute metadata”
        "100.100.100.200",  # Alibaba Cloud
        "192.0.0.192",  # Oracle Cloud, older images
        "168.63.129.16",  # Azure's wire server: learn.microsoft.com, “What is IP address 168.63.129.16”
    )
)
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


HERE: Final = Origin("", _("this computer"))
"""Where a program of this computer is run."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where an address may lead.

    Attributes:
        reach: Where the environment may go.
        schemes: What the product speaks there, encrypted.
        listed: The local addresses that the connection may reach all the same.
    """

    reach: Reach
    schemes: Collection[str] = (SafeScheme.HTTPS,)
    listed: Collection[str] = ()


def read_origin(name: str, text: str, bounds: Bounds) -> Origin:
    """Return the server that an address names.

    Args:
        name: The address's key in the connection, for the message.
        text: The address as it was typed.
        bounds: Where it may lead.

    Raises:
        ConnectionFaultError: It is no plain address of a server, or lies where the environment may not go.
    """
    field = f"addresses.{name}"
    parts = _split(field, text)
    if parts.username is not None or parts.query or parts.fragment or not _PATH.match(parts.path.rstrip("/")):
        raise ConnectionFaultError(field, _("may hold only scheme, host, port and a plain path"))
    if any(part in {".", ".."} for part in parts.path.split("/")):
        raise ConnectionFaultError(field, _("may not climb in its path"))
    host = (parts.hostname or "").lower()
    _ensure_allowed(field, parts.scheme, host, bounds)
    if bounds.reach is Reach.OUTSIDE:
        ensure_outside(field, host, bounds.listed)
    return Origin(f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}", parts.netloc.lower())


def ensure_outside(field: str, host: str, listed: Collection[str]) -> None:
    """See that a host is not this computer by its text; where a name leads is judged when it is looked up.

    Raises:
        ConnectionFaultError: It is, or it is no host.
    """
    if not _is_address(host):
        labels = host.rstrip(".").split(".")
        if not _NAME.match(host) or _NUMBER.match(labels[-1]):  # 127.1, 0x7f000001: the system takes them as addresses
            raise ConnectionFaultError(field, _("has a host that is neither a name nor a full address"))
    if is_local_name(host, listed):
        hint = _("List the address under “local_addresses” if that is meant.")
        raise ConnectionFaultError(field, _("leads to this computer, its link or a metadata service"), hint=hint)


def is_local_name(host: str, listed: Collection[str] = ()) -> bool:
    """Tell whether a host is by its text this computer, its link or a metadata service, and not listed."""
    if _is_address(host):
        return is_local(host, listed)
    return host.lower().rstrip(".").split(".")[-1] == "localhost" and is_local(LAB_HOST, listed)


def is_local(address: str, listed: Collection[str] = ()) -> bool:
    """Tell whether an IP address is this computer's, its link's or a metadata service's, and not listed."""
    ip = _unwrapped(address)
    is_near = ip.is_loopback or ip.is_unspecified or ip.is_link_local or ip in METADATA
    return is_near and ip not in {_unwrapped(text) for text in listed if _is_address(text)}


def _split(field: str, text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ConnectionFaultError(field, _("is no address")) from error
    if not text.isascii() or not text.isprintable() or set(text) & set(" \\") or port == 0:
        raise ConnectionFaultError(field, _("has a character that an address cannot have"))
    return parts


def _ensure_allowed(field: str, scheme: str, host: str, bounds: Bounds) -> None:
    if bounds.reach is Reach.LAB:
        plain = list(dict.fromkeys(PLAIN[one] for one in bounds.schemes))
        if scheme not in plain or host != LAB_HOST:
            raise ConnectionFaultError(
                field,
                _("must begin with {plain}://{lab_host}: the Lab cannot reach out").format(
                    plain=plain[0], lab_host=LAB_HOST
                ),
            )
        return
    if scheme not in bounds.schemes:
        allowed = " or ".join(f"{one}://" for one in bounds.schemes)
        raise ConnectionFaultError(
            field,
            _("must begin with {allowed}").format(allowed=allowed),
            hint=_("What is not encrypted is for the Lab only."),
        )


def _is_address(text: str) -> bool:
    try:
        _unwrapped(text)
    except ValueError:
        return False
    return True


def _unwrapped(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Read an IP address: without a zone, and as IPv4 where it is one in IPv6 (RFC 4291 §2.5.5.2)."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    return ip.ipv4_mapped or ip if isinstance(ip, ipaddress.IPv6Address) else ip
