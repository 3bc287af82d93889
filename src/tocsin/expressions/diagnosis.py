"""Says why an expression ended in an error, by running its parts: the library's own texts name no path and no place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, cast

from tocsin.base.errors import did_you_mean
from tocsin.base.texts import _
from tocsin.expressions.errors import EvaluationError
from tocsin.expressions.expression import Expression
from tocsin.expressions.functions import FUNCTIONS
from tocsin.expressions.runtime import run_part
from tocsin.expressions.scope import Scope
from tocsin.expressions.syntax import (
    Binary,
    Call,
    Conditional,
    Has,
    Index,
    Logic,
    Macro,
    Name,
    Node,
    Select,
    Unary,
)
from tocsin.expressions.values import MISSING, name_of_type
from tocsin.model.failures import FailureCode
from tocsin.model.names import CEL_FUNCTIONS

_MAX_ITEMS: Final = 1000
_TIME_METHODS: Final = (
    "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear", "getFullYear", "getHours", "getMilliseconds",
    "getMinutes", "getMonth", "getSeconds",
)  # fmt: skip
CEL_OWN: Final = frozenset((*CEL_FUNCTIONS, *_TIME_METHODS))
"""The functions that CEL itself has."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A node of an expression's tree, with the scope in which it is evaluated."""

    node: Node
    text: str
    scope: Scope

    @property
    def source(self) -> str:
        return self.text[self.node.start : self.node.end]

    @property
    def value(self) -> object:
        if isinstance(self.node, Name):
            return self.scope.find(self.node.name)
        return run_part(self.source, self.scope)

    def of(self, node: Node) -> _Part:
        return _Part(node, self.text, self.scope)


def find_cause(expression: Expression, scope: Scope) -> EvaluationError:
    """Return the error of an expression that ended in one: of the innermost part that has no value."""
    part = _Part(expression.tree, expression.text, scope)
    while (inner := next((each for each in _evaluated(part) if each.value is MISSING), None)) is not None:
        part = inner
    return _describe(part)


def _evaluated(part: _Part) -> Iterator[_Part]:
    """Go through the parts that are evaluated on the way to the value of this one."""
    match part.node:
        case Has(path=path):
            yield part.of(path.operand)
        case Conditional() as node:
            yield part.of(node.test)
            yield part.of(node.then if part.of(node.test).value is True else node.otherwise)
        case Macro() as node:
            yield part.of(node.range)
            yield from _steps(part, node)
        case Call(function="get", arguments=arguments):
            yield from (part.of(argument) for argument in arguments[1:])
        case node:
            yield from (part.of(child) for child in node.parts)


def _steps(part: _Part, node: Macro) -> Iterator[_Part]:
    items = part.of(node.range).value
    if not isinstance(items, list):
        return
    for item in islice(cast("list[object]", items), _MAX_ITEMS):
        inside = part.scope.child_with(node.variable, item)
        *filters, last = (_Part(step, part.text, inside) for step in node.steps)
        yield from filters
        if all(step.value is True for step in filters):
            yield last


def _describe(part: _Part) -> EvaluationError:
    match part.node:
        case Name(name=name):
            return _missing_root(name)
        case Select(operand=operand, member=member):
            return _missing_field(part, part.of(operand), member)
        case Index(operand=operand, index=index):
            return _missing_item(part, part.of(operand), part.of(index).value)
        case Call() as node:
            return _failed_call(part, node)
        case Binary() as node:
            return _failed_operator(node.operator, part.of(node.left).value, part.of(node.right).value)
        case _:
            return _describe_misuse(part)


def _describe_misuse(part: _Part) -> EvaluationError:
    match part.node:
        case Unary(operator=operator, operand=operand):
            return EvaluationError(
                _("“{operator}” cannot take {name_of_type}.").format(
                    operator=operator, name_of_type=name_of_type(part.of(operand).value)
                )
            )
        case Logic(operator=operator):
            return EvaluationError(
                _("“{operator}” joins what is true or false, nothing else.").format(operator=operator)
            )
        case Conditional(test=test):
            return EvaluationError(
                _("Before “?” stands {name_of_type}, not true or false.").format(
                    name_of_type=name_of_type(part.of(test).value)
                )
            )
        case Macro(macro=macro):
            return EvaluationError(
                _("{macro}() goes through a list, and asks what is true or false.").format(macro=macro)
            )
        case _:
            return EvaluationError(_("“{source}” has no value here.").format(source=part.source))


def _missing_root(name: str) -> EvaluationError:
    return EvaluationError(
        _("“{name}” has no value here.").format(name=name),
        missing=name,
        hint=_(
            "Its node may have been skipped: ask has(nodes.{name}.output), or use get({name}, 'a.b', default)."
        ).format(name=name),
    )


def _missing_field(part: _Part, operand: _Part, member: str) -> EvaluationError:
    value = operand.value
    if not isinstance(value, Mapping):
        return EvaluationError(
            _("“{source}” is {name_of_type}, so it has no field “{member}”.").format(
                source=operand.source, name_of_type=name_of_type(value), member=member
            ),
            missing=part.source,
        )
    fields = [str(key) for key in cast("Mapping[object, object]", value)]
    return EvaluationError(
        _("“{source}” is not there: “{source2}” has no field “{member}”.").format(
            source=part.source, source2=operand.source, member=member
        ),
        missing=part.source,
        hint=did_you_mean(member, fields) or _("Ask has({source}) first.").format(source=part.source),
    )


def _missing_item(part: _Part, operand: _Part, index: object) -> EvaluationError:
    value = operand.value
    message = _("“{source}” is {name_of_type}, which has no item at {name_of_type2}.").format(
        source=operand.source, name_of_type=name_of_type(value), name_of_type2=name_of_type(index)
    )
    if isinstance(value, list) and isinstance(index, int):
        count = len(cast("list[object]", value))
        message = _("“{source}” is not there: “{source2}” has {count} items, counted from 0.").format(
            source=part.source, source2=operand.source, count=count
        )
    elif isinstance(value, Mapping):
        message = _("“{source}” is not there: “{source2}” has no such field.").format(
            source=part.source, source2=operand.source
        )
    return EvaluationError(message, missing=part.source)


def _failed_call(part: _Part, node: Call) -> EvaluationError:
    _unused = part.value  # runs it once more, alone, so that the scope holds what the function said
    if part.scope.failure is not None:
        return part.scope.failure
    if node.function not in CEL_OWN and not part.scope.has_function(node.function):
        hint = did_you_mean(node.function, (*FUNCTIONS, *CEL_OWN))
        return EvaluationError(_("There is no function “{function}”.").format(function=node.function), hint=hint)
    types = [name_of_type(part.of(argument).value) for argument in node.arguments]
    return EvaluationError(
        _("{function}() cannot take {types} as it stands here.").format(
            function=node.function, types=" and ".join(types) or _("nothing")
        ),
        kind=FailureCode.BAD_ARGUMENT,
    )


def _failed_operator(operator: str, left: object, right: object) -> EvaluationError:
    if operator in {"/", "%"} and right == 0 and type(left) is type(right):
        return EvaluationError(_("The expression divides by zero."))
    if type(left) is type(right) is int:
        return EvaluationError(_("The result is a whole number beyond 64 bits."))
    hint = ""
    if {type(left), type(right)} == {int, float}:
        hint = _("Use double(…) on the whole number.")
    return EvaluationError(
        _("“{operator}” cannot join {name_of_type} and {name_of_type2}.").format(
            operator=operator, name_of_type=name_of_type(left), name_of_type2=name_of_type(right)
        ),
        hint=hint,
    )
