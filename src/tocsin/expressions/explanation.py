"""Says why an expression has its value: what each operand was, and what would turn a yes into a no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, cast

from tocsin.base.json_types import Json
from tocsin.base.texts import _, language
from tocsin.expressions.errors import EvaluationError
from tocsin.expressions.evaluation import evaluate
from tocsin.expressions.expression import Expression, compile_expression
from tocsin.expressions.scope import Scope
from tocsin.expressions.syntax import Binary, Conditional, ListOf, Literal, Logic, MapOf, Node, Unary
from tocsin.expressions.values import MISSING

_COMPARISONS: Final = {
    "==": (_("equal to"), _("other than")),
    "!=": (_("other than"), _("equal to")),
    "<": (_("less than"), _("at least")),
    "<=": (_("at most"), _("more than")),
    ">": (_("more than"), _("at most")),
    ">=": (_("at least"), _("less than")),
    "in": ("in", _("not in")),
}
_KEPT: Final = 512


@dataclass(frozen=True, slots=True)
class Operand:
    """A part of an expression with what it was.

    Attributes:
        text: The part as it is written.
        value: Its value; None when it had none.
        error: Why it had none, or None.
        absorbed: It ended in an error that did not matter, since another operand decided.
    """

    text: str
    value: Json
    error: str | None = None
    absorbed: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an expression had its value.

    Attributes:
        operands: The conditions that are joined by && and ||, and the sides of each comparison, as they stand.
        flip: For true or false, a sentence that says what would turn it; "" when that cannot be said.
    """

    operands: tuple[Operand, ...]
    flip: str


def explain(expression: Expression, scope: Scope, *, value: object = MISSING) -> Explanation:
    """Return why an expression has its value in this scope; it may also end in an error.

    Args:
        expression: What was evaluated.
        scope: Where.
        value: What it gave, where that is known already.
    """
    if expression.comparison is not None and isinstance(value, bool):
        return _explain_comparison(expression, scope, value=value)
    reader = _Reader(expression.text, scope, {})
    if value is not MISSING:
        source = reader.source(expression.tree)
        reader.known[source] = Operand(source, cast("Json", value))
    whole = reader.operand(expression.tree)
    spoken = {reader.source(node): reader.operand(node) for node in reader.spoken(expression.tree)}
    operands = tuple(spoken.values())
    if whole.error is None:
        operands = tuple(replace(part, absorbed=True) if part.error is not None else part for part in operands)
    return Explanation(operands, _flip(reader, expression.tree, whole.value))


def _explain_comparison(expression: Expression, scope: Scope, *, value: bool) -> Explanation:
    """Explain what most branches ask: from run to run only the value of the field differs."""
    whole, field, flips = _words_of(expression, language())
    return Explanation((Operand(whole, value), _evaluated(field, scope)), flips[value])


@lru_cache(maxsize=_KEPT)
def _words_of(comparison: Expression, _language: str) -> tuple[str, str, Mapping[bool, str]]:
    """Return what is compared as it is written, its field, and what would turn each outcome, in one language."""
    tree = comparison.tree
    reader = _Reader(comparison.text, Scope(), {})
    whole, field = reader.source(tree), reader.source(tree.parts[0])
    reader.known[whole] = Operand(whole, None)
    return whole, field, {value: _flip(reader, tree, value) for value in (True, False)}


def _evaluated(source: str, scope: Scope) -> Operand:
    try:
        return Operand(source, evaluate(compile_expression(source), scope))
    except EvaluationError as error:
        return Operand(source, None, error.message)


def _flip(reader: _Reader, tree: Node, value: Json) -> str:
    if not isinstance(value, bool):
        return ""
    change = reader.change(tree, wanted=not value)
    return _("It would be {word} if {change}.").format(word=_word(not value), change=change) if change else ""


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    scope: Scope
    known: dict[str, Operand]

    def source(self, node: Node) -> str:
        return self.text[node.start : node.end]

    def operand(self, node: Node) -> Operand:
        source = self.source(node)
        if source not in self.known:
            self.known[source] = _evaluated(source, self.scope)
        return self.known[source]

    def value(self, node: Node) -> Json:
        return self.operand(node).value

    def spoken(self, node: Node) -> Iterator[Node]:
        """Go through what is shown: conditions, then the sides of a comparison that are no constants."""
        match node:
            case Logic():
                yield from (shown for part in node.operands for shown in self.spoken(part))
            case Unary(operator="!", operand=operand):
                yield from self.spoken(operand)
            case Conditional():
                yield from self.spoken(node.test)
                yield from self.spoken(self.taken(node))
            case Literal() | ListOf() | MapOf():
                return
            case _:
                yield node
                if isinstance(node, Binary):
                    yield from (side for side in node.parts if not isinstance(side, Literal | ListOf | MapOf))

    def taken(self, node: Conditional) -> Node:
        return node.then if self.value(node.test) is True else node.otherwise

    def change(self, node: Node, *, wanted: bool) -> str:
        """Return the least that would make a condition what is wanted, as the end of “if …”; "" when unknown."""
        match node:
            case Logic():
                return self._change_of_logic(node, wanted=wanted)
            case Unary(operator="!", operand=operand):
                return self.change(operand, wanted=not wanted)
            case Conditional():
                return self.change(self.taken(node), wanted=wanted)
            case part if isinstance(part, Literal) or self.operand(part).error is not None:
                return ""
            case Binary(operator=operator, left=left, right=right) if operator in _COMPARISONS:
                phrase = _COMPARISONS[operator][0 if wanted else 1]
                return _("{source} were {phrase} {source2}").format(
                    source=self.source(left), phrase=phrase, source2=self.source(right)
                )
            case _:
                return _("{source} were {word}").format(source=self.source(node), word=_word(wanted))

    def _change_of_logic(self, node: Logic, *, wanted: bool) -> str:
        """One operand decides in one direction; in the other all that stand against it have to change."""
        one_is_enough = wanted == (node.operator == "||")
        against = [part for part in node.operands if self.value(part) is not wanted]
        changes = [self.change(part, wanted=wanted) for part in against]
        if one_is_enough:
            return " or ".join(change for change in changes if change)
        return " and ".join(changes) if all(changes) else ""


def _word(value: object) -> str:
    return "true" if value else "false"
