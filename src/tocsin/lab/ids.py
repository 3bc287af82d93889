"""What intrusion detection does in the world: values come into sets and go out of them, rules are read anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tocsin.lab.ids_values import Dataset
from tocsin.lab.values import Product
from tocsin.lab.world import World


def add_value(world: World, row: Dataset, value: str) -> bool:
    """Put a value into a set; False when it is there."""
    if value in row.entries:
        return False
    _put(world, replace(row, entries=(*row.entries, value)), f"listed {value} in {row.name}")
    return True


def remove_value(world: World, row: Dataset, value: str) -> bool:
    """Take a value out of a set; False when it is not there."""
    if value not in row.entries:
        return False
    left = tuple(entry for entry in row.entries if entry != value)
    _put(world, replace(row, entries=left), f"took {value} out of {row.name}")
    return True


def save_sets(world: World) -> None:
    """Write the sets that last into their files."""
    for row in list(world.tables.datasets.values()):
        if row.lasts and row.saved != row.entries:
            _put(world, replace(row, saved=row.entries), f"saved {row.name}")


def reload_rules(world: World) -> None:
    """Read rules and files anew: what was added to a set that does not last is gone."""
    for row in list(world.tables.datasets.values()):
        if not row.lasts and row.entries != row.saved:
            _put(world, replace(row, entries=row.saved), f"read {row.name} anew")


def is_listed(sets: Iterable[Dataset], address: str) -> bool:
    """Tell whether a rule fires for an address because it is in a set."""
    return any(row.tested and row.kind in {"ip", "ipv4"} and address in row.entries for row in sets)


def _put(world: World, row: Dataset, what: str) -> None:
    world.put("datasets", row.name, row, (Product.SURICATA, what))
