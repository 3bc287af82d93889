import pytest
from tests.unit.checks.build import find

TEXT = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  found: {kind: action, use: edr.find_endpoints, with: {name: ws-03}}
  reader: {kind: set, values: {a: "{{ READ }}"}}
edges: [alert -> found, found -> reader]
"""
HOSTS = """
nodes:
  alert:
    kind: trigger
    event: manual
    output:
      type: object
      required: [hosts, tags]
      properties:
        hosts:
          type: array
          items: {type: object, required: [id], properties: {id: {type: string}, os: {type: string}}}
        tags: {type: object}
  reader: {kind: set, values: {a: "{{ READ }}"}}
edges: [alert -> reader]
"""


@pytest.mark.parametrize(
    "safe",
    [
        "alert.host == 'a'",
        "has(alert.host) && alert.host == 'a' || true",
        "get(alert, 'host', '') == 'a' || true",
        "alert.severity > 5 || false",
    ],
)
def test_a_field_that_is_asked_for_or_always_there_is_safe(safe):
    assert find(TEXT.replace("READ", safe)) == []


def test_an_optional_field_inside_or_is_found():
    assert find(TEXT.replace("READ", "alert.host == 'a' || true")) == [("UNGUARDED_OPTIONAL", "reader", "values.a")]


@pytest.mark.parametrize("macro", ["exists", "all"])
def test_an_optional_field_of_an_item_is_found(macro):
    read = f"alert.hosts.{macro}(h, h.os == 'linux')"
    assert find(HOSTS.replace("READ", read)) == [("UNGUARDED_OPTIONAL", "reader", "values.a")]


@pytest.mark.parametrize(
    "safe",
    [
        "alert.hosts.exists(h, h.id == 'a')",
        "alert.hosts.exists(h, has(h.os) && h.os == 'linux')",
        "alert.hosts.map(h, h.os)",
    ],
)
def test_items_that_are_asked_or_fail_loudly_are_safe(safe):
    assert find(HOSTS.replace("READ", safe)) == []


def test_a_macro_over_a_map_is_found():
    assert find(HOSTS.replace("READ", "alert.tags.map(t, t)")) == [("BAD_EXPRESSION", "reader", "values.a")]
    assert find(HOSTS.replace("READ", "keys(alert.tags).map(t, t)")) == []
