"""Every action of the products that the Lab does not play, and of some that it does, against the vendors' documents.

Each file under `answers/` names its source. A case is one action: what is asked in which order, what the product
answers, and what must come of it. `*` stands for any value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.live.answering import Answers, Spoken, fits, serving
from tests.live.performing import Product
from tests.unit.connectors.support import catalogue

from tocsin.engine.outcomes import Changed, Outcome, Verified
from tocsin.lab.values import Product as LabProduct
from tocsin.model.catalogue import Effect
from tocsin.model.failures import FailureCode
from tocsin.model.schemas import check_value

FOLDER = Path(__file__).parent / "answers"
PRODUCTS = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def story_of(product: str) -> Mapping[str, Any]:
    return yaml.safe_load((FOLDER / f"{product}.yaml").read_text(encoding="utf-8"))


def _cases() -> Iterator[Any]:
    for product in PRODUCTS:
        for index, case in enumerate(story_of(product)["cases"]):
            said = case.get("about", case.get("fails", ""))
            yield pytest.param(product, case, id=f"{product}-{index}-{case['action']}-{said}".rstrip("-"))


def test_every_product_that_the_lab_does_not_play_has_its_answers():
    assert set(catalogue().connectors) - set(LabProduct) <= set(PRODUCTS)


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_action_is_seen_to_succeed_and_every_change_to_be_found_afterwards(product):
    cases = story_of(product)["cases"]
    actions = catalogue().connectors[product].actions
    succeeded = {case["action"] for case in cases if "fails" not in case}
    verified = {case["action"] for case in cases if "verified" in case}
    assert succeeded == set(actions)
    assert verified == {name for name, action in actions.items() if action.verify}
    assert story_of(product)["sources"]


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_declared_error_is_met(product):
    connector = catalogue().connectors[product]
    met = [
        (case["action"], case["fails"], case.get("message", ""))
        for case in story_of(product)["cases"]
        if "fails" in case
    ]
    declared = [(name, rule) for name, action in connector.actions.items() for rule in action.errors]
    for name, rule in declared:
        assert any(case[0] == name and _is_from(rule, case) for case in met), (name, rule.message)
    for rule in connector.errors:
        assert any(_is_from(rule, case) for case in met), rule.message


def _is_from(rule: Any, case: tuple[str, str, str]) -> bool:
    beginning = (rule.message or "").partition("{{")[0]
    is_same = bool(case[2]) and (case[2].startswith(beginning) or beginning.startswith(case[2]))
    return is_same and case[1] in {rule.code, FailureCode.UNCERTAIN}


@pytest.fixture(scope="module")
def served() -> Iterator[Mapping[str, tuple[Product, Answers]]]:
    """Every product and its answers, by name."""
    with ExitStack() as stack:
        yield {name: _serve(name, stack) for name in PRODUCTS}


def _serve(name: str, stack: ExitStack) -> tuple[Product, Answers]:
    story = story_of(name)
    answers = Answers(sign_in=story.get("sign_in"), signed=story["signed"])
    secrets, options = story["secrets"], story.get("options", {})
    if "scheme" in story:
        address = f"{story['scheme']}://directory.example.com"
        return Product(name, address, secrets=secrets, options=options, outside={}, exchanger=Spoken(answers)), answers
    address = stack.enter_context(serving(answers)) + story.get("path", "")
    return Product(name, address, secrets=secrets, options=options), answers


@pytest.mark.parametrize(("name", "case"), list(_cases()))
def test_an_action_asks_and_understands_as_documented(served, name, case):
    product, answers = served[name]
    action = product.connector.actions[case["action"]]
    answers.expect(case["asks"])
    answer = product.perform(case["action"], case.get("with", {}))
    assert (answers.faults, answers.to_come) == ([], [])
    if "fails" in case:
        assert answer.failure
        assert answer.failure.code == case["fails"], answer.failure
        assert answer.failure.message.startswith(case.get("message", ""))
        return
    assert answer.outcome is Outcome.SUCCEEDED, answer.failure
    assert fits(case["output"], answer.output), answer.output
    facts = catalogue().find_facts(f"{name}.{case['action']}")
    assert facts
    assert check_value(answer.output, facts.output) == ()
    is_change = action.effect is not Effect.READ and not case.get("already", False)
    assert answer.changed is (Changed.TRUE if is_change and case.get("changed", True) else Changed.FALSE)
    assert answer.via_already is case.get("already", False)
    if "undo" in case:
        assert answer.undo
        assert {"action": answer.undo.action, "with": dict(answer.undo.inputs)} == case["undo"]


@pytest.mark.parametrize(("name", "case"), [case for case in _cases() if "verified" in case.values[1]])
def test_a_change_is_found_afterwards(served, name, case):
    product, answers = served[name]
    answers.expect(case["verified"])
    verdict = product.verify(case["action"], case.get("with", {}))
    assert (answers.faults, answers.to_come) == ([], [])
    assert verdict.result is Verified.DONE
    assert fits(case["output"], verdict.output), verdict.output


PAGE = "<html><head><title>Sign in</title></head><body>Please sign in</body></html>"
BAD_ANSWERS = {
    "a page to sign in": {"status": 200, "text": PAGE, "headers": {"Content-Type": "text/html"}},
    "half of the JSON": {"status": 200, "text": '{"data": [{"id": "1"'},
    "another type": {"status": 200, "json": "text"},
    "nothing": {"status": 200},
    "a way elsewhere": {"status": 302, "headers": {"Location": "http://169.254.169.254/latest/meta-data/"}},
    "too deep": {"status": 200, "text": "[" * 5000 + "]" * 5000},
    "a fault": {"status": 503, "json": {"message": "busy"}},
}


@pytest.mark.parametrize("said", BAD_ANSWERS)
@pytest.mark.parametrize("product", PRODUCTS)
def test_no_bad_answer_to_the_first_request_passes_as_success(served, product, said):
    """Every action; a look before a change that fails must not keep the change from being asked for."""
    story, (one, answers) = story_of(product), served[product]
    for name in one.connector.actions:
        case = next(
            case for case in story["cases"] if case["action"] == name and "fails" not in case and "already" not in case
        )
        if said in case.get("takes", ()):  # to this action, that is a good answer
            continue
        answers.expect([{**ask, "answer": BAD_ANSWERS[said]} for ask in case["asks"]])
        answer = one.perform(name, case.get("with", {}))
        assert answer.outcome is not Outcome.SUCCEEDED, name
        assert answer.failure
        assert PAGE not in answer.failure.message
        fields = one.connector.sign_in.fields
        assert all(text not in str(answer) for field, text in story["secrets"].items() if fields[field].secret)
