"""Pinned outputs: given without being done, in rehearsals alone (engine.md 1.23)."""

import pytest
from tests.helpers.runs import TRIGGER, Driver, action, playbook_of, test_catalogue

from tocsin.engine.errors import BadPinError, PinnedInLiveError
from tocsin.engine.pins import PinnedOutput, read_pins
from tocsin.model.failures import Failure, FailureCode

SCORE = {"type": "object", "required": ["score"], "properties": {"score": {"type": "number"}}}
CATALOGUE = test_catalogue(rate=action("rate", output_schema=SCORE, sample={"score": 1.0}))
NODES = {
    "t": TRIGGER,
    "rate": {"kind": "action", "use": "toy.rate"},
    "risky": {"kind": "condition", "when": "rate.score > 80.0"},
    "free": {"kind": "action", "use": "toy.look"},
    "told": {"kind": "action", "use": "toy.look", "with": {"of": "{{ rate.score }}"}},
}
EDGES = ["t -> rate", "rate -> risky", "risky.true -> free", "risky.true -> told"]
HIGH = {"rate": PinnedOutput({"score": 97}, source="R-7")}


def rehearse(pins, edges=EDGES, mode="rehearse"):
    return Driver(playbook_of(NODES, edges), catalogue=CATALOGUE, mode=mode, pins=pins)


def test_a_pinned_step_gives_its_output_and_is_not_asked():
    driver = rehearse(HIGH).run()
    settled = driver.of("node.settled", "rate")[0].data
    assert (settled["via"], settled["source"], settled["output"]) == ("pinned", "R-7", {"v": {"score": 97}})
    assert "rate" not in [intent.path for intent in driver.attempts]
    assert driver.ports()["risky"] == ("true",)


def test_what_reads_a_pin_is_a_guess_and_what_does_not_is_looked_up():
    driver = rehearse(HIGH).run()
    assert [intent.path for intent in driver.attempts] == ["free"]
    assert driver.of("node.settled", "told")[0].data["via"] == "predicted"


def test_an_error_can_be_pinned():
    pin = PinnedOutput(error=Failure(FailureCode.UNAVAILABLE, "It does not answer."))
    driver = rehearse({"rate": pin}, ["t -> rate", "rate.error -> free"]).run()
    assert driver.error("rate")["message"] == "It does not answer."
    assert driver.ports()["rate"] == ("error",)


def test_the_run_says_what_was_pinned():
    driver = rehearse(HIGH).start()
    assert read_pins(driver.events[0].data["pins"]["v"]) == HIGH


def test_a_live_run_refuses_pins_with_a_reason():
    with pytest.raises(PinnedInLiveError, match="live run takes no pinned outputs"):
        rehearse(HIGH, mode="live")


@pytest.mark.parametrize(
    ("name", "output"), [("risky", {"value": True}), ("nosuch", {}), ("rate", {"score": "high"}), ("t", {})]
)
def test_only_what_a_step_could_give_is_pinned(name, output):
    with pytest.raises(BadPinError):
        rehearse({name: PinnedOutput(output)})
