import pytest
from tests.unit.checks.build import check, find, problem, read

CHAIN = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  reputation: {kind: action, use: threat_intel.lookup_ip, with: {ip: "{{ alert.src_ip }}"}}
  summary: {kind: set, values: {text: "TEXT"}}
edges: [alert -> reputation, reputation -> summary]
"""


def chain(text):
    return CHAIN.replace("TEXT", text)


def test_a_misspelled_node_is_corrected_by_the_fix():
    playbook = read(chain("Score {{ reputaton.score }} of {{ alert.src_ip }}"))
    (found,) = check(playbook)
    mended = found.fix.edit.apply(playbook)
    assert found.hint == "Did you mean “reputation”?"
    assert mended.graph.nodes["summary"].values["text"] == "Score {{ reputation.score }} of {{ alert.src_ip }}"


def test_a_misspelled_field_is_corrected_by_the_fix():
    playbook = read(chain("{{ alert.rule }} {{ reputation.scor }}"))
    (found,) = check(playbook)
    mended = found.fix.edit.apply(playbook)
    assert mended.graph.nodes["summary"].values["text"] == "{{ alert.rule }} {{ reputation.score }}"


def test_a_field_that_an_event_does_not_declare_is_a_warning_only():
    assert problem(chain("{{ alert.process }}"), "UNKNOWN_REFERENCE").severity == "warning"


def test_a_schema_that_lists_no_fields_claims_nothing():
    assert find(chain("{{ alert.raw.whatever }}")) == []


@pytest.mark.parametrize("root", ["item", "index", "state", "error", "inputs"])
def test_a_reserved_root_outside_its_place_is_explained(root):
    found = problem(chain(f"{{{{ {root}.x }}}}"), "UNKNOWN_REFERENCE")
    assert found.message == f"“{root}” means nothing at this place."


@pytest.mark.parametrize("text", ["run.id", "env.limit", "trigger.src_ip", "nodes.reputation.state"])
def test_what_is_always_there_may_always_be_read(text):
    assert find(chain(f"{{{{ {text} }}}}")) == []


def test_an_unknown_fact_of_a_node_is_found():
    assert problem(chain("{{ nodes.reputation.outputs }}"), "UNKNOWN_REFERENCE").hint == "Did you mean “output”?"


def test_reads_of_itself_and_of_later_nodes_are_races():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  one: {kind: set, values: {a: "{{ two.b }}", c: "{{ one.a }}"}}
  two: {kind: set, values: {b: x}}
edges: [alert -> one, one -> two]
"""
    assert find(text) == [("NOT_BEFORE", "one", "values.a"), ("NOT_BEFORE", "one", "values.c")]


def test_a_guard_does_not_make_a_race_safe():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  one: {kind: set, values: {a: "{{ has(nodes.two.output) ? 'yes' : 'no' }}"}}
  two: {kind: set, values: {b: x}}
edges: [alert -> one, alert -> two]
"""
    assert find(text) == [("NOT_BEFORE", "one", "values.a")]


LOOP = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  before: {kind: set, values: {a: x}}
  each:
    kind: for_each
    in: "[1, 2]"
    as: number
    COLLECT
    body:
      nodes:
        first: {kind: set, values: {a: "{{ BODY }}"}}
        check: {kind: condition, when: "number == 1"}
        second: {kind: set, values: {b: "{{ first.a }}"}}
        skipped: {kind: end}
      edges: [first -> check, check.true -> second, check.false -> skipped]
  after: {kind: set, values: {c: "{{ AFTER }}"}}
edges: [alert -> before, before -> each, each -> after]
"""


def loop(*, body="number", after="each.count", collect=""):
    return LOOP.replace("BODY", body).replace("AFTER", after).replace("    COLLECT\n", f"    {collect}\n")


@pytest.mark.parametrize("body", ["number", "index", "before.a", "alert.rule", "run.id"])
def test_a_body_reads_its_item_and_what_comes_before_its_loop(body):
    assert find(loop(body=body)) == []


def test_a_body_does_not_read_its_own_loop():
    assert find(loop(body="each.count")) == [("NOT_BEFORE", "first", "values.a")]


def test_the_default_name_of_an_item_is_not_there_when_the_loop_names_it():
    assert find(loop(body="item")) == [("UNKNOWN_REFERENCE", "first", "values.a")]


def test_nobody_outside_reads_what_is_inside_a_loop():
    found = problem(loop(after="first.a"), "NOT_BEFORE")
    assert found.message == "“first” cannot be read from here: it is inside the loop “each”."


def test_collect_reads_what_ran_for_every_item():
    assert find(loop(collect='collect: "first.a"')) == []


def test_collect_asks_before_it_reads_what_some_items_skip():
    assert find(loop(collect='collect: "second.b"')) == [("MAYBE_SKIPPED", "each", "collect")]
    assert find(loop(collect="collect: \"has(nodes.second.output) ? second.b : ''\"")) == []


def test_collect_counts_only_items_that_did_not_fail():
    text = loop(collect='collect: "second.b"').replace("{kind: end}", "{kind: end, status: failed}")
    assert find(text) == []


def test_the_key_of_an_item_reads_the_item_and_nothing_of_the_body():
    assert find(loop(collect='key: "string(number)"')) == []
    assert find(loop(collect='key: "first.a"')) == [("NOT_BEFORE", "each", "key")]


def test_a_while_reads_its_state_after_each_round():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  poll:
    kind: while
    until: "asked.n == 1 || state.tries > 3"
    max: 5
    every: 1s
    init: {tries: "0"}
    carry: {tries: "state.tries + 1"}
    body: {nodes: {asked: {kind: set, values: {n: 1, tries: "{{ state.tries }}"}}}}
edges: [alert -> poll]
"""
    assert find(text, "UNKNOWN_REFERENCE", "NOT_BEFORE", "MAYBE_SKIPPED") == []


SKIP = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identity.find_user, with: {name: jdoe}MORE}
  other: {kind: set, values: {}}
  reader: {kind: set, values: {a: "{{ READ }}"}}
edges: EDGES
"""


def skip(edges, read_text="user.name", more=""):
    return SKIP.replace("EDGES", edges).replace("READ", read_text).replace("MORE", more)


PARALLEL = "[alert -> user, alert -> other, user -> reader, other -> reader]"


def test_parallel_ways_that_cannot_fail_alone_are_safe_to_read():
    assert find(skip(PARALLEL)) == []


def test_a_wired_error_beside_makes_the_reader_unsure():
    edges = PARALLEL.replace("]", ", user.error -> reader]")
    assert find(skip(edges)) == [("MAYBE_SKIPPED", "reader", "values.a")]


def test_a_wired_error_elsewhere_makes_a_waiting_reader_unsure():
    edges = PARALLEL.replace("]", ", user.error -> last]")
    text = skip(edges).replace("edges:", "  last: {kind: end}\nedges:")
    assert find(text) == [("MAYBE_SKIPPED", "reader", "values.a")]


def test_a_join_of_every_way_makes_the_same_reader_sure():
    edges = "[alert -> user, alert -> other, user -> all_in, other -> all_in, all_in -> reader, user.error -> last]"
    text = skip(edges).replace("edges:", "  last: {kind: end}\n  all_in: {kind: join, need: every}\nedges:")
    assert find(text) == []


@pytest.mark.parametrize("need", ["any", "1"])
def test_a_join_that_does_not_wait_makes_the_reader_unsure(need):
    edges = "[alert -> user, alert -> other, user -> some, other -> some, some -> reader]"
    text = skip(edges).replace("edges:", f"  some: {{kind: join, need: {need}}}\nedges:")
    assert find(text) == [("MAYBE_SKIPPED", "reader", "values.a")]


def test_after_its_error_edge_the_output_is_never_there():
    found = problem(skip("[alert -> user, alert -> other, user.error -> reader]"), "MAYBE_SKIPPED")
    assert (found.severity, "cannot have succeeded" in found.message) == ("error", True)


def test_a_disabled_node_has_no_output_for_its_readers():
    found = problem(skip(PARALLEL, more=", disabled: true"), "MAYBE_SKIPPED")
    assert found.message == "“user” has no output then: it is disabled."


def test_a_default_stands_in_for_a_failed_node():
    default = ", on_error: continue, default: {id: none, name: nobody, enabled: false}"
    assert find(skip(PARALLEL, more=default)) == []


ERROR = "[alert -> user, alert -> other, user.error -> reader]"


def test_the_error_is_there_right_after_its_edge():
    assert find(skip(ERROR, "error.code")) == []
    assert find(skip(ERROR, "nodes.user.error.code")) == []
    assert find(skip(PARALLEL, "error.code")) == [("UNKNOWN_REFERENCE", "reader", "values.a")]
    assert find(skip(PARALLEL, "nodes.user.error.code")) == [("MAYBE_SKIPPED", "reader", "values.a")]


@pytest.mark.parametrize(
    "safe",
    [
        "has(nodes.user.output) ? user.name : 'none'",
        "has(nodes.user.output) && user.enabled",
        "!has(nodes.user.output) || user.enabled",
        "get(user, 'name', 'none')",
        "has(nodes.user.output) ? nodes.user.answered_by : 'none'",
        "has(nodes.user.error) ? nodes.user.error.code : 'none'",
    ],
)
def test_an_expression_that_asks_first_is_safe(safe):
    edges = PARALLEL.replace("]", ", user.error -> reader]")
    assert find(skip(edges, safe)) == []


def test_asking_for_a_field_is_not_asking_for_the_node():
    edges = PARALLEL.replace("]", ", user.error -> reader]")
    assert find(skip(edges, "has(user.name) ? user.name : 'none'")) == [("MAYBE_SKIPPED", "reader", "values.a")]


def test_a_condition_that_asked_makes_what_follows_sure():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  user: {kind: action, use: identity.find_user, with: {name: jdoe}}
  known: {kind: condition, when: "has(nodes.user.output) && alert.severity > 5"}
  reader: {kind: set, values: {a: "{{ user.name }}"}}
  done: {kind: end}
edges: [alert -> user, user -> known, user.error -> known, known.true -> reader, known.false -> done]
"""
    assert find(text) == []
    assert find(text.replace("known.true -> reader, known.false", "known.false -> reader, known.true")) == [
        ("MAYBE_SKIPPED", "reader", "values.a")
    ]


def test_what_was_not_answered_has_no_answer():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  sure: {kind: ask, ask: approval, text: Sure, expires: 1h}
  reader: {kind: set, values: {a: "{{ sure.by }}"}}
edges: [alert -> sure, sure.approved -> reader, sure.rejected -> reader, sure.expired -> reader]
"""
    assert find(text) == [("MAYBE_SKIPPED", "reader", "values.a")]
    endless = text.replace(", expires: 1h", "").replace(", sure.expired -> reader", "")
    assert find(endless, "MAYBE_SKIPPED") == []


def test_two_triggers_do_not_fire_together():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  person: {kind: trigger, event: manual}
  reader: {kind: set, values: {a: "{{ alert.rule }}", b: "{{ trigger.rule }}"}}
edges: [alert -> reader, person -> reader]
"""
    assert find(text) == [("MAYBE_SKIPPED", "reader", "values.a")]


def test_outputs_of_the_playbook_read_from_its_end():
    text = """
outputs: {score: "OUTPUT"}
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "alert.severity > 5"}
  only_then: {kind: set, values: {a: x}}
  done: {kind: end}
edges: [alert -> severe, severe.true -> only_then, severe.false -> done]
"""
    assert find(text.replace("OUTPUT", "severe.value")) == []
    assert find(text.replace("OUTPUT", "only_then.a")) == [("MAYBE_SKIPPED", "", "outputs.score")]


def test_a_disabled_node_is_not_read_for_faults():
    assert find(chain("{{ nobody.knows }}").replace("{kind: set,", "{kind: set, disabled: true,")) == []


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("alert.id", []),
        ("trigger.id", []),
        ("note.a", [("NOT_BEFORE", "", "concurrency.key")]),
        ("alrt.id", [("UNKNOWN_REFERENCE", "", "concurrency.key")]),
    ],
)
def test_the_key_of_a_run_reads_what_started_it(key, found):
    text = f"""
concurrency: {{key: "{key}"}}
nodes:
  alert: {{kind: trigger, event: siem.alert}}
  note: {{kind: set, values: {{a: "1"}}}}
edges: [alert -> note]
"""
    assert find(text) == found


MEETING = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  one: {kind: action, use: identity.find_user, with: {name: a}}
  other: {kind: action, use: identity.find_user, with: {name: b}}
  calm: {kind: end}
  both: {kind: set, values: {a: "{{ one.id }}"}}
edges: [alert -> one, alert -> other, one -> both, other -> both, one.error -> calm]
"""


def test_what_reads_one_of_several_ways_can_wait_for_all_of_them():
    playbook, found = read(MEETING), problem(MEETING, "MAYBE_SKIPPED")
    assert found.fix.title == "Wait for every way first"
    mended = found.fix.edit.apply(playbook)
    assert (mended.graph.nodes["both_ready"].need, check(mended)) == ("every", ())


def test_ways_that_exclude_each_other_are_not_waited_for():
    text = MEETING.replace("other -> both", "one.error -> both, other -> calm")
    assert problem(text, "MAYBE_SKIPPED").fix.title == "Read '' where it is missing"
