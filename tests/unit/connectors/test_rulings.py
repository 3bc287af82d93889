"""The table of engine.md 1.13: what came back, and what that means for a read and for a change."""

from __future__ import annotations

import pytest
from tests.unit.connectors.support import Script, action, babbles, breaks, make_intent, perform, says, toy

from tocsin.base.secret import SecretUnusableError
from tocsin.connectors.errors import Cut
from tocsin.connectors.rulings import rule_on_error
from tocsin.engine.outcomes import Changed, Outcome, Sent
from tocsin.model.failures import FailureCode

RULES = [
    {"when": "status == 200 && body.s == 'no'", "code": "bad_input", "acted": False, "message": "No to {{ input.a }}."},
    {"when": "status == 200 && body.s == 'half'", "code": "conflict", "acted": True},
    {"when": "status == 500 && body.s == 'busy'", "code": "unavailable", "acted": False},
    {"when": "status == 200 && body.s == 'odd'", "code": "conflict"},
    {"when": "body.missing.path == 1", "code": "limit"},
]
STEP = {"name": "go", "request": "POST /go", "ok": "status == 200 && body.s == 'done'"}
READ_STEP = {**STEP, "request": "GET /go"}


def _toy(**more):
    change = action(STEP, errors=RULES, undo={"action": "go", "with": {"a": "input.a"}}, **more)
    return toy(actions={"go": change, "read": action(READ_STEP, effect="read", errors=RULES)})


def _change(*lines):
    return perform(Script(*lines), make_intent(_toy(), "go", {"a": "x"}))


def _read(*lines):
    return perform(Script(*lines), make_intent(_toy(), "read", {"a": "x"}), grant=None)


@pytest.mark.parametrize(
    ("line", "outcome", "changed", "code", "retryable"),
    [
        (breaks(sent=False, cut=Cut.UNREACHABLE), Outcome.NOT_SENT, Changed.FALSE, FailureCode.UNAVAILABLE, True),
        (breaks(sent=False, cut=Cut.TIMEOUT), Outcome.NOT_SENT, Changed.FALSE, FailureCode.TIMEOUT, True),
        (breaks(sent=True, cut=Cut.BROKEN), Outcome.UNCERTAIN, Changed.UNKNOWN, FailureCode.UNCERTAIN, False),
        (breaks(sent=True, cut=Cut.TIMEOUT), Outcome.UNCERTAIN, Changed.UNKNOWN, FailureCode.UNCERTAIN, False),
        (breaks(sent=True, cut=Cut.UNREADABLE), Outcome.UNCERTAIN, Changed.UNKNOWN, FailureCode.UNCERTAIN, False),
        (babbles(b"<html>"), Outcome.UNCERTAIN, Changed.UNKNOWN, FailureCode.UNCERTAIN, False),
        (babbles(b'{"s": "done", "s": "no"}'), Outcome.UNCERTAIN, Changed.UNKNOWN, FailureCode.UNCERTAIN, False),
        (says(status=500), Outcome.UNCERTAIN, Changed.UNKNOWN, FailureCode.UNCERTAIN, False),
        (says(status=503), Outcome.UNCERTAIN, Changed.UNKNOWN, FailureCode.UNCERTAIN, False),
        (says({"s": "what"}), Outcome.UNCERTAIN, Changed.UNKNOWN, FailureCode.UNCERTAIN, False),
        (says({}), Outcome.UNCERTAIN, Changed.UNKNOWN, FailureCode.UNCERTAIN, False),
        (says(status=302), Outcome.UNCERTAIN, Changed.UNKNOWN, FailureCode.UNCERTAIN, False),
        (says({"s": "odd"}), Outcome.UNCERTAIN, Changed.UNKNOWN, FailureCode.UNCERTAIN, False),
        (says(status=429), Outcome.REFUSED, Changed.FALSE, FailureCode.RATE_LIMIT, True),
        (says(status=400), Outcome.REFUSED, Changed.FALSE, FailureCode.BAD_INPUT, False),
        (says(status=401), Outcome.REFUSED, Changed.FALSE, FailureCode.AUTH, False),
        (says(status=403), Outcome.REFUSED, Changed.FALSE, FailureCode.PERMISSION, False),
        (babbles(b"<html>", status=403), Outcome.REFUSED, Changed.FALSE, FailureCode.PERMISSION, False),
        (says(status=404), Outcome.REFUSED, Changed.FALSE, FailureCode.NOT_FOUND, False),
        (says(status=409), Outcome.REFUSED, Changed.FALSE, FailureCode.CONFLICT, False),
        (says({"s": "no"}), Outcome.REFUSED, Changed.FALSE, FailureCode.BAD_INPUT, False),
        (says({"s": "busy"}, status=500), Outcome.REFUSED, Changed.FALSE, FailureCode.UNAVAILABLE, True),
        (says({"s": "half"}), Outcome.FAILED, Changed.TRUE, FailureCode.CONFLICT, False),
    ],
)
def test_what_an_answer_means_for_a_change(line, outcome, changed, code, retryable):
    answer = _change(line)
    assert answer.failure
    assert (answer.outcome, answer.changed, answer.failure.code, answer.failure.retryable) == (
        outcome, changed, code, retryable,
    )  # fmt: skip
    assert answer.output is None
    assert (answer.undo is not None) is (changed is not Changed.FALSE)


@pytest.mark.parametrize(
    ("line", "outcome", "code", "retryable"),
    [
        (breaks(sent=False, cut=Cut.UNREACHABLE), Outcome.NOT_SENT, FailureCode.UNAVAILABLE, True),
        (breaks(sent=True, cut=Cut.BROKEN), Outcome.FAILED, FailureCode.UNAVAILABLE, True),
        (breaks(sent=True, cut=Cut.TIMEOUT), Outcome.FAILED, FailureCode.TIMEOUT, True),
        (babbles(b"<html>"), Outcome.FAILED, FailureCode.UNEXPECTED_SHAPE, False),
        (says(status=500), Outcome.FAILED, FailureCode.UNAVAILABLE, True),
        (says({"s": "busy"}, status=500), Outcome.REFUSED, FailureCode.UNAVAILABLE, True),
        (says({"s": "what"}), Outcome.FAILED, FailureCode.UNEXPECTED_SHAPE, False),
        (says(status=429), Outcome.REFUSED, FailureCode.RATE_LIMIT, True),
        (says(status=404), Outcome.FAILED, FailureCode.NOT_FOUND, False),
        (says({"s": "odd"}), Outcome.FAILED, FailureCode.CONFLICT, False),
        (says({"s": "half"}), Outcome.FAILED, FailureCode.CONFLICT, False),
    ],
)
def test_what_an_answer_means_for_a_read(line, outcome, code, retryable):
    answer = _read(line)
    assert answer.failure
    assert (answer.outcome, answer.changed, answer.failure.code, answer.failure.retryable) == (
        outcome, Changed.FALSE, code, retryable,
    )  # fmt: skip


def test_the_first_rule_that_holds_gives_the_message():
    answer = _change(says({"s": "no"}))
    assert answer.failure
    assert answer.failure.message == "No to x."


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": "Tue, 24 Nov 2026 03:00:30 GMT", "date": "Tue, 24 Nov 2026 03:00:00 GMT"}, 30.0),
        ({"retry-after": "Tue, 24 Nov 2026 03:00:00 GMT", "date": "Tue, 24 Nov 2026 03:00:30 GMT"}, 0.0),
        ({"retry-after": "Tue, 24 Nov 2026 03:00:30 GMT"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "9" * 400}, None),
        ({}, None),
    ],
)
def test_how_long_the_product_asks_to_wait(headers, seconds):
    answer = _change(says(status=429, headers=headers))
    assert answer.failure
    assert answer.failure.retry_after == seconds


def test_what_is_sent_is_told_apart():
    assert [_change(line).sent for line in (says(status=404), breaks(sent=True), breaks(sent=False))] == [
        Sent.YES, Sent.MAYBE, Sent.NO,
    ]  # fmt: skip


TWO = [
    {"name": "look", "request": "GET /look"},
    {"name": "first", "request": "POST /first"},
    {"name": "second", "request": "POST /second", "when": "true"},
]


def _two(*lines):
    return perform(Script(*lines), make_intent(toy(actions={"go": action(*TWO)}), "go"))


@pytest.mark.parametrize("line", [says(status=500), says(status=404), breaks(sent=True), babbles(b"x")])
def test_a_read_that_fails_before_a_change_means_that_nothing_was_sent(line):
    answer = _two(line)
    assert (answer.outcome, answer.sent, answer.changed) == (Outcome.NOT_SENT, Sent.NO, Changed.FALSE)


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        (says(status=404), Outcome.FAILED),
        (says(status=429), Outcome.FAILED),
        (breaks(sent=False), Outcome.FAILED),
        (breaks(sent=True), Outcome.UNCERTAIN),
        (says(status=500), Outcome.UNCERTAIN),
    ],
)
def test_after_a_first_change_nothing_is_as_it_was_and_nothing_is_repeated(line, outcome):
    answer = _two(says({}), says({}), line)
    assert answer.failure
    assert (answer.outcome, answer.changed, answer.failure.retryable) == (outcome, Changed.TRUE, False)


@pytest.mark.parametrize("changes", [False, True])
def test_a_secret_that_cannot_be_used_is_a_failed_sign_in_and_nothing_was_sent(changes):
    ruling = rule_on_error(SecretUnusableError("The vault is locked."), product="Toy", changes=changes)
    assert (ruling.outcome, ruling.sent, ruling.failure.code) == (Outcome.NOT_SENT, Sent.NO, FailureCode.AUTH)
    assert not ruling.failure.retryable
