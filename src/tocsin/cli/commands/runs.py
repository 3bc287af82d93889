"""`tocsin runs`: what ran, and one run again."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from tocsin.base.clock import rfc3339
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _, plural
from tocsin.base.times import stamp
from tocsin.cli.answers import Answers, read_answers
from tocsin.cli.commands.run import follow_run, print_end
from tocsin.cli.commands.runs_move import export_run, import_run
from tocsin.cli.commands.runs_prune import prune_runs
from tocsin.cli.commands.runs_show import show_run
from tocsin.cli.commands.runs_verify import verify_runs
from tocsin.cli.messages import Exit, WrongUseError, print_json
from tocsin.cli.passphrase import open_for
from tocsin.cli.ports import Kit
from tocsin.cli.state_words import state_word
from tocsin.cli.steering import CLI, read_edits
from tocsin.engine.events import LIVE, REHEARSE, RunStatus
from tocsin.engine.news import CancelAsked, GoOnAsked
from tocsin.engine.outcomes import Changed
from tocsin.engine.undoing import UndoItem
from tocsin.services.history import RunHistory


@click.group("runs")
def runs() -> None:
    """Runs that were, and those that can go on."""


for command in (export_run, import_run, prune_runs, show_run, verify_runs):
    runs.add_command(command)


@runs.command("list")
@click.option("--most", type=click.IntRange(1, 10_000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_runs(kit: Kit, most: int, *, as_json: bool) -> int:
    """List the newest runs first."""
    summaries = kit.history().list_runs(most=most)
    if as_json:
        rows = [
            {"run": s.run, "playbook": s.playbook, "environment": s.environment, "status": s.status}
            | {"started_at": rfc3339(s.started_at), "changes": s.changes, "error": s.error}
            | {"imported": s.imported_at is not None}
            for s in summaries
        ]
        print_json(rows)
        return Exit.DONE
    for s in summaries:
        changes = (
            ""
            if s.ended_at is None
            else plural("{changes} change", "{changes} changes", s.changes).format(changes=s.changes)
        )
        name = f"{s.name or s.playbook}{'' if s.imported_at is None else _(' (imported)')}"
        print(f"{s.run}  {stamp(s.started_at)}  {state_word(s.status):<9}  {changes:<10}  {one_line(name)}")
    if not summaries:
        print(_("Nothing has run yet."))
    return Exit.DONE


@runs.command("resume")
@click.argument("run", required=False)
@click.option("--answer", "answers", multiple=True, metavar="PATH=OPTION", help="Answer a question (Lab).")
@click.option("--edit", "edits", multiple=True, metavar="NODE=JSON|@FILE", help="What a step gave after all.")
@click.option("--step", "one_step", is_flag=True, help="Let one step of a paused run start, then pause again.")
@click.option("--accept-changes", is_flag=True, help="Go on though a connection is another now.")
@click.option("--json", "as_json", is_flag=True, help="Print the run record, one line.")
@click.pass_obj
def resume_run(kit: Kit, run: str | None, answers: tuple[str, ...], edits: tuple[str, ...], **flags: bool) -> int:
    """Let a run go on that was paused, or whose process ended. Without RUN, list those that can.

    Exit as of `tocsin run`.
    """
    as_json, history = flags["as_json"], kit.history()
    if run is None:
        return _list_open(history, as_json=as_json)
    stored = history.recall(run)
    place = stored.created["environment"]["name"]
    given = read_answers(answers, stored.playbook, stored.closure.callees.get, environment=place, is_resumed=True)
    orders = (*read_edits(edits), GoOnAsked(CLI, flags["one_step"]))
    with kit.open_workroom() as room:
        open_for(room, place)
        ended = follow_run(
            room,
            lambda runs: runs.resume(stored.run, accepts_changes=flags["accept_changes"], orders=orders),
            given,
            stored.playbook,
            as_json=as_json,
        )
    if as_json:
        print_json({**ended.record, "problems": []})
    else:
        print_end(ended)
    return ended.exit


@runs.command("cancel")
@click.argument("run")
@click.option("--reason", default="", help="Why, for the record.")
@click.option("--accept-changes", is_flag=True, help="Go on though a connection is another now.")
@click.option("--json", "as_json", is_flag=True, help="Print the run record, one line.")
@click.pass_obj
def cancel_run(kit: Kit, run: str, reason: str, *, accept_changes: bool, as_json: bool) -> int:
    """Stop a run that waits, or whose process ended.

    One that a command still follows is stopped there, by Ctrl+C. Exit: 0 it is cancelled; else as of `tocsin run`.
    """
    stored = kit.history().recall(run)
    orders = (CancelAsked(CLI, reason),)
    with kit.open_workroom() as room:
        open_for(room, stored.created["environment"]["name"])
        ended = follow_run(
            room,
            lambda runs: runs.resume(stored.run, accepts_changes=accept_changes, orders=orders),
            Answers({}),
            stored.playbook,
            as_json=as_json,
        )
    if as_json:
        print_json({**ended.record, "problems": []})
    else:
        print_end(ended)
    return Exit.DONE if ended.status is RunStatus.CANCELLED else ended.exit


@runs.command("undo")
@click.argument("run")
@click.option("--mode", type=click.Choice([LIVE, REHEARSE]), default=LIVE, show_default=True)
@click.option("--only", multiple=True, metavar="PATH", help="Only what this step changed; can be given again.")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
@click.option("--accept-changes", is_flag=True, help="Go on though a connection is another now.")
@click.option("--json", "as_json", is_flag=True, help="Print the run record of the undo, one line.")
@click.pass_obj
def undo_run(kit: Kit, run: str, mode: str, only: tuple[str, ...], **flags: bool) -> int:
    """Take back what a run changed, newest first, as a run of its own. Exit as of `tocsin run`."""
    history = kit.history()
    stored = history.recall(run)
    items = [item for item in history.undo_items(stored) if not only or item.path in only]
    if not flags["as_json"]:
        _print_items(items)
    if mode == LIVE and not flags["is_sure"] and any(item.is_undoable for item in items) and not _confirm():
        return Exit.REFUSED
    with kit.open_workroom() as room:
        open_for(room, stored.created["environment"]["name"])
        ended = follow_run(
            room,
            lambda runs: runs.undo(stored.run, mode=mode, accepts_changes=flags["accept_changes"], only=only or None),
            Answers({}),
            stored.playbook,
            as_json=flags["as_json"],
        )
    if flags["as_json"]:
        print_json({**ended.record, "problems": []})
    else:
        print_end(ended)
    return ended.exit


def _print_items(items: Sequence[UndoItem]) -> None:
    for item in items:
        doubt = _(" (may have happened)") if item.changed == Changed.UNKNOWN else ""
        how = (
            _("by {action} on {connection}").format(action=item.action, connection=item.connection)
            if item.is_undoable
            else _("cannot be undone")
        )
        print(one_line(f"- {item.path}: {item.summary}{doubt}: {how}"))


def _confirm() -> bool:
    """Ask at the terminal; without one, `--yes` must have said it.

    Raises:
        WrongUseError: Nobody can be asked.
    """
    if not sys.stdin.isatty():
        raise WrongUseError(
            _("Nobody is here to say yes."), hint=_("Add --yes, or --mode rehearse to see what it would do.")
        )
    return click.confirm(_("Take this back?"), default=False)


def _list_open(history: RunHistory, *, as_json: bool) -> int:
    """List what can go on: runs that have not ended and that no process holds."""
    found = [summary for summary in history.list_open() if not history.is_held(summary.owner)]
    if as_json:
        print_json([{"run": s.run, "playbook": s.playbook, "waiting": s.waiting} for s in found])
        return Exit.DONE
    for summary in found:
        why = f"asks: {summary.waiting}" if summary.waiting else _("paused, or its process ended")
        print(one_line(f"{summary.run}  {summary.name or summary.playbook}  {why}"))
    if not found:
        print(_("No run can go on."))
    return Exit.DONE
