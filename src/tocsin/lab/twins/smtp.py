"""A mail server that takes mail from programs. Nothing leaves: mail for people outside is kept.

A whole mail is one request here, `MAIL /mail`; `lab.lines.smtp` speaks the protocol. The envelope is what counts, and
250 means taken, not read. Sources: RFC 5321 (replies in 4.2), RFC 3463 (enhanced codes), RFC 4954 (sign-in).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from typing import ClassVar, Final

from typing_extensions import override

from tocsin.lab.exchange import Answer, BadRequestError, Request
from tocsin.lab.telling import send
from tocsin.lab.told_values import Mail
from tocsin.lab.twin import Route, Twin, Wire, same_secret
from tocsin.lab.values import Product, User
from tocsin.lab.world import World

OWN_DOMAIN: Final = "example.com"
MOST_RECIPIENTS: Final = 100

_REPLIES: Final = {
    400: "554 5.6.0 Message content is not acceptable",
    401: "535 5.7.8 Authentication credentials invalid",
    403: "550 5.7.1 Sending is not permitted for this account",
    429: "451 4.7.1 Greylisted, please try again later",
}


class Smtp(Twin):
    """The mail server. What it took is the world's; people of the story find it in their mailboxes."""

    product = Product.SMTP
    category = "messaging"
    wire: ClassVar[Wire] = Wire.SMTP
    options: ClassVar[Mapping[str, str]] = {"sender": f"tocsin@{OWN_DOMAIN}"}

    def __init__(self, world: World) -> None:
        super().__init__(world, {"user": f"tocsin@{OWN_DOMAIN}", "password": secrets.token_urlsafe(24)})

    @override
    def make_routes(self) -> Sequence[Route]:
        return (Route("MAIL", "/mail", self._take, changes=True),)

    @override
    def is_signed_in(self, request: Request) -> bool:
        user, password = request.basic()
        return same_secret(user, self.sign_in["user"]) and same_secret(password, self.sign_in["password"])

    @override
    def failure(self, status: int, message: str) -> Answer:
        del message
        return Answer(status, {"reply": _REPLIES.get(status, "451 4.3.0 Local error in processing")})

    def knows(self, address: str) -> bool:
        """Tell whether mail for an address is taken: outside all, of the own domain those that have a mailbox."""
        name, _, domain = address.lower().rpartition("@")
        if not name or not domain:
            return False
        return domain != OWN_DOMAIN or any(user.email.lower() == address.lower() for user in self._users())

    def _users(self) -> Sequence[User]:
        return tuple(self.world.tables.users.values())

    def _take(self, request: Request) -> Answer:
        try:
            message = message_from_bytes(request.body, policy=default)
            mail = _mail(message, sender=request.parameter("from"), recipients=request.query["to"])
        except (MessageError, ValueError, LookupError) as error:
            raise BadRequestError("the message cannot be read") from error
        taken = send(self.world, mail)
        return Answer(200, {"reply": f"250 2.0.0 Ok: queued as {taken.id}"})


def _mail(message: EmailMessage, *, sender: str, recipients: Sequence[str]) -> Mail:
    body = message.get_body(("plain",))
    text = str(body.get_content()).replace("\r\n", "\n") if body is not None else ""
    return Mail(
        id="",
        sender=sender,
        recipients=tuple(recipients),
        subject=str(message.get("subject", "")),
        text=text.strip(),
        sent="",
        message_id=str(message.get("message-id", "")),
    )
