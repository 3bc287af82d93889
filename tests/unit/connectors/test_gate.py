from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from tests.unit.connectors.support import GRANT, Script, breaks, make_intent, says, toy

from tocsin.connectors.addresses import Origin
from tocsin.connectors.errors import ExchangeError, NoPassError
from tocsin.connectors.exchange import Line, Request
from tocsin.connectors.gate import Gate

INTENT = make_intent(toy(), "look")
CHANGE = Request("POST", Origin("https://toy.example.com", "toy.example.com"), "/go", changes=True)


def _line(notes=None):
    return Line("conn", None, 60.0, (notes if notes is not None else []).append)


def _send(grant, *, now=50.0, script=None):
    gate = Gate(script or Script(says()), monotonic=lambda: now)
    return asyncio.run(gate.send_change(CHANGE, _line(), intent=INTENT, grant=grant))


def test_a_change_with_its_pass_leaves_with_the_key_of_its_attempts():
    script = Script(says())
    _send(GRANT, script=script)
    assert script.requests[0].headers == (("Idempotency-Key", "key"),)


@pytest.mark.parametrize(
    "grant",
    [
        None,
        replace(GRANT, run="other"),
        replace(GRANT, path="other"),
        replace(GRANT, n=2),
        replace(GRANT, inputs_hash="other"),
        replace(GRANT, expires=49.0),
    ],
)
def test_a_change_without_a_fitting_pass_does_not_leave(grant):
    script = Script()
    with pytest.raises(NoPassError):
        _send(grant, script=script)
    assert script.requests == []


def test_a_change_cannot_leave_as_a_read():
    script = Script()
    with pytest.raises(NoPassError):
        asyncio.run(Gate(script, monotonic=lambda: 50.0).fetch(CHANGE, _line()))
    assert script.requests == []


def test_a_read_needs_no_pass_and_carries_no_key():
    script = Script(says())
    asyncio.run(Gate(script, monotonic=lambda: 50.0).fetch(replace(CHANGE, changes=False), _line()))
    assert script.requests[0].headers == ()


def test_a_request_without_an_answer_is_noted_too():
    notes = []
    gate = Gate(Script(breaks(sent=True)), monotonic=lambda: 50.0)
    with pytest.raises(ExchangeError):
        asyncio.run(gate.fetch(replace(CHANGE, changes=False), _line(notes)))
    assert [note.status for note in notes] == [None]
