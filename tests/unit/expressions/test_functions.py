import pytest

from tocsin.expressions import FUNCTIONS, EvaluationError, Scope, compile_expression, evaluate
from tocsin.model.failures import FailureCode
from tocsin.model.names import FUNCTION_NAMES

EXAMPLES = [example for info in FUNCTIONS.values() for example in info.examples]


def test_the_table_holds_the_functions_whose_names_are_reserved():
    assert tuple(FUNCTIONS) == FUNCTION_NAMES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text)
def test_every_example_is_true(example):
    assert evaluate(compile_expression(example.text), Scope(networks=["10.0.0.0/8"])) == example.result


@pytest.mark.parametrize("info", FUNCTIONS.values(), ids=lambda info: info.name)
def test_a_wrong_number_of_values_is_a_bad_argument(info):
    text = f"{info.name}({', '.join(['1'] * (len(info.parameters) + 1))})"
    with pytest.raises(EvaluationError, match=info.name) as caught:
        evaluate(compile_expression(text), Scope())
    assert caught.value.kind is FailureCode.BAD_ARGUMENT


TYPED = [info for info in FUNCTIONS.values() if any(parameter.type != "any" for parameter in info.parameters)]


@pytest.mark.parametrize("info", TYPED, ids=lambda info: info.name)
def test_a_wrong_type_is_a_bad_argument(info):
    text = f"{info.name}({', '.join(['1'] * len(info.parameters))})"
    with pytest.raises(EvaluationError, match="not a whole number") as caught:
        evaluate(compile_expression(text), Scope())
    assert caught.value.kind is FailureCode.BAD_ARGUMENT
