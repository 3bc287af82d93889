"""SMTP as a server speaks it (RFC 5321), with sign-in (RFC 4954); a mail is handed on when its last line was read."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from tocsin.lab.exchange import Request, Take
from tocsin.lab.twins.smtp import MOST_RECIPIENTS, Smtp

LARGEST_MAIL: Final = 1024 * 1024
_FROM = re.compile(r"FROM:\s*<([^<>\s]*)>(?: .*)?", re.IGNORECASE)
_MESSAGE_ID = re.compile(rb"^message-id:\s*<([\w.-]{1,200})@", re.IGNORECASE | re.MULTILINE)
_TO = re.compile(r"TO:\s*<([^<>\s]+)>(?: .*)?", re.IGNORECASE)


@dataclass(slots=True)
class _Envelope:
    sender: str = ""
    recipients: list[str] = field(default_factory=list[str])


class SmtpSession:
    """One connection of a client."""

    def __init__(self, twin: Smtp, take: Take) -> None:
        self._twin = twin
        self._take = take
        self._credentials = ""
        self._envelope: _Envelope | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speak until the client says goodbye or hangs up.

        Raises:
            OSError, ValueError: The client hung up, or sent a line without an end.
        """
        writer.write(b"220 mail.example.com ESMTP\r\n")
        while line := await reader.readline():
            verb, _, rest = line.decode("utf-8", errors="replace").rstrip("\r\n").partition(" ")
            reply = await self._reply(verb.upper(), rest.strip(), reader, writer)
            if reply is None:
                return
            writer.write(reply)
            await writer.drain()
            if verb.upper() == "QUIT":
                writer.close()
                return

    async def _reply(
        self, verb: str, rest: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bytes | None:
        """Return what is said to one command; None is to hang up without a word."""
        if verb == "AUTH":
            return await self._sign_in(rest, reader, writer)
        if verb == "DATA":
            return await self._data(reader, writer)
        plain: dict[str, Callable[[str], str]] = {
            "EHLO": self._hello,
            "HELO": lambda _: "250 mail.example.com",
            "MAIL": self._mail,
            "RCPT": self._recipient,
            "RSET": self._reset,
            "NOOP": lambda _: "250 2.0.0 Ok",
            "VRFY": lambda _: "252 2.0.0 Cannot verify, but will take the mail",
            "QUIT": lambda _: "221 2.0.0 Bye",
        }
        say = plain.get(verb)
        return _line(say(rest) if say is not None else "502 5.5.2 Command not recognized")

    @staticmethod
    def _hello(_: str) -> str:
        words = ("mail.example.com", f"SIZE {LARGEST_MAIL}", "8BITMIME", "AUTH PLAIN LOGIN", "ENHANCEDSTATUSCODES")
        return "\r\n".join([*(f"250-{word}" for word in words), "250 SMTPUTF8"])

    async def _sign_in(self, rest: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        async def ask(challenge: str) -> str:
            writer.write(f"334 {challenge}\r\n".encode())
            await writer.drain()
            return (await reader.readline()).decode("ascii", errors="replace").strip()

        kind, _, first = rest.partition(" ")
        try:
            if kind.upper() == "PLAIN":
                _, user, password = _decoded(first or await ask("")).split("\0")
            elif kind.upper() == "LOGIN":
                user = _decoded(first or await ask("VXNlcm5hbWU6"))
                password = _decoded(await ask("UGFzc3dvcmQ6"))
            else:
                return _line("504 5.5.4 Unrecognized authentication type")
        except ValueError:
            return _line("501 5.5.2 Cannot decode that")
        given = base64.b64encode(f"{user}:{password}".encode()).decode()
        if not self._twin.is_signed_in(self._request(f"Basic {given}")):
            return _line("535 5.7.8 Authentication credentials invalid")
        self._credentials = f"Basic {given}"
        return _line("235 2.7.0 Authentication successful")

    def _mail(self, rest: str) -> str:
        if not self._credentials:
            return "530 5.7.0 Authentication required"
        found = _FROM.fullmatch(rest)
        if found is None:
            return "501 5.1.7 Bad sender address syntax"
        self._envelope = _Envelope(found.group(1))
        return "250 2.1.0 Ok"

    def _recipient(self, rest: str) -> str:
        found = _TO.fullmatch(rest)
        if self._envelope is None:
            return "503 5.5.1 Need MAIL before RCPT"
        if found is None:
            return "501 5.1.3 Bad recipient address syntax"
        if not self._twin.knows(found.group(1)):
            return "550 5.1.1 User unknown"
        if len(self._envelope.recipients) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        self._envelope.recipients.append(found.group(1))
        return "250 2.1.5 Ok"

    def _reset(self, _: str) -> str:
        self._envelope = None
        return "250 2.0.0 Ok"

    async def _data(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes | None:
        envelope, self._envelope = self._envelope, None
        if envelope is None or not envelope.recipients:
            return _line("503 5.5.1 Need RCPT before DATA")
        writer.write(b"354 End data with <CR><LF>.<CR><LF>\r\n")
        await writer.drain()
        body, fault = await _read_mail(reader)
        if fault:
            return _line(fault)
        answer = await self._take(self._request(self._credentials, envelope, body))
        if answer is None:
            return None
        said = answer.body
        return _line(str(said["reply"])) if isinstance(said, dict) and answer.raw is None else answer.content

    @staticmethod
    def _request(credentials: str, envelope: _Envelope | None = None, body: bytes = b"") -> Request:
        envelope = envelope or _Envelope()
        query = {"from": (envelope.sender,), "to": tuple(envelope.recipients)}
        headers = {"authorization": credentials, "idempotency-key": _name_of(body)}
        return Request("MAIL", "/mail", ("mail",), query=query, headers=headers, body=body)


async def _read_mail(reader: asyncio.StreamReader) -> tuple[bytes, str]:
    """Return a mail up to the line with the lone dot, and why it is refused, or "".

    A line that ends in a bare line feed is refused: with it a second mail can be smuggled past who reads otherwise.
    """
    body, fault = bytearray(), ""
    while (line := await reader.readline()) != b".\r\n":
        if not line:
            raise EOFError
        if not line.endswith(b"\r\n"):
            fault = "550 5.6.11 Bare line feed"
        if len(body) + len(line) > LARGEST_MAIL:
            fault = "552 5.3.4 Message too big"
        if not fault:
            body += line.removeprefix(b".")
    return bytes(body), fault


def _name_of(mail: bytes) -> str:
    """Return what stands before the “at” of a mail's id: the one mark of its own that a program can put on a mail."""
    found = _MESSAGE_ID.search(mail.partition(b"\r\n\r\n")[0])
    return found.group(1).decode() if found else ""


def _line(text: str) -> bytes:
    return f"{text}\r\n".encode()


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except binascii.Error as error:
        raise ValueError("no base64") from error
