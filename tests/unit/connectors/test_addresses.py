from __future__ import annotations

import pytest

from tocsin.connectors.addresses import Reach, is_this_computer, read_origin
from tocsin.connectors.errors import ConnectionFaultError


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://fw.example.com", "https://fw.example.com"),
        ("https://FW.Example.com:8443/", "https://fw.example.com:8443"),
        ("https://kibana.example.com/s/soc/", "https://kibana.example.com/s/soc"),
        ("https://192.0.2.7", "https://192.0.2.7"),
        ("https://[2001:db8::7]:444", "https://[2001:db8::7]:444"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_outside_server_is_reached_by_https(text, url):
    assert read_origin("main", text, Reach.OUTSIDE).url == url


@pytest.mark.parametrize(
    "text",
    [
        "http://fw.example.com",
        "ftp://fw.example.com",
        "fw.example.com",
        "//fw.example.com",
        "https://",
        "https://localhost",
        "https://LOCALHOST.",
        "https://api.localhost",
        "https://127.0.0.1",
        "https://127.9.9.9:8443",
        "https://[::1]",
        "https://[::ffff:127.0.0.1]",
        "https://0.0.0.0",
        "https://[::]",
        "https://127.1",
        "https://2130706433",
        "https://0x7f000001",
        "https://0177.0.0.1",
        "https://user:pass@fw.example.com",
        "https://@fw.example.com",
        "https://fw.example.com?x=1",
        "https://fw.example.com#x",
        "https://fw.example.com/a/../b",
        "https://fw.example.com/%2e%2e",
        "https://fw.example.com\\@127.0.0.1",
        "https://fw.example.com/ x",
        "https://fw.example.com\n.evil.example",
        "https://fw.example.com:99999",
        "https://fw.example.com:0",
        "https://bücher.example",
        "https://[2001:db8::7",
    ],
)
def test_an_outside_connection_never_points_elsewhere(text):
    with pytest.raises(ConnectionFaultError):
        read_origin("main", text, Reach.OUTSIDE)


def test_the_lab_is_reached_on_loopback():
    assert read_origin("main", "http://127.0.0.1:8123", Reach.LAB).host == "127.0.0.1:8123"


@pytest.mark.parametrize(
    "text",
    [
        "http://192.0.2.1",
        "https://127.0.0.1",
        "http://localhost:8123",
        "http://127.0.0.2:8123",
        "http://[::1]:8123",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1@192.0.2.1",
        "https://fw.example.com",
    ],
)
def test_the_lab_cannot_reach_out(text):
    with pytest.raises(ConnectionFaultError):
        read_origin("main", text, Reach.LAB)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("::", True), ("192.0.2.1", False)],
)
def test_this_computer_is_known_in_every_wrapping(address, expected):
    assert is_this_computer(address) is expected
