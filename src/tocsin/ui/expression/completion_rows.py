"""The rows of the completion: what fits the typing, under the name of what gives it. Qt-free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from tocsin.base.texts import _
from tocsin.expressions.completion import Typing
from tocsin.expressions.function_help import ALL_FUNCTIONS, FunctionHelp
from tocsin.services.samples import ValueField, ValueGroup, origin_words
from tocsin.ui.expression.faces import FORMULA_ICON, Faces, SourceFace

MOST: Final = 80
"""Rows that fit no more: who has not found it by then types another letter."""
_FUNCTIONS: Final = SourceFace(_("Functions"), FORMULA_ICON, "text2")
_KINDS: Final = {
    "bool": _("true or false"), "int": _("number"), "double": _("number"), "string": _("text"), "map": _("map"),
    "list": _("list"), "timestamp": _("time"), "duration": _("duration"), "any": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """The name of a source.

    Attributes:
        face: Its icon and title.
        aside: Where its samples come from, where that is another than above; else "".
    """

    face: SourceFace
    aside: str = ""


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A value that can be inserted."""

    field: ValueField


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """A function that can be inserted."""

    info: FunctionHelp

    @property
    def kind(self) -> str:
        """The type of its result, in a word."""
        return _KINDS[self.info.returns]


Row: TypeAlias = HeaderRow | ValueRow | FunctionRow


def rows_for(groups: Iterable[ValueGroup], faces: Faces, typing: Typing | None) -> tuple[Row, ...]:
    """Return the rows that fit what is typed; all that lies on top where nothing is.

    Args:
        groups: What may be read.
        faces: What its sources are called.
        typing: What is typed, or None.
    """
    rows: list[Row] = []
    aside = ""
    for group in groups if typing is None or not typing.is_member else ():
        fields = [field for field in group.fields if _fits(field, typing)]
        if fields:
            own = origin_words(group.origin, group.run) if group.origin else ""
            rows.append(HeaderRow(faces.group(group.root, group.node), own if own != aside else ""))
            rows.extend(ValueRow(field) for field in fields)
            aside = own
    functions = list(_functions(typing))
    if functions:
        rows.extend([HeaderRow(_FUNCTIONS), *functions])
    return tuple(rows[:MOST])


def is_settled(rows: tuple[Row, ...], typing: Typing | None) -> bool:
    """Tell whether there is nothing to complete: no row, or only what is written out already."""
    values = [row for row in rows if not isinstance(row, HeaderRow)]
    first = values[0] if len(values) == 1 else None
    return not values or (isinstance(first, ValueRow) and typing is not None and first.field.path == typing.text)


def _fits(field: ValueField, typing: Typing | None) -> bool:
    if typing is None or not typing.text:
        return field.depth == 1
    typed = typing.text.lower()
    if field.path.lower().startswith(typed):
        return field.depth == 1 or "." in typed
    if "." in typed:
        return False
    words = [*field.path.lower().split(".")[1:], *field.title.lower().split()]
    return any(word.startswith(typed) for word in words)


def _functions(typing: Typing | None) -> Iterator[FunctionRow]:
    if typing is None:
        yield from (FunctionRow(info) for info in ALL_FUNCTIONS)
        return
    last = typing.text.rpartition(".")[2].lower()
    after_dot = typing.is_member or "." in typing.text
    for info in ALL_FUNCTIONS:
        if info.name.lower().startswith(last) and (info.is_method if after_dot else not info.is_method):
            yield FunctionRow(info)
