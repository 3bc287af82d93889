"""Data as text: for one line, for a page, for the clipboard; and where in it something stands. Without Qt.

A late door: what makes addresses harmless to click is imported when somebody first copies.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias, cast

from typing_extensions import TypeIs

from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.ui.run_dock.words import counted

DataPath: TypeAlias = tuple[str | int, ...]

MOST_CHARACTERS: Final = 100_000
MOST_SEARCHED: Final = 200_000
MOST_COLUMNS: Final = 24
_LONGEST: Final = 200
_LOOKED_AT: Final = 100


def page_text(value: Json) -> str:
    """Return JSON for reading, at most 100,000 characters of it."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if len(text) <= MOST_CHARACTERS:
        return text
    return _("{text}\n… and {count:,} more characters").format(
        text=text[:MOST_CHARACTERS], count=len(text) - MOST_CHARACTERS
    )


def line_text(value: Json) -> str:
    """Return a value in one line; of lists and maps only how much they hold."""
    if isinstance(value, Mapping):
        return counted(len(value), "field")
    if is_list(value):
        return counted(len(value), "item")
    if isinstance(value, str):
        return one_line(value, most=_LONGEST) if value else "“”"
    return json.dumps(value)


def copied_text(value: Json) -> str:
    """Return a value for the clipboard: as it is, but with every address in it made harmless to click."""
    from tocsin.expressions.indicators import defang

    return defang(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2))


def is_list(value: Json) -> TypeIs[Sequence[Json]]:
    """Tell whether a value is a list; a text is none."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def parts_of(value: Json) -> list[tuple[str | int, Json]]:
    """Return the fields of a map or the items of a list; nothing for all else."""
    if isinstance(value, Mapping):
        return list(value.items())
    return list(enumerate(cast("Sequence[Json]", value))) if is_list(value) else []


def find_paths(value: Json, sought: str, *, most: int = 500) -> list[DataPath]:
    """Return where a name or a plain value holds these letters, large or small, in the order of reading."""
    sought = sought.casefold()
    found: list[DataPath] = []
    if not sought:
        return found
    for seen, (path, part) in enumerate(_walk(value)):
        name = str(path[-1]) if path and isinstance(path[-1], str) else ""
        plain = "" if parts_of(part) else line_text(part) if not isinstance(part, str) else part
        if sought in name.casefold() or sought in plain.casefold():
            found.append(path)
        if len(found) >= most or seen >= MOST_SEARCHED:
            break
    return found


def columns_of(value: Json) -> tuple[str, ...]:
    """Return the columns of a value that is a list of maps; () for one that is no table."""
    if not is_list(value) or not value:
        return ()
    rows = cast("Sequence[Json]", value)[:_LOOKED_AT]
    if not all(isinstance(row, Mapping) for row in rows):
        return ()
    names = dict.fromkeys(str(name) for row in rows for name in cast("Mapping[str, Json]", row))
    return tuple(names)[:MOST_COLUMNS]


def _walk(value: Json) -> Iterator[tuple[DataPath, Json]]:
    waiting: list[tuple[DataPath, Json]] = [((), value)]
    while waiting:
        path, part = waiting.pop()
        yield path, part
        waiting.extend(((*path, name), inner) for name, inner in reversed(parts_of(part)))
