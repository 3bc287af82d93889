"""A CEL expression that was read, checked against the limits, and compiled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Final

from tocsin.base.texts import _
from tocsin.expressions.errors import EvaluationError, ExpressionError, NotAllowedError
from tocsin.expressions.library import Program, compile_program
from tocsin.expressions.loops import Loop, find_loops, walk_loops
from tocsin.expressions.parser import parse
from tocsin.expressions.references import Reference, Use, find_uses
from tocsin.expressions.shortcuts import Comparison, Way, find_comparison, find_way
from tocsin.expressions.syntax import Call, Literal, Macro, Name, Node, Select
from tocsin.expressions.texts import split_path
from tocsin.expressions.values import Path, Reads
from tocsin.model.names import RESERVED_ROOTS

RANGE_FUNCTION: Final = "__range"
_KEPT: Final = 4096


@dataclass(frozen=True, slots=True)
class Read:
    """A variable of the compiled program and where its value comes from.

    Attributes:
        name: The variable; the root itself, or a name of its own for the first argument of get().
        root: The root it comes from.
        path: The way from the root to it.
        reads: Which of its fields are needed.
        is_optional: Null takes its place when it is not there: get() turns that into the default.
    """

    name: str
    root: str
    path: Path
    reads: Reads
    is_optional: bool


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A compiled expression. Equal texts give the same object, as long as it is among the last few thousand.

    Attributes:
        text: As it was written.
        roots: Names it reads, in the order of their first use, `nodes` too, without the variables of macros.
        references: The paths it reads, as far as they are written out, in the order they stand.
        node_ids: The ids X that it names as `nodes.X`.
        functions: The functions it calls, in the order of their first use, methods too.
        variables: The variables of its macros.
        tree: What it says, for this room.
        program: What runs, for this room.
        reads: What the program needs, for this room.
        loops: The macros, for this room.
        way: The path that it is nothing but, for this room; None of any other.
        comparison: The comparison of a path with a constant that it is, for this room; None of any other.
    """

    text: str
    roots: tuple[str, ...]
    references: tuple[Reference, ...]
    node_ids: tuple[str, ...]
    functions: tuple[str, ...]
    variables: tuple[str, ...]
    tree: Node
    program: Program
    reads: tuple[Read, ...]
    loops: tuple[Loop, ...]
    way: Way | None
    comparison: Comparison | None


@lru_cache(maxsize=_KEPT)
def compile_expression(text: str) -> Expression:
    """Read, check and compile an expression.

    Raises:
        ExpressionError: It is not CEL (with the column), is over a limit (2,048 bytes, 32 levels, two nested macros)
            or does what Tocsin does not allow: read `nodes` as a whole, hide a root behind a macro's variable.
    """
    if text.lstrip().startswith("{{"):
        raise ExpressionError(
            _("This field is an expression, not a template."), hint=_("Leave out the braces {{ and }}.")
        )
    tree = parse(text)
    uses = find_uses(tree)
    loops = find_loops(tree)
    roots = _unique(use.reference.root for use in uses)
    nodes = tuple(_walk(tree))
    _ensure_nodes_are_named(nodes)
    _ensure_variables_are_free(nodes, roots)
    reads = tuple(_reads(uses))
    return Expression(
        text=text,
        roots=roots,
        references=tuple(use.reference for use in uses),
        node_ids=_unique(_node_id(use.reference) for use in uses if use.reference.root == "nodes"),
        functions=_unique(node.function for node in nodes if isinstance(node, Call)),
        variables=_unique(loop.variable for loop in walk_loops(loops)),
        tree=tree,
        program=_compile(_rewritten(text, uses, loops)),
        reads=reads,
        loops=loops,
        way=find_way(tree),
        comparison=find_comparison(tree),
    )


def _compile(text: str) -> Program:
    try:
        return compile_program(text)
    except ValueError:
        raise ExpressionError(_("The expression cannot be compiled."), hint=_("Write it in a simpler way.")) from None


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts:
        yield from _walk(part)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _node_id(reference: Reference) -> str:
    return str(reference.path[0])


def _ensure_nodes_are_named(nodes: tuple[Node, ...]) -> None:
    """Refuse `nodes` in any form but `nodes.id`: what an expression reads must stand in its text (engine.md 1.24)."""
    roots = [node for node in nodes if isinstance(node, Name) and node.name == "nodes"]
    named = [node.operand for node in nodes if isinstance(node, Select)]
    for root in roots:
        if not any(root is operand for operand in named):
            raise NotAllowedError(_("“nodes” must be followed by “.” and the id of a node."), position=root.name_start)


def _ensure_variables_are_free(nodes: tuple[Node, ...], roots: tuple[str, ...]) -> None:
    for node in nodes:
        if isinstance(node, Macro) and node.variable in (*RESERVED_ROOTS, *roots):
            raise NotAllowedError(
                _("“{variable}” means something else already.").format(variable=node.variable),
                position=node.range.end,
                hint=_("Give the items of {macro}() another name.").format(macro=node.macro),
            )


def _reads(uses: tuple[Use, ...]) -> Iterator[Read]:
    plain = [use for use in uses if use.source_of is None]
    for root in _unique(use.reference.root for use in plain):
        reads = _merged(use for use in plain if use.reference.root == root)
        yield Read(root, root, (), reads, is_optional=False)
    for number, use in enumerate(_sources(uses)):
        reads = _reads_of_get(use.source_of)
        yield Read(_source_name(number), use.reference.root, use.reference.path, reads, is_optional=True)


def _sources(uses: tuple[Use, ...]) -> list[Use]:
    return [use for use in uses if use.source_of is not None]


def _source_name(number: int) -> str:
    return f"__get{number}"


def _merged(uses: Iterable[Use]) -> Reads:
    merged: dict[str, Reads] = {}
    for use in uses:
        path = use.reference.path
        fields = tuple(takewhile(lambda part: isinstance(part, str), path))
        if not fields:
            return None
        _add_read(merged, [str(field) for field in fields], only_asked=use.only_asked and len(fields) == len(path))
    return merged


def _add_read(merged: dict[str, Reads], fields: list[str], *, only_asked: bool) -> None:
    *way, last = fields
    for field in way:
        below = merged.setdefault(field, {})
        if not isinstance(below, dict):
            return
        merged = below
    if only_asked:
        merged.setdefault(last, {})
    else:
        merged[last] = None


def _reads_of_get(call: Call | None) -> Reads:
    """Return which fields get() needs: those of its path, when that is written out."""
    match call:
        case Call(arguments=(_, Literal(value=str() as path), *_)):
            try:
                parts = split_path(path)
            except EvaluationError:
                return None
            fields = list(takewhile(lambda part: isinstance(part, str), parts))
            reads: Reads = None
            for field in reversed(fields):
                reads = {str(field): reads}
            return reads
        case _:
            return None


def _rewritten(text: str, uses: tuple[Use, ...], loops: tuple[Loop, ...]) -> str:
    """Return the text as it is compiled.

    The first argument of get() becomes a variable, as CEL would fail on a root that is not bound; a list whose size
    shows only while it runs goes through a function that counts.
    """
    edits: list[tuple[int, int, str]] = []
    for number, use in enumerate(_sources(uses)):
        edits.append((use.reference.start, use.reference.end, _source_name(number)))
    for loop in walk_loops(loops):
        if loop.is_counted:
            edits.append((loop.range.start, loop.range.start, f"{RANGE_FUNCTION}("))
            edits.append((loop.range.end, loop.range.end, ")"))
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text
