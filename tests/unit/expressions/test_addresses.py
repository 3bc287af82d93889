from ipaddress import IPv4Address

import pytest

from tocsin.expressions import EvaluationError
from tocsin.expressions.addresses import cidr_contains, is_in_networks, is_private, is_special, read_network
from tocsin.model.failures import FailureCode

OWN = tuple(read_network(text) for text in ("10.0.0.0/8", "198.51.100.0/24", "2001:db8:1::/48"))


@pytest.mark.parametrize(
    ("ip", "private", "special", "internal"),
    [
        ("10.0.0.1", True, False, True),
        ("172.16.0.1", True, False, False),
        ("172.32.0.1", False, False, False),
        ("192.168.255.255", True, False, False),
        ("198.51.100.7", False, False, True),  # a firm's own public range
        ("203.0.113.66", False, False, False),  # Python's is_private says yes
        ("192.0.2.1", False, False, False),
        ("100.64.0.1", False, True, False),  # carrier-grade NAT
        ("100.128.0.1", False, False, False),
        ("127.0.0.1", False, True, False),
        ("169.254.1.1", False, True, False),
        ("224.0.0.1", False, True, False),
        ("255.255.255.255", False, True, False),
        ("0.0.0.1", False, True, False),
        ("::ffff:10.0.0.1", True, False, True),
        ("::ffff:a00:1", True, False, True),
        ("::ffff:203.0.113.66", False, False, False),
        ("2001:db8::1", False, False, False),  # Python's is_private says yes
        ("2001:db8:1::1", False, False, True),
        ("fd00::1", True, False, False),
        ("fe80::1", False, True, False),
        ("ff02::1", False, True, False),
        ("::1", False, True, False),
        ("::", False, True, False),
    ],
)
def test_every_kind_of_address_is_told_apart(ip, private, special, internal):
    assert (is_private(ip), is_special(ip), is_in_networks(ip, OWN)) == (private, special, internal)


def test_the_unspecified_address_is_special():
    assert is_special(str(IPv4Address(0)))


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "",
        "010.0.0.1",
        "10.0.0",
        "10.0.0.1 ",
        "0.0.0.0/0",
        "10.0.0.1:80",
        "2001:DB8::1",
        "2001:db8:0:0::1",
        "fe80::1%eth0",
        "1",
        "::ffff:010.0.0.1",
        "\u0661\u0660.0.0.1",
    ],
)
@pytest.mark.parametrize("ask", [is_private, is_special])
def test_what_is_not_written_as_an_address_is_refused(ask, text):
    with pytest.raises(EvaluationError) as caught:
        ask(text)
    assert caught.value.kind is FailureCode.BAD_ARGUMENT


@pytest.mark.parametrize(
    ("cidr", "ip", "expected"),
    [
        ("203.0.113.0/24", "203.0.113.66", True),
        ("203.0.113.0/24", "198.51.100.1", False),
        ("2001:db8::/32", "203.0.113.66", False),
        ("10.0.0.0/8", "::ffff:10.1.1.1", True),
    ],
)
def test_a_network_holds_its_addresses(cidr, ip, expected):
    assert cidr_contains(cidr, ip) is expected


def test_a_network_has_no_bits_behind_its_length():
    with pytest.raises(EvaluationError):
        cidr_contains("203.0.113.66/24", "203.0.113.66")
