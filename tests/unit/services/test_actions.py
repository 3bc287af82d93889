import asyncio

import pytest
from tests.helpers.runs import ENVIRONMENT, test_catalogue
from tests.unit.services.toy import ToyPerformer

from tocsin.engine.outcomes import Answer, Outcome
from tocsin.model.errors import BindingError
from tocsin.model.failures import Failure, FailureCode
from tocsin.services.actions import LookUpFailedError, look_up


def perform(use, answer):
    performer = ToyPerformer(lambda _: answer)
    work = look_up(use, {"id": "a"}, environment=ENVIRONMENT, catalogue=test_catalogue(), performer=performer)
    return asyncio.run(work), performer


def test_a_reading_action_gives_its_output_and_needs_no_pass():
    output, performer = perform("toy.look", Answer(Outcome.SUCCEEDED, output={"score": 97}))
    assert (output, [intent.inputs for intent in performer.intents]) == ({"score": 97}, [{"id": "a"}])


def test_what_fails_says_why():
    failure = Failure(FailureCode.UNAVAILABLE, "The product is away.")
    with pytest.raises(LookUpFailedError, match=r"“toy\.look” failed: The product is away\."):
        perform("toy.look", Answer(Outcome.FAILED, failure=failure))


def test_nothing_that_changes_is_performed():
    with pytest.raises(ValueError, match="changes something"):
        perform("toy.change", Answer(Outcome.SUCCEEDED, output={}))


def test_what_nobody_offers_is_refused():
    with pytest.raises(BindingError):
        perform("siem.get_alert", Answer(Outcome.SUCCEEDED, output={}))
