import pytest
from tests.unit.checks.build import find, problem, read


def lone(node):
    return f"""
nodes:
  alert: {{kind: trigger, event: siem.alert}}
  it: {{{node}}}
edges: [alert -> it]
"""


USER = "kind: action, use: identity.find_user, with: {name: x}"


@pytest.mark.parametrize(
    ("node", "key"),
    [
        (f"{USER}, default: {{id: a, name: b, enabled: true}}", "default"),
        (f"{USER}, retry: {{delay: 2s}}", "retry"),
        (f"{USER}, on_uncertain: ask", "on_uncertain"),
        (f"{USER}, unattended: Why not", "unattended"),
        ("kind: join, need: all, rest: ignore", "rest"),
        ("kind: wait, for: 5m, expires: 1h", "expires"),
    ],
)
def test_a_setting_that_does_nothing_is_told_and_left_out(node, key):
    text = lone(node)
    assert find(text, "IDLE_SETTING") == [("IDLE_SETTING", "it", key)]
    fix = problem(text, "IDLE_SETTING").fix
    assert fix.is_safe
    assert find_after(fix, text) == []


def find_after(fix, text):
    from tests.unit.checks.build import check

    return [p for p in check(fix.edit.apply(read(text))) if p.code.name == "IDLE_SETTING"]


@pytest.mark.parametrize(
    "node",
    [
        f"{USER}, default: {{id: a, name: b, enabled: true}}, on_error: continue",
        f"{USER}, retry: {{max: 2}}",
        "kind: action, use: identity.end_sessions, with: {user_id: x}, on_uncertain: ask",
        "kind: join, need: any, rest: ignore",
        "kind: wait, signal: go, expires: 1h",
    ],
)
def test_a_setting_that_does_something_is_left_alone(node):
    assert find(lone(node), "IDLE_SETTING") == []


def test_what_waits_gives_up_some_day():
    assert find(lone("kind: wait, signal: go")) == [("WAITS_FOREVER", "it", "expires")]
    assert find(lone("kind: wait, signal: go, deadline: 1h")) == []
    assert find(f"timeout: 8h\n{lone('kind: wait, signal: go')}", "WAITS_FOREVER") == []


def test_giving_up_leads_to_an_end_where_nothing_follows():
    text = lone("kind: wait, signal: go")
    mended = problem(text, "WAITS_FOREVER").fix.edit.apply(read(text))
    assert mended.graph.nodes["it"].expires == "4h"
    assert [edge.text for edge in mended.graph.edges] == ["alert -> it", "it.expired -> it_expired"]
