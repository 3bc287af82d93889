"""Lists, tables and maps as rows of cells, and objects as parts; without Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.ui.forms.fields import FieldKind, FormField
from tocsin.ui.forms.reading import REQUIRED, Reading

NAME: Final = "*name"
"""The cell of a map's row that holds the name. No key of a document begins with a star."""
ITEM: Final = ""
"""The cell of a row that is one value and no object."""

Row = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What stands in a row.

    Attributes:
        cells: What each cell says, by its name.
        kept: The row as the document has it, for what no cell shows; {} for a row that is new.
        is_new: The document does not hold it yet, so that it may be left out while it is not complete.
    """

    cells: Mapping[str, Reading]
    kept: Row
    is_new: bool

    @property
    def is_empty(self) -> bool:
        """Nothing stands in any cell."""
        return all(cell.value is None and cell.fault in {"", REQUIRED} for cell in self.cells.values())

    @property
    def fault(self) -> str:
        """The first thing that is wrong in it."""
        return next((cell.fault for cell in self.cells.values() if cell.fault), "")


def cells_of(field: FormField) -> tuple[FormField, ...]:
    """Return the cells of one row of a list, a table or a map."""
    if field.kind is FieldKind.MAP:
        return (FormField((NAME,), _("Name"), FieldKind.TEXT, required=True, is_late=True), *field.parts)
    return field.parts


def split_rows(field: FormField, value: Json) -> list[Row]:
    """Return what a list, a table or a map holds, row by row."""
    if isinstance(value, list):
        return [row if isinstance(row, dict) and field.kind is FieldKind.TABLE else {ITEM: row} for row in value]
    return [_named_row(field, name, part) for name, part in value.items()] if isinstance(value, dict) else []


def join_rows(field: FormField, rows: Sequence[ReadRow]) -> Reading:
    """Return the list or map that the rows say, or the first fault.

    A row that is new waits until it is complete; an item of a list that was emptied is gone.
    """
    is_list = field.kind is FieldKind.LIST
    taken = [row for row in rows if not (row.is_empty if is_list else row.is_new and (row.is_empty or row.fault))]
    for number, row in enumerate(taken, 1):
        if row.fault:
            return Reading(fault=_("Row {number}: {fault}").format(number=number, fault=row.fault))
    if field.kind is FieldKind.MAP:
        return _join_map(field, taken)
    return _unless_needed(field, [_value_of(row) for row in taken])


def join_object(field: FormField, cells: Mapping[str, Reading], kept: Row) -> Reading:
    """Return the object that its parts say, with what no part shows; None when nothing is said."""
    fault = next((f"{name}: {cell.fault}" for name, cell in _titled(field, cells) if cell.fault), "")
    value = _merged(cells, kept)
    is_empty = not value and all(cell.value is None for cell in cells.values())
    if is_empty and not field.required:
        return Reading()
    return Reading(fault=fault) if fault else Reading(value)


def _named_row(field: FormField, name: str, part: Json) -> Row:
    is_deep = bool(field.parts and field.parts[0].place)
    return {NAME: name, **part} if is_deep and isinstance(part, dict) else {NAME: name, ITEM: part}


def _join_map(field: FormField, rows: Sequence[ReadRow]) -> Reading:
    found: dict[str, Json] = {}
    for row in rows:
        name = str(row.cells[NAME].value)
        if name in found:
            return Reading(fault=_("“{name}” is there twice.").format(name=name))
        found[name] = _value_of(row)
    return _unless_needed(field, found)


def _value_of(row: ReadRow) -> Json:
    if ITEM in row.cells:
        return row.cells[ITEM].value
    named = {key: value for key, value in row.kept.items() if key != NAME}
    return _merged({key: cell for key, cell in row.cells.items() if key != NAME}, named)


def _merged(cells: Mapping[str, Reading], kept: Row) -> dict[str, Json]:
    value = {key: part for key, part in kept.items() if key not in cells or cells[key].value is not None}
    return value | {key: cell.value for key, cell in cells.items() if cell.value is not None}


def _unless_needed(field: FormField, value: list[Json] | dict[str, Json]) -> Reading:
    """Nothing said is the same as an empty list, unless the document must say it."""
    return Reading(value) if value or field.required else Reading()


def _titled(field: FormField, cells: Mapping[str, Reading]) -> Iterator[tuple[str, Reading]]:
    titles = {part.name: part.title for part in field.parts}
    return ((titles.get(key, key), cell) for key, cell in cells.items())
