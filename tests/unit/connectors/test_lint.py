"""The shipped descriptions are clean; each hostile or careless one is told what is wrong with it (field.md S16)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.connectors.support import NOTHING, action, catalogue, toy

from tocsin.base.codes import ErrorCode
from tocsin.connectors.lint import lint_connector
from tocsin.model.catalogue import Connector
from tocsin.model.problems import Severity

BLIND = {"http_request": 3, "smtp": 1, "suricata": 1}  # of any server, a mail, a reload, nothing tells
VERIFY = {"action": "look", "done": "true"}


def _problems(connector: Connector):
    return lint_connector(connector, catalogue().vocabulary)


@pytest.mark.parametrize("connector", catalogue().connectors.values(), ids=lambda connector: connector.id)
def test_a_shipped_description_is_clean(connector):
    blind = [problem for problem in _problems(connector) if problem.field == "verify"]
    assert [problem.text for problem in _problems(connector) if problem not in blind] == []
    assert len(blind) == BLIND.get(connector.id, 0)


@pytest.mark.parametrize("connector", catalogue().connectors.values(), ids=lambda connector: connector.id)
def test_every_shipped_action_has_title_sample_and_every_input_a_title(connector):
    for name in connector.actions:
        facts = catalogue().find_facts(f"{connector.id}.{name}")
        assert facts
        assert facts.sample is not None
        assert all("title" in part for part in facts.inputs["properties"].values())


def test_a_small_clean_description_has_no_problem():
    assert _problems(toy(actions={"go": action(verify=VERIFY)})) == ()


def _step(**more: Any) -> dict[str, Any]:
    return {"name": "go", "request": "POST /go", **more}


def _change(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"actions": {"go": action(*steps, **{"verify": VERIFY, **more})}}


def _read(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"actions": {"go": action(*steps, effect="read", **more)}}


def _query(text: str, language: str | None = None, key: str = "f") -> dict[str, Any]:
    languages = {"languages": {key: language}} if language else {}
    return _read(_step(request="GET /x", query={key: text}, **languages))


def _sign_in(request: str, **more: str) -> dict[str, Any]:
    return {"sign_in": {"kind": "oauth2_client", "fields": {}, "request": request, "form": {}, **more}}


LIES = {
    "category": "firewall",
    "actions": {
        "go": {
            "title": "x", "does": "firewall.list_blocks", "effect": "change", "steps": [_step()], "verify": VERIFY,
            "output": {"addresses": "[]"}, "sample": {"addresses": []},
        },
    },
}  # fmt: skip
NEEDS_B = {**NOTHING, "required": ["b"]}
NO_KEY = {"kind": "bearer", "fields": {}, "token": "{{ secret.key }}"}
HIDDEN = [
    ("change", _read(_step()), "steps.0"),
    ("put", _read(_step(request="PUT /x", reads=True)), "steps.0.reads"),
    ("delete", _read(_step(request="DELETE /x", reads=True)), "steps.0.reads"),
    ("look", _change(already={"action": "go", "when": "true"}), "already.action"),
    ("effect unlike the vocabulary", LIES, "effect"),
]
UNQUOTED = [
    ("by its text", _query("name:{{ input.a }}"), "steps.0.query.f"),
    ("by its name", _query("{{ input.a }}", key="filter"), "steps.0.query.filter"),
    ("in JSON", _read(_step(reads=True, json={"s": {"q": "{{ input.a }}"}})), "steps.0.json.s.q"),
    ("in a list", _read(_step(reads=True, json={"s": ["a = {{ input.a }}"]})), "steps.0.json.s"),
    ("in its language", _query("{{ input.a }}", "fql"), "steps.0.query.f"),
    ("for another language", _query("a:{{ quote_jql(input.a) }}", "fql"), "steps.0.query.f"),
    ("in part", _query("a:{{ quote_fql(input.a) + input.b }}", "fql"), "steps.0.query.f"),
    ("by a method", _query("a:{{ input.a.quote_fql() }}", "fql"), "steps.0.query.f"),
]
BAD = [
    ("change without one", _change(_step(request="GET /x")), "steps"),
    ("absolute URL", _change(_step(request="POST https://evil.example/x")), ""),
    ("other server by slashes", _change(_step(request="POST //evil.example/x")), ""),
    ("slot as server", _change(_step(request="POST {{ input.a }}/x")), ""),
    ("query in path", _change(_step(request="POST /x?a=b")), ""),
    ("climbing path", _change(_step(request="POST /a/../b")), ""),
    ("line end in path", _change(_step(request="POST /a\r\nX: 1")), ""),
    ("unknown method", _change(_step(request="TRACE /a")), ""),
    ("secret in a path", _change(_step(request="POST /{{ secret.key }}")), "steps.0.request"),
    ("secret in an output", _change(output={"a": "secret.key"}), "output.a"),
    ("unknown address", _change(_step(at="other")), "steps.0.at"),
    ("unknown language", _query("x", "sqll"), "steps.0.languages.f"),
    ("unknown function", _change(_step(json={"a": "{{ shell(input.a) }}"})), "steps.0.json.a"),
    ("unknown name", _change(_step(json={"a": "{{ environ.HOME }}"})), "steps.0.json.a"),
    ("expression that is none", _change(_step(ok="status ==")), ""),
    ("two bodies", _change(_step(json={}, text="x")), ""),
    ("unknown code", _change(errors=[{"when": "true", "code": "oops"}]), ""),
    ("pages of a change", _change(_step(page={"kind": "page", "items": "body"})), ""),
    ("no sample", _change(sample=None), "sample"),
    ("sample that does not fit", _change(output_schema={"type": "object", "required": ["id"]}), "sample"),
    ("no inputs", _change(inputs=None), "inputs"),
    ("schema that is none", _change(inputs={"type": "thing"}), "inputs"),
    ("unknown undo", _change(undo={"action": "bakc"}), "undo.action"),
    ("undo with too much", _change(inputs=NOTHING, undo={"action": "go", "with": {"b": "1"}}), "undo.with.b"),
    ("undo with too little", _change(inputs=NEEDS_B, undo={"action": "go"}), "undo.with"),
    ("undo of a read", _read(_step(request="GET /x"), undo={"action": "look"}), "undo"),
    ("unknown action of the category", _change(does="general.nothing"), "does"),
    ("steps of one name", _change(_step(), _step(request="GET /x")), "steps.1.name"),
    ("a second change that does not look", _change(_step(), _step(name="b")), "steps.1.when"),
    ("no steps", {"actions": {"go": {**action(effect="read"), "steps": []}}}, "steps"),
    ("docs as file", _change(docs="file:///etc/passwd"), "docs"),
]
HEAD = [
    ("unknown category", {"category": "firewal"}, "category"),
    ("health that changes", {**_change(), "health": "go"}, "health"),
    ("docs as script", {"docs": "javascript:alert(1)"}, "docs"),
    ("option that is no schema", {"options": {"a": {"type": "thing"}}}, "options.a"),
    ("sign-in field that is not there", {"sign_in": NO_KEY}, "sign_in.token"),
    ("token from elsewhere", _sign_in("POST https://evil.example/token"), "sign_in.request"),
    ("token from an unknown address", _sign_in("POST /token", at="evil"), "sign_in.at"),
]
TABLE = [
    pytest.param(facts, code, node, field, id=f"{code}-{name}")
    for rows, code, node in (
        (HIDDEN, ErrorCode.HIDDEN_CHANGE, "go"),
        (UNQUOTED, ErrorCode.UNQUOTED_SLOT, "go"),
        (BAD, ErrorCode.BAD_DESCRIPTION, "go"),
        (HEAD, ErrorCode.BAD_DESCRIPTION, ""),
    )
    for name, facts, field in rows
]


@pytest.mark.parametrize(("facts", "code", "node", "field"), TABLE)
def test_what_is_wrong_is_found_where_it_stands(facts, code, node, field):
    found = [(p.code, p.node, p.field) for p in _problems(toy(**facts)) if p.severity is Severity.ERROR]
    assert (code, node, field) in found


def test_a_change_that_nothing_can_look_after_is_a_warning():
    [problem] = _problems(toy(actions={"go": action()}))
    assert (problem.severity, problem.field) == (Severity.WARNING, "verify")


def test_a_text_that_only_looks_like_a_query_may_say_so():
    step = _step(request="GET /x", query={"search": "{{ input.a }}"}, languages={"search": "none"})
    assert _problems(toy(**_read(step))) == ()
