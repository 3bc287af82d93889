"""Where a sample value comes from."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from tocsin.base.texts import _


class Origin(StrEnum):
    """Where a value comes from. A run's is what was; a sample is what a description or the playbook says it may be."""

    SAMPLE = _("sample")
    RUN = "run"


def origin_words(origin: Origin, run: str = "") -> str:
    """Return where values come from in words: “sample”, “sample, R-217”. A run's value is a sample too, with a name."""
    return _("sample, {run}").format(run=run) if origin is Origin.RUN and run else _("sample")


def weakest(origins: Iterable[Origin]) -> Origin:
    """Return where a result comes from that rests on all of these: from a run only if each does."""
    return Origin.SAMPLE if Origin.SAMPLE in set(origins) else Origin.RUN
