"""Which proxy a connection goes through: its own, or what this system says (its settings, HTTPS_PROXY, NO_PROXY).

A proxy sees host and port of a product and never what is said: it is asked for a tunnel (RFC 9110 §9.3.6), and TLS is
spoken through it with the product itself. What a name leads to is then the proxy's to find out; the certificate must
be that name's all the same. This computer and its link are never reached through one.
"""

from __future__ import annotations

import base64
import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from tocsin.base.secret import Secret
from tocsin.base.texts import _
from tocsin.connectors.addresses import Origin, ensure_outside, is_local_name
from tocsin.connectors.errors import ConnectionFaultError
from tocsin.model.environment import NO_PROXY
from tocsin.model.schemes import PORTS

NOTHING: Final = Secret("")
_FIELD: Final = "proxy"
_EVERY: Final = "*"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A server that passes connections on.

    Attributes:
        host: Its name or address.
        port: Where it listens.
        is_of_system: This computer's settings name it, so it may be on this computer.
        user: With whom to sign in there, or "".
        password: The password; shown nowhere.
    """

    host: str
    port: int
    is_of_system: bool = False
    user: str = field(default="", repr=False)
    password: Secret = field(default=NOTHING, repr=False)

    @property
    def url(self) -> str:
        """Its address, without a sign-in."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def sign_in(self) -> str:
        """What it is told under `Proxy-Authorization` (RFC 7617)."""
        return f"Basic {base64.b64encode(f'{self.user}:{self.password.reveal()}'.encode()).decode()}"

    def signed(self, user: Secret | None, password: Secret | None) -> Proxy:
        """Return it with a sign-in; without one, as it is."""
        if user is None or not user.reveal():
            return self
        return replace(self, user=user.reveal(), password=password or NOTHING)


def proxies_for(origins: Mapping[str, Origin], said: str | None, listed: Sequence[str]) -> dict[str, Proxy]:
    """Return the address of each server that is reached through a proxy, and which.

    Args:
        origins: A connection's servers by name.
        said: What it says of proxies: an address, `none`, or nothing.
        listed: The local addresses that it may reach.

    Raises:
        ConnectionFaultError: The proxy's address cannot be used.
    """
    if said == NO_PROXY:
        return {}
    own = _read(said, listed) if said else None
    known = {} if own is not None else getproxies()
    found: dict[str, Proxy] = {}
    for origin in origins.values():
        parts = urlsplit(origin.url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        proxy = own if own is not None else _of_system(known, parts.scheme, host, port)
        if proxy is not None and not is_local_name(host):
            found[origin.url] = proxy
    return found


def is_excepted(exceptions: str, host: str, port: int) -> bool:
    """Tell whether a server is reached without a proxy, by a text as NO_PROXY has it.

    Its parts, with commas or blanks between: `*`, a name (and all below it), an IP address or a network; each but the
    star may end in a port, and a name may begin with a dot.
    """
    return any(_matches(part.lower(), host.lower().rstrip("."), port) for part in exceptions.replace(",", " ").split())


def _of_system(known: Mapping[str, str], scheme: str, host: str, port: int) -> Proxy | None:
    url = known.get(scheme) or known.get("all")
    if not url:
        return None
    exceptions = known.get("no")
    if is_excepted(exceptions, host, port) if exceptions is not None else proxy_bypass(host):
        return None
    parts = _split(url if "://" in url else f"http://{url}")
    proxy = Proxy(parts.hostname or "", parts.port or PORTS["http"], is_of_system=True)
    return proxy.signed(Secret(unquote(parts.username or "")), Secret(unquote(parts.password or "")))


def _read(text: str, listed: Sequence[str]) -> Proxy:
    """Read a proxy that a connection names: its file may be shared, so it holds no sign-in and no way in here."""
    parts = _split(text)
    if parts.username is not None or parts.path.strip("/") or parts.query or parts.fragment:
        hint = _("Its user and password are kept in the vault.")
        raise ConnectionFaultError(_FIELD, _("may hold only http://, host and port"), hint=hint)
    host = parts.hostname or ""
    ensure_outside(_FIELD, host, listed)
    return Proxy(host, parts.port or PORTS["http"])


def _split(text: str) -> SplitResult:
    """The text is not repeated in an error: the system's may hold a password."""
    hint = _("Such as http://proxy.example.com:3128, or “none”.")
    try:
        parts = urlsplit(text)
        is_port = parts.port != 0
    except ValueError as error:
        raise ConnectionFaultError(_FIELD, _("is no address"), hint=hint) from error
    if parts.scheme != "http":
        raise ConnectionFaultError(
            _FIELD, _("must begin with http://: no other kind of proxy is spoken with"), hint=hint
        )
    if not parts.hostname or not is_port:
        raise ConnectionFaultError(_FIELD, _("is no address"), hint=hint)
    return parts


def _matches(part: str, host: str, port: int) -> bool:
    if part == _EVERY:
        return True
    network = _network(part)
    if network is None:
        part, _unused, wanted = part.rpartition(":") if part.rpartition(":")[2].isdecimal() else (part, "", "")
        if wanted and int(wanted) != port:
            return False
        network = _network(part.strip("[]"))
    if network is None:
        name = part.removeprefix("*").lstrip(".")
        return bool(name) and (host == name or host.endswith(f".{name}"))
    address = _network(host)
    return address is not None and address.network_address in network


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
