from __future__ import annotations

import pytest
from tests.unit.connectors.protocols.hostile import HOSTILE

from tocsin.connectors.addresses import Reach
from tocsin.connectors.errors import SlotError
from tocsin.connectors.exchange import Line
from tocsin.connectors.protocols.call import Call
from tocsin.connectors.protocols.ldap import _limit
from tocsin.connectors.protocols.ldap_filter import filter_of
from tocsin.connectors.quoting import quote_ldap_filter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(uid=a)", "a3 08 0403756964 040161"),
        ("(uid=*)", "87 03 756964"),
        ("(!(uid=a))", "a2 0a a3 08 0403756964 040161"),
        (r"(uid=\2a)", "a3 08 0403756964 04012a"),
        ("(uid=a*b)", "a4 0d 0403756964 3006 800161 820162"),
        ("(n>=1)", "a5 06 04016e 040131"),
        ("(n:1.2:=2)", "a9 0b 8103312e32 82016e 830132"),
    ],
)
def test_a_filter_is_encoded_as_rfc_4511_says(text, expected):
    assert filter_of(text).hex() == expected.replace(" ", "")


@pytest.mark.parametrize(
    "text", ["", "uid=a", "(uid=a", "(uid=a))", "(&)", "(!(a=1)(b=2))", "()", r"(uid=\zz)", "(" * 30 + "a=1", "(=a)"]
)
def test_what_is_no_filter_is_refused(text):
    with pytest.raises(SlotError):
        filter_of(text)


@pytest.mark.parametrize("text", [text for text in HOSTILE if text])
def test_a_quoted_text_is_one_value_and_nothing_else(text):
    raw = text.encode()
    size = len(raw) if len(raw) < 128 else None
    encoded = filter_of(f"(uid={quote_ldap_filter(text)})")
    assert encoded.endswith(raw)
    assert encoded[0] == 0xA3
    if size is not None:
        assert encoded[-size - 1] == size


@pytest.mark.parametrize("limit", [0, -1])
def test_a_search_for_any_number_of_entries_is_refused(limit):
    call = Call("search", {"limit": limit}, None, None, Line("key", None, 0.0, lambda _: None), Reach.OUTSIDE, 1.0)
    with pytest.raises(SlotError, match="must be 1 or more"):
        _limit(call)
