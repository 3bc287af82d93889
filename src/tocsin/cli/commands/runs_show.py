"""`tocsin runs show`: one run again, of a long one its beginning and its end."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

import click

from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.base.times import stamp
from tocsin.cli.commands.run import print_stopped
from tocsin.cli.lines import Lines, settled_paths
from tocsin.cli.messages import Exit, print_json
from tocsin.cli.ports import Kit
from tocsin.cli.state_words import state_word
from tocsin.engine.events import Event, RunStatus
from tocsin.engine.outcomes import Outcome
from tocsin.engine.progress import RunProgress
from tocsin.journal import RunSummary
from tocsin.model.catalogue import Effect
from tocsin.services.past import PastRun

MOST: Final = 100
"""So many steps are shown from each end, and so many changes, unless somebody wants others."""


@click.command("show")
@click.argument("run")
@click.option("--most", type=click.IntRange(1), default=MOST, show_default=True, help="Steps from each end.")
@click.option("--all", "is_whole", is_flag=True, help="Show every step and every change.")
@click.option("--json", "as_json", is_flag=True, help="Print the run record, whole.")
@click.pass_obj
def show_run(kit: Kit, run: str, most: int, *, is_whole: bool, as_json: bool) -> int:
    """Show one run again, from its events. RUN may be the beginning of its id."""
    history, catalogue = kit.history(), kit.catalogue()
    summary = history.get_run(run)

    def effect_of(use: str) -> Effect | None:
        facts = catalogue.find_facts(use)
        return facts.effect if facts is not None else None

    if as_json:
        print_json(history.record(summary, effect_of))
        return Exit.DONE
    print(
        one_line(
            _("{name} in {environment}, {rfc3339}").format(
                name=summary.name or summary.playbook,
                environment=summary.environment,
                rfc3339=stamp(summary.started_at),
            )
        )
    )
    if summary.imported_at is not None:
        print(_("Imported from a file, {rfc3339}.").format(rfc3339=stamp(summary.imported_at)))
    past = history.load_past(summary.run)
    wanted = sys.maxsize if is_whole else most
    _print_steps(past, wanted)
    _print_end(past.moment.progress, summary, wanted)
    if summary.status == RunStatus.CANCELLED:
        print_stopped(history.record(summary, effect_of))
    return Exit.DONE


def _print_steps(past: PastRun, most: int) -> None:
    """Print the first and the last steps that settled; what lies between is neither folded nor printed."""
    events, lines = past.events, Lines()
    head = _enough(events, range(len(events)), most)
    tail = len(events) - _enough(events, range(len(events) - 1, head - 1, -1), most)
    _print_span(events[:head], RunProgress(past.listed.run), lines)
    if tail > head:
        print(_("… {tail:,} events in between; --all shows every step").format(tail=tail - head))
    _print_span(events[tail:], past.rewind.at(tail).progress, lines)


def _enough(events: Sequence[Event], places: range, most: int) -> int:
    """Return how many of the events at these places settle so many steps; all of them when they are fewer."""
    settled = 0
    for number, place in enumerate(places, 1):
        settled += len(tuple(settled_paths(events[place])))
        if settled >= most:
            return number
    return len(places)


def _print_span(events: Sequence[Event], progress: RunProgress, lines: Lines) -> None:
    for event in events:
        progress.apply(event)
        lines.on_events([event], progress)


def _print_end(progress: RunProgress, summary: RunSummary, most: int) -> None:
    changes = progress.changes
    print(_("Changed:") if changes else _("Nothing was changed."))
    for change in changes[:most]:
        doubt = "" if change.outcome == Outcome.SUCCEEDED else f" ({state_word(change.outcome)})"
        print(f"- {one_line(change.summary or change.action)}{doubt}")
    if len(changes) > most:
        print(_("… and {count:,} more; --all shows every change").format(count=len(changes) - most))
    for question in progress.questions.values():
        print(
            _("Asked: {text} ({id})").format(
                text=one_line(question.text), id=" or ".join(option.id for option in question.options)
            )
        )
    if progress.error:
        place = f"{progress.error['node']}: " if progress.error["node"] else ""  # the run itself may take too long
        print(one_line(f"{place}{progress.error['code']}. {progress.error['message']}"))
    print(f"{state_word(summary.status).capitalize()}.")
