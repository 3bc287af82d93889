from __future__ import annotations

import asyncio
import gc
import logging
import weakref
from typing import Any

import pytest
from tests.unit.connectors.support import (
    GRANT,
    Keys,
    Script,
    action,
    breaks,
    make_intent,
    make_performer,
    perform,
    says,
    toy,
    verify,
)

from tocsin.engine.outcomes import Changed, Outcome, Sent, UndoStep, Verified
from tocsin.model.failures import FailureCode

IS_SO = {"action": "look", "when": "output.is == input.a"}
DONE = {"action": "look", "done": "output.is == input.a"}
UNDO = {"action": "back", "with": {"a": "input.a", "id": "output.id"}}
OUTPUT = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "score": {"type": "number"}}}


def _change(**more: Any):
    facts: dict[str, Any] = {"output": {"id": "input.a"}, "output_schema": OUTPUT, "undo": UNDO}
    facts |= {"summary": "did {{ output.id }}", **more}
    return toy(actions={"go": action(**facts), "back": action()})


def _go(script: Script, connector=None, **more: Any):
    return perform(script, make_intent(connector or _change(), "go", {"a": "x"}), **more)


def test_a_change_that_succeeds_says_what_it_did_and_what_takes_it_back():
    answer = _go(Script(says({})))
    assert (answer.outcome, answer.changed, answer.output, answer.summary) == (
        Outcome.SUCCEEDED, Changed.TRUE, {"id": "x"}, "did x",
    )  # fmt: skip
    assert answer.undo == UndoStep("back", "conn", {"a": "x", "id": "x"})
    assert [(note.method, note.path, note.status) for note in answer.requests] == [("POST", "/go", 200)]


def test_what_was_so_before_is_a_success_without_a_change_and_without_undo():
    script = Script(says({"is": "x"}))
    answer = _go(script, _change(already=IS_SO))
    assert (answer.outcome, answer.sent, answer.changed, answer.via_already, answer.undo) == (
        Outcome.SUCCEEDED, Sent.NO, Changed.FALSE, True, None,
    )  # fmt: skip
    assert (script.asked, answer.output) == (["GET /look"], {"id": "x"})


def test_what_was_not_so_is_done_and_the_look_is_known_as_before():
    answer = _go(Script(says({"is": "y"}), says({})), _change(already=IS_SO, summary="was {{ before.is }}"))
    assert (answer.changed, answer.summary) == (Changed.TRUE, "was y")


def test_a_look_that_fails_keeps_no_change_from_being_made_but_what_changed_is_not_known():
    script = Script(says(status=500), says({}))
    answer = _go(script, _change(already=IS_SO))
    assert (answer.outcome, answer.changed, len(script.asked)) == (Outcome.SUCCEEDED, Changed.UNKNOWN, 2)


def test_a_change_without_a_pass_is_refused():
    script = Script()
    answer = _go(script, grant=None)
    assert answer.failure
    assert (answer.outcome, answer.sent, answer.failure.code, script.requests) == (
        Outcome.REFUSED, Sent.NO, FailureCode.GUARDED, [],
    )  # fmt: skip


def test_a_read_that_hides_a_change_is_refused_even_with_a_pass():
    hidden = toy(actions={"go": action(effect="read")})
    script = Script()
    answer = perform(script, make_intent(hidden, "go"), grant=None)
    assert (answer.outcome, script.requests) == (Outcome.REFUSED, [])


def test_the_lab_cannot_be_sent_elsewhere():
    script = Script()
    answer = _go(script, environment="lab")
    assert answer.failure
    assert (answer.outcome, answer.failure.code, script.requests) == (Outcome.NOT_SENT, FailureCode.GUARDED, [])


def test_another_environment_cannot_be_sent_to_this_computer():
    script = Script()
    intent = make_intent(_change(), "go", {"a": "x"}, addresses={"main": "http://127.0.0.1:8123"})
    answer = perform(script, intent)
    assert (answer.outcome, script.requests) == (Outcome.NOT_SENT, [])


def test_an_output_that_does_not_fit_is_a_failure_of_something_that_was_done():
    answer = _go(Script(says({})), _change(output={"id": "5"}))
    assert answer.failure
    assert (answer.outcome, answer.changed, answer.failure.code) == (
        Outcome.FAILED, Changed.TRUE, FailureCode.UNEXPECTED_SHAPE,
    )  # fmt: skip


def test_numbers_get_the_type_of_the_schema_and_null_is_left_out():
    output = {"id": "'a'", "score": "80"}
    answer = _go(Script(says({})), _change(output=output))
    assert isinstance(answer.output, dict)
    assert isinstance(answer.output["score"], float)
    assert _go(Script(says({})), _change(output={"id": "'a'", "score": "null"})).output == {"id": "a"}


def test_a_description_can_say_that_nothing_changed():
    answer = _go(Script(says({"n": 0})), _change(changed="steps.go.body.n > 0"))
    assert (answer.outcome, answer.changed, answer.undo) == (Outcome.SUCCEEDED, Changed.FALSE, None)


def test_a_step_whose_when_does_not_hold_is_not_taken():
    steps = [{"name": "a", "request": "GET /a", "when": "has(input.b)"}, {"name": "b", "request": "GET /b"}]
    output = {"took": "has(steps.a)"}
    script = Script(says({}))
    answer = perform(script, make_intent(toy(actions={"go": action(*steps, effect="read", output=output)}), "go"))
    assert (script.asked, answer.output) == (["GET /b"], {"took": False})


def test_later_steps_see_what_earlier_ones_gave():
    steps = [{"name": "a", "request": "GET /a"}, {"name": "b", "request": "GET /b/{{ steps.a.body.id }}"}]
    script = Script(says({"id": "x/y"}), says({}))
    perform(script, make_intent(toy(actions={"go": action(*steps, effect="read")}), "go"))
    assert script.asked == ["GET /a", "GET /b/x%2Fy"]


def test_inputs_that_do_not_fit_send_nothing():
    schema = {"type": "object", "properties": {"ip": {"type": "string", "format": "ip"}}}
    script = Script()
    connector = toy(actions={"go": action(inputs=schema)})
    answer = perform(script, make_intent(connector, "go", {"ip": "10.1"}))
    assert answer.failure
    assert (answer.outcome, answer.failure.code, script.requests) == (Outcome.NOT_SENT, FailureCode.BAD_INPUT, [])


def test_an_option_that_does_not_fit_sends_nothing():
    connector = toy(options={"realm": {"type": "string", "pattern": "^[a-z]+$"}}, actions={"go": action()})
    script = Script()
    answer = perform(script, make_intent(connector, "go", options={"realm": "../x"}))
    assert (answer.outcome, script.requests) == (Outcome.NOT_SENT, [])


KEY = {"kind": "bearer", "fields": {"key": {"title": "Key", "secret": True}}, "token": "{{ secret.key }}"}


@pytest.mark.parametrize("echo", ["top-secret/1", "top-secret%2F1", "dG9wLXNlY3JldC8x"])
def test_a_secret_that_the_product_echoes_comes_out_masked(echo):
    steps = [{"name": "go", "request": "POST /{{ input.a }}", "ok": "status == 200"}]
    facts = {"output": {"id": "steps.go.body.echo"}, "output_schema": OUTPUT, "summary": "{{ output.id }}"}
    rule = {"when": "status == 400", "code": "bad_input", "message": "No: {{ body.echo }}"}
    undo = {"action": "go", "with": {"a": "output.id"}}
    connector = toy(sign_in=KEY, actions={"go": action(*steps, **facts, undo=undo, errors=[rule])})
    keys = Keys(key="top-secret/1")
    intent = make_intent(connector, "go", {"a": "top-secret/1"})
    good = perform(Script(says({"echo": echo})), intent, keys=keys)
    bad = perform(Script(says({"echo": echo}, status=400)), intent, keys=keys)
    assert (good.outcome, bad.outcome) == (Outcome.SUCCEEDED, Outcome.UNCERTAIN)
    assert "«secret»" in good.summary
    assert echo not in repr((good, bad))


@pytest.mark.parametrize("before", [[], [says({"is": "y"})]])
def test_a_bug_in_a_change_ends_the_attempt_and_not_the_run_and_it_may_have_happened(before, caplog):
    with caplog.at_level(logging.CRITICAL, logger="tocsin.connectors"):
        answer = _go(Script(*before, _bug), _change(already=IS_SO) if before else None)
    assert (answer.outcome, answer.changed) == (Outcome.UNCERTAIN, Changed.UNKNOWN)


def test_a_bug_before_the_change_left_changed_nothing(caplog):
    with caplog.at_level(logging.CRITICAL, logger="tocsin.connectors"):
        answer = _go(Script(_bug), _change(already=IS_SO))
    assert (answer.outcome, answer.changed) == (Outcome.FAILED, Changed.FALSE)


def _bug(_request):
    raise ZeroDivisionError


def test_being_cancelled_is_not_an_answer():
    async def go():
        performer = make_performer(Script(_cancelled))
        await performer.perform(make_intent(_change(), "go", {"a": "x"}), grant=GRANT)

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(go())


def _cancelled(_request):
    raise asyncio.CancelledError


@pytest.mark.parametrize(
    ("line", "more", "result", "output"),
    [
        (says({"is": "x"}), {}, Verified.DONE, {"id": "x"}),
        (says({"is": "y"}), {}, Verified.NOT_DONE, None),
        (says({"is": "y"}), {"absence_proves": False}, Verified.UNKNOWN, None),
        (says({"is": "x"}), {"output": {"id": "'seen ' + output.is"}}, Verified.DONE, {"id": "seen x"}),
        (says({"is": "x"}), {"output": {"id": "5"}}, Verified.UNKNOWN, None),
        (says(status=500), {}, Verified.UNKNOWN, None),
        (says({}), {}, Verified.UNKNOWN, None),
        (breaks(sent=True), {}, Verified.UNKNOWN, None),
    ],
)
def test_a_look_afterwards_tells_done_not_done_or_unknown(line, more, result, output):
    found = verify(Script(line), make_intent(_change(verify={**DONE, **more}), "go", {"a": "x"}))
    assert (found.result, found.output) == (result, output)


def test_without_a_look_nothing_can_tell():
    assert verify(Script(), make_intent(_change(), "go")).result is Verified.UNKNOWN


def test_a_look_that_would_change_something_is_not_taken():
    script = Script()
    connector = _change(verify={"action": "back", "done": "true"})
    assert verify(script, make_intent(connector, "go", {"a": "x"})).result is Verified.UNKNOWN
    assert script.requests == []


POLL = {"action": "look", "done_when": "output.is == 'done'", "failed_when": "output.is == 'bad'", "every": "2s"}


@pytest.mark.parametrize(
    ("looks", "outcome", "changed"),
    [
        (["busy", "busy", "done"], Outcome.SUCCEEDED, Changed.TRUE),
        (["busy", "bad"], Outcome.FAILED, Changed.UNKNOWN),
    ],
)
def test_a_long_job_is_waited_for(looks, outcome, changed):
    script = Script(says({}), *(says({"is": look}) for look in looks))
    answer = _go(script, _change(poll=POLL))
    assert (answer.outcome, answer.changed, len(script.requests)) == (outcome, changed, len(looks) + 1)


def test_a_long_job_that_does_not_end_in_time_may_be_done():
    answer = _go(Script(says({}), says({"is": "busy"})), _change(poll={**POLL, "at_most": "1s"}))
    assert answer.outcome is Outcome.UNCERTAIN


def test_all_attempts_share_the_permit_of_their_connection():
    performer = make_performer(Script())
    permit = performer.permit(make_intent(_change(), "go").binding)
    assert permit is performer.permit(make_intent(_change(), "back").binding)


def test_the_connections_of_runs_that_are_over_do_not_stay():
    connector, script = _change(), Script(*[says({})] * 5)
    performer = make_performer(script)
    brought = []
    for _ in range(5):
        intent = make_intent(connector, "go", {"a": "x"})
        brought.append(weakref.ref(intent.binding.connection))
        asyncio.run(performer.perform(intent, grant=GRANT))
    del intent
    gc.collect()
    assert sum(connection() is not None for connection in brought) == 1


def test_a_connection_that_is_another_now_is_judged_anew():
    connector, script = _change(), Script(says({}), says({}))
    performer = make_performer(script)
    for address in ("https://one.example.com", "https://two.example.com"):
        intent = make_intent(connector, "go", {"a": "x"}, addresses={"main": address})
        asyncio.run(performer.perform(intent, grant=GRANT))
    assert [request.origin.host for request in script.requests] == ["one.example.com", "two.example.com"]
