from tests.unit.checks.build import check, find, problem, read

ALERT = "alert: {kind: trigger, event: siem.alert}"


def test_a_disabled_trigger_starts_nothing():
    assert find("nodes: {alert: {kind: trigger, event: siem.alert, disabled: true}}") == [("NO_TRIGGER", "", "")]


def test_nodes_of_a_body_need_no_edge_to_be_reached():
    text = f"""
nodes:
  {ALERT}
  each: {{kind: for_each, in: "[1]", body: {{nodes: {{one: {{kind: set, values: {{}}}}}}}}}}
edges: [alert -> each]
"""
    assert find(text, "UNREACHABLE") == []


def test_a_trigger_inside_a_loop_is_an_error():
    text = f"""
nodes:
  {ALERT}
  each: {{kind: for_each, in: "[1]", body: {{nodes: {{other: {{kind: trigger, event: manual}}}}}}}}
edges: [alert -> each]
"""
    assert find(text) == [("UNREACHABLE", "other", "")]


def test_what_stands_before_nothing_but_unreachable_nodes_is_unreachable_too():
    text = f"""
nodes:
  {ALERT}
  lost: {{kind: set, values: {{}}}}
  after: {{kind: end}}
edges: [lost -> after]
"""
    assert find(text) == [("UNREACHABLE", "lost", ""), ("UNREACHABLE", "after", "")]


def test_a_join_of_two_branches_of_one_condition_can_never_have_every_way_in():
    text = f"""
nodes:
  {ALERT}
  severe: {{kind: condition, when: "true"}}
  one: {{kind: set, values: {{}}}}
  two: {{kind: set, values: {{}}}}
  both: {{kind: join, need: every}}
edges: [alert -> severe, severe.true -> one, severe.false -> two, one -> both, two -> both]
"""
    assert find(text) == [("UNREACHABLE", "both", "need")]


def test_a_join_that_counts_more_than_its_ways_in_is_found():
    text = f"""
nodes:
  {ALERT}
  both: {{kind: join, need: 2}}
edges: [alert -> both]
"""
    assert problem(text, "UNREACHABLE").hint == "It needs 2 of 1 ways in."


def test_a_join_of_parallel_ways_can_have_every_one():
    text = f"""
nodes:
  {ALERT}
  one: {{kind: set, values: {{}}}}
  two: {{kind: set, values: {{}}}}
  both: {{kind: join, need: every}}
edges: [alert -> one, alert -> two, one -> both, two -> both]
"""
    assert find(text) == []


BRANCHES = f"""
nodes:
  {ALERT}
  which: {{kind: switch, cases: [{{port: low, when: "true"}}, {{port: high, when: "false"}}]}}
  done: {{kind: end}}
edges: [alert -> which, which.low -> done]
"""


def test_each_case_and_the_rest_of_a_switch_want_an_edge():
    assert find(BRANCHES) == [("UNWIRED_BRANCH", "which", "")] * 2


def test_the_fix_leads_an_unwired_branch_to_an_end():
    playbook = read(BRANCHES)
    for _ in range(2):
        fixed = next(p for p in check(playbook) if p.code.name == "UNWIRED_BRANCH").fix
        playbook = fixed.edit.apply(playbook)
    assert check(playbook) == ()


def test_time_runs_out_only_where_a_question_has_an_end():
    text = f"""
nodes:
  {ALERT}
  sure: {{kind: ask, ask: approval, text: Sure, EXPIRES}}
  done: {{kind: end}}
edges: [alert -> sure, sure.approved -> done, sure.rejected -> done]
"""
    assert find(text.replace(", EXPIRES", ""), "UNWIRED_BRANCH") == []
    assert find(text.replace("EXPIRES", "expires: 1h")) == [("UNWIRED_BRANCH", "sure", "")]


def test_a_circle_is_named_from_its_first_node_in_the_file():
    text = f"""
nodes:
  {ALERT}
  one: {{kind: set, values: {{}}}}
  two: {{kind: set, values: {{}}}}
  three: {{kind: set, values: {{}}}}
edges: [alert -> one, one -> two, two -> three, three -> one]
"""
    found = problem(text, "CYCLE")
    assert found.message == "The edges go round in a circle: “one” → “two” → “three” → “one”."


def test_a_circle_in_a_body_is_found():
    text = f"""
nodes:
  {ALERT}
  each:
    kind: for_each
    in: "[1]"
    body:
      nodes: {{one: {{kind: set, values: {{}}}}, two: {{kind: set, values: {{}}}}}}
      edges: [one -> two, two -> one]
edges: [alert -> each]
"""
    assert find(text) == [("CYCLE", "one", "")]


CUT = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  severe: {kind: condition, when: "alert.severity > 80"}
  calm: {kind: end}
  lost: {kind: set, values: {a: 1}}
edges: [alert -> severe, severe.false -> calm]
"""


def test_a_branch_is_led_to_the_one_node_that_nothing_leads_to():
    fix = problem(CUT, "UNWIRED_BRANCH").fix
    assert (fix.title, fix.is_safe) == ("Lead “true” to “lost”", False)
    assert check(fix.edit.apply(read(CUT))) == ()


def test_where_several_are_lost_the_branch_is_led_to_an_end():
    text = CUT.replace("edges:", "  other: {kind: end}\nedges:")
    assert problem(text, "UNWIRED_BRANCH").fix.title == "Lead “true” to an end"


def test_a_lost_step_that_reads_a_note_is_no_surprise():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  words: {kind: note, text: x}
  ask: {kind: ask, ask: choice, text: "{{ words.x }}", options: [{id: go}, {id: stay}]}
edges: []
"""
    assert {node for _, node, _ in find(text, "UNWIRED_BRANCH")} == {"ask"}
