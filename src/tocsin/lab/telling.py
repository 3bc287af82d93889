"""What telling people does to the world: a message is posted, or taken back; a mail is sent, and comes in."""

from __future__ import annotations

from dataclasses import replace

from tocsin.base.json_types import Json
from tocsin.lab.seed import hex_id
from tocsin.lab.told_values import Mail, Post
from tocsin.lab.upkeep_values import Message
from tocsin.lab.values import Product
from tocsin.lab.world import World

ID_LETTERS = 26


def post(world: World, channel: str, text: str, props: Json) -> Post:
    """Put a message into a channel."""
    key = hex_id(world.scenario.seed, "post", str(len(world.tables.posts)))[:ID_LETTERS]
    row = Post(id=key, channel=channel, text=text, created=world.now, props=props)
    world.put("posts", key, row, (Product.MATTERMOST, "posted a message"))
    return row


def take_back(world: World, row: Post) -> None:
    """Delete a message. Its text stays in the books, as it stays in the heads of those who read it."""
    world.put("posts", row.id, replace(row, deleted=True), (Product.MATTERMOST, "deleted a message"))


def send(world: World, mail: Mail) -> Mail:
    """Take a mail; who has a mailbox here finds a copy in it."""
    number = str(len(world.tables.mails) + 1)
    sent = replace(mail, id=number, sent=world.now)
    world.put("mails", number, sent, (Product.SMTP, f"sent “{mail.subject}” to {', '.join(mail.recipients)}"))
    mailboxes = {user.email.lower() for user in world.tables.users.values()}
    for address in mail.recipients:
        if address.lower() in mailboxes:
            _bring(world, sent, address.lower())
    return sent


def _bring(world: World, mail: Mail, mailbox: str) -> None:
    key = hex_id(world.scenario.seed, "mail", mail.id, mailbox)
    copy = Message(
        id=key,
        mailbox=mailbox,
        sender=mail.sender,
        subject=mail.subject,
        received=mail.sent,
        text=mail.text,
        internet_id=mail.message_id,
    )
    world.put("messages", key, copy, (Product.GRAPH_MAIL, f"“{mail.subject}” came to {mailbox}"))
