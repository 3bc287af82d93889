"""What kind of address it is. Every function refuses what is not written exactly as an address is (engine.md 1.31).

Python's own `is_private` would call 203.0.113.0/24 private and 100.64.0.0/10 neither (field.md W4), so the ranges stand
here: RFC 1918 and RFC 4193 for private; IANA's special-purpose registries and RFC 4291 §2.4 for special.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, TypeAlias

from tocsin.base.texts import _
from tocsin.expressions.errors import EvaluationError
from tocsin.model.failures import FailureCode

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

_PRIVATE: Final = tuple(ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))
_SPECIAL: Final = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # unspecified, “this network”
        "100.64.0.0/10",  # carrier-grade NAT, RFC 6598
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_ORDINARY_V6: Final = tuple(ip_network(text) for text in ("2000::/3", "fc00::/7"))  # all other blocks are special


def is_private(ip: str) -> bool:
    """Tell whether an address is for private networks: RFC 1918 and RFC 4193, nothing else."""
    return _is_in(read_address(ip), _PRIVATE)


def is_special(ip: str) -> bool:
    """Tell whether an address is loopback, link-local, carrier-grade NAT, multicast, unspecified or reserved."""
    address = read_address(ip)
    if isinstance(address, IPv4Address):
        return _is_in(address, _SPECIAL)
    return not _is_in(address, _ORDINARY_V6)


def is_in_networks(ip: str, networks: Sequence[Network]) -> bool:
    """Tell whether an address is in one of the networks."""
    return _is_in(read_address(ip), networks)


def cidr_contains(cidr: str, ip: str) -> bool:
    """Tell whether a network holds an address; one of the other family is not in it."""
    return _is_in(read_address(ip), (read_network(cidr),))


@lru_cache(maxsize=256)
def read_network(text: str) -> Network:
    """Return a network.

    Raises:
        EvaluationError: It is not written as a network, or has bits set behind its length.
    """
    try:
        return ip_network(text)
    except ValueError:
        raise _refuse(text, _("a network"), _("Write it as in “203.0.113.0/24”.")) from None


def read_address(text: str) -> Address:
    """Return an address; an IPv4 address mapped into IPv6 is returned as the IPv4 address it is.

    Raises:
        EvaluationError: It is not the canonical form (RFC 5952 for IPv6).
    """
    try:
        address = ip_address(text)
    except ValueError:
        raise _refuse(text, _("an address"), _("Give one address, such as “203.0.113.66”.")) from None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    forms = {str(address)} if mapped is None else {str(address), f"::ffff:{mapped}", _mapped_in_hex(mapped)}
    if text not in forms or "%" in text:
        raise _refuse(text, _("the usual form of an address"), _("Write “{mapped}”.").format(mapped=mapped or address))
    return mapped or address


def _mapped_in_hex(mapped: IPv4Address) -> str:
    return f"::ffff:{int(mapped) >> 16:x}:{int(mapped) & 0xFFFF:x}"


def _is_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def _refuse(text: str, wanted: str, hint: str) -> EvaluationError:
    return EvaluationError(
        _("“{text}” is not {wanted}.").format(text=text[:64], wanted=wanted), kind=FailureCode.BAD_ARGUMENT, hint=hint
    )
