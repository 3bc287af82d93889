"""What people are told in the Lab's world: messages in the team's chat, and mail that was sent.

As in `values`, the fields are keys of `GET /world`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tocsin.base.json_types import Json


@dataclass(frozen=True, slots=True)
class Post:
    """A message in a channel of the chat.

    Attributes:
        id: 26 letters and digits, as Mattermost writes ids.
        channel: The channel's id.
        created: RFC 3339.
        props: What a program attached to it.
        deleted: Whether it was taken back; whoever read it before has read it.
    """

    id: str
    channel: str
    text: str
    created: str
    props: Json = field(default_factory=dict[str, Json])
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that was handed in for sending. It cannot be taken back.

    Attributes:
        sender: The envelope's, which need not be the one in the header.
        recipients: The envelope's; those that were refused are not among them.
        message_id: The header of that name, or "".
        text: The first part that is plain text.
        sent: When it was taken, RFC 3339.
    """

    id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    sent: str
    message_id: str = ""
