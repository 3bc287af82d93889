from tests.unit.checks.build import find, problem

LOOP = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  found: {kind: action, use: edr.find_endpoints, with: {name: ws-03}}
  each: {kind: for_each, in: "found.hosts"MORE, body: {nodes: {NODES}}}
edges: [alert -> found, found -> each]
"""
SET = "one: {kind: set, values: {a: '{{ item.id }}'}}"
ISOLATE = (
    "cut: {kind: action, use: edr.isolate_endpoint, unattended: x, with: {endpoint_id: '{{ item.id }}', comment: x}}"
)


def loop(nodes, more=""):
    return LOOP.replace("NODES", nodes).replace("MORE", more)


def test_a_note_alone_does_not_fill_a_loop():
    assert find(loop("one: {kind: note, text: nothing}", ", max: 5")) == [("EMPTY_LOOP", "each", "body")]


def test_a_bound_is_asked_for_more_loudly_where_the_body_is_destructive():
    assert problem(loop(SET), "NO_BOUND").severity == "info"
    assert problem(loop(ISOLATE), "NO_BOUND").severity == "warning"


def test_a_bound_of_its_own_is_enough():
    assert find(loop(ISOLATE, ", max: 5")) == []


def test_a_written_list_needs_no_bound():
    assert find(loop(SET).replace('"found.hosts"', "\"[{'id': 1}]\"")) == []


def test_a_while_says_one_of_when_and_until():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  poll: {kind: while, max: 5, every: 1sMORE, body: {nodes: {one: {kind: set, values: {}}}}}
edges: [alert -> poll]
"""
    assert find(text.replace("MORE", "")) == [("NO_BOUND", "poll", "")]
    assert find(text.replace("MORE", ", when: 'true', until: 'true'")) == [("NO_BOUND", "poll", "")]
    assert find(text.replace("MORE", ", until: 'index > 2'")) == []


ASK = "sure: {kind: ask, ask: form, text: How, deadline: 4h}, done: {kind: end}}, edges: [sure.submitted -> done]"


def test_items_one_after_the_other_ask_one_after_the_other():
    text = loop("XX", ", max: 5, concurrency: 1").replace("{XX}", "{" + ASK)
    assert find(text) == []
    assert find(text.replace("concurrency: 1", "concurrency: 4")) == [("QUESTIONS_IN_LOOP", "sure", "")]
