"""A real mail server (Debian: dovecot-imapd): a message is found, quarantined, taken back and purged."""

from __future__ import annotations

import imaplib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.live.performing import Product
from tests.live.servers import free_port, missing, running
from tests.unit.connectors.protocols.hostile import HOSTILE

from tocsin.engine.outcomes import Changed, Outcome, Verified

WHY = missing("dovecot") or ("" if hasattr(os, "getuid") and os.getuid() == 0 else "needs root, to be a mail user")
pytestmark = pytest.mark.skipif(bool(WHY), reason=WHY)

SECRETS = {"user": "clerk1", "password": "mailbox-password"}
MAILBOX = "clerk1@example.com"
SETTINGS = """
base_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail
first_valid_uid = 1
passdb {{
  driver = static
  args = password=mailbox-password
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    folder, port = Path(tempfile.mkdtemp()), free_port()  # pytest's own folders let no other user in
    (folder / "mail").mkdir()
    folder.chmod(0o755)
    shutil.chown(folder / "mail", "nobody", "nogroup")
    settings = folder / "dovecot.conf"
    settings.write_text(SETTINGS.format(folder=folder, port=port))
    try:
        with running(["dovecot", "-F", "-c", settings], port=port, folder=folder, path=None):
            yield f"imap://127.0.0.1:{port}"
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def product(address: str) -> Product:
    return Product("imap", address, secrets=SECRETS, options={"mailbox": MAILBOX})


def deliver(product: Product, name: str, sender: str = "Billing <billing@example.net>", folder: str = "INBOX") -> None:
    host, _, port = product.address.removeprefix("imap://").partition(":")
    text = (
        f"Message-ID: {name}\r\nFrom: {sender}\r\nSubject: =?utf-8?q?Invoice_=E2=80=9C7=E2=80=9D?=\r\n\r\nSee it.\r\n"
    )
    with imaplib.IMAP4(host, int(port)) as client:
        client.login(SECRETS["user"], SECRETS["password"])
        client.append(folder, "", "", text.encode())


def of(name: str) -> dict[str, str]:
    return {"mailbox": MAILBOX, "message_id": name}


def test_a_message_is_found_and_read(product):
    deliver(product, "<read@example.net>")
    deliver(product, "<longer@example.net>", "not.billing@example.net")
    found = product.perform("find_messages", {"mailbox": MAILBOX, "sender": "billing@example.net"})
    assert found.output == {"messages": [{"id": "<read@example.net>", "subject": "Invoice “7”"}]}, found.failure
    read = product.perform("get_message", of("<read@example.net>"))
    assert read.output["text"].strip() == "See it."
    assert read.output["sender"] == "billing@example.net"


def test_a_message_is_quarantined_taken_back_and_purged(product):
    one = of("<moved@example.net>")
    deliver(product, one["message_id"])
    moved = product.perform("quarantine_message", one)
    assert (moved.outcome, moved.changed) == (Outcome.SUCCEEDED, Changed.TRUE), moved.failure
    assert product.verify("quarantine_message", one).result is Verified.DONE
    assert product.perform("quarantine_message", one).via_already
    assert moved.undo
    assert product.perform(moved.undo.action, dict(moved.undo.inputs)).changed is Changed.TRUE
    assert product.perform("get_place", one).output == {"place": "inbox"}
    assert product.perform("purge_message", one).outcome is not Outcome.SUCCEEDED  # only from quarantine
    product.perform("quarantine_message", one)
    assert product.perform("purge_message", one).changed is Changed.TRUE
    assert product.perform("get_place", one).output == {"place": "nowhere"}


def test_of_two_messages_with_one_id_none_is_touched(product):
    one = of("<twin@example.net>")
    for _ in range(2):
        deliver(product, one["message_id"])
    failure = product.perform("quarantine_message", one).failure
    assert failure
    assert failure.code == "conflict"


def test_another_mailbox_is_refused(product):
    failure = product.perform("get_message", {**of("<read@example.net>"), "mailbox": "clerk2@example.com"}).failure
    assert failure
    assert failure.code == "permission"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_id_or_sender_finds_nothing(product, text):
    failure = product.perform("get_message", of(text)).failure
    assert failure
    assert failure.code in {"not_found", "bad_input"}, failure
    found = product.perform("find_messages", {"mailbox": MAILBOX, "sender": text})
    assert found.output == {"messages": []} or found.failure


def test_a_wrong_password_is_told(product):
    wrong = Product("imap", product.address, secrets={**SECRETS, "password": "no"}, options={"mailbox": MAILBOX})
    failure = wrong.perform("health", {}).failure
    assert failure
    assert failure.code == "auth"
