import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.services.pasted_alert import MOST_CHARACTERS, read_alert


def test_an_alert_in_our_own_form_is_taken_as_it_is_and_kept_whole():
    alert = {"id": "a-1", "rule": "Brute force", "severity": 73, "src_ip": "203.0.113.66", "user": "clerk1", "x": [1]}
    event = read_alert(json.dumps(alert)).event
    assert event == {**{name: alert[name] for name in ("id", "rule", "severity", "src_ip", "user")}, "raw": alert}


@pytest.mark.parametrize(
    "alert",
    [
        {"source.ip": "203.0.113.66", "user.name": "clerk1", "kibana.alert.rule.name": "r", "kibana.alert.uuid": "1"},
        {"source": {"ip": "203.0.113.66"}, "user": {"name": "clerk1"}, "rule": {"name": "r"}, "_id": "1"},
        {"data": {"srcip": "203.0.113.66", "dstuser": "clerk1"}, "rule": {"description": "r"}, "id": "1"},
        {"_source": {"src_ip": "203.0.113.66", "user": "clerk1", "rule": "r", "id": "1"}, "_index": ".alerts"},
        [{"src_ip": "203.0.113.66", "username": "clerk1", "signature": "r", "uuid": "1"}],
    ],
)
def test_what_products_write_is_brought_into_our_form(alert):
    event = read_alert(json.dumps(alert)).event
    assert {name: event[name] for name in ("src_ip", "user", "rule", "id")} == {
        "src_ip": "203.0.113.66",
        "user": "clerk1",
        "rule": "r",
        "id": "1",
    }


def test_indicators_are_found_in_values_and_not_in_keys():
    read = read_alert('{"rule.name": "x", "source.ip": "203.0.113.66", "note": "see hxxps://evil[.]example/a"}')
    assert read.indicators == (("ip", "203.0.113.66"), ("url", "https://evil.example/a"))


@pytest.mark.parametrize(
    "text",
    ["", "no JSON, but 203.0.113.66", "[1, 2]", "7", '{"a": 1, "a": 2}', '{"colour": "red"}', "[" * 100_000],
)
def test_what_is_no_alert_is_said_and_gives_no_event(text):
    read = read_alert(text)
    assert (read.event, bool(read.fault)) == (None, True)


def test_indicators_are_found_even_where_the_text_is_no_alert():
    assert read_alert("blocked 203.0.113.66 twice").indicators == (("ip", "203.0.113.66"),)


def test_a_text_too_long_is_not_read():
    assert read_alert("x" * (MOST_CHARACTERS + 1)).fault == "The text is too long for one alert."


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_any_json_is_read_without_an_error(value):
    read = read_alert(json.dumps(value))
    assert (read.event is None) == bool(read.fault)
