"""What a field holds → the chain that makes its value, and back; without Qt."""

from __future__ import annotations

from tocsin.base.json_types import Json
from tocsin.expressions import ExpressionError
from tocsin.expressions.chains import Chain, read_chain
from tocsin.expressions.parser import parse
from tocsin.expressions.rules import find_constant, spell_constant
from tocsin.expressions.templates import find_slots
from tocsin.ui.expression.values import in_braces


def read_value(value: Json) -> Chain | None:
    """Return the chain of a field's value: of one value in braces, or of plain text as a constant.

    None for nothing, for text among values, and for lists and objects.
    """
    if isinstance(value, bool | int | float):
        return Chain(spell_constant(value))
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        slots = find_slots(value)
    except ExpressionError:
        return None
    if not slots:
        return Chain(spell_constant(value))
    slot = slots[0]
    is_whole = (slot.start, slot.end) == (0, len(value))
    return read_chain(slot.text) if is_whole else None


def text_of_source(source: str) -> str:
    """Return a chain's source as a field shows it: plain text for a constant text, else a value in braces."""
    constant = find_constant(parse(source))
    is_plain = isinstance(constant, str) and bool(constant.strip()) and "{{" not in constant and "\n" not in constant
    return constant if isinstance(constant, str) and is_plain else in_braces(source)
