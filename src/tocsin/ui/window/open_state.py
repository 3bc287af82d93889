"""Which files are open and what each shows: a plain value that a restart reads back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tocsin.base.json_types import Json
from tocsin.ui.window.canvas_stack import Outlook


@dataclass(frozen=True, slots=True)
class OpenFile:
    """One file and what its canvas shows; None for the whole playbook."""

    path: Path
    outlook: Outlook | None = None


@dataclass(frozen=True, slots=True)
class OpenState:
    """The files in the order of their tabs, and the one that is shown; None when that one has no file."""

    files: tuple[OpenFile, ...] = ()
    current: Path | None = None


def state_to_json(state: OpenState) -> Json:
    """Return the state as a plain value."""
    return {
        "files": [
            {"path": str(file.path)}
            | ({"zoom": file.outlook.zoom, "at": list(file.outlook.at)} if file.outlook is not None else {})
            for file in state.files
        ],
        "current": str(state.current) if state.current is not None else None,
    }


def state_from_json(value: Json) -> OpenState:
    """Return the state that `state_to_json` gave. What is not as expected is left out: a state is worth no error."""
    said: Mapping[str, Json] = value if isinstance(value, Mapping) else {}
    rows, current = said.get("files"), said.get("current")
    files = [_file_of(row) for row in rows] if isinstance(rows, Sequence) else []
    return OpenState(
        tuple(file for file in files if file is not None), Path(current) if isinstance(current, str) else None
    )


def _file_of(row: Json) -> OpenFile | None:
    if not isinstance(row, Mapping) or not isinstance(row.get("path"), str):
        return None
    return OpenFile(Path(str(row["path"])), _outlook_of(row.get("zoom"), row.get("at")))


def _outlook_of(zoom: Json, at: Json) -> Outlook | None:
    numbers = [zoom, *(at if isinstance(at, Sequence) else ())]
    known = [float(number) for number in numbers if isinstance(number, int | float) and math.isfinite(number)]
    return Outlook(known[0], (known[1], known[2])) if len(known) == len(numbers) == 3 else None
