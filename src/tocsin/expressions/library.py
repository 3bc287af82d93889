"""The one door to the CEL library (`common-expression-language`, import name `cel`).

`import cel` takes 0.6 s, because it imports its own command line; with that stubbed it takes 40 ms (facts.md §2). So it
is imported late, here, when the first expression is compiled.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Final, Protocol, cast

COMMAND_LINE: Final = "cel.cli"
CEL_ERRORS: Final = (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError)
"""What an evaluation raises when the expression ends in an error. Which one it is says little: see `diagnosis`."""


class Context(Protocol):
    """Variables and functions of an evaluation. Not for two threads at once."""

    def add_variable(self, name: str, value: object) -> None:
        """Convert a value and keep it under a name; the next evaluation copies all that is kept."""
        ...

    def add_function(self, name: str, function: Callable[..., object]) -> None:
        """Make a function callable as f(x) and x.f(); where CEL has one of that name, CEL's comes first."""
        ...


class Program(Protocol):
    """A compiled expression."""

    def execute(self, context: Context) -> object:
        """Return the value, as Python's own types (time as datetime, duration as timedelta)."""
        ...


class _Library(Protocol):
    def compile(self, expression: str) -> Program: ...
    def Context(self) -> Context: ...  # noqa: N802  the library's name


@cache
def _library() -> _Library:
    before = sys.modules.get(COMMAND_LINE)
    stub = ModuleType(COMMAND_LINE)
    stub.__dict__["main"] = None
    sys.modules[COMMAND_LINE] = stub
    try:
        import cel
    finally:
        if before is None:
            del sys.modules[COMMAND_LINE]
        else:
            sys.modules[COMMAND_LINE] = before
    logging.getLogger("cel").disabled = True  # it writes the data that a function refused
    return cast("_Library", cast("object", cel))


def compile_program(text: str) -> Program:
    """Compile text that our own parser has accepted.

    Raises:
        ValueError: The library reads it differently and refuses it.
    """
    return _library().compile(text)


def new_context() -> Context:
    """Return a context without variables and functions; CEL's own functions are always there."""
    return _library().Context()
