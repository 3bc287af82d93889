"""What a window remembers from one start to the next: its layout, its open files, the last files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tocsin.base.json_types import Json
from tocsin.services.settings import SettingsStore

MOST_RECENT: Final = 12


@dataclass(frozen=True, slots=True)
class WindowState:
    """How one window was left.

    Attributes:
        layout: How its panels lay, as `layout_state` wrote it; None for a new window.
        open_documents: Which files were open, as `open_state` wrote it; None for none.
    """

    layout: Json = None
    open_documents: Json = None


class WindowMemory:
    """Reads and writes the windows' part of the settings. Several of one store know the same.

    Args:
        store: Where it is kept.
    """

    def __init__(self, store: SettingsStore) -> None:
        self._store = store

    @property
    def first(self) -> WindowState:
        """How the window was left that comes back first."""
        return _state_of(self._said)

    @property
    def others(self) -> tuple[WindowState, ...]:
        """How those were left that were open beside it."""
        said = self._said.get("others")
        return tuple(_state_of(one) for one in said if isinstance(one, Mapping)) if isinstance(said, list) else ()

    @property
    def recent(self) -> tuple[Path, ...]:
        """The files that were opened or saved last, the newest first."""
        said = self._said.get("recent")
        return tuple(Path(path) for path in said if isinstance(path, str)) if isinstance(said, list) else ()

    def note_file(self, path: Path) -> None:
        """Put a file in front of the last ones."""
        absolute = path.absolute()
        kept = [absolute, *(other for other in self.recent if other != absolute)][:MOST_RECENT]
        if kept != list(self.recent):
            self._keep(recent=[str(one) for one in kept])

    def keep(self, states: Sequence[WindowState]) -> None:
        """Remember how the windows are left, at least one."""
        first, *others = ({"layout": state.layout, "open": state.open_documents} for state in states)
        self._keep(**first, others=others)

    @property
    def _said(self) -> Mapping[str, Json]:
        return _read(self._store.settings.window_state)

    def _keep(self, **said: Json) -> None:
        text = json.dumps({**self._said, **said}, ensure_ascii=False, sort_keys=True)
        self._store.change(replace(self._store.settings, window_state=text))


def _read(text: str) -> Mapping[str, Json]:
    """Return what was written; what cannot be read is as if nothing was: a layout is worth no error."""
    try:
        said: Json = json.loads(text) if text else {}
    except ValueError:
        return {}
    return said if isinstance(said, Mapping) else {}


def _state_of(said: Mapping[str, Json]) -> WindowState:
    return WindowState(said.get("layout"), said.get("open"))
