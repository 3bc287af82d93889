"""Expressions written anew where something is wrong with them; every other character stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from tocsin.expressions.expression import Expression
from tocsin.expressions.lexer import quote
from tocsin.expressions.references import Reference, spell_path
from tocsin.expressions.syntax import Binary, Conditional, Literal, Logic, Macro, Node
from tocsin.expressions.values import Path

_EQUALITY: Final = frozenset({"==", "!="})
_TEXTUAL: Final = frozenset({"int", "double", "bool"})
_PLAIN: Final = re.compile(r"[\w .\[\]-]*")


def asking_first(expression: Expression, at: tuple[int, int], question: str, *, is_condition: bool) -> str | None:
    """Return the expression with `has(question) &&` before the operand that reads a path.

    Args:
        expression: What is true or false as a whole, or holds something that is: an operand of ||, a step of exists.
        at: Where the path stands: its start, and the place after its end.
        question: The path to ask for.
        is_condition: The whole expression is true or false.

    Returns:
        None where nothing around the path is true or false for sure.
    """
    around = _way_to(expression.tree, *at)
    asked = _nearest_condition(around, is_condition=is_condition)
    if asked is None:
        return None
    text = expression.text
    body = text[asked.start : asked.end]
    binds_less = isinstance(asked, Conditional) or (isinstance(asked, Logic) and asked.operator == "||")
    if binds_less and asked.parts[0].start == asked.start:  # else it is in parentheses already
        body = f"({body})"
    return f"{text[: asked.start]}has({question}) && {body}{text[asked.end :]}"


def with_default(expression: Expression, reference: Reference, root: str, path: Path, default: str) -> str:
    """Return the expression with `get(root, 'path', default)` where a path was read."""
    spelled = spell_path("", path).removeprefix(".")
    call = f"get({root}, {_quoted(spelled)}, {default})"
    return f"{expression.text[: reference.start]}{call}{expression.text[reference.end :]}"


def in_one_type(text: str, node: Binary, left: str, right: str) -> str:
    """Return an operation written so that both sides are of one type; "" where only a person can say how.

    A whole number becomes a decimal one beside one, and what is no text becomes one beside a text.
    """
    pair = {left, right}
    if pair == {"int", "double"}:
        wanted = "double"
    elif "string" in pair and pair - {"string"} <= _TEXTUAL and node.operator in _EQUALITY | {"+"}:
        wanted = "string"
    else:
        return ""
    sides = [_as(text, side, kind, wanted) for side, kind in ((node.left, left), (node.right, right))]
    between = text[node.left.end : node.right.start]
    return f"{text[node.start : node.left.start]}{sides[0]}{between}{sides[1]}{text[node.right.end : node.end]}"


def _as(text: str, side: Node, kind: str, wanted: str) -> str:
    spelled = text[side.start : side.end]
    if kind == wanted:
        return spelled
    if isinstance(side, Literal):
        return f"{spelled}.0" if wanted == "double" else _quoted(spelled)
    return f"{wanted}({spelled})"


def _quoted(text: str) -> str:
    """Return a literal in single quotes where that needs no escapes: files put the whole expression in double ones."""
    return f"'{text}'" if _PLAIN.fullmatch(text) else quote(text)


def _way_to(node: Node, start: int, end: int) -> list[Node]:
    """Return the nodes around a place, from the outside in, itself included."""
    way = [node]
    while True:
        inner = next((part for part in way[-1].parts if part.start <= start and end <= part.end), None)
        if inner is None:
            return way
        way.append(inner)


def _nearest_condition(way: list[Node], *, is_condition: bool) -> Node | None:
    conditions: list[Node] = [way[0]] if is_condition else []
    conditions.extend(_inner_conditions(way))
    return conditions[-1] if conditions else None


def _inner_conditions(way: list[Node]) -> Iterator[Node]:
    for outer, inner in pairwise(way):
        match outer:
            case Logic():
                yield inner
            case Macro(macro=macro) if macro != "map" and inner is not outer.range:
                yield inner
            case Conditional() if inner is outer.test:
                yield inner
            case _:
                pass
