"""What may have happened, put in words for its cards. Without Qt."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.base.texts import _
from tocsin.engine.moments import Moment
from tocsin.engine.progress import Change, OpenQuestion
from tocsin.ui.run_dock.attempts import checks_sentence
from tocsin.ui.run_dock.items import Find, item_title
from tocsin.ui.run_dock.kept_values import plain_value
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.run_dock.words import clock_words, duration_words

UNKNOWN = "unknown"
UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class UnsureChange:
    """A change that nobody knows of.

    Attributes:
        path: Where in the run.
        node: The step's id.
        title: “Isolate endpoint may have happened”, with the item where there is one.
        sent_at: When it was sent, UTC microseconds.
        sentence: What happened, what that means, what was done about it.
        question: What the run asks a person about it, or None.
    """

    path: str
    node: str
    title: str
    sent_at: int
    sentence: str
    question: OpenQuestion | None

    def aside(self, now: int) -> str:
        """Return when it was sent and how long ago: “sent 10:42:11 UTC, 01:22 ago”."""
        return _("sent {clock_words}, {duration_words} ago").format(
            clock_words=clock_words(self.sent_at), duration_words=duration_words(max(now - self.sent_at, 0))
        )


def unsure_changes(subject: RunSubject, moment: Moment, find: Find = plain_value) -> tuple[UnsureChange, ...]:
    """Return every change of a run that may have happened, in the order they were made."""
    asked = {question.path: question for question in moment.progress.questions.values() if question.kind == UNCERTAIN}
    return tuple(
        _unsure(change, subject.face(change.node).title, moment, asked.get(change.path), find)
        for change in moment.progress.changes
        if change.changed == UNKNOWN
    )


def _unsure(change: Change, step: str, moment: Moment, question: OpenQuestion | None, find: Find) -> UnsureChange:
    attempts = moment.details.attempts_of(change.path)
    unsure = [attempt for attempt in attempts if attempt.outcome == UNCERTAIN]
    sent_at = unsure[0].started_at if unsure else 0
    told = change.summary or (str(unsure[-1].error["message"]) if unsure and unsure[-1].error else "")
    parts = [told if told.endswith(".") or not told else f"{told}."]
    parts.append(
        _("Nothing was sent twice.")
        if len(attempts) == 1
        else _("It was sent {count} times.").format(count=len(unsure))
    )
    parts.append(checks_sentence(moment.details.looks_of(change.path)))
    item = item_title(change.path, moment.details, find)
    title = (
        _("{step} for {item} may have happened").format(step=step, item=item)
        if item
        else _("{step} may have happened").format(step=step)
    )
    return UnsureChange(change.path, change.node, title, sent_at, " ".join(part for part in parts if part), question)
