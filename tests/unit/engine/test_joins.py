"""Edges, joins and the rest of an early join: engine.md 1.1 to 1.3, 1.6."""

import pytest
from tests.helpers.runs import TRIGGER, Driver, answer_by_path, answered, playbook_of

from tocsin.engine.outcomes import Outcome, Verdict, Verified

LOOK = {"kind": "action", "use": "toy.look"}
CHANGE = {"kind": "action", "use": "toy.change"}
NOTE = {"kind": "set", "values": {"v": 1}}


def when(value):
    return {"kind": "condition", "when": value}


def drive(nodes, edges, **kind):
    return Driver(playbook_of({"t": TRIGGER, **nodes}, edges), **kind)


# 1.1


def test_two_ports_of_one_node_to_one_target_are_two_edges():
    nodes = {"a": when("true"), "x": NOTE}
    driver = drive(nodes, ["t -> a", "a.true -> x", "a.false -> x"]).run()
    assert driver.states()["x"] == "succeeded"


def test_a_trigger_that_did_not_fire_does_not_keep_the_run_waiting():
    other = {"kind": "trigger", "event": "siem.alert"}
    driver = drive({"other": other, "x": NOTE}, ["t -> x", "other -> x"], trigger="t").run()
    assert (driver.states()["other"], driver.reasons()["other"]) == ("skipped", "not_selected")
    assert driver.states()["x"] == "succeeded"


def test_a_node_without_incoming_edges_is_skipped_with_all_behind_it():
    driver = drive({"lost": NOTE, "behind": NOTE}, ["lost -> behind"]).run()
    assert driver.states() == {"t": "succeeded", "lost": "skipped", "behind": "skipped"}


def test_in_a_body_every_node_without_incoming_edges_starts():
    body = {"nodes": {"a": NOTE, "b": NOTE}, "edges": []}
    driver = drive({"l": {"kind": "for_each", "in": "[1]", "body": body}}, ["t -> l"]).run()
    assert (driver.states()["l[0]/a"], driver.states()["l[0]/b"]) == ("succeeded", "succeeded")


# 1.2


def joined(need, taken, skipped, *, unmet=False):
    """A join with so many taken and skipped edges."""
    nodes = {f"y{n}": when("true") for n in range(taken)} | {f"n{n}": when("false") for n in range(skipped)}
    edges = [edge for name in nodes for edge in (f"t -> {name}", f"{name}.true -> j")]
    nodes |= {"j": {"kind": "join", "need": need}, "x": NOTE, "u": NOTE}
    edges += ["j -> x", *(["j.unmet -> u"] if unmet else ["x -> u"])]
    return drive(nodes, edges).run().settled()["j"]


@pytest.mark.parametrize(
    ("need", "taken", "skipped", "settled"),
    [
        ("all", 1, 2, ("succeeded", ("out",))),
        ("all", 0, 2, ("skipped", ())),
        ("every", 3, 0, ("succeeded", ("out",))),
        ("every", 2, 1, ("succeeded", ("unmet",))),
        ("every", 0, 2, ("skipped", ())),
        ("any", 1, 2, ("succeeded", ("out",))),
        ("any", 0, 2, ("skipped", ())),
        (2, 2, 1, ("succeeded", ("out",))),
        (2, 1, 2, ("succeeded", ("unmet",))),
        (2, 0, 3, ("skipped", ())),
    ],
)
def test_a_join_settles_by_its_need(need, taken, skipped, settled):
    assert joined(need, taken, skipped, unmet=True) == settled


def test_a_join_out_of_reach_is_skipped_where_unmet_leads_nowhere():
    assert joined("every", 2, 1) == ("skipped", ())


def test_a_join_out_of_reach_settles_before_the_slow_branches_end():
    nodes = {"no": when("false"), "yes": NOTE, "slow": LOOK, "j": {"kind": "join", "need": "every"}, "u": NOTE}
    edges = ["t -> no", "t -> yes", "t -> slow", "no.true -> j", "yes -> j", "slow -> j", "j.unmet -> u"]
    driver = drive(nodes, edges).start()
    assert driver.ports()["j"] == ("unmet",)
    assert driver.in_flight == ["slow"]


def test_a_join_lists_the_edges_that_fired_in_the_order_of_the_journal():
    nodes = {"a": LOOK, "b": LOOK, "c": LOOK, "j": {"kind": "join", "need": 2, "rest": "ignore"}}
    edges = ["t -> a", "t -> b", "t -> c", "a -> j", "b -> j", "c -> j"]
    driver = drive(nodes, edges).start()
    driver.finish("c").finish("a").finish("b")
    assert driver.output("j") == {"edges": ["c -> j", "a -> j"]}


def test_a_join_names_only_the_edges_it_fired_by_when_more_were_taken_at_once():
    nodes = {"a": NOTE, "b": NOTE, "j": {"kind": "join", "need": "any", "rest": "ignore"}}
    driver = drive(nodes, ["t -> a", "t -> b", "a -> j", "b -> j"]).run()
    assert driver.output("j") == {"edges": ["a -> j"]}


# 1.3


def race(rest="cancel", **second):
    """Two branches into an early join; `second` is more of the second branch."""
    nodes = {"a": LOOK, "b": LOOK, "b2": NOTE, "j": {"kind": "join", "need": "any", "rest": rest}, "x": NOTE, **second}
    return nodes, ["t -> a", "t -> b", "a -> j", "b -> b2", "b2 -> j", "j -> x"]


def test_the_rest_of_an_early_join_is_given_up():
    driver = drive(*race()).start().finish("a")
    assert driver.states()["b"] == "cancelled"
    assert (driver.states()["b2"], driver.reasons()["b2"]) == ("skipped", "join")
    assert driver.aborted == ["b"]
    assert driver.end["status"] == "succeeded"


def test_rest_ignore_lets_all_of_it_run_on_and_the_join_fires_once():
    driver = drive(*race(rest="ignore")).start().finish("a").finish("b")
    assert (driver.states()["b"], driver.states()["b2"]) == ("succeeded", "succeeded")
    assert len(driver.of("node.settled", "x")) == 1


def test_a_change_of_the_rest_is_never_aborted_and_ends_as_it_ends():
    driver = drive(*race(b=CHANGE)).start().finish("a")
    assert driver.in_flight == ["b"]
    driver.finish("b")
    assert driver.states()["b"] == "succeeded"
    assert driver.states()["b2"] == "skipped"
    assert driver.end["changes"] == 1


def test_a_change_of_the_rest_is_not_tried_again():
    change = {**CHANGE, "retry": {"max": 3}}
    driver = (
        drive(*race(b=change), answers=answer_by_path(b=answered(Outcome.NOT_SENT))).start().finish("a").finish("b")
    )
    assert [intent.n for intent in driver.attempts if intent.node == "b"] == [1]


def test_an_uncertain_change_of_the_rest_asks_nobody():
    driver = drive(*race(b={**CHANGE, "on_uncertain": "ask"}), answers=answer_by_path(b=answered(Outcome.UNCERTAIN)))
    driver.start().finish("a").finish("b")
    assert driver.of("ask.opened") == []
    assert driver.error("b")["code"] == "uncertain"


def test_an_uncertain_change_of_the_rest_is_still_looked_after():
    checked = {"kind": "action", "use": "toy.checked"}
    driver = drive(
        *race(b=checked),
        answers=answer_by_path(b=answered(Outcome.UNCERTAIN)),
        verdicts=lambda intent: Verdict(Verified.DONE, {}),
    )
    driver.start().finish("a").finish("b").finish("b")
    assert driver.states()["b"] == "succeeded"


def test_questions_and_timers_of_the_rest_are_closed():
    ask = {"kind": "ask", "ask": "approval", "text": "?", "expires": "1h"}
    nodes = {"a": LOOK, "q": ask, "j": {"kind": "join", "need": "any"}}
    driver = drive(nodes, ["t -> a", "t -> q", "a -> j", "q.approved -> j"]).start().finish("a")
    assert [event.data["reason"] for event in driver.of("ask.closed")] == ["cancelled"]
    assert driver.timers == {}
    assert driver.end["status"] == "succeeded"


def test_a_node_that_also_feeds_something_else_is_not_of_the_rest():
    nodes, edges = race(side=NOTE)
    driver = drive(nodes, [*edges, "b -> side"]).start().finish("a")
    assert driver.in_flight == ["b"]
    driver.finish("b")
    assert driver.states()["side"] == "succeeded"


def test_a_loop_of_the_rest_starts_no_more_items_and_its_changes_end():
    body = {"nodes": {"c": CHANGE, "after": NOTE}, "edges": ["c -> after"]}
    loop = {"kind": "for_each", "in": "[1, 2, 3]", "concurrency": 2, "body": body}
    driver = drive(
        {"a": LOOK, "l": loop, "j": {"kind": "join", "need": "any"}}, ["t -> a", "t -> l", "a -> j", "l -> j"]
    )
    driver.start().finish("a")
    assert driver.in_flight == ["l[0]/c", "l[1]/c"]
    driver.finish("l[0]/c").finish("l[1]/c")
    assert driver.states()["l"] == "cancelled"
    assert driver.states()["l[0]/after"] == "skipped"
    assert "l[2]/c" not in driver.states()
    assert driver.end["status"] == "succeeded"


# 1.6


def test_ready_nodes_start_in_the_order_of_the_file():
    nodes = dict.fromkeys(("zebra", "apple", "mango"), LOOK)
    driver = drive(nodes, [f"t -> {name}" for name in ("mango", "apple", "zebra")]).start()
    assert [event.path for event in driver.of("attempt.started")] == ["zebra", "apple", "mango"]


def test_a_skip_cascade_is_one_event():
    nodes = {"no": when("false")} | {f"n{n}": NOTE for n in range(50)}
    edges = ["t -> no", "no.true -> n0", *(f"n{n} -> n{n + 1}" for n in range(49))]
    driver = drive(nodes, edges).run()
    assert [len(event.data["paths"]) for event in driver.of("node.skipped")] == [50]
