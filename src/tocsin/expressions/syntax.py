"""The tree of an expression: frozen nodes, each with the place it was read from.

`start` to `end` count characters from 0 and hold the parentheses around a node, so that the text between them is an
expression of its own. `name_start` is the place of the name itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from typing_extensions import override

MACROS: Final = ("all", "exists", "exists_one", "existsOne", "map", "filter")
"""The CEL macros that bind a variable; `has` is the one that does not."""


@dataclass(frozen=True, slots=True)
class Spanned:
    """What all nodes have: their place in the text, from `start` to the place after their end."""

    start: int
    end: int

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes it is made of, in the order they are written."""
        return ()


@dataclass(frozen=True, slots=True)
class Literal(Spanned):
    """A constant. `type` is CEL's name for what it is."""

    type: str
    value: bool | int | float | str | bytes | None


@dataclass(frozen=True, slots=True)
class Name(Spanned):
    """A root or a variable of a macro."""

    name: str
    name_start: int


@dataclass(frozen=True, slots=True)
class Select(Spanned):
    """`operand.member`."""

    operand: Node
    member: str
    name_start: int

    @property
    @override
    def parts(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Index(Spanned):
    """`operand[index]`."""

    operand: Node
    index: Node

    @property
    @override
    def parts(self) -> tuple[Node, ...]:
        return (self.operand, self.index)


@dataclass(frozen=True, slots=True)
class Has(Spanned):
    """`has(operand.member)`."""

    path: Select

    @property
    @override
    def parts(self) -> tuple[Node, ...]:
        return (self.path,)


@dataclass(frozen=True, slots=True)
class Call(Spanned):
    """`function(arguments)`; written `a.function(b)`, the target is the first argument."""

    function: str
    arguments: tuple[Node, ...]
    name_start: int
    is_method: bool

    @property
    @override
    def parts(self) -> tuple[Node, ...]:
        return self.arguments


@dataclass(frozen=True, slots=True)
class Macro(Spanned):
    """`range.macro(variable, steps…)`: one step, or for `map` also two (filter, then result)."""

    macro: str
    range: Node
    variable: str
    steps: tuple[Node, ...]

    @property
    @override
    def parts(self) -> tuple[Node, ...]:
        return (self.range, *self.steps)


@dataclass(frozen=True, slots=True)
class ListOf(Spanned):
    """`[items]`."""

    items: tuple[Node, ...]

    @property
    @override
    def parts(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True)
class MapOf(Spanned):
    """`{key: value}`."""

    entries: tuple[tuple[Node, Node], ...]

    @property
    @override
    def parts(self) -> tuple[Node, ...]:
        return tuple(part for entry in self.entries for part in entry)


@dataclass(frozen=True, slots=True)
class Unary(Spanned):
    """`!operand` or `-operand`."""

    operator: str
    operand: Node

    @property
    @override
    def parts(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Binary(Spanned):
    """An arithmetic operator, a comparison or `in`."""

    operator: str
    left: Node
    right: Node

    @property
    @override
    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Logic(Spanned):
    """`&&` or `||` of two or more operands, as one level: that is how it is read and explained."""

    operator: str
    operands: tuple[Node, ...]

    @property
    @override
    def parts(self) -> tuple[Node, ...]:
        return self.operands


@dataclass(frozen=True, slots=True)
class Conditional(Spanned):
    """`test ? then : otherwise`."""

    test: Node
    then: Node
    otherwise: Node

    @property
    @override
    def parts(self) -> tuple[Node, ...]:
        return (self.test, self.then, self.otherwise)


Node: TypeAlias = (
    Literal | Name | Select | Index | Has | Call | Macro | ListOf | MapOf | Unary | Binary | Logic | Conditional
)
