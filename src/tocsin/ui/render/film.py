"""A run as a film: one HTML page that plays it again, event by event, without a network and without this program."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.texts import _, beginning, plural
from tocsin.engine.details import RunDetails
from tocsin.engine.events import Event
from tocsin.engine.moments import Moment
from tocsin.engine.progress import RunProgress
from tocsin.ui.render.film_page import FilmFacts, write_film
from tocsin.ui.render.film_picture import FilmPicture
from tocsin.ui.render.film_script import FilmScript
from tocsin.ui.render.picture import ensure_application
from tocsin.ui.run_dock.canvas_replay import CanvasReplay
from tocsin.ui.run_dock.kept_values import Found, plain_value
from tocsin.ui.run_dock.subject import RunSubject
from tocsin.ui.run_dock.words import STATUS_WORDS, date_words, duration_words, person_words
from tocsin.ui.theme import LIGHT, Tokens, load_fonts

MOST_EVENTS: Final = 20_000
"""A page of more would be too large to play."""


class FilmTooLongError(TocsinError):
    """A run of more events than a page can play."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, count: int) -> None:
        super().__init__(
            _("The run has {count:,} events; a page plays {most_events:,} at most.").format(
                count=count, most_events=MOST_EVENTS
            ),
            hint=_("Export it as a file instead: tocsin runs export RUN -o x.tocsin-run."),
        )


@dataclass(frozen=True, slots=True)
class FilmStock:
    """What a film is made of.

    Attributes:
        subject: What ran.
        events: All that happened, in order.
        load: Gives a value that is too large for events, by its hash.
        mask: Returns data with every known secret masked.
    """

    subject: RunSubject
    events: Sequence[Event]
    load: Callable[[str], Json]
    mask: Callable[[Json], Json] = lambda value: value


def film_page(stock: FilmStock, tokens: Tokens = LIGHT) -> str:
    """Return the page.

    Raises:
        FilmTooLongError: There are too many events.
    """
    work = film_steps(stock, tokens)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def film_steps(stock: FilmStock, tokens: Tokens = LIGHT) -> Generator[None, None, str]:
    """Make the page a step at a time, one an event, for who has something else to do meanwhile; it is returned.

    Raises:
        FilmTooLongError: There are too many events.
    """
    if len(stock.events) > MOST_EVENTS:
        raise FilmTooLongError(len(stock.events))
    application = ensure_application()  # must live while anything is drawn
    load_fonts()
    subject = stock.subject
    picture = FilmPicture(subject.playbook, subject.catalogue, tokens)

    def find(kept: Json) -> Found:
        known = plain_value(kept)
        if not known.is_there and isinstance(kept, Mapping):
            return Found(stock.mask(stock.load(str(kept["r"]))))
        return Found(stock.mask(known.value))

    script = FilmScript(subject, find)
    replay = CanvasReplay(picture, subject, find)
    moment = Moment(RunProgress(stock.events[0].run if stock.events else ""), RunDetails())
    picture.settle(0)
    for index, event in enumerate(stock.events, start=1):
        moment.apply(event)
        replay.show(moment)
        picture.settle(index)
        script.take(index, event, moment)
        yield
    page = write_film(_facts(stock, moment, script), picture, script, mask=stock.mask)
    del application
    return page


def _facts(stock: FilmStock, moment: Moment, script: FilmScript) -> FilmFacts:
    origin, progress = moment.details.origin, moment.progress
    times = [event.at for event in stock.events]
    took = duration_words(times[-1] - times[0]) if times else ""
    status = beginning(STATUS_WORDS[progress.status])
    return FilmFacts(
        title=origin.playbook or stock.subject.playbook.name or stock.subject.playbook.id,
        run=stock.subject.name or progress.run,
        summary=_("{status} in {took}, started by {person_words}").format(
            status=status, took=took, person_words=person_words(origin.by, stock.subject.person)
        )
        + _left_out(script.left_out),
        began=date_words(times[0]) if times else "",
        environment=origin.environment,
        times=times,
        labels=script.labels(moment.details),
    )


def _left_out(count: int) -> str:
    """Return what is said of values that the page has no room for."""
    if not count:
        return ""
    said = plural("{count:,} value is left out", "{count:,} values are left out", count).format(count=count)
    return _("; {said}, or the page would be too large").format(said=said)
