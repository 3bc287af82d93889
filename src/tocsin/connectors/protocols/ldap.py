"""Directories (LDAP 3, RFC 4511): sign in by name and password, search, and modify one entry.

Each call has a connection of its own, encrypted from its first byte (`ldaps`); in the Lab it is plain.
The libraries were judged and not taken: ldap3 has had no release since 2021, bonsai has no wheels for Linux.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
from dataclasses import dataclass, field
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.errors import Cut, SlotError
from tocsin.connectors.protocols.ber import (
    BOOLEAN,
    ENUMERATED,
    SEQUENCE,
    SET,
    Element,
    encode,
    number,
    octets,
    read_element,
)
from tocsin.connectors.protocols.call import MAX_ANSWER, Call, CallError, Progress, Told, texts_of
from tocsin.connectors.protocols.ldap_filter import filter_of
from tocsin.connectors.protocols.streams import streaming

_BIND, _BOUND, _UNBIND = 0x60, 0x61, 0x42
_SEARCH, _ENTRY, _SEARCHED = 0x63, 0x64, 0x65
_MODIFY, _MODIFIED = 0x66, 0x67
_SCOPES: Final = {"base": 0, "one": 1, "sub": 2}
_OPERATIONS: Final = {"add": 0, "delete": 1, "replace": 2}
_STATUSES: Final = {
    0: 200,
    1: 500,  # operationsError
    8: 401,  # strongerAuthRequired
    13: 401,  # confidentialityRequired
    16: 409,  # noSuchAttribute: also when the value that was to be replaced is not there any more
    20: 409,  # attributeOrValueExists
    32: 404,  # noSuchObject
    48: 401,  # inappropriateAuthentication
    49: 401,  # invalidCredentials
    50: 403,  # insufficientAccessRights
    51: 503,  # busy
    52: 503,  # unavailable
    80: 500,  # other
}


async def perform(call: Call, progress: Progress) -> Told:
    """Search a directory, or modify an entry.

    `search` takes `base`, `filter`, `scope` (base, one, sub), `attributes`, `limit`, and gives
    `{code, entries: [{dn, attributes: {lower-case name: [text]}}]}`; what is no text is given in Base64.
    `modify` takes `dn` and `changes: [{operation: add|delete|replace, attribute, values}]`, done whole or not at all.
    Any other answer is `{code, message}`, with the result code of RFC 4511 §4.1.9.

    Raises:
        CallError: No answer came that can be read.
        SlotError: An argument cannot be sent.
    """
    asked = _search(call) if call.verb == "search" else _modify(call)
    async with streaming(call) as (reader, writer):
        talk = _Talk(reader, writer)
        try:
            bound = await talk.bind(call)
            if bound is not None:
                return bound
            progress.sent = True
            told = await talk.ask(asked, _SEARCHED if call.verb == "search" else _MODIFIED, most=_limit(call))
        except EOFError as error:
            raise CallError(_("the connection broke")) from error
        except ValueError as error:  # an element that does not hold what it must
            raise CallError(_("the answer cannot be read"), Cut.UNREADABLE) from error
        with contextlib.suppress(OSError):  # what is done is done, however the goodbye goes
            await talk.send(encode(_UNBIND))
    return told


def _search(call: Call) -> bytes:
    scope = call.text("scope", "sub")
    if scope not in _SCOPES:
        raise SlotError("“scope”", _("is none of {scopes}").format(scopes=", ".join(_SCOPES)))
    return encode(
        _SEARCH,
        octets(call.text("base")),
        number(_SCOPES[scope], ENUMERATED),
        number(0, ENUMERATED),  # aliases are not followed
        number(_limit(call)),
        number(min(int(call.seconds), 2**31 - 1)),
        encode(BOOLEAN, b"\x00"),
        filter_of(call.text("filter", "(objectClass=*)")),
        encode(SEQUENCE, *(octets(name) for name in call.texts("attributes"))),
    )


def _limit(call: Call) -> int:
    limit = call.number("limit", 100)
    if limit < 1:  # none would mean all there are (RFC 4511 §4.5.1.4)
        raise SlotError("“limit”", _("must be 1 or more"))
    return limit


def _modify(call: Call) -> bytes:
    changes = call.arguments.get("changes")
    if not isinstance(changes, list) or not changes:
        raise SlotError("“changes”", _("is no list of changes"))
    return encode(_MODIFY, octets(call.text("dn")), encode(SEQUENCE, *(_change(change) for change in changes)))


def _change(change: Json) -> bytes:
    if not isinstance(change, dict):
        raise SlotError("“changes”", _("is no list of changes"))
    operation, attribute, values = (change.get(name) for name in ("operation", "attribute", "values"))
    if not isinstance(operation, str) or operation not in _OPERATIONS or not isinstance(attribute, str):
        raise SlotError("“changes”", _("has what is no change"))
    texts = texts_of("values", values)
    kept = encode(SEQUENCE, octets(attribute), encode(SET, *(octets(text) for text in texts)))
    return encode(SEQUENCE, number(_OPERATIONS[operation], ENUMERATED), kept)


@dataclass(slots=True)
class _Talk:
    """One connection: a message after the other, each with its answer."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    _last: int = field(default=0, init=False)

    async def bind(self, call: Call) -> Told | None:
        """Sign in; None when that succeeded. A name without a password would pass as nobody, so it is refused here."""
        login = call.login
        if login is None or not login.password:
            return Told(401, {"code": 48, "message": _("no password")})
        told = await self.ask(
            encode(_BIND, number(3), octets(login.user), octets(login.password, 0x80)),
            _BOUND,
        )
        return None if told.status == 200 else told

    async def ask(self, operation: bytes, until: int, *, most: int = 0) -> Told:
        """Send a message, and gather its answers until the one with this tag; entries, as many as were asked for."""
        await self.send(operation)
        entries: list[Json] = []
        size = 0
        while True:
            element = await self._answer()
            size += len(element.content)
            if element.tag == _ENTRY:
                entries.append(_entry(element))
            if size > MAX_ANSWER or len(entries) > most:
                raise CallError(_("the answer is too large"), Cut.UNREADABLE)
            if element.tag == until:
                return _told(element, entries, size)

    async def send(self, operation: bytes) -> None:
        """Send a message."""
        self._last += 1
        self.writer.write(encode(SEQUENCE, number(self._last), operation))
        await self.writer.drain()

    async def _answer(self) -> Element:
        message = await read_element(self.reader)
        parts = message.parts()
        if message.tag != SEQUENCE or len(parts) < 2:
            raise CallError(_("the answer cannot be read"), Cut.UNREADABLE)
        if parts[0].number != self._last:  # 0 is the server's own word that it closes (RFC 4511 §4.4.1)
            raise CallError(_("the connection broke"))
        return parts[1]


def _told(element: Element, entries: list[Json], size: int) -> Told:
    code, _unused, message, *_unused = element.parts()
    status = _STATUSES.get(code.number, 400)
    body: dict[str, Json] = {"code": code.number}
    body |= {"entries": entries} if status == 200 else {"message": message.text}
    return Told(status, body, size)


def _entry(element: Element) -> Json:
    name, attributes = element.parts()
    found: dict[str, Json] = {}
    for attribute in attributes.parts():
        kind, values = attribute.parts()
        found[kind.text.lower()] = [_value(value.content) for value in values.parts()]
    return {"dn": name.text, "attributes": found}


def _value(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return base64.b64encode(data).decode()
