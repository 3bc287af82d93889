"""Every action of every product that speaks HTTP, against answers that are none: an error of the family, never success.

What an answer may cost is bounded elsewhere: 10 MB in `test_http_client`, pages without end in `test_paging`.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from tests.unit.connectors.support import GRANT, Keys, babbles, catalogue, make_intent, make_performer, says

from tocsin.connectors.exchange import Line, Reply, Request
from tocsin.connectors.verbs import find_verb
from tocsin.engine.outcomes import Outcome
from tocsin.model.catalogue import OAuth2SignIn, SessionSignIn

CANARY = "canary-5c1f"
PAGE = b"<html><head><title>Sign in</title></head><body>Please sign in</body></html>"
METADATA = "http://169.254.169.254/latest/meta-data/"
BAD: dict[str, Callable[[Request], Reply]] = {
    "a page to sign in": babbles(PAGE),
    "half of the JSON": babbles(b'{"data": [{"id": "1"'),
    "a key twice": babbles(b'{"status": "done", "status": "failed"}'),
    "too deep": babbles(b"[" * 5000 + b"]" * 5000),
    "another type": says("text"),
    "a number": says(7),
    "a list of lists": says([[[]]]),
    "a map of nothing": says({"a": None}),
    "a way to the metadata": says({}, status=302, headers={"location": METADATA}),
    "a fault": says({"message": "busy"}, status=503),
}
TOKEN = says({"access_token": "t", "token": "t", "expires_in": 3600})
PRODUCTS = sorted(
    name
    for name, connector in catalogue().connectors.items()
    if name != "http_request"  # it takes any answer, as its user asked for
    and not any(find_verb(step.request) for action in connector.actions.values() for step in action.steps)
)
GOOD = {
    ("keycloak", "health", "a number"),
    ("taxii", "lookup_ip", "a map of nothing"),
    ("taxii", "find_indicators", "a map of nothing"),
}
"""What these products say when all is well, or when there is nothing."""


class Always:
    """A product that gives every question the same answer, after a sign-in like others'."""

    def __init__(self, *, tokens: bool) -> None:
        self.answer = says()
        self.requests: list[Request] = []
        self._signs_in = tokens

    async def exchange(self, request: Request, _line: Line) -> Reply:
        self.requests.append(request)
        signs_in, self._signs_in = self._signs_in, False
        return (TOKEN if signs_in else self.answer)(request)


def example_of(schema: Mapping[str, Any]) -> Any:
    known = [*schema.get("examples", []), *schema.get("enum", []), schema.get("default")]
    plain = {"integer": 1, "number": 1.0, "boolean": True, "array": ["x"], "object": {}}
    return known[0] if known[0] is not None else plain.get(schema.get("type", ""), "x")


def inputs_of(product: str, name: str) -> dict[str, Any]:
    facts = catalogue().find_facts(f"{product}.{name}")
    assert facts
    ways = facts.inputs.get("anyOf", facts.inputs.get("oneOf", [{}]))
    wanted = {*facts.inputs.get("required", ()), *ways[0].get("required", ())}
    return {key: example_of(part) for key, part in facts.inputs.get("properties", {}).items() if key in wanted}


@pytest.mark.parametrize("product", PRODUCTS)
def test_no_bad_answer_passes_as_success(product):
    connector = catalogue().connectors[product]
    server = Always(tokens=isinstance(connector.sign_in, OAuth2SignIn | SessionSignIn))
    performer = make_performer(server, keys=Keys(**dict.fromkeys(connector.sign_in.fields, CANARY)))
    options = {key: schema["examples"][0] for key, schema in connector.options.items() if "default" not in schema}

    async def perform_all() -> None:
        for name, said in itertools.product(connector.actions, BAD):
            server.answer, server.requests = BAD[said], []
            intent = make_intent(connector, name, inputs_of(product, name), options=options)
            answer = await performer.perform(intent, grant=GRANT)
            if (product, name, said) in GOOD:
                continue
            assert answer.outcome is not Outcome.SUCCEEDED, (name, said)
            assert answer.failure
            assert "Please sign in" not in answer.failure.message
            assert CANARY not in str(answer)
            assert not [request for request in server.requests if METADATA in request.url]
            assert server.requests, (name, said, answer.failure)

    asyncio.run(perform_all())
