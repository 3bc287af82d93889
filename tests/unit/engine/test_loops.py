"""Loops: engine.md 1.7 to 1.9, 1.11."""

import pytest
from tests.helpers.runs import TRIGGER, Driver, answered, playbook_of

from tocsin.engine.news import CancelAsked
from tocsin.engine.outcomes import Outcome

LOOK = {"kind": "action", "use": "toy.look"}
CHANGE = {"kind": "action", "use": "toy.change"}
NOTE = {"kind": "set", "values": {"v": "{{ item }}"}}
FAILED = answered(Outcome.FAILED, retryable=False)


def drive(loop, *, body=None, edges=(), more=None, more_edges=(), **kind):
    """A driver of one loop `l` over these body nodes."""
    graph = {"nodes": {"n": NOTE} if body is None else body, "edges": list(edges)}
    nodes = {"t": TRIGGER, "l": {**loop, "body": graph}, **(more or {})}
    return Driver(playbook_of(nodes, ["t -> l", *more_edges]), **kind)


def each(items, **more):
    return {"kind": "for_each", "in": items, **more}


def results(driver, field="state"):
    return [result[field] for result in driver.output("l")["results"]]


def failing(*indexes):
    """Answers of `l[i]/a`: those of these items fail."""
    return lambda intent: FAILED if int(intent.path[2]) in indexes else answered()


# 1.7 scope and results


def test_the_output_counts_and_gathers_in_the_order_of_the_items():
    driver = drive(each("[7, 8, 9]", concurrency=3, collect="item * 2"), body={"a": LOOK}).start()
    for place in (2, 0, 1):
        driver.finish(f"l[{place}]/a")
    output = driver.output("l")
    assert (output["count"], output["succeeded"], output["failed"], output["skipped"]) == (3, 3, 0, 0)
    assert [(result["index"], result["value"]) for result in output["results"]] == [(0, 14), (1, 16), (2, 18)]


@pytest.mark.parametrize("items", ["null", "'text'", "{'a': 1}", "3", "t.nowhere", "1 / 0"])
def test_what_is_no_list_is_an_error(items):
    assert drive(each(items)).run().error("l")["code"] == "expression"


def test_an_empty_list_succeeds_at_once():
    driver = drive(each("[]")).run()
    assert driver.output("l") == {"count": 0, "succeeded": 0, "failed": 0, "skipped": 0, "results": []}


def test_an_empty_body_succeeds_for_every_item():
    driver = drive(each("[1, 2]", collect="item"), body={}).run()
    assert results(driver, "value") == [1, 2]


def test_more_items_than_max_are_an_error_before_the_first():
    driver = drive(each("[1, 2, 3]", max=2)).run()
    assert driver.error("l")["code"] == "limit"
    assert driver.of("item.started") == []


def test_an_item_may_have_a_name_of_its_own_and_knows_its_index():
    body = {"n": {"kind": "set", "values": {"v": "{{ host + ':' + string(index) }}"}}}
    driver = drive(each("['a', 'b']", **{"as": "host"}, collect="n.v"), body=body).run()
    assert results(driver, "value") == ["a:0", "b:1"]


def test_nested_loops_see_the_items_around_them():
    inner = each(
        "[10, 20]", **{"as": "y"}, collect="x + y", body={"nodes": {"n": {"kind": "set", "values": {}}}, "edges": []}
    )
    driver = drive(
        each("[1, 2]", **{"as": "x"}, concurrency=2, collect="inner.results.map(r, r.value)"), body={"inner": inner}
    )
    assert results(driver.run(), "value") == [[11, 21], [12, 22]]


def test_a_body_reads_nodes_around_its_loop():
    body = {"n": {"kind": "set", "values": {"v": "{{ before.v + item }}"}}}
    loop = {**each("[1]", collect="n.v"), "body": {"nodes": body, "edges": []}}
    nodes = {"t": TRIGGER, "before": {"kind": "set", "values": {"v": 41}}, "l": loop}
    driver = Driver(playbook_of(nodes, ["t -> before", "before -> l"])).run()
    assert driver.output("l")["results"][0]["value"] == 42


def test_nodes_of_a_body_are_not_seen_from_outside():
    driver = drive(each("[1]"), more={"x": {"kind": "condition", "when": "n.v == 1"}}, more_edges=["l -> x"]).run()
    assert driver.error("x")["code"] == "expression"


def test_a_second_item_with_the_same_key_is_a_duplicate():
    driver = drive(each("['a', 'b', 'a']", key="item", concurrency=3), body={"a": CHANGE}).run()
    assert results(driver) == ["succeeded", "succeeded", "skipped"]
    assert [event.data["reason"] for event in driver.of("item.finished") if "reason" in event.data] == ["duplicate"]
    assert len(driver.attempts) == 2


def test_keys_of_different_types_are_different():
    driver = drive(each("[1, '1', true]", key="item")).run()
    assert results(driver) == ["succeeded"] * 3


def test_a_key_that_cannot_be_evaluated_fails_its_item_alone():
    loop = each("[{'id': 1}, {'x': 2}, {'id': 3}]", key="item.id", concurrency=3, on_item_error="continue")
    driver = drive(loop, body={"a": LOOK}).run()
    assert results(driver) == ["succeeded", "failed", "succeeded"]
    assert results(driver, "error")[1]["code"] == "expression"


def test_a_bad_key_stops_the_loop_while_other_items_are_in_flight():
    driver = drive(each("[{'id': 1}, {'id': 2}, {'x': 3}]", key="item.id", concurrency=2), body={"c": CHANGE}).start()
    driver.finish("l[0]/c")
    assert driver.in_flight == ["l[1]/c"]
    driver.finish("l[1]/c")
    assert driver.error("l")["code"] == "items"
    assert driver.end["status"] == "failed"


def test_a_collect_that_fails_fails_its_item():
    driver = drive(each("[1, 0]", collect="2 / item", on_item_error="continue")).run()
    assert results(driver) == ["succeeded", "failed"]


def test_no_more_items_than_concurrency_are_in_flight():
    driver = drive(each("[1, 2, 3, 4, 5]", concurrency=2), body={"a": LOOK}).run()
    assert driver.most_at_once == 2


def test_frames_are_dropped_when_their_items_finish():
    items = str(list(range(300)))
    driver = drive(each(items, concurrency=3), body={"a": LOOK, "b": NOTE}, edges=["a -> b"]).start()
    most = 0
    while driver.step():
        most = max(most, len(driver.state.frames))
    assert most <= 4
    assert list(driver.state.frames) == [""]


# 1.8 failing items


def test_the_first_failed_item_stops_the_loop_and_drains_the_others():
    driver = drive(each("[1, 2, 3, 4]", concurrency=3), body={"a": LOOK}, answers=failing(0)).start().finish("l[0]/a")
    assert results_of_items(driver) == {0: "failed", 1: "cancelled", 2: "cancelled"}
    assert driver.error("l")["code"] == "items"
    assert driver.error("l")["cause"] == "l[0]/a"


def results_of_items(driver):
    return {event.data["index"]: event.data["state"] for event in driver.of("item.finished")}


def test_an_item_whose_change_ended_whole_while_draining_succeeded():
    driver = drive(each("[1, 2]", concurrency=2, collect="item"), body={"a": CHANGE}, answers=failing(0)).start()
    driver.finish("l[0]/a").finish("l[1]/a")
    assert results_of_items(driver) == {0: "failed", 1: "succeeded"}


def test_continue_bears_every_failure_and_says_partial():
    driver = drive(each("[1, 2, 3]", on_item_error="continue"), body={"a": LOOK}, answers=failing(0, 1, 2)).run()
    assert driver.output("l")["failed"] == 3
    assert driver.of("node.settled", "l")[0].data["flags"] == ["partial"]
    assert driver.end["status"] == "succeeded"


@pytest.mark.parametrize(
    ("tolerate", "failed", "state"),
    [
        (1, [0], "succeeded"),
        (1, [0, 1], "failed"),
        ("50%", [0, 1], "succeeded"),
        ("50%", [0, 1, 2], "failed"),
        (0, [3], "failed"),
    ],
)
def test_tolerate_is_the_limit_as_a_number_or_a_share(tolerate, failed, state):
    loop = each("[1, 2, 3, 4]", on_item_error="continue", tolerate=tolerate)
    assert drive(loop, body={"a": LOOK}, answers=failing(*failed)).run().states()["l"] == state


def test_a_loop_over_its_tolerance_starts_no_more_items():
    loop = each("[1, 2, 3, 4]", on_item_error="continue", tolerate=0)
    driver = drive(loop, body={"a": LOOK}, answers=failing(0)).run()
    assert len(driver.of("item.started")) == 1


def test_the_deadline_of_a_loop_ends_it_when_changes_have_ended():
    driver = drive(each("[1, 2]", concurrency=1, deadline="1m"), body={"a": CHANGE}).start().pass_time(60)
    assert driver.in_flight == ["l[0]/a"]
    driver.finish("l[0]/a")
    assert driver.error("l")["code"] == "timeout"
    assert len(driver.of("item.started")) == 1


def test_cancelling_a_run_cancels_its_loops():
    driver = drive(each("[1, 2, 3]", concurrency=2), body={"a": LOOK, "b": NOTE}, edges=["a -> b"]).start()
    driver.tell(CancelAsked("user:test"))
    assert driver.states()["l"] == "cancelled"
    assert driver.end["status"] == "cancelled"


# 1.11 questions in loops


def test_an_item_keeps_its_slot_while_it_waits_for_a_person():
    ask = {"kind": "ask", "ask": "approval", "text": "{{ string(item) }}?"}
    driver = drive(each("[1, 2, 3]", concurrency=2), body={"q": ask}).start()
    assert [event.path for event in driver.of("ask.opened")] == ["l[0]/q?1", "l[1]/q?1"]
    driver.answer("l[1]/q?1", "approved")
    assert [event.path for event in driver.of("ask.opened")][2:] == ["l[2]/q?1"]


# 1.9 while


def again(**more):
    return {"kind": "while", "every": "1s", "max": 5, "init": {"n": 0}, "carry": {"n": "state.n + 1"}, **more}


BODY = {"n": {"kind": "set", "values": {"v": 1}}}


def test_until_is_looked_at_after_an_iteration_with_what_it_carries():
    driver = drive(again(until="state.n >= 3"), body=BODY).run()
    assert driver.output("l") == {"state": {"n": 3}, "iterations": 3}


def test_until_lets_the_body_run_at_least_once():
    assert drive(again(until="true"), body=BODY).run().output("l")["iterations"] == 1


def test_when_is_looked_at_before_an_iteration():
    assert drive(again(when="state.n < 2"), body=BODY).run().output("l")["iterations"] == 2
    assert drive(again(when="false"), body=BODY).run().output("l")["iterations"] == 0


def test_reaching_the_bound_is_an_error():
    assert drive(again(until="false"), body=BODY).run().error("l")["code"] == "limit"
    assert drive(again(when="true"), body=BODY).run().error("l")["code"] == "limit"


def test_being_done_at_the_bound_is_none():
    assert drive(again(until="state.n >= 5"), body=BODY).run().states()["l"] == "succeeded"
    assert drive(again(when="state.n < 5"), body=BODY).run().states()["l"] == "succeeded"


def test_a_while_rests_between_iterations():
    driver = drive(again(until="state.n >= 3", every="10s"), body=BODY).run()
    assert [event.data["due"] - event.at for event in driver.of("timer.set")] == [10_000_000] * 2


def test_what_is_not_carried_stays():
    loop = again(until="state.n >= 2", init={"n": 0, "limit": 7})
    assert drive(loop, body=BODY).run().output("l")["state"] == {"n": 2, "limit": 7}


def test_init_is_evaluated_and_plain_values_stand():
    loop = again(until="true", init={"n": "1 + 1", "plain": 3}, carry={})
    assert drive(loop, body=BODY).run().output("l")["state"] == {"n": 2, "plain": 3}


@pytest.mark.parametrize(
    "broken", [{"until": "1 / 0 == 1"}, {"when": "7"}, {"until": "7"}, {"until": "true", "carry": {"n": "1 / 0"}}]
)
def test_a_while_whose_expressions_fail_fails(broken):
    assert drive(again(**broken), body=BODY).run().states()["l"] == "failed"


def test_a_failure_inside_a_while_fails_it_and_names_the_iteration():
    driver = drive(again(until="state.n >= 3"), body={"a": LOOK}, answers=failing(1)).run()
    assert driver.error("l")["message"].startswith("Iteration 2 failed")
    assert driver.error("l")["cause"] == "l[1]/a"


def test_a_deadline_ends_a_while_that_rests():
    driver = drive(again(until="false", every="1h", deadline="1m"), body=BODY).run()
    assert driver.error("l")["code"] == "timeout"
    assert driver.timers == {}


def test_cancelling_ends_a_while_that_rests():
    driver = drive(again(until="false", every="1h"), body=BODY).start()
    driver.tell(CancelAsked("user:test"))
    assert (driver.states()["l"], driver.timers) == ("cancelled", {})
