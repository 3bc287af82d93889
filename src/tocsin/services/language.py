"""Tells which language a person set, before anything else is imported: every text is made in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from tocsin.base.texts import SYSTEM

_SET: Final = re.compile(r"^language: *[\"']?([a-z]+)", re.MULTILINE)


def kept_language(settings: Path) -> str:
    """Return `language` of the settings' file without reading YAML; `system` where it says none."""
    try:
        found = _SET.search(settings.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # not there, or no text: the settings say so when they are read
        return SYSTEM
    return found.group(1) if found else SYSTEM
