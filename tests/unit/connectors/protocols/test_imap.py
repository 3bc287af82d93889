"""Mailboxes whose messages and whose server mean no good."""

from __future__ import annotations

import asyncio
import random
import time

import pytest
from tests.journeys.tls_front import server_context

from tocsin.connectors.addresses import Origin, Reach
from tocsin.connectors.errors import ExchangeError
from tocsin.connectors.exchange import Line, Login, Reply, Request
from tocsin.connectors.protocols import imap
from tocsin.connectors.protocols.runners import ProtocolRunners

HEAD = (
    b"Message-ID: <a@example.net>\r\n"
    b"From: =?utf-8?q?b=40example=2Ecom=2C?= <c@example.net>\r\n"
    b"Subject: =?utf-8?q?Caf=C3=A9?=\r\n\r\n"
)
OWN = {"mailbox": "a@example.com", "of": "a@example.com"}
MOVE = {**OWN, "source": "INBOX", "target": "Quarantine", "id": "<a@example.net>"}
FETCH = {**OWN, "folders": ["INBOX"], "id": "<a@example.net>"}
PIECES = [
    *'<>@."\\,;:()[]= \t*é',
    "=?utf-8?q?",
    "=?",
    "?=",
    "\x00",
    "\r\n ",
    "=20",
    "@[",
    "charset=",
    "charset*0*=",
    "x",
    "idna",
]


class Mailbox:
    """One message. It holds back its answer to SELECT until it is let, and hears what is said until the line ends."""

    def __init__(self, message: bytes = HEAD, *, says_goodbye: bool = True) -> None:
        self.message = message
        self.says_goodbye = says_goodbye
        self.heard: list[bytes] = []
        self.may_open = asyncio.Event()
        self.is_over = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(b"* OK here\r\n")
            while line := await reader.readline():
                self.heard.append(line)
                await self._answer(line, writer)
        except OSError:
            pass
        finally:
            writer.close()
            self.is_over.set()

    async def _answer(self, line: bytes, writer: asyncio.StreamWriter) -> None:
        if b" SELECT " in line or b" EXAMINE " in line:
            await self.may_open.wait()
        if b" CAPABILITY" in line:
            writer.write(b"* CAPABILITY IMAP4rev1 MOVE\r\n")
        if b" SEARCH " in line:
            writer.write(b"* SEARCH 7\r\n")
        if b" FETCH " in line:
            writer.write(b"* 1 FETCH (UID 7 BODY[] {%d}\r\n%s)\r\n" % (len(self.message), self.message))
        if b" LOGOUT" not in line or self.says_goodbye:
            writer.write(line.split()[0] + b" OK done\r\n")
        await writer.drain()


async def ask(
    mailbox: Mailbox, verb: str, arguments: dict, *, seconds: float = 10.0, tls=None, signs_in_by="p"
) -> Reply:
    context, ca_file = tls or (None, None)
    server = await asyncio.start_server(mailbox.serve, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    origin = Origin(f"{'imaps' if tls else 'imap'}://127.0.0.1:{port}", "mail")
    runners = ProtocolRunners(reach=Reach.OUTSIDE if tls else Reach.LAB, monotonic=time.monotonic)
    line = Line("key", ca_file, time.monotonic() + seconds, lambda _note: None, ("127.0.0.1",))
    request = Request(f"IMAP {verb}", origin, "", arguments=arguments, login=Login("user", signs_in_by))
    try:
        return await runners.exchange(request, line)
    finally:
        mailbox.may_open.set()
        await mailbox.is_over.wait()
        server.close()
        await server.wait_closed()


def asked(message: bytes, verb: str, arguments: dict, *, says_goodbye: bool = True, **more) -> Reply:
    async def run() -> Reply:
        mailbox = Mailbox(message, says_goodbye=says_goodbye)
        mailbox.may_open.set()
        return await ask(mailbox, verb, arguments, **more)

    return asyncio.run(run())


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_what_was_given_up_is_not_done_afterwards(is_encrypted, tmp_path):
    """The sign-in was slow: the attempt is said not to have been sent, and the move must not follow when it is over."""
    ca_file = tmp_path / "ca.pem"
    tls = (server_context(tmp_path, ca_file), str(ca_file)) if is_encrypted else None

    async def run() -> None:
        mailbox = Mailbox()
        with pytest.raises(ExchangeError) as caught:
            await ask(mailbox, "move", MOVE, seconds=0.5, tls=tls)
        assert not caught.value.sent
        assert b"SELECT" in mailbox.heard[-1]

    asyncio.run(run())


def test_a_message_is_known_by_its_head():
    reply = asked(HEAD + b"Hello", "fetch", FETCH)
    facts = {"folder": "INBOX", "id": "<a@example.net>", "subject": "Café", "sender": "c@example.net", "text": "Hello"}
    assert reply.body == facts


def test_a_message_is_moved_and_a_password_that_the_protocol_cannot_say_is_not_accepted():
    assert asked(HEAD, "move", MOVE).status == 200
    assert asked(HEAD, "move", MOVE, signs_in_by="pässword").status == 401


def test_what_was_moved_is_moved_though_nobody_says_goodbye(monkeypatch):
    monkeypatch.setattr(imap, "GOODBYE", 0.01)
    assert asked(HEAD, "move", MOVE, says_goodbye=False, seconds=3.0).status == 200


def test_no_head_that_a_sender_makes_up_ends_in_a_bug():
    pick = random.Random(7)
    names = ("From", "Subject", "Content-Disposition", "Content-Transfer-Encoding", "Content-Type", "Message-ID")
    for _ in range(20):
        head = "\r\n".join(f"{name}: {''.join(pick.choices(PIECES, k=12))}" for name in names)
        message = b"Message-ID: <a@example.net>\r\n" + head.encode() + b"\r\n\r\nx"
        assert asked(message, "fetch", FETCH).status == 200


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (b"Content-Type: text/plain; charset=idna\r\n\r\nx", "x"),
        (b'Content-Type: text/html; charset="utf-8"\r\n\r\n\xc3\xa9', "é"),
        (b"Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nx", ""),
        (b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(3000)), ""),
    ],
)
def test_the_text_of_a_message_is_found_or_empty(head, text):
    assert asked(b"Message-ID: <a@example.net>\r\n" + head, "fetch", FETCH).body["text"] == text
