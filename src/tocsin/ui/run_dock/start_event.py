"""What a run shall begin with: where the event comes from, and whether it fits. Without Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.entry import Entry, get_entry
from tocsin.model.playbook import Playbook


class Source(StrEnum):
    """Where an event comes from."""

    FIELDS = "fields"
    SAMPLE = "sample"
    LAST = "last"
    PASTED = "pasted"


SOURCE_WORDS: Final = {
    Source.FIELDS: _("Fields"),
    Source.SAMPLE: _("Sample"),
    Source.LAST: _("Last event"),
    Source.PASTED: _("Paste JSON"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """An event that was entered: it, or why it cannot be used."""

    event: Json = None
    fault: str = ""


@dataclass(slots=True)
class Memory:
    """What was chosen last for a playbook: the source, what was pasted, and the last event that a run began with."""

    source: Source | None = None
    pasted: str = ""
    last: Json = None


@dataclass(frozen=True, slots=True)
class StartEvent:
    """What a playbook's run can begin with.

    Attributes:
        entry: Where it begins.
        memory: What was chosen before.
        given: What a person wants it to begin with, as far as that is known.
    """

    entry: Entry
    memory: Memory = field(default_factory=Memory)
    given: Mapping[str, Json] = field(default_factory=dict[str, Json])

    @property
    def needs_values(self) -> bool:
        """Without an event from a person it could not begin."""
        return bool(self.check(None).fault)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where an event can come from."""
        found = [Source.FIELDS] if self.entry.schema.get("properties") else []
        found += [Source.SAMPLE] if self.entry.sample is not None else []
        found += [Source.LAST] if self.memory.last is not None else []
        return (*found, Source.PASTED)

    @property
    def source(self) -> Source:
        """The one that was chosen last, else the first; where something is given, the one that shows it."""
        if self.given:
            return self.sources[0] if Source.FIELDS in self.sources else Source.PASTED
        chosen = self.memory.source
        return chosen if chosen in self.sources and chosen is not None else self.sources[0]

    def text(self, source: Source) -> str:
        """Return the JSON that a source gives."""
        match source:
            case Source.SAMPLE:
                return _text(self.entry.sample)
            case Source.LAST:
                return _text(self.memory.last)
            case _:
                given = _text({**self._outline(), **self.given}) if self.given else ""
                return given or self.memory.pasted or _text(self._outline())

    def check(self, event: Json) -> Reading:
        """Tell whether a run can begin with an event, as the Lab takes it."""
        fault = self.entry.find_misfit(self.entry.shape(self.entry.merge(event)))
        return Reading(event, fault or "")

    def read(self, text: str) -> Reading:
        """Read JSON and tell whether a run can begin with it."""
        try:
            event: Json = json.loads(text)
        except (ValueError, RecursionError) as error:
            return Reading(fault=_("This is no JSON: {error}.").format(error=error))
        return self.check(event)

    def _outline(self) -> dict[str, Json]:
        """What must be there, with nothing in it: easier to fill than a blank page."""
        required: list[str] = self.entry.schema.get("required", [])
        return {**dict.fromkeys(required, ""), **(self.entry.defaults or {})}


def start_of(playbook: Playbook, memory: Memory | None = None) -> StartEvent:
    """Return what a run of a playbook can begin with.

    Raises:
        NoTriggerError: Nothing in it can be started.
    """
    return StartEvent(get_entry(playbook), memory or Memory())


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
