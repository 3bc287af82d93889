import pytest
from tests.unit.checks.build import check, find, problem, read

TEXT = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  reader: {kind: set, values: {a: "TEXT"}}
edges: [alert -> reader]
"""
WHEN = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "WHEN"}
  done: {kind: end}
edges: [alert -> severe, severe.true -> done, severe.false -> done]
"""


def text(value):
    return TEXT.replace("TEXT", value)


def when(value):
    return WHEN.replace("WHEN", value)


def test_the_column_counts_in_the_whole_text():
    assert "(column 12)" in problem(text("Rule {{ 1 + }}"), "BAD_EXPRESSION").message


@pytest.mark.parametrize("bad", ["{{ }}", "{{ alert.rule", "{{ alerts.map(run, run) }}", "{{ nodes }}"])
def test_what_is_no_template_or_not_allowed_is_found(bad):
    assert ("BAD_EXPRESSION", "reader", "values.a") in find(text(bad))


def test_an_unknown_function_is_found_with_its_close_match():
    found = problem(when("is_privat(alert.src_ip)"), "BAD_EXPRESSION")
    assert "Did you mean “is_private”?" in found.message


@pytest.mark.parametrize("mix", ["alert.severity == '80'", "alert.rule > 5", "alert.severity + 1.5 > 2.0"])
def test_types_that_do_not_go_together_are_found(mix):
    assert find(when(mix)) == [("TYPE_MIX", "severe", "when")]


@pytest.mark.parametrize("fine", ["alert.severity >= 80.0", "alert.raw.x == 'a'", "trigger.severity > 2"])
def test_types_that_go_together_or_are_not_known_are_let_through(fine):
    assert find(when(fine)) == []


def test_a_type_is_followed_through_set_nodes_and_items():
    body = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  found: {kind: action, use: edr.find_endpoints, with: {name: ws-03}}
  kept: {kind: set, values: {hosts: "{{ found.hosts }}"}}
  each:
    kind: for_each
    in: "kept.hosts"
    max: 5
    body: {nodes: {one: {kind: set, values: {a: "{{ item.critical == 'yes' }}"}}}}
edges: [alert -> found, found -> kept, kept -> each]
"""
    assert find(body) == [("TYPE_MIX", "one", "values.a")]


def test_set_nodes_that_read_each_other_in_a_circle_do_not_hang():
    circle = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  one: {kind: set, values: {a: "{{ two.b }}"}}
  two: {kind: set, values: {b: "{{ one.a }}"}}
edges: [alert -> one, one -> two, two -> one]
"""
    assert find(circle) == [("CYCLE", "one", "")]


def test_the_fix_takes_braces_away():
    playbook = read(when("{{ alert.severity > 5 }}"))
    (found,) = check(playbook)
    assert check(found.fix.edit.apply(playbook)) == ()


def test_braces_inside_a_text_of_an_expression_are_text():
    assert find(when("alert.rule.contains('{{')")) == []


def test_the_fix_puts_an_expression_into_braces():
    playbook = read(text("size(alert.rule) + 1"))
    (found,) = check(playbook)
    assert found.fix.edit.apply(playbook).graph.nodes["reader"].values == {"a": "{{ size(alert.rule) + 1 }}"}


@pytest.mark.parametrize("words", ["alert", "Look at alert.rule, please", "example.com", "e.g. this", "192.0.2.1", ""])
def test_words_are_no_expression(words):
    assert find(text(words)) == []
