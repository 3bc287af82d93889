"""Mailboxes (IMAP 4, RFC 3501): messages are found, read, moved and purged by the id that is in their head.

A message's number changes when it is moved, so its Message-ID stands for it; where two messages of a folder have one
id, none of them is touched. Each call has a connection of its own, in a thread, encrypted from its first byte
(`imaps`); in the Lab it is plain.
"""

from __future__ import annotations

import asyncio
import contextlib
import email
import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Generator, Iterable, Mapping
from email.headerregistry import HeaderRegistry
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from types import MappingProxyType
from typing import Final, cast

from typing_extensions import override

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.errors import Cut, SlotError
from tocsin.connectors.protocols.call import GOODBYE, MAX_ANSWER, Call, CallError, Progress, Told
from tocsin.connectors.protocols.streams import connected, is_encrypted, server_of, trust_of

_WORD: Final = re.compile(r"[\x20-\x7e]{1,998}")  # RFC 5322 §2.1.1: a line has at most 998 characters
_MOST_BYTES: Final = 1024 * 1024
_MOST_TEXT: Final = 30_000
_HEADERS: Final = HeaderRegistry()
_HEAD: Final = "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID FROM SUBJECT)])"
_WHOLE: Final = f"(BODY.PEEK[]<0.{_MOST_BYTES}>)"


async def perform(call: Call, progress: Progress) -> Told:
    """Find, read, move or purge messages of the one mailbox that is signed in to.

    All take `mailbox` and `of`: whose mailbox is meant, and whose the connection's is; 404 when they differ.
    `search` takes `folder`, `sender`, `limit`, and gives `{messages: [{id, subject}]}`; 413 when there are more.
    `fetch` takes `folders` and `id`, and gives `{folder, id, sender, subject, text}` of the first folder that has it.
    `move` takes `source`, `target`, `id`; `purge` takes `folder` and `id`. 404 when it is not there, 409 when it is
    there twice, 501 when the server cannot do it for one message alone.

    Raises:
        CallError: No answer came that can be read.
        SlotError: An argument cannot be sent.
    """
    if call.text("mailbox").lower() != call.text("of").lower():
        return Told(404, {"message": _("another mailbox")})
    for name in {"folder", "source", "target", "sender", "id"} & call.arguments.keys():
        _quoted(call.text(name))
    context = trust_of(call) if is_encrypted(server_of(call)) else None
    one = await connected(call)
    one.settimeout(call.seconds)
    try:
        with _ended_with_the_task(one):
            return await asyncio.to_thread(_talked, call, progress, one, context)
    except ssl.SSLCertVerificationError as error:
        raise CallError(_("its certificate is not trusted"), Cut.UNREACHABLE) from error
    except (imaplib.IMAP4.abort, EOFError) as error:
        raise CallError(_("the connection broke")) from error
    except (imaplib.IMAP4.error, ValueError) as error:  # the library reads numbers of any length, and only ASCII
        raise CallError(_("the answer cannot be read"), Cut.UNREADABLE) from error


@contextlib.contextmanager
def _ended_with_the_task(one: socket.socket) -> Generator[None]:
    """Let nothing more leave once the task is cancelled: its thread goes on, and would do what was given up.

    By a socket of its own on the same connection: TLS takes the other one over, and leaves nothing of it to end.
    """
    with one.dup() as same:
        try:
            yield
        except asyncio.CancelledError:
            with contextlib.suppress(OSError):
                same.shutdown(socket.SHUT_RDWR)
            raise


class _Client(imaplib.IMAP4):
    """A client on a socket that is connected already: what the library itself overrides for TLS."""

    def __init__(self, one: socket.socket) -> None:
        self._one = one
        self._left = MAX_ANSWER
        super().__init__()

    @override
    def read(self, size: int) -> bytes:
        """Return what the server said it would send, of a size that is its own to name."""
        self._spend(size)
        return super().read(size)

    @override
    def readline(self) -> bytes:
        """Return a line; the library keeps each that nobody asked for, however many there are."""
        line = super().readline()
        self._spend(len(line))
        return line

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise CallError(_("the answer is too large"), Cut.UNREADABLE)

    def _create_socket(self, _timeout: float | None) -> socket.socket:
        return self._one


def _talked(call: Call, progress: Progress, one: socket.socket, context: ssl.SSLContext | None) -> Told:
    with one, one if context is None else context.wrap_socket(one, server_hostname=server_of(call).host) as line:
        client = _Client(line)
        try:
            return _signed_in(client, call, progress)
        finally:
            with contextlib.suppress(OSError):  # it is closed already after a goodbye
                client.shutdown()


def _signed_in(client: _Client, call: Call, progress: Progress) -> Told:
    login = call.login
    try:
        client.login(login.user if login else "", login.password if login else "")
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeEncodeError):  # the protocol knows ASCII only
        return Told(401, {"message": _("the sign-in is not accepted")})
    told = _VERBS[call.verb](client, call, progress)
    client.sock.settimeout(GOODBYE)
    with contextlib.suppress(imaplib.IMAP4.error, CallError, OSError, ValueError):  # what is done is done by now
        client.logout()
    return told


def _search(client: _Client, call: Call, _progress: Progress) -> Told:
    if not _open(client, call.text("folder")):
        return _absent()
    limit, sender = call.number("limit", 200), call.text("sender")
    found: list[Json] = []
    for number in _numbers(client, "FROM", _quoted(sender)):
        head = _head(_read(client, number, _HEAD))
        if _sender(head).lower() == sender.lower():  # the server finds parts of names, too
            found.append({"id": _id(head), "subject": _subject(head)})
        if len(found) > limit:
            return Told(413, {"message": _("there are more messages")})
    return Told(200, {"messages": found})


def _fetch(client: _Client, call: Call, _progress: Progress) -> Told:
    for folder in call.texts("folders"):
        _quoted(folder)
        if not _open(client, folder):
            continue
        numbers = _of_id(client, call.text("id"))
        if len(numbers) > 1:
            return _twice()
        if numbers:
            data = _read(client, numbers[0], _WHOLE)
            head = _head(data)
            facts: dict[str, Json] = {"folder": folder, "id": _id(head), "subject": _subject(head)}
            return Told(200, {**facts, "sender": _sender(head), "text": _text(data)})
    return _absent()


def _move(client: _Client, call: Call, progress: Progress) -> Told:
    target = _quoted(call.text("target"))
    if not _open(client, call.text("source"), writing=True):
        return _absent()
    numbers = _of_id(client, call.text("id"))
    if len(numbers) != 1:
        return _twice() if numbers else _absent()
    if not _can(client, b"MOVE"):
        return Told(501, {"message": _("the server cannot move a message (RFC 6851)")})
    client.create(target)  # it says no when it is there already
    progress.sent = True
    return _done(client.uid("MOVE", numbers[0], target)[0])


def _purge(client: _Client, call: Call, progress: Progress) -> Told:
    if not _open(client, call.text("folder"), writing=True):
        return _absent()
    numbers = _of_id(client, call.text("id"))
    if len(numbers) != 1:
        return _twice() if numbers else _absent()
    if not _can(client, b"UIDPLUS"):  # a plain EXPUNGE would take what others marked, too
        return Told(501, {"message": _("the server cannot purge one message alone (RFC 4315)")})
    progress.sent = True
    if client.uid("STORE", numbers[0], "+FLAGS.SILENT", r"(\Deleted)")[0] != "OK":
        return Told(403, {"message": _("the message cannot be marked")})
    told = _done(client.uid("EXPUNGE", numbers[0])[0])
    if told.status != 200:  # so that nobody else's EXPUNGE takes it
        client.uid("STORE", numbers[0], "-FLAGS.SILENT", r"(\Deleted)")
    return told


_VERBS: Final[Mapping[str, Callable[[_Client, Call, Progress], Told]]] = MappingProxyType(
    {"search": _search, "fetch": _fetch, "move": _move, "purge": _purge}
)


def _quoted(text: str) -> str:
    """Return a quoted string (RFC 3501 §9).

    Raises:
        SlotError: It has a control character, a line end or what is not ASCII.
    """
    if not _WORD.fullmatch(text):
        raise SlotError(_("a question to a mailbox"), _("has a character that it cannot have"))
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _open(client: _Client, folder: str, *, writing: bool = False) -> bool:
    return client.select(_quoted(folder), readonly=not writing)[0] == "OK"


def _can(client: _Client, name: bytes) -> bool:
    """Tell what the server offers to who is signed in; the library asked before that."""
    offered = cast("Iterable[bytes | None]", client.capability()[1])
    return any(name in part.upper().split() for part in offered if part)


def _numbers(client: _Client, *asked: str) -> list[str]:
    status, data = client.uid("SEARCH", *asked)
    if status != "OK":
        raise CallError(_("the answer cannot be read"), Cut.UNREADABLE)
    words = (part.split() for part in cast("Iterable[bytes | None]", data) if part)
    return [word.decode("ascii") for line in words for word in line]


def _of_id(client: _Client, name: str) -> list[str]:
    """Return the numbers of the messages that have exactly this id; the server finds parts of ids, too."""
    found = _numbers(client, "HEADER", "Message-ID", _quoted(name))
    return [number for number in found if _id(_head(_read(client, number, _HEAD))) == name]


def _read(client: _Client, number: str, part: str) -> bytes:
    _unused, data = client.uid("FETCH", number, part)
    parts = cast("Iterable[tuple[bytes, bytes] | bytes]", data)  # a pair is what was asked for and its bytes
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")


def _head(data: bytes) -> Message:
    """Return a head as plain texts: what knows the grammar of its lines falls over some that a sender made for that."""
    return BytesHeaderParser().parsebytes(data)


def _id(head: Message) -> str:
    return str(head["Message-ID"] or "").strip()


def _sender(head: Message) -> str:
    return parseaddr(str(head["From"] or ""))[1]


def _subject(head: Message) -> str:
    return str(_HEADERS("Subject", "".join(str(head["Subject"] or "").splitlines())))


def _text(data: bytes) -> str:
    """Return what a message says, plain where it can be; "" where that cannot be found."""
    try:
        parts = tuple(email.message_from_bytes(data).walk())
    except RecursionError:  # parts in parts in parts
        return ""
    leaves = [part for part in parts if part.get_content_disposition() != "attachment"]
    said = [part for kind in ("text/plain", "text/html") for part in leaves if part.get_content_type() == kind]
    return _decoded(said[0])[:_MOST_TEXT] if said else ""


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):  # a part that says it is text, and holds parts
        return ""
    try:
        return data.decode(part.get_content_charset("ascii"), "replace")
    except (LookupError, ValueError):  # a character set that nobody knows, or none
        return data.decode("ascii", "replace")


def _done(status: str) -> Told:
    return Told(200, {}) if status == "OK" else Told(403, {"message": _("the mailbox refuses this")})


def _absent() -> Told:
    return Told(404, {"message": _("the message is not there")})


def _twice() -> Told:
    return Told(409, {"message": _("two messages have this id")})
