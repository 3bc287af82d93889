"""Masks secrets in a run that leaves the house. Values that change get another name, and the chain is made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from tocsin.base.json_types import Json
from tocsin.journal.chain import Link, link
from tocsin.journal.encoding import FOREIGN, Row
from tocsin.journal.run_file import Parcel
from tocsin.journal.values import is_inline, is_reference

Mask = Callable[[Json], Json]
"""Returns data with every known secret masked; equal to what it was given when there is none."""


def mask_parcel(parcel: Parcel, mask: Mask) -> Parcel:
    """Return the run with every secret masked in what people and products said; the same one when there is none."""
    values, renamed = _mask_values(parcel.values, mask)
    rows = [_mask_row(link[:5], mask, renamed) for link in parcel.links]
    if not renamed and all(row[4] == link[4] for row, link in zip(rows, parcel.links, strict=True)):
        return parcel
    return Parcel(parcel.run, _chained(rows, parcel.links), parcel.durable, values, is_masked=True)


def _mask_values(values: Mapping[str, bytes], mask: Mask) -> tuple[dict[str, bytes], dict[str, tuple[str, int]]]:
    """Return the values as they may leave, and for those that changed: old hash → new hash and size."""
    kept: dict[str, bytes] = {}
    renamed: dict[str, tuple[str, int]] = {}
    for key, body in values.items():
        before: Json = orjson.loads(body)
        after = mask(before)
        if after == before:
            kept[key] = body
            continue
        data = orjson.dumps(after)
        name = hashlib.sha256(data).hexdigest()
        kept[name], renamed[key] = data, (name, len(data))
    return kept, renamed


def _mask_row(row: Row, mask: Mask, renamed: Mapping[str, tuple[str, int]]) -> Row:
    run, seq, kind, path, body = row
    envelope: dict[str, Any] = orjson.loads(body)
    if kind.startswith(FOREIGN):
        masked = mask(envelope)
    else:
        masked = {**envelope, "data": _masked(envelope["data"], mask, renamed)}
    return row if masked == envelope else (run, seq, kind, path, orjson.dumps(masked))


def _masked(data: Json, mask: Mask, renamed: Mapping[str, tuple[str, int]]) -> Json:
    """Mask texts everywhere, names of fields only in the user's own data: the engine's are no secrets."""
    if isinstance(data, str):
        return renamed[data][0] if data in renamed else mask(data)
    if isinstance(data, Mapping):
        if is_inline(data):
            return {"v": mask(data["v"])}
        if is_reference(data) and data["r"] in renamed:
            name, size = renamed[str(data["r"])]
            return {**data, "r": name, "n": size}
        return {key: _masked(part, mask, renamed) for key, part in data.items()}
    if isinstance(data, Sequence):
        return [_masked(part, mask, renamed) for part in data]
    return data


def _chained(rows: Sequence[Row], before: Sequence[Link]) -> list[Link]:
    """Return the rows with hashes where they ended batches before."""
    links: list[Link] = []
    last, first = b"", 0
    for place, (row, was) in enumerate(zip(rows, before, strict=True)):
        if was[5] is None:
            links.append((*row, None))
            continue
        last = link(last, rows[first : place + 1])
        links.append((*row, last))
        first = place + 1
    return links
