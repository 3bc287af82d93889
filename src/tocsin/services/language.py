"""Tells which language and which zone a person set, before anything else is imported: every text is made in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from tocsin.base import texts, times

_SET: Final = re.compile(r"^(language|times): *[\"']?([a-z]+)", re.MULTILINE)


def choose_kept(settings: Path) -> None:
    """Speak the language and show times in the zone that the settings' file says, without reading YAML."""
    try:
        found = dict(_SET.findall(settings.read_text(encoding="utf-8")))
    except (OSError, ValueError):  # not there, or no text: the settings say so when they are read
        found = {}
    texts.choose(found.get("language", texts.SYSTEM))
    times.choose(found.get("times", times.OF_UTC))
