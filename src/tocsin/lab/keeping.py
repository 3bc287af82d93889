"""A world in a file, so that a Lab that is started again goes on where it ended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final, cast

from tocsin.base.atomic_file import PRIVATE, write_atomically
from tocsin.base.json_types import Json
from tocsin.lab.errors import UnreadableWorldError
from tocsin.lab.ledger import Past
from tocsin.lab.rows import ROW_TYPES, Tables, make
from tocsin.lab.values import Change
from tocsin.lab.world import World

VERSION: Final = 1


def keep_world(world: World, path: Path) -> None:
    """Write a world into a file. What was seen of its life is not kept, nor any sign-in.

    Raises:
        OSError: The file cannot be written; what it held stands.
    """
    kept: dict[str, Json] = {
        "tocsin_lab": VERSION,
        "minutes": world.clock.minutes,
        "made": world.made,
        "world": world.to_json(),
        "changes": [asdict(change) for change in world.changes],
    }
    write_atomically(path, json.dumps(kept).encode(), mode=PRIVATE)


def take_up(world: World, path: Path) -> bool:
    """Put a world where it was when the file was written; False when there is no file, or one of another scenario.

    Raises:
        UnreadableWorldError: The file holds no world. The given one is as it was.
    """
    try:
        kept = json.loads(path.read_bytes())
        if kept["world"]["scenario"] != world.scenario.id:
            return False
        past = Past(_tables(kept["world"]), _changes(kept["changes"]), int(kept["minutes"]), int(kept["made"]))
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableWorldError(path, str(error)) from error
    world.go_on(past)
    return True


def _tables(told: Mapping[str, Any]) -> Tables:
    rows = {
        part.name: {key: make(ROW_TYPES[part.name], row, where=key) for key, row in told.get(part.name, {}).items()}
        for part in fields(Tables)
    }
    return Tables(**cast("dict[str, Any]", rows))


def _changes(told: list[Json]) -> tuple[Change, ...]:
    return tuple(make(Change, cast("Mapping[str, Json]", change), where="changes") for change in told)
