import json

import pytest

from tocsin.ui.run_dock.prefill import fitting, prefilled


def asks(*names, required=()):
    return {"type": "object", "properties": {name: {"type": "string"} for name in names}, "required": list(required)}


@pytest.mark.parametrize(
    ("names", "text", "values"),
    [
        (["ip"], "203.0.113.66", {"ip": "203.0.113.66"}),
        (["user", "src_ip"], "203.0.113[.]66", {"src_ip": "203.0.113.66"}),
        (["url", "domain"], "hxxps://evil[.]example/a", {"url": "https://evil.example/a"}),
        (["sha256"], "a" * 64, {"sha256": "a" * 64}),
        (["src_ip", "dst_ip"], "192.0.2.1\n192.0.2.2", {"src_ip": "192.0.2.1", "dst_ip": "192.0.2.2"}),
        (["sender", "cve"], "CVE-2024-3094 of a@b.example", {"cve": "CVE-2024-3094", "sender": "a@b.example"}),
        (["ship", "zip"], "203.0.113.66", {}),
        (["ip"], "nothing here", {}),
    ],
)
def test_indicators_go_where_their_kind_is_asked_for(names, text, values):
    assert prefilled(asks(*names), text) == values


def test_an_alert_fills_all_fields_that_it_has():
    alert = {"source": {"ip": "192.0.2.1"}, "user": {"name": "clerk1"}, "more": 1}
    assert prefilled(asks("src_ip", "user", "host"), json.dumps(alert)) == {"src_ip": "192.0.2.1", "user": "clerk1"}


def test_a_name_is_what_the_only_text_asks_for_that_must_be_there():
    assert prefilled(asks("host", "note", required=["host"]), " ws-03\n") == {"host": "ws-03"}
    assert prefilled(asks("host", "user", required=["host", "user"]), "ws-03") == {}
    assert prefilled(asks("host", required=["host"]), "two\nlines") == {}
    assert prefilled({}, "203.0.113.66") == {}


def test_a_number_is_not_filled_with_an_address():
    schema = {"properties": {"ip": {"type": "number"}}}
    assert prefilled(schema, "203.0.113.66") == {}


def test_of_another_event_goes_over_what_is_asked_for():
    assert fitting(asks("ip"), {"ip": "192.0.2.1", "n": 1}) == {"ip": "192.0.2.1"}
    assert fitting({}, {"n": 1}) == {"n": 1}
    assert fitting(asks("ip"), None) == {}


def test_a_field_that_takes_anything_can_be_filled():
    assert prefilled({"properties": {"ip": True}}, "192.0.2.8") == {"ip": "192.0.2.8"}
