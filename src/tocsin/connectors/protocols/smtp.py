"""Mail (SMTP, RFC 5321): one plain text to some addresses, all of them or none, and never without encryption.

By `smtp`, STARTTLS is demanded before anything but a greeting is said; `smtps` is encrypted from its first byte. In
the Lab it is plain.
"""

from __future__ import annotations

import contextlib
import email.policy
import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.utils import formatdate
from typing import Final

import aiosmtplib

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.addresses import Reach
from tocsin.connectors.errors import Cut, SlotError
from tocsin.connectors.protocols.call import GOODBYE, Call, CallError, Progress, Told
from tocsin.connectors.protocols.streams import connected, is_encrypted, server_of, trust_of

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,200}")
_POLICY: Final = email.policy.SMTP.clone(cte_type="7bit")


class _RefusedError(Exception):
    """The server did not take a part of the mail; carries what is told of it."""

    def __init__(self, told: Told) -> None:
        self.told = told
        super().__init__()


async def perform(call: Call, progress: Progress) -> Told:
    """Send a mail, or greet and sign in only.

    `send` takes `sender`, `to` (a list), `subject`, `text`, `id`, and gives `{id}`; 250 means that it is queued, not
    that it is read. What is refused for now (4xx: greylisting) has status 429, for good 400, each with
    `{code, message, refused: [address]}`.

    Raises:
        CallError: No answer came, or the server offers no encryption.
        SlotError: An argument cannot stand in a mail's head.
    """
    to = call.texts("to") if call.verb == "send" else ()
    message = _message(call, to) if call.verb == "send" else None
    try:
        async with _session(call) as client:
            if message is None:
                return Told(200, {})
            return await _sent(client, message, to, progress)
    except _RefusedError as error:
        return error.told
    except aiosmtplib.SMTPAuthenticationError as error:
        return _refusal(401, error)
    except aiosmtplib.SMTPResponseException as error:
        return _refusal(_status(error.code), error)
    except aiosmtplib.SMTPNotSupported as error:
        raise CallError(_("it offers no sign-in that is known"), Cut.UNREACHABLE) from error
    except (aiosmtplib.SMTPException, ValueError) as error:
        raise CallError(_("the connection broke")) from error


def _message(call: Call, to: Sequence[str]) -> EmailMessage:
    sender, name = call.text("sender"), call.text("id")
    for address in (sender, *to):
        if not _ADDRESS.fullmatch(address):
            raise SlotError(_("a mail address"), _("is none"))
    if not to:
        raise SlotError("“to”", _("names nobody"))
    subject = call.text("subject")
    if _CONTROL.search(subject):
        raise SlotError(_("the subject of a mail"), _("has a line end or a control character"))
    if not _ID.fullmatch(name):
        raise SlotError(_("the id of a mail"), _("has a character that it cannot have"))
    message = EmailMessage(policy=_POLICY)
    message["From"], message["To"], message["Subject"] = sender, ", ".join(to), subject
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{name}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834 §5: nobody's absence note answers it
    message.set_content(call.text("text"))
    return message


@asynccontextmanager
async def _session(call: Call) -> AsyncGenerator[aiosmtplib.SMTP]:
    """Connect, encrypt, and sign in where there is a name to sign in with."""
    server, in_lab = server_of(call), call.reach is Reach.LAB
    context = None if in_lab else trust_of(call)
    client = aiosmtplib.SMTP(
        hostname=server.host,
        sock=await connected(call),
        timeout=call.seconds,
        use_tls=is_encrypted(server),
        start_tls=False,
        tls_context=context,
        local_hostname="localhost",  # not this computer's name, which is nobody's business
    )
    try:
        await client.connect()
        if context is not None and not is_encrypted(server):
            await _encrypt(client)
        if call.login is not None and call.login.user:
            await client.login(call.login.user, call.login.password)
        yield client
        with contextlib.suppress(aiosmtplib.SMTPException):  # what is done is done, however the goodbye goes
            await client.quit(timeout=GOODBYE)
    finally:
        client.close()


async def _encrypt(client: aiosmtplib.SMTP) -> None:
    try:
        await client.starttls()
    except aiosmtplib.SMTPException as error:
        raise CallError(_("it offers no encryption, or none that is trusted"), Cut.UNREACHABLE) from error


async def _sent(client: aiosmtplib.SMTP, message: EmailMessage, to: Sequence[str], progress: Progress) -> Told:
    await client.mail(str(message["From"]))
    refused: list[Json] = []
    last: aiosmtplib.SMTPResponseException | None = None
    for address in to:
        try:
            await client.rcpt(address)
        except aiosmtplib.SMTPRecipientRefused as error:
            refused.append(address)
            last = error
    if last is not None:
        raise _RefusedError(_refusal(_status(last.code), last, refused))
    progress.sent = True
    await client.data(message.as_bytes())
    return Told(200, {"id": str(message["Message-ID"])})


def _status(code: int) -> int:
    """4yz is “not now”, 5yz “never” (RFC 5321 §4.2.1); both are a clear no to what was asked."""
    return 429 if 400 <= code < 500 else 400


def _refusal(status: int, error: aiosmtplib.SMTPResponseException, refused: Sequence[Json] = ()) -> Told:
    if not 400 <= error.code < 600:  # the library's -1: what came was no answer of a mail server
        raise CallError(_("the answer cannot be read"), Cut.UNREADABLE) from error
    return Told(status, {"code": error.code, "message": error.message, "refused": list(refused)})
