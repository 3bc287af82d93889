import pytest

from tocsin.expressions import EvaluationError
from tocsin.expressions.texts import (
    base64_decode,
    entries,
    format_time,
    from_json,
    get,
    hash_text,
    keys,
    parse_time,
    split_path,
    to_json,
    url,
)
from tocsin.model.failures import FailureCode


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a.b[0].c", 1), ("a.b[1].c", "none"), ("a.x.c", "none"), ("a.b.c", "none"), ("n", None), ("n.x", "none")],
)
def test_get_reads_what_is_there_and_else_gives_the_default(path, expected):
    assert get({"a": {"b": [{"c": 1}]}, "n": None}, path, "none") == expected


@pytest.mark.parametrize("path", ["", ".a", "a.", "a[b]", "a[0", "a b..c", "a[-1]"])
def test_a_path_is_written_as_a_path(path):
    with pytest.raises(EvaluationError):
        split_path(path)


def test_json_comes_out_sorted_and_goes_in_again():
    assert from_json(to_json({"b": [1, None, 2.5], "a": "é"})) == {"a": "é", "b": [1, None, 2.5]}


@pytest.mark.parametrize(
    "text", ["{", '{"a": 1, "a": 2}', "[NaN]", "[1e999]", "18446744073709551616", "[" * 100_000, ""]
)
def test_json_that_would_be_read_in_two_ways_is_refused(text):
    with pytest.raises(EvaluationError) as caught:
        from_json(text)
    assert caught.value.kind is FailureCode.BAD_ARGUMENT


def test_a_url_comes_apart():
    assert url("https://Example.com:8443/a/b?x=1&y=2#z") == {
        "scheme": "https",
        "host": "example.com",
        "port": 8443,
        "path": "/a/b",
        "query": "x=1&y=2",
    }


@pytest.mark.parametrize(
    "text", ["", "example.com", "https://", "https://a:99999/", "https://[::1/", "https://a\n.example.com"]
)
def test_what_is_no_url_is_refused(text):
    with pytest.raises(EvaluationError):
        url(text)


def test_times_have_a_zone_and_are_written_in_utc():
    assert format_time(parse_time("2026-11-24T00:30:00+01:00"), "date") == "2026-11-23"


@pytest.mark.parametrize("text", ["2026-11-24T03:00:00", "today", "", "0001-01-01T00:00:00+10:00"])
def test_a_time_that_is_not_certain_is_refused(text):
    with pytest.raises(EvaluationError):
        parse_time(text)


def test_maps_are_gone_through_in_order():
    assert (keys({"b": 1, "a": 2}), entries({"b": 1, "a": 2})[0]) == (["a", "b"], {"key": "a", "value": 2})


@pytest.mark.parametrize(
    "call",
    [lambda: keys({1: 2}), lambda: hash_text("a", "crc32"), lambda: base64_decode("%"), lambda: base64_decode("/w==")],
)
def test_what_a_function_cannot_take_is_a_bad_argument(call):
    with pytest.raises(EvaluationError) as caught:
        call()
    assert caught.value.kind is FailureCode.BAD_ARGUMENT
