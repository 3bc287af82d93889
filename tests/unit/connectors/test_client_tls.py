"""Mutual TLS, against a server that wants a certificate of its clients."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.connectors.support import GRANT, Keys, action, catalogue, make_intent, toy
from tests.unit.connectors.tls_servers import Authority, TlsProduct

from tocsin.connectors.addresses import Origin
from tocsin.connectors.exchange import ClientTls
from tocsin.connectors.probe import Probe
from tocsin.connectors.runner import DeclarativePerformer, Surroundings
from tocsin.engine.outcomes import Outcome, Sent

TOY = toy(actions={"go": action()})
OPENS, CANARY = "open sesame", "canary-9"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return Home(tmp_path_factory.mktemp("certificates"))


class Home:
    """An authority of servers, one of clients, and a foreign one; each with a certificate."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.servers, self.clients = Authority(folder, "servers"), Authority(folder, "clients")
        self.server = self.servers.issue("server")
        self.good = self.clients.issue("good")
        self.locked = self.clients.issue("locked", passphrase=OPENS)
        self.old = self.clients.issue("old", days=(-9, -2))
        self.early = self.clients.issue("early", days=(2, 9))
        self.foreign = Authority(folder, "others").issue("foreign")

    def product(self, **more):
        return TlsProduct(self.server, self.clients.file, **more)


def asked(home, product, keys=None, name="look", **said):
    """Let a connection that says so perform an action of the product."""

    async def go():
        async with product.served() as port:
            intent = make_intent(TOY, name, addresses={"main": f"https://127.0.0.1:{port}"})
            said.setdefault("ca_file", str(home.servers.file))
            connection = intent.binding.connection.model_copy(update={"local_addresses": ("127.0.0.1",), **said})
            intent = replace(intent, binding=replace(intent.binding, connection=connection))
            around = Surroundings("production", keys or Keys(), catalogue().vocabulary, home.folder)
            performer = DeclarativePerformer(around)
            try:
                return await performer.perform(intent, grant=replace(GRANT, expires=1e12))
            finally:
                await performer.aclose()

    return asyncio.run(go())


def files(pair):
    return {"client_certificate": pair[0].name, "client_key": str(pair[1])}


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_certificate_from_files_is_shown(home, newest):
    product = home.product(newest=newest)
    assert asked(home, product, **files(home.good)).outcome is Outcome.SUCCEEDED
    assert product.shown == ["good"]


def test_certificate_and_key_may_lie_in_one_file(home):
    both = home.folder / "both.pem"
    both.write_bytes(home.good[1].read_bytes() + home.good[0].read_bytes())
    assert asked(home, home.product(), client_certificate="both.pem").outcome is Outcome.SUCCEEDED


def test_an_encrypted_key_is_opened_by_the_passphrase_of_the_vault(home):
    keys = Keys(tls_passphrase=OPENS)
    assert asked(home, home.product(), keys, **files(home.locked)).outcome is Outcome.SUCCEEDED


@pytest.mark.parametrize("in_one_line", [False, True])
@pytest.mark.parametrize("kind", ["good", "locked"])
def test_a_key_from_the_vault_never_lies_open_on_the_disk(home, kind, in_one_line, monkeypatch):
    written = []
    write = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda self, data: (written.append(data), write(self, data))[1])
    certificate, key = getattr(home, kind)
    text = key.read_text()
    secrets = {"tls_key": text.replace("\n", " ") if in_one_line else text}
    secrets |= {"tls_passphrase": OPENS} if kind == "locked" else {}
    answer = asked(home, home.product(), Keys(**secrets), client_certificate=str(certificate))
    assert answer.outcome is Outcome.SUCCEEDED
    assert [b"ENCRYPTED" in data for data in written] == [True]
    assert text.encode() not in written


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
@pytest.mark.parametrize(
    ("who", "reason"),
    [("nobody", "it wants a client certificate"), ("foreign", "it does not accept the client certificate")],
)
def test_a_server_that_does_not_accept_the_client_is_said_and_the_change_was_not_sent(home, newest, who, reason):
    product = home.product(newest=newest)
    answer = asked(home, product, name="go", **({} if who == "nobody" else files(home.foreign)))
    assert answer.failure.message == f"No answer from Toy: {reason}."
    assert (answer.outcome, answer.sent, product.heads) == (Outcome.NOT_SENT, Sent.NO, [])


def wrong(home, **said):
    product = home.product()
    keys = Keys(**said.pop("secrets", {}))
    answer = asked(home, product, keys, **said)
    assert (answer.outcome, product.shown) == (Outcome.NOT_SENT, [])
    return answer.failure.message


def test_what_is_wrong_with_a_certificate_or_its_key_is_said(home):
    nothing = home.folder / "nothing.pem"
    nothing.write_text("nothing")
    key = home.good[1].read_text()
    assert "“client_certificate” ended on" in wrong(home, **files(home.old))
    assert "“client_certificate” holds from" in wrong(home, **files(home.early))
    assert "“client_certificate” cannot be read: No such file" in wrong(home, client_certificate="gone.pem")
    assert "“client_certificate” holds no certificate" in wrong(home, client_certificate="nothing.pem")
    mixed = {"client_certificate": home.good[0].name, "client_key": home.foreign[1].name}
    assert "“client_key” is the key of another certificate" in wrong(home, **mixed)
    assert "“client_key” holds no key" in wrong(home, client_certificate=home.good[0].name, client_key="nothing.pem")
    assert "“client_key” cannot be read" in wrong(home, client_certificate=home.good[0].name, client_key="gone.pem")
    assert "its passphrase is not known" in wrong(home, **files(home.locked))
    assert "does not open with this" in wrong(home, **files(home.locked), secrets={"tls_passphrase": "wrong one"})
    from_vault = {"client_certificate": str(home.locked[0])}
    locked = home.locked[1].read_text()
    assert "its passphrase is not known" in wrong(home, **from_vault, secrets={"tls_key": locked})
    assert "does not open" in wrong(home, **from_vault, secrets={"tls_key": locked, "tls_passphrase": "wrong one"})
    assert "holds no key" in wrong(home, **from_vault, secrets={"tls_key": "nothing at all"})
    assert "another certificate" in wrong(home, **from_vault, secrets={"tls_key": key})


def test_a_certificate_that_was_renewed_on_the_disk_is_shown_from_the_next_request_on(home):
    product = home.product()
    certificate, key = (home.folder / name for name in ("own.crt", "own.key"))

    def take(pair):
        certificate.write_bytes(pair[0].read_bytes())
        key.write_bytes(pair[1].read_bytes())

    async def go():
        async with product.served() as port:
            intent = make_intent(TOY, "look", addresses={"main": f"https://127.0.0.1:{port}"})
            said = {"local_addresses": ("127.0.0.1",), "ca_file": str(home.servers.file)}
            said |= {"client_certificate": str(certificate), "client_key": str(key)}
            connection = intent.binding.connection.model_copy(update=said)
            intent = replace(intent, binding=replace(intent.binding, connection=connection))
            performer = DeclarativePerformer(Surroundings("production", Keys(), catalogue().vocabulary))
            take(home.good)
            first = await performer.perform(intent, grant=None)
            take(home.clients.issue("newer"))
            second = await performer.perform(intent, grant=None)
            await performer.aclose()
            return first.outcome, second.outcome

    assert asyncio.run(go()) == (Outcome.SUCCEEDED, Outcome.SUCCEEDED)
    assert product.shown == ["good", "newer"]


@pytest.mark.parametrize(
    ("who", "end"),
    [("good", None), ("foreign", "it does not accept the client certificate"), ("old", "client_certificate ended on")],
)
def test_a_test_says_at_its_step_what_is_wrong_with_the_certificate(home, who, end):
    certificate, key = (str(file) for file in getattr(home, who))

    async def go():
        async with home.product().served() as port:
            client = ClientTls(certificate, key)
            origin = Origin(f"https://127.0.0.1:{port}", "")
            return await Probe(origin, str(home.servers.file), ("127.0.0.1",), client=client).run()

    last = asyncio.run(go())[-1]
    assert (str(last.step), last.ok) == ("tls", end is None)
    assert end is None or end in last.detail
