from __future__ import annotations

import pytest

from tocsin.connectors.errors import SlotError
from tocsin.connectors.inputs import ready_inputs

SCHEMA = {
    "type": "object",
    "required": ["ip"],
    "additionalProperties": False,
    "properties": {
        "ip": {"type": "string", "format": "ip"},
        "limit": {"type": "integer", "default": 5},
        "score": {"type": "number"},
    },
}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("203.0.113.66", "203.0.113.66"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("::ffff:203.0.113.66", "203.0.113.66"),
    ],
)
def test_an_address_gets_its_one_spelling(given, expected):
    assert ready_inputs({"ip": given}, SCHEMA)["ip"] == expected


@pytest.mark.parametrize(
    "given", ["x", "", "010.0.0.1", "10.1", "0x7f000001", "203.0.113.0/24", "203.0.113.66 ", "fe80::1%eth0", "::1%"]
)
def test_what_is_no_plain_address_is_refused(given):
    with pytest.raises(SlotError):
        ready_inputs({"ip": given}, SCHEMA)


def test_defaults_are_filled_in_and_numbers_get_their_type():
    ready = ready_inputs({"ip": "192.0.2.1", "score": 80}, SCHEMA)
    assert (ready["limit"], type(ready["score"])) == (5, float)


@pytest.mark.parametrize("given", [{}, {"ip": 5}, {"ip": "192.0.2.1", "limit": "5"}, {"ip": "192.0.2.1", "more": 1}])
def test_what_does_not_fit_the_schema_is_refused(given):
    with pytest.raises(SlotError, match="does not fit"):
        ready_inputs(given, SCHEMA)
