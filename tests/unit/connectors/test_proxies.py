"""Proxies, against one on loopback that opens tunnels."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from tests.unit.connectors.support import GRANT, Keys, action, catalogue, make_intent, toy
from tests.unit.connectors.test_client_tls import Home
from tests.unit.connectors.tls_servers import TlsProduct, TunnelProxy

from tocsin.connectors.addresses import Origin, Reach
from tocsin.connectors.errors import ConnectionFaultError
from tocsin.connectors.exchange import Line
from tocsin.connectors.probe import Probe
from tocsin.connectors.protocols.call import Call, CallError, Server
from tocsin.connectors.protocols.streams import streaming
from tocsin.connectors.proxies import Proxy, is_excepted, proxies_for
from tocsin.connectors.runner import DeclarativePerformer, Surroundings
from tocsin.engine.outcomes import Outcome, Sent
from tocsin.model.environment import Connection
from tocsin.vault import origins_for

TOY = toy(actions={"go": action()})
OPENS, CANARY = "open sesame", "canary-9"
VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return Home(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def main_at(url):
    return {"main": Origin(url, url.partition("//")[2])}


def found(url, said=None, listed=()):
    proxy = proxies_for(main_at(url), said, listed).get(url)
    return proxy.url if proxy is not None else None


@pytest.mark.parametrize(
    ("exceptions", "host", "port", "is_one"),
    [
        ("*", "a.example.com", 443, True),
        ("example.com", "example.com", 443, True),
        ("example.com", "a.example.com", 443, True),
        (".example.com", "a.example.com", 443, True),
        ("*.example.com", "a.example.com", 443, True),
        ("example.com", "badexample.com", 443, False),
        ("EXAMPLE.com, other.net", "A.Example.COM.", 443, True),
        ("a.example.com:8443", "a.example.com", 8443, True),
        ("a.example.com:8443", "a.example.com", 443, False),
        ("10.0.0.0/8", "10.1.2.3", 443, True),
        ("10.0.0.0/8", "11.1.2.3", 443, False),
        ("10.0.0.0/8", "ten.example.com", 443, False),
        ("192.0.2.7", "192.0.2.7", 443, True),
        ("192.0.2.7:8443", "192.0.2.7", 443, False),
        ("2001:db8::/32", "2001:db8::7", 443, True),
        ("[2001:db8::7]:8443", "2001:db8::7", 8443, True),
        ("[2001:db8::7]:8443", "2001:db8::7", 443, False),
        ("10.0.0.0/8", "2001:db8::7", 443, False),
        ("", "a.example.com", 443, False),
        (" , ., ", "a.example.com", 443, False),
    ],
)
def test_what_no_proxy_excepts(exceptions, host, port, is_one):
    assert is_excepted(exceptions, host, port) is is_one


def test_the_systems_proxy_is_taken_by_the_scheme(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://web.example.com:3128")
    assert found("https://a.example.com") == "http://web.example.com:3128"
    assert found("ldaps://a.example.com") is None
    monkeypatch.setenv("ALL_PROXY", "any.example.com")
    assert found("ldaps://a.example.com") == "http://any.example.com:80"
    assert found("https://a.example.com") == "http://web.example.com:3128"
    monkeypatch.setenv("NO_PROXY", "a.example.com:443")
    assert found("https://a.example.com") is None
    assert found("ldaps://a.example.com") is not None


def test_what_a_connection_says_counts_before_the_system(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://web.example.com:3128")
    monkeypatch.setenv("NO_PROXY", "*")
    assert found("https://a.example.com", "none") is None
    assert found("https://a.example.com", "http://own.example.com:8080/") == "http://own.example.com:8080"


@pytest.mark.parametrize("url", ["https://127.0.0.1:8443", "https://localhost", "https://[::1]", "https://169.254.7.7"])
def test_this_computer_and_its_link_are_never_reached_through_a_proxy(url, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://web.example.com:3128")
    assert found(url) is None
    assert found(url, "http://own.example.com:8080") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("http://me:canary@proxy.example.com", "may hold only"),
        ("socks5://proxy.example.com", "must begin with http://"),
        ("https://proxy.example.com", "must begin with http://"),
        ("http://proxy.example.com/path", "may hold only"),
        ("http://:3128", "is no address"),
        ("http://proxy.example.com:0", "is no address"),
        ("http://proxy.example.com:a", "is no address"),
        ("http://127.0.0.1:3128", "leads to this computer"),
        ("http://127.1:3128", "neither a name nor a full address"),
        ("http://169.254.169.254", "leads to this computer"),
        ("proxy.example.com", "must begin with http://"),
    ],
)
def test_a_proxy_that_cannot_be_meant_is_refused(text, reason):
    with pytest.raises(ConnectionFaultError, match=reason) as caught:
        found("https://a.example.com", text)
    assert "canary" not in str(caught.value)


def test_a_proxy_on_this_computer_may_be_listed_and_the_systems_need_not(monkeypatch):
    assert found("https://a.example.com", "http://127.0.0.1:3128", ("127.0.0.1",)) == "http://127.0.0.1:3128"
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:3128")
    assert found("https://a.example.com") == "http://127.0.0.1:3128"


def test_a_proxy_of_the_system_that_is_not_spoken_keeps_everything_from_going_past_it(monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "socks5h://me:canary@proxy.example.com")
    with pytest.raises(ConnectionFaultError) as caught:
        found("https://a.example.com")
    assert "canary" not in f"{caught.value} {caught.value!r}"


def test_the_sign_in_at_a_proxy_is_kept_for_that_proxy_alone():
    there = Connection(connector="toy", addresses={"main": "https://a.example.com"}, proxy="http://p.example.com:3128")
    moved = there.model_copy(update={"proxy": "http://evil.example:3128"})
    assert origins_for(there, "proxy_password") == ("proxy=http://p.example.com:3128",)
    assert origins_for(moved, "proxy_password") != origins_for(there, "proxy_password")
    assert origins_for(moved, "key") == origins_for(there, "key") == ("main=https://a.example.com:443",)


def through(home, proxy, keys=None, name="look", *, learnt=None, said=None):
    """Perform an action of a product whose name only the proxy knows."""
    product = TlsProduct(home.server)

    async def go():
        async with product.served() as port, proxy.served() as at:
            proxy.port = port
            intent = make_intent(TOY, name, addresses={"main": "https://product.example.com"})
            own = {"proxy": f"http://127.0.0.1:{at}", "local_addresses": ("127.0.0.1",), **(said or {})}
            connection = intent.binding.connection.model_copy(update={"ca_file": str(home.servers.file)} | own)
            intent = replace(intent, binding=replace(intent.binding, connection=connection))
            learn = (learnt if learnt is not None else []).extend
            performer = DeclarativePerformer(
                Surroundings("production", keys or Keys(), catalogue().vocabulary, learn=learn)
            )
            try:
                return await performer.perform(intent, grant=replace(GRANT, expires=1e12))
            finally:
                await performer.aclose()

    return asyncio.run(go()), product


def test_a_product_is_reached_by_a_tunnel_that_shows_nothing_of_what_is_said(home):
    proxy = TunnelProxy()
    answer, product = through(home, proxy)
    assert (answer.outcome, len(product.heads)) == (Outcome.SUCCEEDED, 1)
    assert proxy.asked == ["product.example.com:443"]
    assert b"GET" not in proxy.said[0]
    assert b"authorization" not in proxy.said[0].lower()


def test_the_sign_in_of_the_vault_goes_to_the_proxy_and_not_to_the_product(home):
    proxy, learnt = TunnelProxy(sign_in="me:canary-9"), []
    keys = Keys(proxy_user="me", proxy_password=CANARY)
    answer, product = through(home, proxy, keys, learnt=learnt)
    assert answer.outcome is Outcome.SUCCEEDED
    assert b"roxy" not in product.heads[0]
    assert "canary-9" in learnt


@pytest.mark.parametrize(
    ("proxy", "secrets", "reason"),
    [
        (TunnelProxy(sign_in="me:right"), {}, "its proxy wants a sign-in"),
        (
            TunnelProxy(sign_in="me:right"),
            {"proxy_user": "me", "proxy_password": CANARY},
            "its proxy does not accept the sign-in",
        ),
        (TunnelProxy(status=403), {}, "its proxy refused to pass the connection on (status 403)"),
        (TunnelProxy(status=502), {}, "its proxy refused to pass the connection on (status 502)"),
    ],
)
def test_a_proxy_that_refuses_is_said_and_nothing_was_sent(home, proxy, secrets, reason):
    answer, product = through(home, proxy, Keys(**secrets), name="go")
    assert answer.failure.message == f"No answer from Toy: {reason}."
    assert (answer.outcome, answer.sent, product.heads) == (Outcome.NOT_SENT, Sent.NO, [])


def test_a_proxy_that_is_not_there_is_said(home):
    answer, _ = through(home, TunnelProxy(), said={"proxy": "http://127.0.0.1:1"})
    assert answer.failure.message == "No answer from Toy: its proxy cannot be reached."


def test_a_proxy_that_puts_itself_between_is_not_trusted(home):
    answer, product = through(home, TunnelProxy(), said={"ca_file": str(home.clients.file)})
    assert answer.failure.message == "No answer from Toy: its certificate is not trusted."
    assert product.heads == []


def test_the_systems_proxy_with_a_sign_in_is_used_and_its_password_is_masked(home, monkeypatch):
    proxy, learnt, product = TunnelProxy(sign_in="me:can@ary-9"), [], TlsProduct(home.server)

    async def go():
        async with product.served() as port, proxy.served() as at:
            proxy.port = port
            monkeypatch.setenv("HTTPS_PROXY", f"http://me:can%40ary-9@127.0.0.1:{at}")
            intent = make_intent(TOY, "look", addresses={"main": "https://product.example.com"})
            connection = intent.binding.connection.model_copy(update={"ca_file": str(home.servers.file)})
            intent = replace(intent, binding=replace(intent.binding, connection=connection))
            around = Surroundings("production", Keys(), catalogue().vocabulary, learn=learnt.extend)
            performer = DeclarativePerformer(around)
            answer = await performer.perform(intent, grant=None)
            await performer.aclose()
            return answer

    assert asyncio.run(go()).outcome is Outcome.SUCCEEDED
    assert "can@ary-9" in learnt


@pytest.mark.parametrize(
    ("proxy", "steps", "detail"),
    [
        (TunnelProxy(), {"name": True, "tcp": True, "tls": True}, "certificate until"),
        (TunnelProxy(sign_in="a:b"), {"name": True, "tcp": False}, "its proxy wants a sign-in"),
        (TunnelProxy(status=503), {"name": True, "tcp": False}, "its proxy refused"),
    ],
)
def test_a_test_says_which_step_the_proxy_stopped(home, proxy, steps, detail):
    product = TlsProduct(home.server)

    async def go():
        async with product.served() as port, proxy.served() as at:
            proxy.port = port
            origin = Origin("https://product.example.com", "")
            way = Proxy("127.0.0.1", at, is_of_system=True)
            return await Probe(origin, str(home.servers.file), proxy=way).run()

    probed = asyncio.run(go())
    assert {str(one.step): one.ok for one in probed} == steps
    assert detail in probed[-1].detail


@pytest.mark.parametrize(("status", "reason"), [(200, None), (403, "its proxy refused")])
def test_other_protocols_go_through_the_tunnel_too(status, reason):
    proxy, heard = TunnelProxy(status=status), []

    async def serve(reader, writer):
        heard.append(await reader.readexactly(5))
        writer.close()

    async def go():
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server, proxy.served() as at:
            proxy.port = server.sockets[0].getsockname()[1]
            line = Line("key", None, 1e12, lambda _: None)
            way = Proxy("127.0.0.1", at, is_of_system=True)
            there = Server("ldap", "directory.example.com", 389)
            call = Call("search", {}, there, None, line, Reach.OUTSIDE, 5.0, "", way)
            async with streaming(call) as (reader, writer):
                writer.write(b"hello")
                await reader.read()

    if reason is None:
        asyncio.run(go())
        assert heard == [b"hello"]
    else:
        with pytest.raises(CallError) as caught:
            asyncio.run(go())
        assert reason in caught.value.reason
    assert proxy.asked == ["directory.example.com:389"]
