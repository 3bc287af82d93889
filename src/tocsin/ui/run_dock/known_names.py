"""What things are called that a run has read: ids that actions are given, by the names that people know. Without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tocsin.base.json_types import Json
from tocsin.engine.events import Event
from tocsin.ui.run_dock.data_text import is_list
from tocsin.ui.run_dock.items import name_of

LEAST: Final = 8
"""Shorter ids are no riddle, and may stand in a text for something else."""


def names_in(events: Iterable[Event]) -> dict[str, str]:
    """Return the name of everything that steps gave with an id beside it, by its id."""
    names: dict[str, str] = {}
    for event in events:
        for thing in _things(event.data.get("output")):  # of an attempt or of a node, whichever tells it
            key, name = thing.get("id"), name_of(thing)
            if isinstance(key, str) and len(key) >= LEAST and name != key:
                names[key] = name
    return names


def say_names(text: str, names: Mapping[str, str]) -> str:
    """Return a text with names in the place of the ids that it has."""
    for key, name in names.items():
        text = text.replace(key, name)
    return text


def _things(value: Json) -> Iterator[Mapping[str, Json]]:
    """Yield every object in a value."""
    if isinstance(value, Mapping):
        yield value
        for below in value.values():
            yield from _things(below)
    elif is_list(value):
        for below in value:
            yield from _things(below)
