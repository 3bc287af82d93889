"""Thirty hostile strings in every slot of every description: the request equals one that is quoted by hand (W9)."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tests.unit.connectors.support import catalogue

from tocsin.connectors.addresses import Origin
from tocsin.connectors.errors import ConnectionFaultError, SlotError
from tocsin.connectors.plans import compile_action, compile_request
from tocsin.connectors.request import build_request, header_value, new_scope
from tocsin.expressions import EvaluationError
from tocsin.model.catalogue import Connector, Step
from tocsin.model.failures import FailureCode

HOSTILE = [
    "' or '1'='1", '" OR project = X ORDER BY "', "\\", "\\'", '\\"', "a'+status:'normal", "a'),(b:'c", "*", "ws-*",
    "../../admin", "..", ".", "a/b", "a%2Fb", "%2e%2e", "?x=1&y=2", "#frag", "a&b=c", "a=b;c=d", "a b+c",
    "{{ secret.key }}", "${jndi:ldap://192.0.2.1}", "$(id)`id`", "<a>&\"'</a>", "é\u00a0\u202e", "\U0001f6a8",
    "a\r\nX-Evil: 1", "a\nb", "a\0b", "-oProxyCommand=x",
]  # fmt: skip
UNRESERVED = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
ORIGINS = {"main": Origin("https://a.example.com", "a.example.com"), "kibana": Origin("https://b.example.com", "b")}
SLOT = re.compile(r"\{\{ (?:quote_(\w+)\()?((?:input|option)\.\w+)\)? \}\}")
STEPS = [
    pytest.param(connector, name, step, id=f"{connector.id}.{name}.{step.name}")
    for connector in catalogue().connectors.values()
    for name, action in connector.actions.items()
    for step in action.steps
    if "input." in step.model_dump_json()
]


def by_hand_percent(text: str) -> str:
    return "".join(chr(b) if chr(b) in UNRESERVED and b < 128 else f"%{b:02X}" for b in text.encode())


def by_hand_query(language: str | None, text: str) -> str:
    if language is None:
        return text
    if re.search(r"[\x00-\x1f]", text) or (language == "fql" and "*" in text):
        raise SlotError("", "")
    mark = {"fql": "'", "jql": '"'}[language]
    return mark + "".join("\\" + c if c in {mark, "\\"} else c for c in text) + mark


class Filler:
    """Fills the slots of a text by hand; anything that is no plain name keeps the text out of the comparison."""

    def __init__(self, connector: Connector, value: str) -> None:
        self._options = {name: str(schema["default"]) for name, schema in connector.options.items()}
        self._value = value

    def fill(self, text: str) -> str | None:
        filled = SLOT.sub(lambda match: by_hand_query(match[1], self._of(match[2])), text)
        return None if "{{" in SLOT.sub("", text) else filled

    def _of(self, name: str) -> str:
        root, _, key = name.partition(".")
        return self._options[key] if root == "option" else {"limit": "5"}.get(key, self._value)

    def tree(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.fill(value)
        if isinstance(value, dict):
            return {key: self.tree(part) for key, part in value.items()}
        return [self.tree(part) for part in value] if isinstance(value, list) else value


def _built(connector: Connector, name: str, step: Step, value: str):
    plan = compile_action(connector, name, catalogue().vocabulary)
    step_plan = next(one for one in plan.steps if one.name == step.name)
    scope = new_scope()
    inputs: dict[str, Any] = {
        key: value for key, part in plan.inputs_schema["properties"].items() if part["type"] == "string"
    }
    scope.bind("input", {**inputs, "labels": [value], "limit": 5})
    scope.bind("option", {key: schema["default"] for key, schema in connector.options.items()})
    scope.bind("idempotency_key", "key")
    answer = {"body": {"resources": ["id"], "transitions": [{"id": "31", "to": {"statusCategory": {"key": "done"}}}]}}
    scope.bind("steps", {"contacted": answer, "ways": answer})
    return build_request(step_plan.request, scope, origins=ORIGINS, changes=True)


def _same(found: Any, expected: Any) -> bool:
    """Compare, leaving out what is computed and not quoted."""
    if expected is None:
        return True
    if isinstance(expected, dict):
        return expected.keys() == found.keys() and all(_same(found[key], part) for key, part in expected.items())
    if isinstance(expected, list):
        return len(expected) == len(found) and all(_same(a, b) for a, b in zip(found, expected, strict=True))
    return found == expected


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(("connector", "name", "step"), STEPS)
def test_every_slot_equals_one_quoted_by_hand(connector, name, step, value):
    filler = Filler(connector, value)
    template = step.request.partition(" ")[2]
    try:
        query = {key: filler.fill(text) for key, text in step.query.items()}
        segments = [filler.fill(part) for part in template.strip("/").split("/")]
        is_possible = not any(part in {"", ".", ".."} for part in segments)
    except SlotError:
        is_possible = False
    if not is_possible:
        with pytest.raises((SlotError, EvaluationError)):
            _built(connector, name, step, value)
        return
    request = _built(connector, name, step, value)
    assert request.path == "".join("/" + by_hand_percent(part) for part in segments)
    pairs = dict(request.query)
    assert _same(pairs, query)
    raw = request.url.partition("?")[2]
    assert raw == "&".join(f"{by_hand_percent(key)}={by_hand_percent(text)}" for key, text in request.query)
    if step.json_body is not None:
        assert _same(json.loads(request.body or b""), filler.tree(step.json_body))
    assert all(value not in text for _, text in request.headers)


def _of_parts(value: Any, request: str = "POST /x", **parts: Any):
    scope = new_scope()
    scope.bind("input", {"a": value})
    return build_request(compile_request("toy", "main", request, parts), scope, origins=ORIGINS, changes=False)


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\0b", "é", "\x7f"])
def test_a_header_takes_no_line_end_no_control_character_and_only_ascii(value):
    with pytest.raises(SlotError):
        _of_parts(value, headers={"X-Own": "{{ input.a }}"})


def test_a_header_value_is_given_back():
    assert header_value("X", "a b:c") == "a b:c"


def test_a_form_is_written_by_the_rules_of_forms():
    request = _of_parts("a b&c=d+é", form={"x": "{{ input.a }}", "y": "1"})
    assert request.body == b"x=a+b%26c%3Dd%2B%C3%A9&y=1"
    assert request.headers == (("Content-Type", "application/x-www-form-urlencoded"),)


def test_a_json_slot_that_is_the_whole_field_keeps_its_type():
    assert _of_parts([1, True, None], json={"x": "{{ input.a }}"}).body == b'{"x":[1,true,null]}'


def test_a_text_is_sent_as_it_is():
    assert _of_parts("é", text="x {{ input.a }}").body == "x é".encode()


@pytest.mark.parametrize(("value", "expected"), [(5, "5"), (5.0, "5"), (2.5, "2.5"), (True, "true"), ("x", "x")])
def test_a_parameter_is_text(value, expected):
    assert _of_parts(value, query={"q": "{{ input.a }}"}).query == (("q", expected),)


def test_a_parameter_that_is_null_is_left_out():
    assert _of_parts(None, query={"q": "{{ input.a }}", "r": "1"}).query == (("r", "1"),)


@pytest.mark.parametrize("value", [[1], {"a": 1}])
def test_a_list_or_map_cannot_stand_in_a_parameter(value):
    with pytest.raises(SlotError):
        _of_parts(value, query={"q": "{{ input.a }}"})


@pytest.mark.parametrize("value", ["", ".", "..", None, [1]])
def test_a_path_does_not_climb_and_has_no_holes(value):
    with pytest.raises(SlotError):
        _of_parts(value, request="GET /x/{{ input.a }}/y")


def test_two_slots_cannot_climb_together():
    with pytest.raises(SlotError):
        _of_parts(".", request="GET /x/{{ input.a }}{{ input.a }}")


def test_a_slash_in_an_expression_does_not_cut_the_path():
    assert _of_parts(6, request="GET /x/{{ input.a / 2 }}/y").path == "/x/3/y"


def test_half_a_character_is_refused():
    with pytest.raises((SlotError, EvaluationError)):
        _of_parts("\ud800", query={"q": "{{ input.a }}"})


def test_a_quote_that_is_refused_is_bad_input():
    with pytest.raises(EvaluationError) as caught:
        _of_parts("ws-*", query={"filter": "name:{{ quote_fql(input.a) }}"})
    assert caught.value.kind is FailureCode.BAD_INPUT


def test_a_server_that_the_connection_lacks_is_named():
    with pytest.raises(ConnectionFaultError, match=r"addresses\.other"):
        build_request(compile_request("toy", "other", "GET /", {}), new_scope(), origins=ORIGINS, changes=False)


def test_what_may_be_secret_does_not_show():
    request = _of_parts("geheim", headers={"X": "{{ input.a }}"}, query={"q": "{{ input.a }}"}, text="{{ input.a }}")
    assert "geheim" not in repr(request)
