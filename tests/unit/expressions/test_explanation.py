import pytest

from tocsin.expressions import Operand, Scope, compile_expression, explain


@pytest.fixture
def scope():
    scope = Scope(networks=["10.0.0.0/8"])
    scope.bind("reputation", {"score": 97.0})
    scope.bind("alert", {"src_ip": "203.0.113.66", "user": "eve", "tags": ["a"]})
    scope.bind("nodes", {"x": {"state": "skipped"}})
    return scope


def explanation(text, scope):
    return explain(compile_expression(text), scope)


def test_every_condition_and_its_sides_are_shown(scope):
    assert explanation("reputation.score >= 80.0 && !is_internal(alert.src_ip)", scope).operands == (
        Operand("reputation.score >= 80.0", value=True),
        Operand("reputation.score", value=97.0),
        Operand("is_internal(alert.src_ip)", value=False),
    )


def test_an_absorbed_error_is_shown(scope):
    shown = explanation("reputation.score > 80.0 || missing.x", scope).operands
    assert [(each.text, each.absorbed) for each in shown] == [
        ("reputation.score > 80.0", False),
        ("reputation.score", False),
        ("missing.x", True),
    ]
    assert shown[2].error == "“missing” has no value here."


def test_an_error_that_decided_is_not_absorbed(scope):
    (operand,) = explanation("missing", scope).operands
    assert (operand.error, operand.absorbed) == ("“missing” has no value here.", False)


def test_only_the_branch_that_was_taken_is_shown(scope):
    shown = explanation("has(nodes.x.output) ? x.score > 1.0 : alert.user == 'eve'", scope).operands
    assert [each.text for each in shown] == ["has(nodes.x.output)", "alert.user == 'eve'", "alert.user"]


@pytest.mark.parametrize(
    ("text", "flip"),
    [
        ("reputation.score >= 98.0", "It would be true if reputation.score were at least 98.0."),
        ("reputation.score >= 80.0", "It would be false if reputation.score were less than 80.0."),
        (
            "reputation.score >= 80.0 && !is_internal(alert.src_ip)",
            "It would be false if reputation.score were less than 80.0 or is_internal(alert.src_ip) were true.",
        ),
        (
            "reputation.score < 80.0 && alert.user == 'bob'",
            "It would be true if reputation.score were less than 80.0 and alert.user were equal to 'bob'.",
        ),
        ("reputation.score < 80.0 && alert.user == 'eve'", "It would be true if reputation.score were less than 80.0."),
        ("'b' in alert.tags || false", "It would be true if 'b' were in alert.tags."),
        ("has(nodes.x.output) ? true : alert.user != 'eve'", "It would be true if alert.user were other than 'eve'."),
        ("alert.user == 'eve' || missing.x", ""),
        ("reputation.score", ""),
        ("true", ""),
    ],
)
def test_what_would_turn_it_is_said(scope, text, flip):
    assert explanation(text, scope).flip == flip
