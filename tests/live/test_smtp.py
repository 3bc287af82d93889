"""A real mail server (PyPI: aiosmtpd): a mail arrives as it was meant, or nothing of it does."""

from __future__ import annotations

import email
import email.policy
import importlib.util
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.live.certificates import make_certificate
from tests.live.performing import KEY, Product
from tests.live.servers import free_port
from tests.unit.connectors.protocols.hostile import HOSTILE

from tocsin.engine.outcomes import Changed, Outcome

FOUND = importlib.util.find_spec("aiosmtpd")
pytestmark = pytest.mark.skipif(FOUND is None, reason="needs aiosmtpd from PyPI (the extra “test”)")

SECRETS = {"user": "tocsin", "password": "mail-password"}
OPTIONS = {"sender": "security@example.com"}
MAIL = {"to": ["clerk1@example.com", "clerk2@example.com"], "subject": "Disabled — “clerk1”", "text": "Hello\n.\nBye"}


class Box:
    """Keeps what arrives; refuses `gone@` for good and `later@` for now."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802  the library's name
        if address.startswith("gone@"):
            return "550 no such person"
        if address.startswith("later@"):
            return "451 greylisted, come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  the library's name
        self.mails.append((envelope, email.message_from_bytes(envelope.content, policy=email.policy.default)))
        return "250 queued"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("tls"))


def _started(box: Box, certificate: tuple[Path, Path], *, tls: bool = False) -> Any:
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult

    def authenticated(_server: Any, _session: Any, _envelope: Any, _mechanism: Any, data: Any) -> Any:
        fits = (data.login, data.password) == (b"tocsin", b"mail-password")
        return AuthResult(success=fits, handled=False)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    facts = {"tls_context": context, "require_starttls": True, "auth_required": True} if tls else {}
    facts |= {"authenticator": authenticated, "auth_require_tls": tls}
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **facts)
    controller.start()
    return controller


@pytest.fixture(scope="module")
def served(certificate) -> Iterator[tuple[Box, str]]:
    box = Box()
    controller = _started(box, certificate)
    yield box, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


@pytest.fixture
def box(served) -> Box:
    served[0].mails.clear()
    return served[0]


@pytest.fixture
def product(served) -> Product:
    return Product("smtp", served[1], secrets=SECRETS, options=OPTIONS)


def test_a_mail_arrives_with_its_people_its_subject_and_its_text(product, box):
    sent = product.perform("send_mail", MAIL)
    assert (sent.outcome, sent.changed) == (Outcome.SUCCEEDED, Changed.TRUE), sent.failure
    assert sent.output == {"id": f"<{KEY}@example.com>"}
    ((envelope, mail),) = box.mails
    assert (envelope.mail_from, envelope.rcpt_tos) == (OPTIONS["sender"], MAIL["to"])
    assert (mail["Subject"], mail["Message-ID"]) == (MAIL["subject"], sent.output["id"])
    assert mail.get_content().replace("\r\n", "\n").strip() == MAIL["text"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_a_subject_and_a_body_or_no_mail_at_all(product, box, text):
    answer = product.perform("send_mail", {"to": ["clerk1@example.com"], "subject": text, "text": text or "x"})
    if answer.outcome is not Outcome.SUCCEEDED:
        assert answer.failure
        assert (answer.failure.code, box.mails) == ("bad_input", [])
        return
    ((envelope, mail),) = box.mails
    assert envelope.rcpt_tos == ["clerk1@example.com"]
    assert mail["Subject"].strip() == text.strip()
    assert {"bcc", "cc"}.isdisjoint(name.lower() for name in mail)


@pytest.mark.parametrize(
    "address",
    ["a@example.com\r\nBcc: b@example.com", "a@example.com, b@example.com", "<a@example.com>", "a b@example.com", "a"],
)
def test_what_is_no_address_gets_nothing(product, box, address):
    answer = product.perform("send_mail", {**MAIL, "to": [address]})
    assert (answer.outcome, box.mails) == (Outcome.NOT_SENT, [])


@pytest.mark.parametrize(("person", "code"), [("gone@example.com", "bad_input"), ("later@example.com", "rate_limit")])
def test_nobody_gets_it_when_one_cannot(product, box, person, code):
    answer = product.perform("send_mail", {**MAIL, "to": ["clerk1@example.com", person]})
    assert answer.failure
    assert (answer.outcome, answer.failure.code, box.mails) == (Outcome.REFUSED, code, [])


def test_a_wrong_password_is_told(served):
    wrong = Product("smtp", served[1], secrets={**SECRETS, "password": "no"}, options=OPTIONS)
    failure = wrong.perform("health", {}).failure
    assert failure
    assert failure.code == "auth"


def test_outside_of_the_lab_nothing_is_said_without_encryption(served, box, certificate):
    outside = {"ca_file": str(certificate[0])}
    plain = Product("smtp", served[1], secrets=SECRETS, options=OPTIONS, outside=outside)
    failure = plain.perform("send_mail", MAIL).failure
    assert failure
    assert "no encryption" in failure.message
    assert box.mails == []


def test_a_mail_goes_out_after_starttls_to_a_server_that_is_trusted(certificate):
    box = Box()
    controller = _started(box, certificate, tls=True)
    address = f"smtp://127.0.0.1:{controller.port}"
    try:
        trusted = Product("smtp", address, secrets=SECRETS, options=OPTIONS, outside={"ca_file": str(certificate[0])})
        stranger = Product("smtp", address, secrets=SECRETS, options=OPTIONS, outside={})
        assert stranger.perform("send_mail", MAIL).outcome is Outcome.NOT_SENT
        assert trusted.perform("send_mail", MAIL).outcome is Outcome.SUCCEEDED
        assert len(box.mails) == 1
    finally:
        controller.stop()
