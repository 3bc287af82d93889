"""Expressions that need no CEL: nothing but a path, or a path that is compared with a constant. Most are one of these.

A shortcut is taken only where CEL could say nothing else: for texts of ASCII, truths, and numbers that a double holds
exactly. Whatever else there may be, a missing field first of all, is CEL's to decide and to explain.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from tocsin.expressions.syntax import Binary, Literal, Name, Node, Select
from tocsin.expressions.values import Path

EXACT: Final = 2**53 - 1
Way: TypeAlias = tuple[str, Path]
"""A root, and the fields from there."""

_Decides: TypeAlias = Callable[[Any, Any], bool]
_EQUALS: Final[Mapping[str, _Decides]] = {"==": operator.eq, "!=": operator.ne}
_ORDERS: Final[Mapping[str, _Decides]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_KINDS: Final[Mapping[str, type]] = {"string": str, "int": float, "double": float, "bool": bool}
"""What values may be for a constant of one of CEL's types."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`path operator constant`.

    Attributes:
        way: The path.
        decides: The operator.
        constant: A text, a number, or true or false.
        kind: str, float for every number, or bool.
    """

    way: Way
    decides: _Decides
    constant: str | float | bool
    kind: type

    def decide(self, value: object) -> bool | None:
        """Return what the comparison says of a value, or None where that is for CEL to say."""
        kind = type(value)
        if kind is str:
            is_sure = self.kind is str and cast("str", value).isascii()
        elif kind is int or kind is float:
            is_sure = self.kind is float and -EXACT <= cast("float", value) <= EXACT
        else:
            is_sure = kind is bool and self.kind is bool
        return self.decides(value, self.constant) if is_sure else None


def find_way(tree: Node) -> Way | None:
    """Return the path that an expression is, or None when it is more than that."""
    members: list[str] = []
    while isinstance(tree, Select):
        members.append(tree.member)
        tree = tree.operand
    return (tree.name, tuple(reversed(members))) if isinstance(tree, Name) else None


def find_comparison(tree: Node) -> Comparison | None:
    """Return the comparison of a path with a constant that an expression is, or None when it is something else."""
    match tree:
        case Binary(operator=written, left=left, right=Literal(type=named, value=str() | int() | float() as constant)):
            way, kind = find_way(left), _KINDS.get(named)
            decides = _EQUALS.get(written) or (_ORDERS.get(written) if kind is not bool else None)
            if way is None or kind is None or decides is None or not _is_sure(constant):
                return None
            return Comparison(way, decides, constant, kind)
        case _:
            return None


def _is_sure(constant: str | float) -> bool:
    return constant.isascii() if isinstance(constant, str) else -EXACT <= constant <= EXACT


def passes_through(value: object) -> bool:
    """Tell whether CEL would give a value back as it is: most fields are a path to one of these."""
    kind = type(value)
    if kind is str:
        return cast("str", value).isascii()
    if kind is int:
        return -EXACT <= cast("int", value) <= EXACT
    return value is None or kind is bool
