from tests.unit.checks.build import check, find, read

ENDS = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "true"}
  one: {kind: end, outputs: {a: "1"}}
  two: {kind: end, outputs: {a: "2"}}
  three: {kind: end}
  step: {kind: action, use: identity.find_user, with: {name: jdoe}}
edges: EDGES
"""


def ends(edges):
    return find(ENDS.replace("EDGES", edges), "CONFLICTING_ENDS")


def test_ends_that_exclude_each_other_do_not_conflict():
    assert ends("[alert -> severe, severe.true -> one, severe.false -> two]") == []
    assert ends("[alert -> step, step -> one, step.error -> two]") == []
    assert ends("[alert -> one, alert -> three]") == []


def test_ends_that_may_both_be_reached_conflict():
    assert ends("[alert -> severe, severe.true -> one, alert -> two]") == [("CONFLICTING_ENDS", "two", "outputs")]


def test_ends_on_branches_that_only_seem_to_meet_do_not_conflict():
    edges = "[alert -> severe, severe.true -> step, severe.false -> two, step -> one, step.error -> two]"
    assert ends(edges) == []


def test_the_fix_of_a_doubly_taken_error_keeps_the_edge():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  user:
    kind: action
    use: identity.find_user
    with: {name: jdoe}
    on_error: continue
    default: {id: none, name: nobody, enabled: false}
  done: {kind: end}
edges: [alert -> user, user.error -> done]
"""
    playbook = read(text)
    (found,) = [p for p in check(playbook) if p.code.name == "ERROR_TWICE"]
    mended = found.fix.edit.apply(playbook)
    assert ("ERROR_TWICE" in [p.code.name for p in check(mended)], mended.graph.edges) == (False, playbook.graph.edges)


def test_everything_that_is_reserved_is_refused():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert, dedupe: {key: alert.id, window: 1h}}
  sure: {kind: ask, ask: form, text: How, deadline: 4h}
  other: {kind: end}
edges: [alert -> sure, sure.submitted -> other]
"""
    assert find(text) == [
        ("NOT_YET", "alert", "dedupe"),
    ]
