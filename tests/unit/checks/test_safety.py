import pytest
from tests.unit.checks.build import check, find, problem, read

ACT = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  sure: {kind: ask, ask: approval, text: Cut it off, expires: 4hMORE}
  cut: {kind: action, use: edr.isolate_endpoint, with: {endpoint_id: a, comment: b}}
  other: {kind: set, values: {}}
  done: {kind: end}
edges: [EDGES]
"""
ASKED = "alert -> sure, sure.approved -> cut, sure.rejected -> done, sure.expired -> done, alert -> other"


def act(edges=ASKED, more=""):
    return ACT.replace("EDGES", edges).replace("MORE", more)


def test_an_act_behind_an_approval_is_fine():
    assert find(act()) == []


def test_the_fix_puts_an_approval_before_every_way_in():
    playbook = read(act("alert -> cut, alert -> other, other -> cut", more=", disabled: true"))
    fix = next(p for p in check(playbook) if p.code.name == "DESTRUCTIVE_UNAPPROVED").fix
    mended = fix.edit.apply(playbook)
    assert [edge.text for edge in mended.graph.edges if edge.target == "cut"] == ["approve_cut.approved -> cut"]
    assert "DESTRUCTIVE_UNAPPROVED" not in [p.code.name for p in check(mended)]
    assert fix.edit.inverse(playbook).apply(mended) == playbook


@pytest.mark.parametrize(
    "edges",
    [
        ASKED.replace("sure.approved -> cut", "sure.approved -> done").replace(
            "sure.rejected -> done", "sure.rejected -> cut"
        ),
        f"{ASKED}, other -> cut",
        ASKED.replace("sure.approved -> cut", "sure.error -> cut, sure.approved -> done"),
    ],
)
def test_a_way_round_the_approval_is_found(edges):
    assert ("DESTRUCTIVE_UNAPPROVED", "cut", "unattended") in find(act(edges))


def test_a_disabled_question_is_no_approval():
    assert find(act(more=", disabled: true"), "DESTRUCTIVE_UNAPPROVED") == [
        ("DESTRUCTIVE_UNAPPROVED", "cut", "unattended")
    ]


def test_a_join_of_every_way_needs_the_approval_on_one_of_them_only():
    edges = ASKED.replace("sure.approved -> cut", "sure.approved -> both, other -> both, both -> cut")
    text = act(edges).replace("edges:", "  both: {kind: join, need: every}\nedges:")
    assert find(text) == []
    assert find(text.replace("need: every", "need: any")) == [("DESTRUCTIVE_UNAPPROVED", "cut", "unattended")]


def test_a_reason_answers_for_the_missing_approval():
    text = act("alert -> cut").replace("comment: b}", "comment: b}, unattended: The owner agreed")
    assert find(text, "DESTRUCTIVE_UNAPPROVED") == []


def test_an_approval_before_a_loop_holds_for_its_items():
    text = """
nodes:
  alert: {kind: trigger, event: siem.alert}
  sure: {kind: ask, ask: approval, text: All of them, deadline: 4h}
  each:
    kind: for_each
    in: "['a', 'b']"
    max: 2
    body: {nodes: {cut: {kind: action, use: edr.isolate_endpoint, with: {endpoint_id: "{{ item }}", comment: b}}}}
  done: {kind: end}
edges: [alert -> sure, sure.approved -> each, sure.rejected -> done]
"""
    assert find(text) == []
    assert find(text.replace("sure.approved -> each", "sure.approved -> done, alert -> each")) == [
        ("DESTRUCTIVE_UNAPPROVED", "cut", "unattended")
    ]


def test_only_the_option_marked_as_danger_approves():
    options = ", options: [{id: wait}, {id: go, style: danger}]"
    edges = "alert -> sure, sure.go -> GO, sure.wait -> WAIT, sure.expired -> done"
    assert find(act(edges.replace("GO", "cut").replace("WAIT", "done"), options), "DESTRUCTIVE_UNAPPROVED") == []
    assert find(act(edges.replace("GO", "done").replace("WAIT", "cut"), options), "DESTRUCTIVE_UNAPPROVED") == [
        ("DESTRUCTIVE_UNAPPROVED", "cut", "unattended")
    ]


def approves(text):
    return [problem.node for problem in check(read(text)) if problem.code.name == "TIMEOUT_APPROVES"]


@pytest.mark.parametrize(
    "edges",
    [
        "alert -> sure, sure.approved -> cut, sure.rejected -> done, sure.expired -> cut",
        "alert -> sure, sure.approved -> cut, sure.rejected -> done, sure.expired -> other, other -> cut",
        "alert -> sure, sure.approved -> other, sure.rejected -> done, sure.expired -> other, other -> cut",
    ],
)
def test_a_time_out_that_comes_to_the_act_is_found(edges):
    assert approves(act(edges)) == ["sure"]


def test_a_ticket_that_both_ways_come_to_is_no_approval():
    ticket = "  ticket: {kind: action, use: ticketing.create, with: {title: a, body: b}}\nedges:"
    edges = ASKED.replace("sure.expired -> done", "sure.expired -> ticket, cut -> ticket, cut.error -> ticket")
    assert find(act(edges).replace("edges:", ticket)) == []


@pytest.mark.parametrize("default", ["approved", "{option: approved}"])
def test_a_default_answer_that_approves_is_found(default):
    assert approves(act(more=f", default: {default}")) == ["sure"]


def test_going_on_after_a_failure_must_not_approve():
    assert approves(act(more=", on_error: continue, default: {option: rejected, by: x, at: x}")) == ["sure"]


def test_a_question_without_answers_is_an_error():
    text = act("alert -> sure").replace("ask: approval", "ask: choice")
    assert problem(text, "NO_WAY_OUT").severity == "error"
