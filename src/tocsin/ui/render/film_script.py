"""What a film says beside its picture: each event in words, and of each step what is known of it then. Without Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tocsin.base.json_types import Json
from tocsin.base.texts import _, plural
from tocsin.engine.details import RunDetails
from tocsin.engine.events import Event, EventType, static_id
from tocsin.engine.moments import Moment
from tocsin.ui.run_dock.attempts import attempt_facts, attempt_title
from tocsin.ui.run_dock.items import Find, item_title
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.run_dock.timeline_rows import Row, RowKind, bar_of
from tocsin.ui.run_dock.words import STATUS_WORDS, person_words

LONGEST_VALUE: Final = 20_000
"""Characters; of a longer value the beginning is kept."""
MOST_VALUES: Final = 8_000_000
"""Characters of all values together, so that a browser opens the page at once; what comes later is left out."""
NO_VALUE: Final = -1
MOST_NAMES: Final = 3
"""So many steps are named when several are skipped at once."""
_WORDS: Final[Mapping[EventType, str]] = {
    EventType.RUN_CREATED: _("The run is made"),
    EventType.RUN_QUEUED: _("The run waits for another one"),
    EventType.RUN_STARTED: _("The run begins"),
    EventType.RUN_PAUSED: _("The run is paused"),
    EventType.RUN_RESUMED: _("The run goes on"),
    EventType.RUN_CANCEL_REQUESTED: _("The run is asked to stop"),
    EventType.RUN_NOTED: _("A note on the run"),
    EventType.NODE_STARTED: _("begins"),
    EventType.NODE_HELD: _("is held"),
    EventType.NODE_RELEASED: _("goes on"),
    EventType.NODE_EDITED: _("was given other data"),
    EventType.ATTEMPT_STARTED: _("is tried"),
    EventType.ATTEMPT_CHECKPOINT: _("has come a step further"),
    EventType.ATTEMPT_VERIFIED: _("is looked after"),
    EventType.TIMER_SET: _("waits"),
    EventType.TIMER_FIRED: _("has waited"),
    EventType.TIMER_CLOSED: _("waits no longer"),
    EventType.ASK_OPENED: _("asks"),
    EventType.ASK_REFUSED: _("does not take the answer"),
    EventType.ASK_CLOSED: _("asks no longer"),
    EventType.LOOP_STARTED: _("goes through its items"),
    EventType.ITEM_STARTED: _("begins an item"),
    EventType.ITEM_FINISHED: _("is done with an item"),
    EventType.SIGNAL_RECEIVED: _("has heard of something"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a step at a moment.

    Attributes:
        state: How it stands, in words.
        attempts: Each in a line.
        given: The place of its input among the film's values, or `NO_VALUE`.
        made: The same of what it gave.
    """

    state: str
    attempts: tuple[str, ...] = ()
    given: int = NO_VALUE
    made: int = NO_VALUE


@dataclass(slots=True)
class FilmScript:
    """Gathers the words of one film, event by event.

    Attributes:
        subject: What ran.
        find: Gives a value by what events keep of it.
        said: Each event in words.
        paths: Which path each event was about, or the last one was that was about any; "" for none yet.
        cards: Of each path, pairs: after so many events, that card.
        values: Inputs and outputs as text, each once.
        left_out: How many of them the page has no room for.
        room: How many characters of values it still has room for.
    """

    subject: RunSubject
    find: Find
    said: list[str] = field(default_factory=list[str])
    paths: list[str] = field(default_factory=list[str])
    cards: dict[str, list[tuple[int, Card]]] = field(default_factory=dict[str, list[tuple[int, Card]]])
    values: list[str] = field(default_factory=list[str])
    left_out: int = 0
    room: int = MOST_VALUES
    _places: dict[str, int] = field(default_factory=dict[str, int])

    def take(self, index: int, event: Event, moment: Moment) -> None:
        """Note what an event changed; `moment` is how the run stands after it, `index` how many events those are."""
        self.said.append(self._event_words(event, moment))
        paths = event.data["paths"] if event.type is EventType.NODE_SKIPPED else [event.path]
        for path in paths:
            self._note_all(index, path, moment)
        about = event.path.rpartition("[")[0] if event.path.endswith("]") else event.path
        self.paths.append(about if about in self.cards else self.paths[-1] if self.paths else "")

    def labels(self, details: RunDetails) -> dict[str, str]:
        """Return what the items are called that paths lie in: `hosts[0]/isolate` is “ws-01”."""
        found: dict[str, str] = {}
        for path in self.cards:
            parts = path.split("/")[:-1]
            items = ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
            found[path] = ", ".join(item_title(item, details, self.find) for item in items)
        return found

    def _note_all(self, index: int, touched: str, moment: Moment) -> None:
        """Note a path and the loops that it lies in."""
        parts = touched.split("/") if touched else []
        for depth in range(1, len(parts) + 1):
            path = "/".join(parts[:depth])
            self._note(index, path, moment)
            if path.endswith("]"):
                self._note(index, path.rpartition("[")[0], moment)

    def _note(self, index: int, path: str, moment: Moment) -> None:
        if self.subject.find_node(static_id(path)) is None or path.endswith("]"):
            return
        card, cards = self._card(path, moment), self.cards.setdefault(path, [])
        if not cards or cards[-1][1] != card:
            cards.append((index, card))

    def _card(self, path: str, moment: Moment) -> Card:
        bar = bar_of(Row(path, static_id(path), "", 0, RowKind.STEP), self.subject, moment)
        details = moment.details
        attempts, made = details.attempts_of(path), moment.progress.output_of(path)
        if attempts and made is None:
            last = attempts[-1]
            made = attempt_facts(last, details.looks_of(path), is_last=True) if last.outcome else None
        look = bar.look.value.replace("_", " ")
        return Card(
            f"{look}: {bar.label}" if bar.label and bar.label != look else look,
            tuple(attempt_title(attempt) for attempt in attempts),
            self._place(details.input_of(path)),
            self._place(made),
        )

    def _place(self, kept: Json) -> int:
        """Return the place of a value among `values`."""
        if kept is None:
            return NO_VALUE
        text = json.dumps(self.find(kept).value, indent=2, ensure_ascii=False, default=str)
        if len(text) > LONGEST_VALUE:
            text = _("{text}\n… {count:,} characters in all").format(text=text[:LONGEST_VALUE], count=len(text))
        if text not in self._places:
            self._places[text] = self._keep(text)
        return self._places[text]

    def _keep(self, text: str) -> int:
        """Keep a value, or say in its place how long it is where there is no room any more; return its place."""
        if len(text) > self.room:
            self.left_out += 1
            text = _("Left out, for the page has no room: {count:,} characters.").format(count=len(text))
        self.room -= min(len(text), self.room)
        self.values.append(text)
        return len(self.values) - 1

    def _event_words(self, event: Event, moment: Moment) -> str:
        if event.type is EventType.RUN_FINISHED:
            return _("The run {status_words}").format(status_words=STATUS_WORDS[moment.progress.status])
        if event.type is EventType.NODE_SKIPPED:
            return self._skipped_words(event.data["paths"])
        return self._step_words(event, moment) if event.path else _WORDS.get(event.type, event.type.value)

    def _step_words(self, event: Event, moment: Moment) -> str:
        name = self._name(event.path)
        match event.type:
            case EventType.NODE_SETTLED:
                return f"{name}: {self._card(event.path, moment).state}"
            case EventType.ATTEMPT_FINISHED:
                attempts = moment.details.attempts_of(event.path)
                return f"{name}: {attempt_title(attempts[-1])}" if attempts else name
            case EventType.ASK_ANSWERED:
                return _("{name} is answered by {person_words}").format(
                    name=name, person_words=person_words(event.by, self.subject.person)
                )
            case _:
                return f"{name} {_WORDS.get(event.type, event.type.value)}"

    def _skipped_words(self, paths: Sequence[str]) -> str:
        names = [self._name(path) for path in paths]
        more = _(" and {count} more").format(count=len(names) - MOST_NAMES) if len(names) > MOST_NAMES else ""
        return plural("{names}{more} is skipped", "{names}{more} are skipped", len(names)).format(
            names=", ".join(names[:MOST_NAMES]), more=more
        )

    def _name(self, path: str) -> str:
        """Return a step's title, in a loop with the number of its item."""
        title = self.subject.face(static_id(path)).title
        numbers = [part.rpartition("[")[2].rstrip("]") for part in path.split("/") if part.endswith("]")]
        return (
            _("{title}, item {number}").format(
                title=title, number=", ".join(str(int(number) + 1) for number in numbers)
            )
            if numbers
            else title
        )
