import pytest

from tocsin.lab.queries.boolean import BadQueryError
from tocsin.lab.queries.fql import read_fql

FIELDS = ("hostname", "tags", "severity", "online")
HOST = {"hostname": "ws-03's", "tags": ["a/critical", "b"], "severity": 70, "online": True}


def holds(text):
    return read_fql(text, fields=FIELDS)(HOST)


@pytest.mark.parametrize(
    "text",
    [
        "",
        r"hostname:'WS-03\'s'",
        "tags:'b'",
        "tags:['x','b']",
        "hostname:*'ws-*'",
        "hostname:~'03'",
        "severity:>='70'",
        "severity:>9",
        "online:true",
        "hostname:'x',tags:'b'+severity:70",
        "(hostname:'x',tags:'b')+severity:70",
        "tags:!'x'",
    ],
)
def test_it_holds(text):
    assert holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "hostname:'ws-03'",
        "tags:!'b'",
        "tags:'critical'",
        "severity:>'70'",
        "(hostname:'x',tags:'b')+severity:1",
        "hostname:*'[a-z]*'",
    ],
)
def test_it_does_not_hold(text):
    assert not holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "hostname",
        "hostname:",
        "hostname:'open",
        "colour:'red'",
        "hostname:'a'+",
        "hostname:'a' tags:'b'",
        "(hostname:'a'",
        "hostname:'a')",
        "tags:['a'",
        "hostname:'a';tags:'b'",
        "(" * 1000 + "hostname:'a'" + ")" * 1000,
        "hostname:'" + "a" * 20_000 + "'",
    ],
)
def test_what_is_not_understood_is_refused(text):
    with pytest.raises(BadQueryError):
        holds(text)
