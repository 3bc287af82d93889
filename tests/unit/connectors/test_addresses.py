from __future__ import annotations

import pytest

from tocsin.connectors.addresses import METADATA, Bounds, Reach, is_local, read_origin
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
    assert read_origin("main", text, Bounds(Reach.OUTSIDE)).url == url


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
        read_origin("main", text, Bounds(Reach.OUTSIDE))


def test_the_lab_is_reached_on_loopback():
    assert read_origin("main", "http://127.0.0.1:8123", Bounds(Reach.LAB)).host == "127.0.0.1:8123"


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
        read_origin("main", text, Bounds(Reach.LAB))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("::", True),
        ("169.254.7.7", True),
        ("fe80::1%eth0", True),
        ("fd00:ec2::254", True),
        ("::ffff:169.254.169.254", True),
        ("192.0.2.1", False),
        ("10.0.0.1", False),
    ],
)
def test_what_is_local_is_known_in_every_wrapping(address, expected):
    assert is_local(address) is expected


@pytest.mark.parametrize("address", sorted(str(address) for address in METADATA))
def test_a_metadata_service_is_refused_unless_it_is_listed(address):
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(ConnectionFaultError, match="metadata service"):
        read_origin("main", f"https://{host}", Bounds(Reach.OUTSIDE))
    assert read_origin("main", f"https://{host}", Bounds(Reach.OUTSIDE, listed=[address])).host == host


def test_a_listed_address_opens_no_other():
    here = Bounds(Reach.OUTSIDE, listed=["127.0.0.1"])
    assert read_origin("main", "https://127.0.0.1:8443", here).host == "127.0.0.1:8443"
    assert read_origin("main", "https://localhost", here).host == "localhost"
    for text in ("https://127.0.0.2", "https://[::1]", "http://127.0.0.1"):
        with pytest.raises(ConnectionFaultError):
            read_origin("main", text, Bounds(Reach.OUTSIDE, listed=["127.0.0.1", "no address"]))


def test_a_list_does_not_let_the_lab_out():
    with pytest.raises(ConnectionFaultError):
        read_origin("main", "https://192.0.2.1", Bounds(Reach.LAB, listed=["192.0.2.1"]))
