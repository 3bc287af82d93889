"""Failing, ending, cancelling, people and time: engine.md 1.4, 1.5, 1.11, 1.12, 1.15, 1.17."""

import pytest
from tests.helpers.runs import TRIGGER, Driver, answer_by_path, answered, playbook_of

from tocsin.engine.events import FINISHED
from tocsin.engine.news import Answered, Begin, CancelAsked, Denied, Granted, SignalCame, TimerDue
from tocsin.engine.outcomes import Outcome
from tocsin.model.failures import Failure, FailureCode

LOOK = {"kind": "action", "use": "toy.look"}
CHANGE = {"kind": "action", "use": "toy.change"}
NOTE = {"kind": "set", "values": {"v": 1}}
ASK = {"kind": "ask", "ask": "approval", "text": "Go on?"}
BAD = {"kind": "condition", "when": "1 / 0 == 1"}


def drive(nodes, edges, *, head=None, **kind):
    return Driver(playbook_of({"t": TRIGGER, **nodes}, edges, **(head or {})), **kind)


def parallel(**nodes):
    return nodes, [f"t -> {name}" for name in nodes]


# 1.4 a failure that stops the run


def failing_beside(**others):
    """A look that fails beside others."""
    driver = drive(*parallel(bad=LOOK, **others), answers=answer_by_path(bad=answered(Outcome.FAILED, retryable=False)))
    return driver.start().finish("bad")


def test_a_failure_aborts_reads_and_skips_what_has_not_started():
    nodes = {"bad": LOOK, "read": LOOK, "later": NOTE}
    driver = drive(
        nodes, ["t -> bad", "t -> read", "read -> later"], answers=answer_by_path(bad=answered(Outcome.FAILED))
    )
    driver.start().finish("bad")
    assert driver.states() == {"t": "succeeded", "bad": "failed", "read": "cancelled", "later": "skipped"}
    assert driver.reasons() == {"later": "run_failed"}
    assert driver.aborted == ["read"]


def test_a_failure_lets_a_change_in_flight_end_and_only_then_the_run():
    driver = failing_beside(change=CHANGE)
    assert driver.of("run.finished") == []
    driver.finish("change")
    assert (driver.states()["change"], driver.end["status"], driver.end["changes"]) == ("succeeded", "failed", 1)


def test_a_failure_closes_questions_and_timers():
    driver = failing_beside(q={**ASK, "expires": "1h"}, w={"kind": "wait", "for": "1h"})
    assert driver.end["status"] == "failed"
    assert driver.timers == {}
    assert [event.data["reason"] for event in driver.of("ask.closed")] == ["cancelled"]


def test_the_first_failure_is_the_cause_and_later_ones_are_listed():
    driver = failing_beside(change=CHANGE)
    driver.finish("change", answered(Outcome.FAILED, code="permission"))
    assert driver.end["error"]["node"] == "bad"
    assert [error["node"] for error in driver.end["later"]] == ["change"]


def test_a_change_that_fails_while_draining_takes_no_error_port_and_no_retry():
    change = {**CHANGE, "retry": {"max": 3}}
    nodes = {"bad": LOOK, "change": change, "help": NOTE}
    driver = drive(nodes, ["t -> bad", "t -> change", "change.error -> help"])
    driver.start().finish("bad", answered(Outcome.FAILED)).finish("change", answered(Outcome.NOT_SENT))
    assert driver.ports()["change"] == ()
    assert driver.end["handled_errors"] == 0


def test_an_attempt_that_waits_for_a_permit_when_the_run_drains_is_called_back():
    driver = drive(*parallel(queued=LOOK, q={**ASK, "deadline": "1h"}))
    driver.has_room = False
    driver.start().pass_time(3600)
    assert driver.aborted == ["q", "queued"]
    assert driver.waiting == []
    assert driver.states()["queued"] == "skipped"


def test_a_permit_that_comes_after_the_drain_starts_nothing():
    driver = drive(*parallel(queued=CHANGE, q=ASK))
    driver.has_room = False
    driver.start()
    intent = driver.waiting[0]
    driver.tell(CancelAsked("user:test"))
    driver.tell(Granted(intent, None))
    assert driver.of("attempt.started") == []
    assert driver.end["status"] == "cancelled"


def test_a_refused_change_is_guarded_and_makes_no_attempt():
    driver = drive(*parallel(change=CHANGE))
    driver.has_room = False
    driver.start()
    driver.tell(Denied(driver.waiting[0], Failure(FailureCode.GUARDED, "on the never-touch list")))
    assert driver.of("attempt.started") == []
    assert driver.error("change")["code"] == "guarded"


# 1.5 ends


def test_an_end_closes_its_path_only():
    driver = drive(*parallel(e={"kind": "end"}, n=NOTE)).run()
    assert driver.states()["n"] == "succeeded"
    assert driver.end["status"] == "succeeded"


def test_the_worst_end_decides():
    driver = drive(*parallel(bad={"kind": "end", "status": "failed"}, good={"kind": "end"})).run()
    assert driver.end["status"] == "failed"


def stopping(**other):
    """A look whose end stops the run while another node is under way."""
    nodes = {"first": LOOK, "stop": {"kind": "end", "stop": True}, **other}
    edges = ["t -> first", "first -> stop", *(f"t -> {name}" for name in other)]
    return drive(nodes, edges).start().finish("first")


def test_an_end_with_stop_drains_the_rest():
    driver = stopping(read=LOOK)
    assert driver.states()["read"] == "cancelled"
    assert driver.end["status"] == "succeeded"


def test_an_end_with_stop_lets_a_change_end():
    driver = stopping(change=CHANGE)
    assert driver.of("run.finished") == []
    assert driver.finish("change").end["status"] == "succeeded"


def test_two_reached_ends_with_outputs_are_a_conflict():
    driver = drive(*parallel(a={"kind": "end", "outputs": {"x": "1"}}, b={"kind": "end", "outputs": {"x": "2"}})).run()
    assert (driver.end["status"], driver.end["error"]["code"]) == ("failed", "conflict")


def test_the_outputs_of_an_end_stand_before_those_of_the_playbook():
    head = {"outputs": {"x": "1"}}
    assert drive(*parallel(e={"kind": "end", "outputs": {"x": "2"}}), head=head).run().end["outputs"] == {"v": {"x": 2}}
    assert drive(*parallel(e={"kind": "end"}), head=head).run().end["outputs"] == {"v": {"x": 1}}


def test_a_failed_end_gives_its_own_outputs_and_not_those_of_the_playbook():
    end = {"kind": "end", "status": "failed"}
    assert drive(*parallel(e={**end, "outputs": {"x": "2"}})).run().end["outputs"] == {"v": {"x": 2}}
    assert "outputs" not in drive(*parallel(e=end), head={"outputs": {"x": "1"}}).run().end


def test_outputs_that_cannot_be_evaluated_fail_the_run():
    driver = drive(*parallel(n=NOTE), head={"outputs": {"x": "1 / 0"}}).run()
    assert (driver.end["status"], driver.end["error"]["code"]) == ("failed", "expression")


def test_an_end_with_stop_in_a_body_ends_its_item_only():
    body = {"nodes": {"e": {"kind": "end", "stop": True}, "slow": LOOK}, "edges": []}
    driver = drive(*parallel(l={"kind": "for_each", "in": "[1, 2]", "body": body}, n=LOOK)).start()
    assert driver.in_flight == ["n"]
    driver.finish("n")
    assert [result["state"] for result in driver.output("l")["results"]] == ["succeeded", "succeeded"]
    assert driver.end["status"] == "succeeded"


def test_a_failed_end_in_a_body_fails_its_item():
    body = {"nodes": {"e": {"kind": "end", "status": "failed"}}, "edges": []}
    driver = drive(*parallel(l={"kind": "for_each", "in": "[1]", "on_item_error": "continue", "body": body})).run()
    assert driver.output("l")["failed"] == 1


# 1.12 error port, continue


def test_a_wired_error_port_takes_the_failure_and_the_run_succeeds():
    driver = drive({"bad": BAD, "help": NOTE, "x": NOTE}, ["t -> bad", "bad.error -> help", "bad.true -> x"]).run()
    assert driver.settled()["bad"] == ("failed", ("error",))
    assert (driver.end["status"], driver.end["handled_errors"]) == ("succeeded", 1)
    assert driver.states()["x"] == "skipped"


def test_error_is_known_in_the_direct_target_and_nowhere_behind():
    told = {"kind": "set", "values": {"code": "{{ error.code }}"}}
    behind = {"kind": "condition", "when": "error.code == 'expression'"}
    nodes = {"bad": BAD, "help": told, "behind": behind, "last": NOTE}
    driver = drive(nodes, ["t -> bad", "bad.error -> help", "help -> behind", "behind.error -> last"]).run()
    assert driver.output("help") == {"code": "expression"}
    assert driver.ports()["behind"] == ("error",)


def test_a_condition_on_error_explains_itself():
    check = {"kind": "condition", "when": "error.code == 'expression'"}
    driver = drive({"bad": BAD, "check": check}, ["t -> bad", "bad.error -> check"]).run()
    operands = driver.of("node.settled", "check")[0].data["explain"]["operands"]
    assert {"v": "expression"} in [operand["value"] for operand in operands]


def test_elsewhere_the_error_is_found_under_nodes():
    behind = {"kind": "set", "values": {"code": "{{ nodes.bad.error.code }}"}}
    driver = drive(
        {"bad": BAD, "help": NOTE, "behind": behind}, ["t -> bad", "bad.error -> help", "help -> behind"]
    ).run()
    assert driver.output("behind") == {"code": "expression"}


def test_continue_leaves_by_out_with_its_default():
    look = {**LOOK, "on_error": "continue", "default": {"score": 7}}
    read = {"kind": "set", "values": {"s": "{{ look.score }}"}}
    driver = drive(
        {"look": look, "read": read},
        ["t -> look", "look -> read"],
        answers=answer_by_path(look=answered(Outcome.FAILED)),
    ).run()
    assert driver.settled()["look"] == ("failed", ("out",))
    assert driver.of("attempt.finished", "look")[0].data["settle"]["flags"] == ["continued"]
    assert driver.output("read") == {"s": 7}
    assert driver.end["status"] == "succeeded"


def test_continue_keeps_its_default_when_the_output_is_too_large():
    look = {**LOOK, "on_error": "continue", "default": {"small": True}}
    answers = answer_by_path(look=answered(output={"x": "y" * 9_000_000}))
    driver = drive(*parallel(look=look), answers=answers).run()
    assert driver.error("look")["code"] == "limit"
    assert (driver.output("look"), driver.ports()["look"]) == ({"small": True}, ("out",))


def test_continue_never_takes_an_answer_that_a_person_should_give():
    driver = drive(*parallel(q={**ASK, "on_error": "continue", "deadline": "1h"})).run()
    assert driver.ports()["q"] == ("expired",)


@pytest.mark.parametrize(("default", "port"), [({"value": True}, "true"), ({"value": False}, "false"), (None, "false")])
def test_continue_of_a_condition_goes_the_way_its_default_says(default, port):
    driver = drive(*parallel(c={**BAD, "on_error": "continue", "default": default})).run()
    assert driver.ports()["c"] == (port,)


# 1.11 people


def test_an_answer_is_the_port_and_the_output():
    driver = drive(*parallel(q=ASK)).start().answer("q?1", "approved")
    assert driver.ports()["q"] == ("approved",)
    assert driver.output("q")["by"] == "user:test"


def test_who_answered_when_and_why_is_kept():
    driver = drive(*parallel(q=ASK)).start()
    driver.now += 5_000_000
    driver.tell(Answered("q?1", "approved", by="user:ann", reason="Ticket SEC-7"))
    [answered_] = driver.of("ask.answered")
    assert (answered_.at, answered_.data["by"]["id"], answered_.data["reason"]) == (
        6_000_000,
        "user:ann",
        "Ticket SEC-7",
    )
    given = driver.output("q")
    assert (given["by"], given["at"], given["reason"]) == ("user:ann", "1970-01-01T00:00:06.000Z", "Ticket SEC-7")


def test_several_questions_are_open_at_once_and_each_is_answered_by_itself():
    driver = drive(*parallel(one=ASK, two=ASK, three={**ASK, "expires": "1h"})).start()
    assert driver.state.questions == 3
    driver.answer("two?1", "rejected").pass_time(3_600)
    assert {node: driver.ports().get(node) for node in ("one", "two", "three")} == {
        "one": None,
        "two": ("rejected",),
        "three": ("expired",),
    }
    assert driver.answer("one?1", "approved").ports()["one"] == ("approved",)


def test_a_late_answer_is_refused_and_changes_nothing():
    driver = drive(*parallel(q=ASK, w={"kind": "wait", "for": "1h"})).start().answer("q?1", "approved")
    driver.answer("q?1", "rejected", by="user:late")
    assert [event.by for event in driver.of("ask.refused")] == ["user:late"]
    assert driver.ports()["q"] == ("approved",)


@pytest.mark.parametrize("ask", ["nobody?1", "q", "", "q?2", "q[0]/x?1"])
def test_an_answer_to_no_question_is_refused(ask):
    driver = drive(*parallel(q=ASK)).start()
    driver.answer(ask, "approved")
    assert len(driver.of("ask.refused")) == 1
    assert "q" not in driver.states()


def test_an_option_that_is_not_offered_is_refused():
    driver = drive(*parallel(q=ASK)).start().answer("q?1", "expired")
    assert len(driver.of("ask.refused")) == 1


def test_need_counts_persons_who_agree():
    driver = drive(*parallel(q={**ASK, "need": 2})).start()
    driver.answer("q?1", "approved", by="user:a").answer("q?1", "approved", by="user:a")
    driver.answer("q?1", "rejected", by="user:b")
    assert "q" not in driver.states()
    driver.answer("q?1", "approved", by="user:c")
    assert driver.ports()["q"] == ("approved",)


def test_a_form_must_fit_its_schema():
    schema = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}
    driver = drive(*parallel(q={"kind": "ask", "ask": "form", "text": "?", "schema": schema})).start()
    driver.answer("q?1", "submitted", form={"n": "x"})
    assert "q" not in driver.states()
    driver.answer("q?1", "submitted", form={"n": 3})
    assert driver.output("q")["form"] == {"n": 3}


def test_an_answer_too_large_to_keep_is_refused():
    driver = drive(*parallel(q=ASK)).start().answer("q?1", "approved", form="x" * 9_000_000)
    assert len(driver.of("ask.refused")) == 1


def test_expiry_never_takes_an_approving_option():
    driver = drive(*parallel(q={**ASK, "expires": "1h"})).run()
    assert driver.ports()["q"] == ("expired",)


def test_a_question_too_long_to_read_fails():
    driver = drive(*parallel(q={**ASK, "text": "{{ trigger.x }}"}), event={"x": "a" * 70_000}).run()
    assert driver.error("q")["code"] == "limit"


# 1.15 time


def test_at_never_goes_back():
    driver = drive(*parallel(a=LOOK)).start()
    driver.now -= 500_000
    driver.finish("a")
    assert [event.at for event in driver.events] == sorted(event.at for event in driver.events)


def test_now_is_the_same_throughout_one_turn():
    values = {"kind": "set", "values": {"n": "{{ now() }}"}}
    driver = drive({"a": values, "b": values}, ["t -> a", "a -> b"]).run()
    assert driver.output("a") == driver.output("b")


def test_a_wait_says_until_when_and_when_it_fired():
    driver = drive(*parallel(w={"kind": "wait", "for": "2s"})).run()
    assert driver.output("w") == {"until": "1970-01-01T00:00:03.000Z", "fired_at": "1970-01-01T00:00:03.000Z"}


def test_a_wait_until_a_time_that_is_over_goes_on_at_once():
    driver = drive(*parallel(w={"kind": "wait", "until": "'1970-01-01T00:00:00Z'"})).run()
    assert driver.states()["w"] == "succeeded"
    assert driver.now == 1_000_000


@pytest.mark.parametrize("until", ["'tomorrow'", "'2026-11-24T03:00:00'", "7", "'0001-01-01T00:00:00+14:00'"])
def test_a_wait_until_no_time_with_a_zone_fails(until):
    assert drive(*parallel(w={"kind": "wait", "until": until})).run().error("w")["code"] == "expression"


def test_a_time_span_beyond_all_calendars_is_the_last_moment_there_is():
    driver = drive(*parallel(w={"kind": "wait", "for": "99999999999999d"})).run()
    assert driver.output("w")["until"] == "9999-12-31T23:59:59.000Z"


def test_a_wait_for_a_signal_goes_on_when_it_comes():
    driver = drive(*parallel(w={"kind": "wait", "signal": "patched"})).start()
    driver.tell(SignalCame("other"))
    assert "w" not in driver.states()
    driver.tell(SignalCame("patched", {"host": "ws-03"}))
    assert driver.states()["w"] == "succeeded"


def test_a_wait_expires_by_its_own_port():
    driver = drive(*parallel(w={"kind": "wait", "signal": "patched", "expires": "1h"})).run()
    assert driver.ports()["w"] == ("expired",)


def test_a_deadline_fails_a_wait():
    driver = drive(*parallel(w={"kind": "wait", "for": "2h", "deadline": "1h"})).run()
    assert driver.error("w")["code"] == "timeout"


def test_a_timer_that_was_closed_fires_into_nothing():
    driver = (
        drive(*parallel(q={**ASK, "expires": "1h"}, w={"kind": "wait", "for": "2h"})).start().answer("q?1", "approved")
    )
    before = len(driver.events)
    driver.tell(TimerDue("q@expiry"))
    assert len(driver.events) == before


# 1.17 cancel


def test_cancelling_drains_and_takes_no_error_port():
    driver = drive({"a": LOOK, "help": NOTE}, ["t -> a", "a.error -> help"]).start()
    driver.tell(CancelAsked("user:test", "enough"))
    assert driver.settled() == {"t": ("succeeded", ("out",)), "a": ("cancelled", ()), "help": ("skipped", ())}
    assert driver.end["status"] == "cancelled"


def test_cancelling_while_a_question_is_open_closes_it():
    driver = drive(*parallel(q=ASK)).start()
    driver.tell(CancelAsked("user:test"))
    assert [event.path for event in driver.of("ask.closed")] == ["q?1"]
    driver.tell(Answered("q?1", "approved"))
    assert driver.of("ask.answered") == []


def test_cancelling_waits_for_a_change_and_does_not_try_it_again():
    driver = drive(*parallel(c={**CHANGE, "retry": {"max": 3}})).start()
    driver.tell(CancelAsked("user:test"))
    assert driver.in_flight == ["c"]
    driver.finish("c", answered(Outcome.NOT_SENT))
    assert (driver.end["status"], len(driver.attempts)) == ("cancelled", 1)


def test_a_second_cancel_with_force_abandons_a_change_as_uncertain():
    driver = drive(*parallel(c=CHANGE)).start()
    driver.tell(CancelAsked("user:test"))
    driver.tell(CancelAsked("user:test", force=True))
    ended = driver.of("attempt.finished", "c")[0].data
    assert (ended["outcome"], ended["changed"], ended["settle"]["state"]) == ("uncertain", "unknown", "cancelled")
    assert (driver.end["status"], driver.end["changes"]) == ("cancelled", 1)
    assert driver.aborted == ["c"]


def test_force_does_not_wait_for_a_look_either():
    driver = drive(*parallel(c={"kind": "action", "use": "toy.checked"})).start()
    driver.finish("c", answered(Outcome.UNCERTAIN))
    driver.tell(CancelAsked("user:test", force=True))
    assert driver.end["status"] == "cancelled"


def test_nothing_happens_after_the_end():
    driver = drive(*parallel(n=NOTE)).run()
    assert driver.state.status in FINISHED
    driver.tell(Begin())
    driver.tell(CancelAsked("user:test"))
    assert driver.events[-1].type == "run.finished"


# when a run is parked


def parked(**nodes):
    driver = drive(*parallel(**nodes))
    driver.has_room = "queued" not in nodes
    return driver.start().conductor.is_parked


def test_a_run_is_parked_when_only_persons_or_signals_can_go_on():
    assert parked(q=ASK)
    assert parked(q={**ASK, "expires": "1h"})
    assert parked(w={"kind": "wait", "signal": "s"}, q=ASK)
    assert parked(l={"kind": "for_each", "in": "[1, 2]", "concurrency": 2, "body": {"nodes": {"q": ASK}, "edges": []}})


def test_a_run_is_not_parked_while_something_goes_on_by_itself():
    poll = {"kind": "while", "until": "false", "max": 9, "every": "1s", "body": {"nodes": {"n": NOTE}, "edges": []}}
    assert not parked(q=ASK, look=LOOK)
    assert not parked(q=ASK, queued=LOOK)
    assert not parked(q=ASK, w={"kind": "wait", "for": "1s"})
    assert not parked(q=ASK, poll=poll)


# disabled


def test_a_disabled_node_does_nothing_and_the_flow_goes_on():
    driver = drive({"c": {**CHANGE, "disabled": True}, "n": NOTE}, ["t -> c", "c -> n"]).run()
    assert driver.settled()["c"] == ("skipped", ("out",))
    assert driver.of("node.settled", "c")[0].data["flags"] == ["disabled"]
    assert driver.attempts == []
    assert driver.states()["n"] == "succeeded"


# what led to an event


def test_every_event_names_the_one_it_follows_from():
    driver = drive({"a": LOOK, "b": LOOK, "c": NOTE, "q": ASK}, ["t -> a", "t -> b", "a -> c", "b -> q"])
    driver.start().finish("b").finish("a").answer("q?1", "approved")
    seqs = {(event.type, event.path): event.seq for event in driver.events}
    causes = {(event.type, event.path): event.cause for event in driver.events}
    assert causes["attempt.started", "a"] == causes["attempt.started", "b"] == seqs["node.settled", "t"]
    assert causes["attempt.finished", "a"] == seqs["attempt.started", "a"]
    assert causes["attempt.finished", "b"] == seqs["attempt.started", "b"]
    assert causes["node.settled", "c"] == seqs["attempt.finished", "a"]
    assert causes["node.started", "q"] == seqs["attempt.finished", "b"]
    assert causes["ask.answered", "q?1"] == seqs["ask.opened", "q?1"]
    assert causes["run.finished", ""] == seqs["node.settled", "q"]
