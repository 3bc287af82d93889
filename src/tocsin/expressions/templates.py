"""Text with `{{ expression }}` in it, at any depth of lists and maps (definitions.md D2b, engine.md 1.27).

A field that is exactly one template keeps the type of its value; any other is text. Keys are never templates, and a
value is never read again: data that holds braces stays data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.expressions.errors import EvaluationError, ExpressionError, TemplateError, TooLargeError
from tocsin.expressions.evaluation import evaluate
from tocsin.expressions.expression import Expression, compile_expression
from tocsin.expressions.lexer import STRING_PATTERN
from tocsin.expressions.parser import MAX_BYTES
from tocsin.expressions.references import Reference
from tocsin.expressions.scope import Scope
from tocsin.expressions.values import MAX_DEPTH, Path, text_of

_OPENING: Final = "{{"
_PIECE: Final = re.compile(rf"{STRING_PATTERN}|(?P<end>\}}\}})|(?P<brace>[{{}}])|[A-Za-z0-9_]+|(?s:.)")


@dataclass(frozen=True, slots=True)
class Slot:
    """One `{{ … }}` in a text.

    Attributes:
        start: Where its “{{” stands, from 0.
        end: The place after its “}}”.
        text_start: Where the expression begins, after blanks.
        text: The expression as written, without blanks around it.
    """

    start: int
    end: int
    text_start: int
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One expression of a template.

    Attributes:
        expression: It, compiled; places in it count from its own beginning.
        path: The keys and indexes that lead to the text it stands in; () when the text is the whole field.
        start: Where it begins in that text, from 0.
    """

    expression: Expression
    path: Path
    start: int


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with slots: alternating pieces, beginning and ending with plain text."""

    plain: tuple[str, ...]
    expressions: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class _List:
    items: tuple[_Compiled, ...]


@dataclass(frozen=True, slots=True)
class _Map:
    fields: tuple[tuple[str, _Compiled], ...]


@dataclass(frozen=True, slots=True)
class _Constant:
    value: Json


_Compiled: TypeAlias = "_Constant | Expression | _Text | _List | _Map"


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A field's value with the expressions in it compiled.

    Attributes:
        source: The value as it was written.
        parts: Every expression in it, in order.
        roots: The names that its expressions read, in the order of their first use.
        compiled: What render() goes through, for this module.
    """

    source: Json
    parts: tuple[Part, ...]
    roots: tuple[str, ...]
    compiled: _Compiled

    @property
    def is_constant(self) -> bool:
        """Whether it holds no expression."""
        return not self.parts

    @property
    def references(self) -> tuple[Reference, ...]:
        """The paths that its expressions read; their places count within each expression."""
        return tuple(reference for part in self.parts for reference in part.expression.references)

    @property
    def node_ids(self) -> tuple[str, ...]:
        """The ids X that its expressions name as `nodes.X`."""
        return tuple(dict.fromkeys(node for part in self.parts for node in part.expression.node_ids))


def compile_template(value: Json) -> Template:
    """Compile every expression in a value.

    Raises:
        ExpressionError: A slot is blank or not closed, or its expression cannot be used. `position` counts in the text
            it stands in, `path` leads there.
    """
    parts: list[Part] = []
    compiled = _compile(value, (), parts)
    roots = tuple(dict.fromkeys(root for part in parts for root in part.expression.roots))
    return Template(value, tuple(parts), roots, compiled)


def render(template: Template, scope: Scope) -> Json:
    """Return the field's value with every expression evaluated.

    Raises:
        EvaluationError: An expression ends in an error, or gives null, a list or a map inside text.
    """
    return _render(template.compiled, scope)


def find_slots(text: str) -> tuple[Slot, ...]:
    """Return the slots of a text.

    A slot ends at the first “}}” outside a CEL string and outside braces that were opened in it.

    Raises:
        TemplateError: A slot is blank or not closed.
        TooLargeError: A slot is longer than an expression may be.
    """
    slots: list[Slot] = []
    start = text.find(_OPENING)
    while start >= 0:
        slot = _read_slot(text, start)
        slots.append(slot)
        start = text.find(_OPENING, slot.end)
    return tuple(slots)


def find_closed_slots(text: str) -> tuple[Slot, ...]:
    """Return the slots of a text that may be half written: those that are closed and not blank. Never raises."""
    slots: list[Slot] = []
    start = text.find(_OPENING)
    while start >= 0:
        try:
            slots.append(_read_slot(text, start))
            start = text.find(_OPENING, slots[-1].end)
        except TooLargeError:
            break
        except TemplateError:
            end = _find_end(text, start + len(_OPENING))
            start = -1 if end is None else text.find(_OPENING, end + 2)
    return tuple(slots)


def _read_slot(text: str, start: int) -> Slot:
    begin = start + len(_OPENING)
    end = _find_end(text, begin)
    if end is None:
        raise TemplateError(
            _("“{{” is not closed."), position=start, hint=_("Add “}}”, or write {{ '{{' }} for the braces.")
        )
    inner = text[begin:end]
    if not inner.strip():
        raise TemplateError(_("There is nothing between “{{” and “}}”."), position=start)
    blank = len(inner) - len(inner.lstrip())
    return Slot(start, end + 2, begin + blank, inner.strip())


def _find_end(text: str, position: int) -> int | None:
    begin, depth = position, 0
    while (match := _PIECE.match(text, position)) is not None:
        if match["end"] and depth == 0:
            return position
        if position - begin > MAX_BYTES:
            raise TooLargeError(
                _("The expression is longer than {max_bytes} bytes.").format(max_bytes=MAX_BYTES), position=begin
            )
        position = match.end()
        if match["end"]:
            position -= 1  # one of two braces closes what was opened; the other may begin the end
        if match["end"] or match["brace"] == "}":
            depth = max(depth - 1, 0)
        elif match["brace"]:
            depth += 1
    return None


def _compile(value: Json, path: Path, parts: list[Part]) -> _Compiled:
    if isinstance(value, str):
        return _compile_text(value, path, parts)
    if len(path) > MAX_DEPTH:
        raise TooLargeError(_("The field has more than {max_depth} levels.").format(max_depth=MAX_DEPTH))
    before = len(parts)
    compiled: _Compiled
    if isinstance(value, Mapping):
        compiled = _Map(tuple((key, _compile(field, (*path, key), parts)) for key, field in value.items()))
    elif isinstance(value, Sequence):
        compiled = _List(tuple(_compile(item, (*path, index), parts) for index, item in enumerate(value)))
    else:
        return _Constant(value)
    return compiled if len(parts) > before else _Constant(value)


def _compile_text(text: str, path: Path, parts: list[Part]) -> _Compiled:
    try:
        slots = find_slots(text)
    except ExpressionError as error:
        raise error.moved(0, path=path) from None
    parts.extend(Part(_compile_slot(slot, path), path, slot.text_start) for slot in slots)
    if not slots:
        return _Constant(text)
    expressions = tuple(part.expression for part in parts[-len(slots) :])
    if len(slots) == 1 and slots[0].start == 0 and slots[0].end == len(text):
        return expressions[0]
    edges = [0, *(edge for slot in slots for edge in (slot.start, slot.end)), len(text)]
    plain = tuple(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return _Text(plain, expressions)


def _compile_slot(slot: Slot, path: Path) -> Expression:
    try:
        return compile_expression(slot.text)
    except ExpressionError as error:
        raise error.moved(slot.text_start, path=path) from None


def _render(compiled: _Compiled, scope: Scope) -> Json:
    match compiled:
        case _Constant(value=value):
            return value
        case Expression():
            return evaluate(compiled, scope)
        case _Text():
            return "".join(_pieces(compiled, scope))
        case _List(items=items):
            return [_render(item, scope) for item in items]
        case _Map(fields=fields):
            return {key: _render(field, scope) for key, field in fields}


def _pieces(compiled: _Text, scope: Scope) -> Iterator[str]:
    first, *rest = compiled.plain
    yield first
    for expression, plain in zip(compiled.expressions, rest, strict=True):
        yield _piece(expression, scope)
        yield plain


def _piece(expression: Expression, scope: Scope) -> str:
    value = evaluate(expression, scope)
    try:
        return text_of(value)
    except EvaluationError as error:
        raise EvaluationError(f"{error.message.removesuffix('.')}: “{expression.text}”.", hint=error.hint) from None
