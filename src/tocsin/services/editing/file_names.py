"""Names that a file should not have, and copies that sync tools leave where two people saved at once (K9, M8)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from tocsin.base.texts import _

_DEVICES: Final = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)))
)
"""What Windows takes for a device whatever follows the first dot (Microsoft, “Naming Files, Paths and Namespaces”)."""
_UNWRITABLE: Final = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_COPY: Final = re.compile(
    r"^(?P<stem>.+?)(?:"
    r" \((?:.{1,60} )?conflict(?:ed)? copy[^()]{0,40}\)"  # Dropbox, Nextcloud
    r"|\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?"  # Syncthing
    r"|_conf\(\d{1,4}\)"  # Synology Drive
    r")$",
    re.IGNORECASE,
)


def find_name_fault(path: Path) -> str:
    """Return why a file should not be made under this name, for a sentence, or "": others may open the folder too."""
    name = path.name
    if name.partition(".")[0].rstrip(" ").casefold() in _DEVICES:
        return _("Windows keeps this name for a device")
    if _UNWRITABLE.search(name) or name[-1:] in {" ", "."}:
        return _("Windows cannot have a file of this name")
    twin = next((one for one in _beside(path) if one.name != name and one.name.casefold() == name.casefold()), None)
    if twin is not None:
        return _("“{name}” lies there already, and many systems take both for one file").format(name=twin.name)
    return ""


def find_conflict_copy(path: Path) -> Path | None:
    """Return what a sync tool kept beside a file because two people saved it at once; the newest, None for none."""
    copies = [
        one
        for one in _beside(path)
        if one.suffix == path.suffix and (found := _COPY.match(one.stem)) and found["stem"] == path.stem
    ]
    return max(copies, key=_changed_at, default=None)


def _beside(path: Path) -> list[Path]:
    try:
        return sorted(path.parent.iterdir())
    except OSError:
        return []


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
