"""The same question is not asked twice while its answer holds."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.unit.connectors.support import LOOK, Keys, Script, action, catalogue, make_intent, says, toy

from tocsin.connectors.lint import lint_connector
from tocsin.connectors.runner import DeclarativePerformer, Surroundings
from tocsin.engine.outcomes import Answer, Outcome, Sent
from tocsin.model.catalogue import Connector

LOOKUP = {
    **LOOK,
    "keep": "1h",
    "inputs": {"type": "object", "properties": {"ip": {"type": "string", "format": "ip"}}},
    "output": {"is": "body.is"},
}
PRODUCT = toy(actions={"lookup": LOOKUP})


class Asker:
    """A performer whose clock and whose keys the test changes."""

    def __init__(self, *lines: Any, environment: str = "production") -> None:
        self.now = 50.0
        self.keys = Keys(key="first-key-0001")
        self.script = Script(*lines)
        around = Surroundings(environment, self.keys, catalogue().vocabulary)
        self.performer = DeclarativePerformer(around, exchanger=self.script, monotonic=lambda: self.now)

    def ask(self, ip: str, *, product: Connector = PRODUCT, **more: Any) -> Answer:
        intent = make_intent(product, "lookup", {"ip": ip}, **more)
        return asyncio.run(self.performer.perform(intent, grant=None))


def test_the_same_question_is_answered_without_asking_until_the_answer_is_old():
    asker = Asker(says({"is": 1}), says({"is": 2}))
    first, second = asker.ask("203.0.113.66"), asker.ask("203.0.113.66")
    assert (first.sent, second.sent, second.requests) == (Sent.YES, Sent.NO, ())
    assert first.output == second.output == {"is": 1}
    assert "known already" in second.summary
    asker.now += 3600
    assert asker.ask("203.0.113.66").output == {"is": 2}


def test_the_same_address_written_otherwise_is_the_same_question_and_another_is_not():
    asker = Asker(says({"is": 1}), says({"is": 2}))
    assert asker.ask("2001:DB8::1").output == asker.ask("2001:db8:0::1").output == {"is": 1}
    assert asker.ask("2001:db8::2").output == {"is": 2}


def test_another_connection_is_asked_itself():
    asker = Asker(says({"is": 1}), says({"is": 2}))
    elsewhere = {"main": "https://other.example.com"}
    assert asker.ask("203.0.113.66").output == {"is": 1}
    assert asker.ask("203.0.113.66", addresses=elsewhere).output == {"is": 2}


def test_another_key_asks_itself_for_it_may_be_told_something_else():
    sign_in = {
        "kind": "api_key",
        "fields": {"key": {"title": "Key", "secret": True}},
        "place": "header",
        "name": "Key",
        "value": "{{ secret.key }}",
    }
    product = toy(actions={"lookup": LOOKUP}, sign_in=sign_in)
    asker = Asker(says({"is": 1}), says({"is": 2}))
    assert [asker.ask("203.0.113.66", product=product).output for _ in range(2)] == [{"is": 1}, {"is": 1}]
    asker.keys.change(key="second-key-0002")
    assert asker.ask("203.0.113.66", product=product).output == {"is": 2}


def test_a_failure_is_not_kept():
    asker = Asker(says(status=500), says({"is": 2}))
    assert asker.ask("203.0.113.66").outcome is Outcome.FAILED
    assert asker.ask("203.0.113.66").output == {"is": 2}


def test_the_lab_is_asked_each_time():
    asker = Asker(says({"is": 1}), says({"is": 2}), environment="lab")
    there = {"main": "http://127.0.0.1:8000"}
    assert [asker.ask("203.0.113.66", addresses=there).output for _ in range(2)] == [{"is": 1}, {"is": 2}]


@pytest.mark.parametrize("effect", ["change", "destructive"])
def test_the_answer_of_a_change_cannot_be_kept(effect):
    product = toy(actions={"go": action(effect=effect, keep="1h", verify={"action": "look", "done": "true"})})
    assert [problem.field for problem in lint_connector(product, catalogue().vocabulary)] == ["keep"]
