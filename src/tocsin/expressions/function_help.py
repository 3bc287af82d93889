"""Every function that an expression may call, with signature and help: for completion and documents.

Tocsin's own are in `functions`; CEL's are described here (CEL language definition, “Standard Definitions”).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tocsin.base.texts import _
from tocsin.expressions.functions import FUNCTIONS, Example


@dataclass(frozen=True, slots=True)
class FunctionHelp:
    """One function as a person reads of it.

    Attributes:
        name: Its name.
        signature: How to write it: `defang(text)`, `list.exists(x, test)`.
        returns: The CEL type of its result, or `any`.
        help: What it does, in one sentence.
        example: An expression and what it gives.
        is_method: It is written after what it is for: `text.contains(part)`.
    """

    name: str
    signature: str
    returns: str
    help: str
    example: Example
    is_method: bool = False


def _method(signature: str, returns: str, help_: str, example: Example) -> FunctionHelp:
    name = signature.partition(".")[2].partition("(")[0]
    return FunctionHelp(name, signature, returns, help_, example, is_method=True)


def _plain(signature: str, returns: str, help_: str, example: Example) -> FunctionHelp:
    return FunctionHelp(signature.partition("(")[0], signature, returns, help_, example)


_STANDARD: Final = (
    _plain("size(value)", "int", _("How many characters, items or entries there are."), Example("size([1, 2])", 2)),
    _plain("has(value.field)", "bool", _("Tells whether a field is there."), Example("has({'a': 1}.a)", result=True)),
    _method(
        "text.contains(part)", "bool", _("Tells whether a text holds another."),
        Example("'brute force'.contains('force')", result=True),
    ),
    _method(
        "text.startsWith(part)", "bool", _("Tells whether a text begins with another."),
        Example("'ws-03'.startsWith('ws-')", result=True),
    ),
    _method(
        "text.endsWith(part)", "bool", _("Tells whether a text ends with another."),
        Example("'a.example.com'.endsWith('.example.com')", result=True),
    ),
    _method(
        "text.matches(pattern)", "bool", _("Tells whether a regular expression (RE2) is found in a text."),
        Example("'ws-03'.matches('[0-9]+')", result=True),
    ),
    _method(
        "list.exists(x, test)", "bool", _("Tells whether the test holds for at least one item."),
        Example("[1, 2].exists(x, x > 1)", result=True),
    ),
    _method(
        "list.all(x, test)", "bool", _("Tells whether the test holds for every item."),
        Example("[1, 2].all(x, x > 1)", result=False),
    ),
    _method(
        "list.exists_one(x, test)", "bool", _("Tells whether the test holds for exactly one item."),
        Example("[1, 2].exists_one(x, x > 1)", result=True),
    ),
    _method(
        "list.filter(x, test)", "list", _("The items for which the test holds."),
        Example("[1, 2].filter(x, x > 1)", [2]),
    ),
    _method("list.map(x, result)", "list", _("A result for each item."), Example("[1, 2].map(x, x * 2)", [2, 4])),
    _plain(
        "string(value)", "string", _("Writes a number, a time or true or false as text."), Example("string(12)", "12")
    ),
    _plain("int(value)", "int", _("Reads a whole number; cuts a decimal one."), Example("int('12')", 12)),
    _plain("double(value)", "double", _("Reads a decimal number."), Example("double('1.5')", 1.5)),
    _plain(
        "timestamp(text)", "timestamp", _("Reads a time (RFC 3339)."),
        Example("timestamp('2026-11-24T03:00:00Z') < now()", result=False),
    ),
    _plain(
        "duration(text)", "duration", _("Reads a span of time, such as 90s or 1h30m."),
        Example("duration('90s') < duration('2m')", result=True),
    ),
)  # fmt: skip

_OWN: Final = tuple(
    FunctionHelp(info.name, info.signature, info.returns, info.help, info.examples[0]) for info in FUNCTIONS.values()
)

ALL_FUNCTIONS: Final = tuple(sorted((*_OWN, *_STANDARD), key=lambda info: info.name.lower()))
"""Every function, by name."""
