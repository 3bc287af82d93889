from __future__ import annotations

import pytest
from tests.unit.connectors.support import action, catalogue, toy

from tocsin.connectors.errors import DescriptionError
from tocsin.connectors.plans import compile_action, evaluate_tree
from tocsin.connectors.request import new_scope


def _plan(*steps, **more):
    return compile_action(toy(actions={"go": action(*steps, **more)}), "go", catalogue().vocabulary)


@pytest.mark.parametrize(
    ("request_text", "reads", "changes"),
    [
        ("GET /x", None, False), ("HEAD /x", None, False), ("GET /x", False, True), ("POST /x", None, True),
        ("POST /x", True, False), ("PUT /x", None, True), ("DELETE /x", None, True), ("PATCH /x", None, True),
    ],
)  # fmt: skip
def test_what_changes_something_is_told_by_its_method_or_its_word(request_text, reads, changes):
    step = {"name": "go", "request": request_text} | ({} if reads is None else {"reads": reads})
    assert _plan(step).steps[0].changes is changes


@pytest.mark.parametrize(("effect", "kept"), [("read", 3600.0), ("change", None), ("destructive", None)])
def test_the_answer_of_a_change_is_never_kept_whatever_its_description_says(effect, kept):
    assert _plan(effect=effect, keep="1h").keep == kept


def test_a_path_is_cut_at_its_own_slashes_only():
    plan = _plan({"name": "go", "request": "GET /a/{{ input.x / input.y }}b/{{ '}}/{{' }}"})
    assert [part if isinstance(part, str) else part.source for part in plan.steps[0].request.path] == [
        "/a", "{{ input.x / input.y }}b", "{{ '}}/{{' }}",
    ]  # fmt: skip


def test_headers_of_the_product_are_overruled_by_the_steps_own():
    connector = toy(
        headers={"A": "1", "B": "1"}, actions={"go": action({"name": "go", "request": "GET /", "headers": {"B": "2"}})}
    )
    plan = compile_action(connector, "go", {})
    assert {name: value.source for name, value in plan.steps[0].request.headers.items()} == {"A": "1", "B": "2"}


def test_the_actions_own_rules_come_before_the_products():
    connector = toy(
        errors=[{"when": "true", "code": "conflict"}],
        actions={"go": action(errors=[{"when": "true", "code": "not_found"}])},
    )
    assert [rule.code for rule in compile_action(connector, "go", {}).rules] == ["not_found", "conflict"]


def test_the_vocabulary_gives_inputs_and_output():
    plan = compile_action(catalogue().connectors["opnsense"], "block_address", catalogue().vocabulary)
    assert plan.inputs_schema["required"] == ["address"]
    assert plan.output_schema["required"] == ["address", "id"]


def test_an_action_that_is_not_there_is_said():
    with pytest.raises(DescriptionError, match="it is not there"):
        compile_action(toy(), "nothing", {})


def test_a_fault_names_the_field():
    with pytest.raises(DescriptionError, match=r"“toy”, “go”, steps\.go\.json: "):
        _plan({"name": "go", "request": "POST /go", "json": {"a": "{{ input. }}"}})


def test_a_tree_of_expressions_gives_json():
    plan = _plan(output={"a": ["1", {"b": "'x'"}], "n": 5, "none": None})
    assert evaluate_tree(plan.output, new_scope()) == {"a": [1, {"b": "x"}], "n": 5, "none": None}
