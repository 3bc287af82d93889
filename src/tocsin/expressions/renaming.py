"""Follows the new name of a node in the expressions that read it, and leaves every other character as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.expressions.errors import ExpressionError, NotAllowedError
from tocsin.expressions.parser import parse
from tocsin.expressions.syntax import Macro, Name, Node, Select
from tocsin.expressions.templates import find_slots

_NODES: Final = "nodes"


def rename_root(text: str, old: str, new: str) -> str:
    """Return an expression with the root `old`, also as `nodes.old`, under its new name.

    Variables of macros, fields, functions and strings of the same name stay. A text that cannot be read as CEL comes
    back unchanged: it reads nothing.

    Raises:
        NotAllowedError: A macro of the expression calls its items `new`.
    """
    try:
        tree = parse(text)
    except ExpressionError:
        return text
    for start in sorted(_places(tree, old, new, frozenset()), reverse=True):
        text = text[:start] + new + text[start + len(old) :]
    return text


def rename_root_in_template(value: Json, old: str, new: str) -> Json:
    """Return a field's value with the root renamed in every slot of every text, at any depth; keys stay.

    Raises:
        NotAllowedError: A macro of one of the expressions calls its items `new`.
    """
    if isinstance(value, str):
        return _rename_in_text(value, old, new)
    if isinstance(value, Mapping):
        return {key: rename_root_in_template(field, old, new) for key, field in value.items()}
    if isinstance(value, Sequence):
        return [rename_root_in_template(item, old, new) for item in value]
    return value


def _rename_in_text(text: str, old: str, new: str) -> str:
    try:
        slots = find_slots(text)
    except ExpressionError:
        return text
    for slot in reversed(slots):
        renamed = rename_root(slot.text, old, new)
        text = text[: slot.text_start] + renamed + text[slot.text_start + len(slot.text) :]
    return text


def _places(node: Node, old: str, new: str, variables: frozenset[str]) -> Iterator[int]:
    match node:
        case Name(name=name, name_start=start) if name == old and name not in variables:
            if new in variables:
                raise NotAllowedError(
                    _("“{new}” is what a macro calls its items.").format(new=new),
                    position=start,
                    hint=_("Choose another name."),
                )
            yield start
        case Select(operand=Name(name=root), member=member, name_start=start) if root == _NODES and member == old:
            yield start
        case Macro():
            yield from _places(node.range, old, new, variables)
            for step in node.steps:
                yield from _places(step, old, new, variables | {node.variable})
        case _:
            for part in node.parts:
                yield from _places(part, old, new, variables)
