"""The macros of an expression as loops: what each goes through, and which stand inside which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tocsin.base.texts import _
from tocsin.expressions.errors import NotAllowedError, TooLargeError
from tocsin.expressions.references import find_path
from tocsin.expressions.syntax import Macro, MapOf, Name, Node
from tocsin.expressions.values import Path

MAX_NESTED: Final = 2


@dataclass(frozen=True, slots=True)
class Loop:
    """One macro.

    Attributes:
        range: What it goes through.
        variable: The name of an item.
        source: Root and path of the range, when it is nothing but a path.
        over_items: The range depends on the item of a loop around it.
        inner: The loops inside it.
    """

    range: Node
    variable: str
    source: tuple[str, Path] | None
    over_items: bool
    inner: tuple[Loop, ...]

    @property
    def is_counted(self) -> bool:
        """Whether its size shows only while it runs, so that it has to be counted then."""
        return self.over_items and self.source is None


def find_loops(tree: Node) -> tuple[Loop, ...]:
    """Return the outermost loops of an expression.

    Raises:
        TooLargeError: More than two are nested.
        NotAllowedError: A loop goes through a map, or uses the name of a loop around it.
    """
    return tuple(_loops(tree, ()))


def walk_loops(loops: tuple[Loop, ...]) -> Iterator[Loop]:
    """Go through loops and the loops inside them."""
    for loop in loops:
        yield loop
        yield from walk_loops(loop.inner)


def _loops(node: Node, around: tuple[str, ...]) -> Iterator[Loop]:
    if not isinstance(node, Macro):
        for part in node.parts:
            yield from _loops(part, around)
        return
    yield from _loops(node.range, around)
    _ensure_allowed(node, around)
    inside = (*around, node.variable)
    inner = tuple(loop for step in node.steps for loop in _loops(step, inside))
    found = find_path(node.range)
    source = None if found is None else (found[0].name, found[1])
    yield Loop(node.range, node.variable, source, _names(node.range).isdisjoint(around) is False, inner)


def _ensure_allowed(node: Macro, around: tuple[str, ...]) -> None:
    if len(around) >= MAX_NESTED:
        raise TooLargeError(
            _("More than {max_nested} of map, filter, exists and all stand inside each other.").format(
                max_nested=MAX_NESTED
            ),
            position=node.start,
            hint=_("Split the expression over several nodes."),
        )
    if node.variable in around:
        raise NotAllowedError(
            _("“{variable}” is used twice, one inside the other.").format(variable=node.variable), position=node.start
        )
    if isinstance(node.range, MapOf):
        raise map_refused(_("A map"), position=node.start)


def map_refused(what: str, *, position: int = 0) -> NotAllowedError:
    """Return the error for a macro over a map: its order differs from process to process (engine.md 1.26)."""
    return NotAllowedError(
        _("{what} has no order to go through.").format(what=what),
        position=position,
        hint=_("Use keys(map) or entries(map)."),
    )


def _names(node: Node) -> frozenset[str]:
    own = frozenset({node.name}) if isinstance(node, Name) else frozenset[str]()
    return own.union(*(_names(part) for part in node.parts))
