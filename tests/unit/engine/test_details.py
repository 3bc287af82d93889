"""What events say beyond states: attempts, looks, items, how a run began."""

from tests.helpers.runs import TRIGGER, Driver, answer_by_path, answered, playbook_of

from tocsin.engine.details import RunDetails
from tocsin.engine.events import NodeState
from tocsin.engine.outcomes import Outcome, Verdict, Verified

LOOP = {
    "kind": "for_each",
    "in": "['x', 'y']",
    "key": "item",
    "body": {"nodes": {"a": {"kind": "action", "use": "toy.look", "with": {"n": "{{ item }}"}}}, "edges": []},
}


def drive(nodes, **kind):
    return Driver(playbook_of({"t": TRIGGER, **nodes}, [f"t -> {name}" for name in nodes]), **kind)


def details_of(driver):
    details = RunDetails()
    for event in driver.events:
        details.apply(event)
    return details


def test_every_attempt_has_its_times_and_its_outcome():
    node = {"kind": "action", "use": "toy.look", "with": {"x": 1}, "retry": {"max": 2, "delay": "1s"}}
    driver = drive({"a": node}, answers=answer_by_path(a=[answered(Outcome.FAILED), answered()])).run()
    first, second = details_of(driver).attempts_of("a")
    assert [(a.n, a.outcome, a.connection, a.effect) for a in (first, second)] == [
        (1, "failed", "toy", "read"),
        (2, "succeeded", "toy", "read"),
    ]
    assert first.started_at < first.ended_at < second.started_at < second.ended_at
    assert first.error["message"] == "no"
    assert second.error is None
    assert details_of(driver).input_of("a") == {"v": {"x": 1}}


def test_an_attempt_that_is_under_way_has_no_end():
    (attempt,) = details_of(drive({"a": {"kind": "action", "use": "toy.look"}}).start()).attempts_of("a")
    assert (attempt.ended_at, attempt.outcome) == (0, "")


def test_looks_say_who_found_what():
    uncertain = answer_by_path(a=answered(Outcome.UNCERTAIN))
    node = {"kind": "action", "use": "toy.checked", "on_uncertain": "ask"}
    driver = drive({"a": node}, answers=uncertain, verdicts=lambda _: Verdict(Verified.UNKNOWN)).start()
    driver.finish("a").finish("a").answer("a?1", "done", by="user:test")
    looks = details_of(driver).looks_of("a")
    assert [(look.result, look.by) for look in looks] == [("unknown", "verify"), ("done", "user:test")]


def test_items_of_a_loop_are_known_by_key_state_and_times():
    def answers(intent):
        return answered(Outcome.FAILED, retryable=False) if intent.path.startswith("l[1]") else answered()

    driver = drive({"l": {**LOOP, "on_item_error": "continue"}}, answers=answers).start()
    details = details_of(driver)
    assert [(item.key, item.state, item.ended_at) for item in details.items_of("l").values()] == [
        ("x", NodeState.RUNNING, 0)
    ]
    driver.finish("l[0]/a").finish("l[1]/a")
    first, second = details_of(driver).items_of("l").values()
    assert (first.state, second.key, second.state) == (NodeState.SUCCEEDED, "y", NodeState.FAILED)
    assert second.error["message"] == "no"
    assert first.started_at < first.ended_at <= second.started_at
    assert details_of(driver).list_of("l") == {"v": ["x", "y"]}


def test_items_changed_grows_only_with_new_items():
    driver = drive({"l": LOOP}).start()
    before = details_of(driver).items_changed
    driver.finish("l[0]/a")
    assert (before, details_of(driver).items_changed) == (1, 2)


def test_the_origin_says_what_runs_where_and_for_whom():
    origin = details_of(drive({"a": {"kind": "action", "use": "toy.look"}}, event={"n": 1}).start()).origin
    assert (origin.playbook, origin.environment, origin.trigger, origin.by) == ("test", "lab", "t", "cli")
    assert (origin.input, origin.input_from) == ({"v": {"n": 1}}, "given")
    assert origin.connections == {"a": "toy"}


def test_a_condition_keeps_why_it_went_where_it_went():
    details = details_of(drive({"c": {"kind": "condition", "when": "t.n > 1"}}, event={"n": 2}).run())
    assert [operand["value"] for operand in details.explained("c")["operands"]] == [{"v": True}, {"v": 2}]
    assert details.explained("t") is None


def test_a_copy_is_folded_on_without_the_other():
    driver = drive({"l": LOOP}).start()
    details = details_of(driver)
    copy, known = details.copy(), len(driver.events)
    driver.finish("l[0]/a")
    for event in driver.events[known:]:
        copy.apply(event)
    assert (len(details.items_of("l")), len(copy.items_of("l"))) == (1, 2)
    assert details.attempts_of("l[1]/a") == ()
    assert (details.attempts_of("l[0]/a")[0].outcome, copy.attempts_of("l[0]/a")[0].outcome) == ("", "succeeded")
