import pytest
from tests.unit.checks.build import check, find, problem, read

ACTION = """
inputs: {limit: {type: integer, default: 5}, words: {type: string, default: many}}
nodes:
  alert: {kind: trigger, event: siem.alert}
  person: {kind: trigger, event: manual}
  found: {kind: action, use: edr.find_endpoints, with: WITH}
edges: [alert -> found, person -> found]
"""
FOUND = ("MISSING_INPUT", "UNKNOWN_INPUT", "MISTYPED_INPUT")


def action(given):
    return find(ACTION.replace("WITH", given), *FOUND)


@pytest.mark.parametrize(
    "given",
    [
        "{name: ws-03}",
        "{name: ws-03, limit: 10}",
        '{name: "{{ inputs.words }}"}',
        '{name: "ws-{{ inputs.limit }}"}',
        '{name: ws-03, limit: "{{ inputs.limit }}"}',
        '{name: ws-03, limit: "{{ size(inputs.words) }}"}',
        '{name: ws-03, limit: "{{ env.limit }}"}',
    ],
)
def test_what_fits_or_may_fit_is_let_through(given):
    assert action(given) == []


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("{name: 7}", "with.name"),
        ("{name: ws-03, limit: many}", "with.limit"),
        ("{name: ws-03, limit: 0}", "with.limit"),
        ('{name: ws-03, limit: "{{ inputs.words }}"}', "with.limit"),
        ('{name: ws-03, limit: "{{ inputs.limit }} "}', "with.limit"),
        ('{name: ws-03, limit: "{{ inputs.limit > 3 }}"}', "with.limit"),
        ('{name: "{{ inputs.limit }}"}', "with.name"),
    ],
)
def test_what_cannot_fit_is_found(given, place):
    assert action(given) == [("MISTYPED_INPUT", "found", place)]


def test_one_of_two_inputs_is_enough_where_the_schema_says_so():
    assert action("{}") == [("MISSING_INPUT", "found", "with.contacted_ip")]
    assert action("{name: ws-03}") == []


def test_a_misspelled_input_is_renamed_by_the_fix():
    playbook = read(ACTION.replace("WITH", "{name: ws-03, limmit: 5}"))
    (found,) = [p for p in check(playbook) if p.code.name == "UNKNOWN_INPUT"]
    assert found.fix.edit.apply(playbook).graph.nodes["found"].inputs == {"name": "ws-03", "limit": 5}


DEFAULT = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identity.find_user, with: {name: jdoe}, on_error: continue, default: DEFAULT}
edges: [alert -> user]
"""


def test_a_default_must_look_like_the_output():
    assert problem(DEFAULT.replace("DEFAULT", "{id: 7}"), "BAD_DEFAULT").field == "default"
    assert find(DEFAULT.replace("DEFAULT", "{id: none, name: nobody, enabled: false}")) == []


def test_a_default_of_a_kind_that_is_built_in_is_judged_too():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "true", on_error: continue, default: DEFAULT}
  done: {kind: end}
edges: [alert -> severe, severe.true -> done, severe.false -> done]
"""
    assert find(text.replace("DEFAULT", "{value: true}")) == []
    assert find(text.replace("DEFAULT", "{value: maybe}")) == [("BAD_DEFAULT", "severe", "default")]
