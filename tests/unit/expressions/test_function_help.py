import pytest

from tocsin.expressions import FUNCTIONS, Scope, compile_expression, evaluate
from tocsin.expressions.diagnosis import CEL_OWN
from tocsin.expressions.function_help import ALL_FUNCTIONS


@pytest.mark.parametrize("info", ALL_FUNCTIONS, ids=lambda info: info.name)
def test_every_example_is_true(info):
    assert evaluate(compile_expression(info.example.text), Scope()) == info.example.result


@pytest.mark.parametrize("info", ALL_FUNCTIONS, ids=lambda info: info.name)
def test_every_function_is_there_with_signature_and_help(info):
    assert info.name in FUNCTIONS or info.name in CEL_OWN
    assert f"{info.name}(" in info.signature
    assert info.is_method == ("." in info.signature.partition("(")[0])
    assert info.help.endswith(".")


def test_functions_are_listed_once_and_by_name():
    names = [info.name for info in ALL_FUNCTIONS]
    assert names == sorted(set(names), key=str.lower)
    assert set(FUNCTIONS) < set(names)
