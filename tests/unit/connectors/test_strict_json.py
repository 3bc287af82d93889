from __future__ import annotations

import pytest

from tocsin.connectors.strict_json import MAX_DEPTH, UnreadableError, read_json


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b'{"a": [1, 2.5, null, true, "\xc3\xa9"]}', {"a": [1, 2.5, None, True, "é"]}),
        (b"9223372036854775807", 2**63 - 1),
        (b"-9223372036854775808", -(2**63)),
        (b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, None),
    ],
)
def test_plain_json_is_read(data, value):
    read = read_json(data)
    assert value is None or read == value


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"x": [{"a": 1, "a": 1}]}', "twice"),
        (b"9223372036854775808", "64 bits"),
        (b"-9223372036854775809", "64 bits"),
        (b"1" * 5000, "64 bits"),
        (b"1e999", "too large"),
        (b"-1e999", "too large"),
        (b"NaN", "no JSON number"),
        (b"[Infinity]", "no JSON number"),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "levels"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a": 1} {"b": 2}', "not JSON"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        (b'"\xff"', "not JSON"),
        ('{"a": 1}'.encode("utf-16"), "not JSON"),
        (b"<html>", "not JSON"),
    ],
)
def test_what_two_readers_could_understand_in_two_ways_is_refused(data, reason):
    with pytest.raises(UnreadableError, match=reason):
        read_json(data)
