"""The words of states, outcomes and severities in the reader's language; in English they are the engine's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tocsin.base.texts import _

_WORDS: Final[Mapping[str, str]] = {
    "pending": _("pending"),
    "running": _("running"),
    "waiting": _("waiting"),
    "retrying": _("retrying"),
    "held": _("held"),
    "succeeded": _("succeeded"),
    "failed": _("failed"),
    "skipped": _("skipped"),
    "cancelled": _("cancelled"),
    "uncertain": _("uncertain"),
    "predicted": _("predicted"),
    "carried": _("carried"),
    "pinned": _("pinned"),
    "error": _("error"),
    "warning": _("warning"),
    "info": _("info"),
}


def state_word(name: str) -> str:
    """Return what a state is called; one that has no word here is called by its name."""
    return _WORDS.get(str(name), str(name))
