import gc
import weakref

import pytest

from tocsin.expressions import EvaluationError, Scope, compile_expression, evaluate


def value_of(text, scope):
    return evaluate(compile_expression(text), scope)


def test_a_child_sees_its_parent_and_hides_it():
    run = Scope()
    run.bind("alert", {"id": "a"})
    run.bind("host", {"id": "outer"})
    item = Scope(parent=run)
    item.bind("host", {"id": "inner"})
    assert value_of("alert.id + host.id", item) == "ainner"
    assert value_of("alert.id + host.id", run) == "aouter"
    item.unbind("host")
    assert value_of("host.id", item) == "outer"


def test_items_share_what_they_read_outside_and_nothing_else():
    run = Scope()
    run.bind("limit", {"n": 10})
    items = [Scope(parent=run) for _ in range(3)]
    for index, scope in enumerate(items):
        scope.bind("item", index)
    assert [value_of("item + limit.n", scope) for scope in items] == [10, 11, 12]
    assert value_of("item + limit.n", items[0]) == 10


def test_what_is_taken_away_is_gone():
    scope = Scope()
    scope.bind("x", {"a": 1})
    assert value_of("x.a", scope) == 1
    scope.unbind("x")
    assert "x" not in scope
    with pytest.raises(EvaluationError, match="“x”"):
        value_of("x.a", scope)


def test_a_new_value_replaces_the_old_one():
    scope = Scope()
    for number in (1, 2):
        scope.bind("x", {"a": number})
        assert value_of("x.a", scope) == number


def test_null_is_a_value():
    scope = Scope()
    scope.bind("x", None)
    assert "x" in scope
    assert value_of("x == null", scope) is True


def test_nodes_of_a_body_and_outside_are_one_map():
    run = Scope()
    run.bind("nodes", {"approve": {"output": {"by": "analyst"}}})
    item = Scope(parent=run)
    item.bind("nodes", {"isolate": {"changed": True}})
    assert value_of("nodes.isolate.changed && nodes.approve.output.by == 'analyst'", item) is True


def test_only_what_is_read_is_converted():
    scope = Scope()
    scope.bind("alert", {"score": 97.0, "raw": {"id": 2**70}})
    assert value_of("alert.score", scope) == 97.0
    with pytest.raises(EvaluationError, match="beyond 64 bits in “alert”"):
        value_of("alert.raw.id", scope)


def test_now_is_the_time_that_was_set():
    run = Scope()
    item = Scope(parent=run)
    item.now_micros = 1_795_489_200_000_000
    assert value_of("now()", run) == "2026-11-24T03:00:00.000Z"


def test_internal_means_the_environments_networks():
    item = Scope(parent=Scope(networks=["198.51.100.0/24"]))
    assert value_of("is_internal('198.51.100.7') && !is_internal('10.0.0.1')", item) is True


def test_a_network_that_is_none_is_refused():
    with pytest.raises(EvaluationError, match="network"):
        Scope(networks=["10.0.0.1/8"])


def test_further_functions_can_be_given():
    scope = Scope(functions={"quote_fql": lambda text: f"'{text}'"})
    assert value_of("quote_fql('x')", Scope(parent=scope)) == "'x'"


def test_many_expressions_do_not_fill_the_memory():
    scope = Scope()
    scope.bind("x", 1)
    assert [value_of(f"x + {number}", scope) for number in range(300)] == list(range(1, 301))
    assert len(scope._shared.contexts) < 300


class Watched(dict):
    """A value of which one can ask whether it is still there."""


@pytest.mark.parametrize("text", ["alert.id", "get(alert, 'id', '')", "string(now()) + alert.id"])
def test_what_a_scope_was_told_goes_with_it(text):
    value = Watched(id="a")
    scope = Scope(networks=["10.0.0.0/8"], functions={"f": str})
    scope.bind("alert", value)
    value_of(text, scope)
    still = weakref.ref(value)
    del scope, value
    gc.collect()
    assert still() is None
