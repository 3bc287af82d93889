import pytest
from tests.unit.checks.build import find, problem, read

HEAD = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  found: {kind: action, use: edr.find_endpoints, with: {name: x}}
"""


def condition(when):
    return f"""{HEAD}
  ask_it: {{kind: condition, when: "{when}"}}
  done: {{kind: end}}
edges: [alert -> found, found -> ask_it, ask_it.true -> done, ask_it.false -> done]
"""


def loop(items):
    return f"""{HEAD}
  each: {{kind: for_each, in: "{items}", max: 3, body: {{nodes: {{a: {{kind: set, values: {{v: 1}}}}}}, edges: []}}}}
edges: [alert -> found, found -> each]
"""


@pytest.mark.parametrize(
    ("when", "fix"),
    [
        ("found.hosts", "Write size(found.hosts) > 0"),
        ("alert.rule", "Write alert.rule != ''"),
        ("size(found.hosts)", "Write size(found.hosts) != 0"),
    ],
)
def test_what_decides_is_true_or_false(when, fix):
    assert find(condition(when)) == [("WRONG_RESULT", "ask_it", "when")]
    assert problem(condition(when), "WRONG_RESULT").fix.title == fix


@pytest.mark.parametrize("when", ["size(found.hosts) > 0", "alert.raw.x", "found.hosts.exists(h, h.critical)"])
def test_what_is_true_or_false_or_not_known_is_left_alone(when):
    assert find(condition(when), "WRONG_RESULT") == []


def test_only_a_list_is_looped_over():
    assert find(loop("alert.rule"), "WRONG_RESULT") == [("WRONG_RESULT", "each", "in")]
    assert problem(loop("alert.rule"), "WRONG_RESULT").fix.title == "Write [alert.rule]"
    assert find(loop("found.hosts"), "WRONG_RESULT") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("Found {{ found.hosts }}", True), ("{{ found.hosts }}", False), ("Found {{ size(found.hosts) }}", False)],
)
def test_a_list_amid_a_text_has_no_words(text, found):
    playbook = f"""{HEAD}
  note: {{kind: set, values: {{a: "{text}"}}}}
edges: [alert -> found, found -> note]
"""
    assert bool(find(playbook, "VALUE_IN_TEXT")) is found


def test_a_list_amid_a_text_is_written_as_json():
    text = f"""{HEAD}
  note: {{kind: set, values: {{a: "Found {{{{ found.hosts }}}}!"}}}}
edges: [alert -> found, found -> note]
"""
    mended = problem(text, "VALUE_IN_TEXT").fix.edit.apply(read(text))
    assert mended.graph.nodes["note"].values == {"a": "Found {{ to_json(found.hosts) }}!"}
