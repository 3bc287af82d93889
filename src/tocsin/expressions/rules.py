"""A condition as rows: a field, an operator, a value, joined by all or by any. It reads and writes the same CEL.

Rows say what most conditions say. What they cannot say is no fault: `read_rules` gives None, and a person goes on in
the text. What is written reads back as the same rows, and what was read is written so that it means the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from tocsin.expressions.errors import ExpressionError
from tocsin.expressions.lexer import quote, split_tokens
from tocsin.expressions.parser import parse
from tocsin.expressions.syntax import (
    Binary,
    Call,
    Has,
    Index,
    ListOf,
    Literal,
    Logic,
    Macro,
    Name,
    Node,
    Select,
    Unary,
)

LEVELS: Final = 2
"""How deep groups lie: rows, and groups of rows among them."""

Plain: TypeAlias = bool | int | float | str
"""What is compared with. A whole number and a decimal one are two kinds in CEL, as they are in Python."""
Constant: TypeAlias = Plain | tuple[Plain, ...]


class Joiner(StrEnum):
    """Whether all rows must hold, or one is enough."""

    ALL = "&&"
    ANY = "||"


class Operator(StrEnum):
    """What a row asks of its field. The value is CEL's operator or function; `!` before it turns it round."""

    IS = "=="
    IS_NOT = "!="
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="
    ONE_OF = "in"
    NONE_OF = "!in"
    CONTAINS = "contains"
    CONTAINS_NOT = "!contains"
    BEGINS = "startsWith"
    BEGINS_NOT = "!startsWith"
    ENDS = "endsWith"
    ENDS_NOT = "!endsWith"
    MATCHES = "matches"
    MATCHES_NOT = "!matches"
    HOLDS = "true"
    HOLDS_NOT = "!true"
    THERE = "has"
    MISSING = "!has"
    INTERNAL = "is_internal"
    EXTERNAL = "!is_internal"
    PRIVATE = "is_private"
    PUBLIC = "!is_private"

    @property
    def is_negated(self) -> bool:
        """It turns another one round."""
        return self.value.startswith("!") and self is not Operator.IS_NOT

    @property
    def takes_value(self) -> bool:
        """A value stands beside it."""
        return self not in _ALONE


@dataclass(frozen=True, slots=True)
class Path:
    """A value of another step that is compared with, or what is made of some, as an expression writes it."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One row.

    Attributes:
        field: What is looked at, as an expression writes it: `alert.src_ip`, `size(endpoints.hosts)`.
        operator: What is asked of it.
        value: What it is compared with; None for an operator that stands alone.
    """

    field: str
    operator: Operator
    value: Constant | Path | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """Rows, and how they are joined; none of them holds always."""

    joiner: Joiner = Joiner.ALL
    items: tuple[Rule | Rules, ...] = ()


_ALONE: Final = frozenset(
    {
        Operator.HOLDS,
        Operator.HOLDS_NOT,
        Operator.THERE,
        Operator.MISSING,
        Operator.INTERNAL,
        Operator.EXTERNAL,
        Operator.PRIVATE,
        Operator.PUBLIC,
    }
)
_METHODS: Final = frozenset({"contains", "startsWith", "endsWith", "matches"})
_FUNCTIONS: Final = frozenset({"is_internal", "is_private"})
_COMPARISONS: Final = frozenset({"==", "!=", ">", ">=", "<", "<="})
_ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "%"})
_KINDS: Final = frozenset({"bool", "int", "double", "string"})
_READ: Final = (Name, Select, Index, Call, Macro)
_TURNED: Final = frozenset(one.value for one in Operator if one.is_negated)
_ALWAYS: Final = "true"


def read_rules(text: str) -> Rules | None:
    """Return the rows that say what a condition says, or None where rows cannot, or it is no expression."""
    try:
        tree = parse(text)
    except ExpressionError:
        return None
    if has_comment(text):
        return None
    if isinstance(tree, Literal) and tree.value is True:
        return Rules()
    reader = _Reader(text)
    rule = reader.rule(tree)
    return reader.group(tree, LEVELS) if rule is None else Rules(items=(rule,))


def write_rules(rules: Rules) -> str:
    """Return the CEL of rows: what `read_rules` reads as these again."""
    return f" {rules.joiner} ".join(map(_written, rules.items)) or _ALWAYS


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str

    def group(self, node: Node, levels: int) -> Rules | None:
        if not isinstance(node, Logic) or not levels:
            return None
        items = [self.rule(part) or self.group(part, levels - 1) for part in node.operands]
        found = tuple(item for item in items if item is not None)
        return Rules(Joiner(node.operator), found) if len(found) == len(items) else None

    def rule(self, node: Node) -> Rule | None:
        if not isinstance(node, Unary) or node.operator != "!":
            return self._positive(node)
        rule = self._positive(node.operand)
        turned = f"!{rule.operator}" if rule is not None else ""
        return Rule(rule.field, Operator(turned), rule.value) if rule is not None and turned in _TURNED else None

    def _positive(self, node: Node) -> Rule | None:
        match node:
            case Binary(operator="in"):
                return self._compared(node, Operator.ONE_OF)
            case Binary(operator=operator) if operator in _COMPARISONS:
                return self._compared(node, Operator(operator))
            case Call(function=function, arguments=(target, argument), is_method=True) if function in _METHODS:
                return self._made(target, Operator(function), self._value(argument))
            case Call(function=function, arguments=(argument,), is_method=False) if function in _FUNCTIONS:
                return self._alone(argument, Operator(function))
            case Has():
                return self._alone(node.path, Operator.THERE)
            case _:
                return self._alone(node, Operator.HOLDS)

    def _compared(self, node: Binary, operator: Operator) -> Rule | None:
        right = node.right
        value = _constants(right) if isinstance(right, ListOf) and operator is Operator.ONE_OF else self._value(right)
        return self._made(node.left, operator, value)

    def _made(self, field: Node, operator: Operator, value: Constant | Path | None) -> Rule | None:
        source = self._source(field)
        return Rule(source, operator, value) if source and value is not None else None

    def _alone(self, field: Node, operator: Operator) -> Rule | None:
        source = self._source(field) if isinstance(field, _READ) else ""
        return Rule(source, operator) if source else None

    def _value(self, node: Node) -> Constant | Path | None:
        if isinstance(node, Literal):
            return find_constant(node)
        source = self._source(node)
        return Path(source) if source else None

    def _source(self, node: Node) -> str:
        """Return what is looked at as it is written; "" for what is a condition of its own, or no value."""
        is_sum = isinstance(node, Binary) and node.operator in _ARITHMETIC
        return self.text[node.start : node.end].strip() if is_sum or isinstance(node, _READ) else ""


def find_constant(node: Node) -> Plain | None:
    """Return the constant that a node is; None for what is none, and for null, bytes and unsigned numbers."""
    if not isinstance(node, Literal) or node.type not in _KINDS or isinstance(node.value, bytes):
        return None
    return node.value


def _constants(node: ListOf) -> tuple[Plain, ...] | None:
    found = [find_constant(item) for item in node.items]
    plain = tuple(value for value in found if value is not None)
    return plain if plain and len(plain) == len(found) else None


def has_comment(text: str) -> bool:
    """Tell whether a comment stands in an expression that can be read: rows would lose it."""
    end = 0
    for token in split_tokens(text):
        if "//" in text[end : token.start]:
            return True
        end = token.start + len(token.text)
    return False


def _written(item: Rule | Rules) -> str:
    if isinstance(item, Rules):
        return f"({write_rules(item)})"
    sign = "!" if item.operator.is_negated else ""
    return f"{sign}{_asked(item.field, item.operator.value.removeprefix(sign), item.value, in_brackets=bool(sign))}"


def _asked(field: str, test: str, value: Constant | Path | None, *, in_brackets: bool) -> str:
    if test in _METHODS:
        return f"{field}.{test}({_spoken(value)})"
    if test in _FUNCTIONS or test == Operator.THERE:
        return f"{test}({field})"
    if test == Operator.HOLDS:
        return field
    said = f"{field} {test} {_spoken(value)}"
    return f"({said})" if in_brackets else said


def _spoken(value: Constant | Path | None) -> str:
    if isinstance(value, Path):
        return value.text
    if isinstance(value, tuple):
        return f"[{', '.join(map(spell_constant, value))}]"
    return "" if value is None else spell_constant(value)


def spell_constant(value: Plain) -> str:
    """Return a constant as an expression writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    is_simple = value.isprintable() and not any(char in value for char in "'\\")
    return f"'{value}'" if is_simple else quote(value)
