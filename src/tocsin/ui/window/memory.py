"""What a window remembers from one start to the next: its layout, its open files, the last files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from tocsin.base.json_types import Json
from tocsin.services.settings import SettingsStore

MOST_RECENT: Final = 12


class WindowMemory:
    """Reads and writes the window's part of the settings.

    Args:
        store: Where it is kept.
    """

    def __init__(self, store: SettingsStore) -> None:
        self._store = store
        self._said = _read(store.settings.window_state)

    @property
    def layout(self) -> Json:
        """How the panels lay, as `layout_state` wrote it; None for a new window."""
        return self._said.get("layout")

    @property
    def open_documents(self) -> Json:
        """Which files were open, as `open_state` wrote it; None for none."""
        return self._said.get("open")

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

    def keep(self, *, layout: Json, open_documents: Json) -> None:
        """Remember how the window is left."""
        self._keep(layout=layout, open=open_documents)

    def _keep(self, **said: Json) -> None:
        self._said = {**self._said, **said}
        text = json.dumps(self._said, ensure_ascii=False, sort_keys=True)
        self._store.change(replace(self._store.settings, window_state=text))


def _read(text: str) -> Mapping[str, Json]:
    """Return what was written; what cannot be read is as if nothing was: a layout is worth no error."""
    try:
        said: Json = json.loads(text) if text else {}
    except ValueError:
        return {}
    return said if isinstance(said, Mapping) else {}
