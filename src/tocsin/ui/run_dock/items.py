"""What an item of a loop is called, and what it is. Without Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.engine.details import RunDetails
from tocsin.ui.run_dock.data_text import is_list
from tocsin.ui.run_dock.kept_values import Found

Find: TypeAlias = Callable[[Json], Found]
"""Gives a value by what events keep of it, as far as it is known."""
_NAMES: Final = ("name", "host", "title", "id")
_LONGEST: Final = 80


def split_item(path: str) -> tuple[str, int] | None:
    """Return (loop, index) of the innermost item that a path lies in or is; None outside of loops."""
    loop, bracket, rest = path.rpartition("[")
    return (loop, int(rest.partition("]")[0])) if bracket else None


def item_at(path: str, details: RunDetails, find: Find) -> Found:
    """Return the item that a path lies in, as far as it is known; None outside of loops and in those without a list."""
    place = split_item(path)
    if place is None:
        return Found(None)
    if not details.knows_loop(place[0]):
        return Found(None, is_there=False)
    found = find(details.list_of(place[0]))
    items = found.value
    return replace(found, value=items[place[1]]) if is_list(items) and place[1] < len(items) else found


def item_title(path: str, details: RunDetails, find: Find) -> str:
    """Return what the item that a path lies in is called: its name, its key or its number; "" outside of loops."""
    place = split_item(path)
    if place is None:
        return ""
    item = item_at(path, details, find)
    facts = details.items_of(place[0]).get(place[1])
    key = facts.key if facts is not None else None
    return (name_of(item.value) if item.is_there else "") or (
        _plain(key) if key is not None else _("Item {place}").format(place=place[1] + 1)
    )


def name_of(item: Json) -> str:
    """Return what a value calls itself, or "" where it has no name; a plain value is its own name."""
    if isinstance(item, Mapping):
        return next((_plain(item[key]) for key in _NAMES if item.get(key)), "")
    return _plain(item) if isinstance(item, str | int | float) else ""


def _plain(value: Json) -> str:
    return one_line(str(value), most=_LONGEST)
