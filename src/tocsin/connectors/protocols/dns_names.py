"""Names (DNS, RFC 1035): asked as they are, without the search list of this computer (RFC 1034 §3.1)."""

from __future__ import annotations

import re
from typing import Final

import dns.asyncresolver
import dns.exception
import dns.name
import dns.resolver
import dns.reversename

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.errors import Cut, SlotError
from tocsin.connectors.protocols.call import Call, CallError, Progress, Told

_NAME: Final = re.compile(r"\.|(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_-]{1,63}\.?")
_KINDS: Final = frozenset({"A", "AAAA", "CNAME", "MX", "NS", "TXT", "SOA", "PTR", "CAA"})
_LONGEST: Final = 5.0  # seconds; a server that has not answered by then will not


async def perform(call: Call, progress: Progress) -> Told:
    """Look a name up, or the name of an address.

    Takes `name` or `address`, `kind` (A, AAAA, MX, TXT …; of an address PTR), `server` (an IP address, "" is the
    system's) and `port`. Gives `{state, answers}`; `state` is found, no_name (NXDOMAIN) or no_data. Status 503 when no
    server answered well.

    Raises:
        CallError: This system names no server.
        SlotError: It is no name.
    """
    name, kind = _name(call), call.text("kind", "PTR")
    if kind not in _KINDS:
        raise SlotError(_("the kind of record"), _("is none that is asked for"))
    resolver = _resolver(call)
    progress.sent = True
    try:
        found = await resolver.resolve(name, kind, search=False, lifetime=min(_LONGEST, call.seconds))
    except dns.resolver.NXDOMAIN:
        return _told("no_name")
    except dns.resolver.NoAnswer:
        return _told("no_data")
    except dns.exception.DNSException:
        return Told(503, {"state": "no_answer", "answers": []})
    return _told("found", *sorted(record.to_text() for record in found))


def _name(call: Call) -> dns.name.Name:
    address = call.text("address", "")
    try:
        if address:
            return dns.reversename.from_address(address)
        text = call.text("name")
        if not _NAME.fullmatch(text):
            raise SlotError(_("the name"), _("is none that can be looked up"))
        return dns.name.from_text(text)
    except dns.exception.DNSException as error:
        raise SlotError(_("the name"), _("is none that can be looked up")) from error


def _resolver(call: Call) -> dns.asyncresolver.Resolver:
    server = call.text("server", "")
    try:
        resolver = dns.asyncresolver.Resolver(configure=not server)
        if server:
            resolver.nameservers = [server]
            resolver.port = call.number("port", 53)
    except (dns.exception.DNSException, ValueError) as error:
        raise CallError(_("no name server is known"), Cut.UNREACHABLE) from error
    return resolver


def _told(state: str, *answers: str) -> Told:
    texts: list[Json] = [*answers]
    return Told(200, {"state": state, "answers": texts})
