"""Which paths an expression reads, and which of them are guarded against being absent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from tocsin.expressions.lexer import quote
from tocsin.expressions.syntax import (
    Call,
    Conditional,
    Has,
    Index,
    Literal,
    Logic,
    Macro,
    Name,
    Node,
    Select,
    Unary,
)
from tocsin.expressions.values import Path
from tocsin.model.names import CEL_WORDS

_Guards: TypeAlias = frozenset[tuple[str, Path]]
_NONE: _Guards = frozenset()
_MEMBER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Reference:
    """A path that an expression reads.

    Attributes:
        root: The name it begins with.
        path: Fields and indexes after the root, as far as they are written out.
        start: Where it begins in the text, from 0.
        end: The place after it.
        guarded: Whether the expression copes with its absence: inside has() or get(), or after `has(…) &&`.
    """

    root: str
    path: Path
    start: int
    end: int
    guarded: bool


@dataclass(frozen=True, slots=True)
class Use:
    """A reference with what this room needs beyond it.

    Attributes:
        reference: The path.
        only_asked: It stands in has(): whether it is there counts, not what it is.
        source_of: The call of get() that it is the first argument of.
    """

    reference: Reference
    only_asked: bool = False
    source_of: Call | None = None


@dataclass(frozen=True, slots=True)
class _Around:
    """What surrounds a node: the macros' variables, what is known to be there, and whether get() or has() is."""

    variables: frozenset[str] = frozenset()
    guards: _Guards = _NONE
    inside: bool = False

    def knowing(self, guards: _Guards) -> _Around:
        return _Around(self.variables, self.guards | guards, self.inside)

    def within(self) -> _Around:
        return _Around(self.variables, self.guards, inside=True)

    def binding(self, variable: str) -> _Around:
        return _Around(self.variables | {variable}, self.guards, self.inside)


def find_path(node: Node) -> tuple[Name, Path] | None:
    """Return root and path when the node is nothing but a path, as far as it is written out."""
    parts: list[str | int] = []
    while not isinstance(node, Name):
        match node:
            case Select():
                parts.append(node.member)
                node = node.operand
            case Index(index=Literal(type="string" | "int", value=str() | int() as part)):
                parts.append(part)
                node = node.operand
            case _:
                return None
    return node, tuple(reversed(parts))


def spell_path(root: str, path: Path) -> str:
    """Return a path as an expression writes it: `alert.src_ip`, `hosts[0]`, `raw["rule.name"]`."""
    return root + "".join(_spell_part(part) for part in path)


def _spell_part(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    if _MEMBER.fullmatch(part) and part not in CEL_WORDS:
        return f".{part}"
    return f"[{quote(part)}]"


def find_uses(tree: Node) -> tuple[Use, ...]:
    """Return every path the expression reads, in the order it is written, without variables of macros."""
    return tuple(_uses(tree, _Around()))


def _uses(node: Node, around: _Around) -> Iterator[Use]:
    if (found := find_path(node)) is None:
        yield from _uses_within(node, around)
    elif found[0].name not in around.variables:
        yield Use(_reference(node, found[0].name, found[1], around))


def _uses_within(node: Node, around: _Around) -> Iterator[Use]:
    match node:
        case Has():
            yield from _uses_of_has(node, around)
        case Call(function="get", arguments=(first, *_)):
            yield from _uses_of_get(node, first, around)
        case Macro():
            yield from _uses_of_all((node.range,), around)
            yield from _uses_of_all(node.steps, around.binding(node.variable))
        case Logic():
            yield from _uses_of_logic(node, around)
        case Conditional():
            yield from _uses(node.test, around)
            yield from _uses(node.then, around.knowing(_known(node.test, when=True)))
            yield from _uses(node.otherwise, around.knowing(_known(node.test, when=False)))
        case _:
            yield from _uses_of_all(node.parts, around)


def _uses_of_all(nodes: tuple[Node, ...], around: _Around) -> Iterator[Use]:
    for node in nodes:
        yield from _uses(node, around)


def _uses_of_has(node: Has, around: _Around) -> Iterator[Use]:
    for use in _uses(node.path, around.within()):
        yield Use(use.reference, only_asked=use.reference.end == node.path.end)


def _uses_of_get(node: Call, first: Node, around: _Around) -> Iterator[Use]:
    is_path = find_path(first) is not None
    for use in _uses(first, around.within()):
        yield Use(use.reference, source_of=node if is_path else None)
    yield from _uses_of_all(node.arguments[1:], around)


def _uses_of_logic(node: Logic, around: _Around) -> Iterator[Use]:
    for part in node.operands:
        yield from _uses(part, around)
        around = around.knowing(_known(part, when=node.operator == "&&"))


def _reference(node: Node, root: str, path: Path, around: _Around) -> Reference:
    guarded = around.inside or any(_covers(guard, root, path) for guard in around.guards)
    return Reference(root, path, node.start, node.end, guarded)


def _covers(guard: tuple[str, Path], root: str, path: Path) -> bool:
    """Tell whether a guard speaks of this path: on the way to it, beyond it, or through `nodes.root.output`."""
    guard_root, guard_path = guard
    if guard_root == "nodes" and guard_path[:2] == (root, "output"):
        return True
    shared = min(len(guard_path), len(path))
    return guard_root == root and guard_path[:shared] == path[:shared]


def _known(node: Node, *, when: bool) -> _Guards:
    """Return the paths that has() has found if the node is true (or false)."""
    match node:
        case Has() if when:
            found = find_path(node.path)
            return _NONE if found is None else frozenset({(found[0].name, found[1])})
        case Unary(operator="!"):
            return _known(node.operand, when=not when)
        case Logic() if when == (node.operator == "&&"):
            return _NONE.union(*(_known(part, when=when) for part in node.operands))
        case _:
            return _NONE
