"""`tocsin run`: one run of one playbook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

import click
from typing_extensions import override

from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.cli.answers import Answers, read_answers
from tocsin.cli.follow import Ask, Follower, Show
from tocsin.cli.inputs import read_inputs
from tocsin.cli.lines import Lines
from tocsin.cli.live_tree import LiveTree
from tocsin.cli.messages import LONGEST, Exit, exit_of, print_json, say_error
from tocsin.cli.passphrase import open_for
from tocsin.cli.ports import Kit, Workroom
from tocsin.cli.problems import UnreadablePlaybookError, say_problems, with_places
from tocsin.cli.steering import Steering, steering_options, take_steering
from tocsin.engine.errors import HasErrorsError, PinnedInLiveError
from tocsin.engine.events import REHEARSE, Event, NodeState, RunStatus
from tocsin.engine.progress import OpenQuestion, RunProgress
from tocsin.engine.record import RunRecord, refused_record
from tocsin.formats import PlaybookFile
from tocsin.model.closure import Find
from tocsin.model.environment import LAB
from tocsin.model.playbook import Playbook
from tocsin.model.problems import Problem, Severity
from tocsin.services.pins import PinFiles
from tocsin.services.runs import Runs, StartedRun, StartRequest

Begin = Callable[[Runs], Future[StartedRun]]

_STATUS: Final = {RunStatus.SUCCEEDED: Exit.DONE, RunStatus.WAITING: Exit.WAITING}
_ENDS: Final = {
    RunStatus.SUCCEEDED: _("Succeeded"),
    RunStatus.FAILED: _("Failed"),
    RunStatus.CANCELLED: _("Cancelled"),
    RunStatus.WAITING: _("Waits for a person"),
}
_CAME: Final = {"done": _("done"), "unknown": _("may have happened"), "not_sent": _("not sent")}
MOST_CHANGES: Final = 100
ID_LENGTH: Final = 13
"""A run's id begins with the millisecond it was made in, twelve digits and a hyphen: that is enough to name it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options say."""

    inputs: tuple[str, ...]
    environment: str
    mode: str
    answers: tuple[str, ...]
    as_json: bool
    scenario: str
    steering: Steering


class SilentShow(Show):
    """Shows nothing: for `--json`."""

    @override
    def on_events(self, events: Sequence[Event], progress: RunProgress) -> None:
        """Show nothing."""

    @override
    def on_answer(self, question: OpenQuestion, option: str) -> None:
        """Show nothing."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run went.

    Attributes:
        status: WAITING when only a person can go on.
        record: The run's record (definitions.md D6), its problems left out.
        problems: What checks said of the playbook.
        handler: The run that was told of its failure, and how that went; None where none was.
        is_interrupted: Somebody pressed Ctrl+C.
    """

    status: RunStatus
    record: Mapping[str, Json]
    problems: tuple[Problem, ...]
    handler: tuple[str, RunStatus] | None = None
    is_interrupted: bool = False

    @property
    def exit(self) -> Exit:
        """What the command ends with."""
        if self.is_interrupted and self.status is RunStatus.CANCELLED:
            return Exit.INTERRUPTED
        return _STATUS.get(self.status, Exit.FAILED)


@click.command(
    "run",
    epilog=(
        "\b\nExamples:\n"
        "  tocsin run playbooks/contain-suspicious-ip.yaml\n"
        "  tocsin run playbooks/contain-suspicious-ip.yaml --mode rehearse\n"
        "  tocsin run playbooks/contain-suspicious-ip.yaml --input src_ip=203.0.113.66 --json\n"
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--input", "inputs", multiple=True, metavar="JSON|@FILE|KEY=VALUE", help="What the trigger fires with.")
@click.option("--environment", default=LAB, show_default=True, help="Where to run.")
@click.option("--mode", type=click.Choice(["live", "rehearse"]), default="live", show_default=True)
@click.option("--answer", "answers", multiple=True, metavar="PATH=OPTION", help="Answer a question beforehand (Lab).")
@click.option("--scenario", default="", metavar="NAME", help="What a Lab that is started for this run plays.")
@steering_options
@click.option("--json", "as_json", is_flag=True, help="Print the run record, one line.")
@click.pass_obj
def run(kit: Kit, file: Path, **options: object) -> int:
    """Run a playbook once. Ctrl+C stops it, a second one gives up what is under way.

    Exit: 0 done, 1 failed, 2 wrong use, 3 refused, 4 waits for a person, 130 stopped by Ctrl+C.
    """
    asked = _asked(options)
    loaded = kit.load_playbook(file)
    try:
        request, answers = _request(loaded, asked, kit.shelf(loaded.file))
        with kit.open_workroom() as room:
            _begin_scenario(room, asked.scenario)
            return _perform(room, request, answers, loaded, as_json=asked.as_json)
    except TocsinError as error:
        return _refuse(error, loaded, asked)


def _begin_scenario(room: Workroom, scenario: str) -> None:
    """Let the Lab play a scenario, where one was named and no Lab runs yet that plays another."""
    if scenario and (plays := room.lab.addresses(scenario).scenario) != scenario:
        raise click.UsageError(
            _("the Lab that runs already plays “{plays}”: stop it, or leave --scenario out.").format(plays=plays)
        )


def _asked(options: Mapping[str, object]) -> Asked:
    own = ("inputs", "environment", "mode", "answers", "as_json", "scenario")
    said = cast("dict[str, Any]", {name: options[name] for name in own})
    return Asked(**said, steering=take_steering(options))


def _request(loaded: PlaybookFile, asked: Asked, find: Find) -> tuple[StartRequest, Answers]:
    if loaded.playbook is None:
        raise UnreadablePlaybookError(loaded)
    answers = read_answers(asked.answers, loaded.playbook, find, environment=asked.environment)
    pins = asked.steering.read_pins(partial(PinFiles().load, Path(loaded.file), loaded.playbook.id))
    if pins and asked.mode != REHEARSE:
        raise PinnedInLiveError(
            list(pins), hint=_("Rehearse, or leave them out: --no-pins for those beside the playbook.")
        )
    request = StartRequest(
        playbook=loaded.playbook,
        file=loaded.file,
        event=read_inputs(asked.inputs),
        environment=asked.environment,
        mode=asked.mode,
        problems=loaded.problems,
        breakpoints=asked.steering.read_breaks(loaded.playbook),
        at=asked.steering.read_place(),
        pins=pins,
    )
    return request, answers


def _perform(room: Workroom, request: StartRequest, answers: Answers, loaded: PlaybookFile, *, as_json: bool) -> int:
    open_for(room, request.environment, request.file)
    ended = follow_run(room, lambda runs: runs.start(request), answers, request.playbook, as_json=as_json)
    if as_json:
        problems = with_places(ended.problems, loaded)
        print_json({**ended.record, "problems": [problem.to_json() for problem in problems]})
    else:
        print_end(ended)
    return ended.exit


def follow_run(room: Workroom, begin: Begin, answers: Answers, playbook: Playbook, *, as_json: bool) -> Ended:
    """Start or resume a run and show it as this terminal, pipe or script wants it.

    Raises:
        TocsinError: The run was refused; nothing was done.
    """
    with ExitStack() as end:
        show, ask = _make_show(end, playbook, as_json=as_json)
        return watch(room, begin, Follower(room.runs, answers, show, ask=ask))


def _make_show(end: ExitStack, playbook: Playbook, *, as_json: bool) -> tuple[Show, Ask | None]:
    if as_json:
        return SilentShow(), None
    if not sys.stdout.isatty():
        return Lines(), None
    tree = end.enter_context(LiveTree(playbook))
    return tree, tree.ask if sys.stdin.isatty() else None


def watch(room: Workroom, begin: Begin, follower: Follower) -> Ended:
    """Start or resume, and run to the end, or until only a person can go on.

    Raises:
        TocsinError: The run was refused; nothing was done.
    """
    started = follower.start(begin)
    lost: TocsinError | None = None
    try:
        status = follower.follow(started)
    except TocsinError as error:  # the journal gave up half way: what happened counts, so this is no refusal
        status, lost = RunStatus.FAILED, error
    effects = {facts.use: facts.effect for unit in started.program.units.values() for facts in unit.facts.values()}
    record = RunRecord(started.program.playbook, room.load_value, effects.get)
    record.add(follower.events)
    facts: dict[str, Json] = {**record.to_json(), "status": str(status)}
    if lost is not None:
        facts["error"] = {"code": str(lost.code), "message": str(lost), "path": "", "retryable": False}
    handler = _await_handler(room.runs, started.run)
    if handler is not None:
        facts["handler"] = {"run": handler[0], "status": str(handler[1])}
    return Ended(status, facts, started.problems, handler, follower.interruption.is_heard)


def _await_handler(runs: Runs, run: str) -> tuple[str, RunStatus] | None:
    """Wait until the handler of a run that is over is over too, or waits for a person; None where there is none."""
    handler = runs.find_handler(run).result()
    return (handler, runs.wait(handler).result()) if handler is not None else None


def print_end(ended: Ended) -> None:
    """Print how a run ended, what it waits for, and how to look at it again."""
    record: Mapping[str, Any] = ended.record
    error, run_id = record["error"], str(record["run"])[:ID_LENGTH]
    if error:
        place = f"{error['path']}: " if error["path"] else ""
        print(one_line(f"{error['code']} {place}{error['message']}", most=LONGEST), file=sys.stderr)
    for question in record["waiting"]:
        text, options = one_line(question["text"]), " or ".join(question["options"])
        print(
            _("Asked: {text} → not answered; --answer {path}=… may say {options}").format(
                text=text, path=question["path"], options=options
            )
        )
    if record["mode"] == REHEARSE:
        _print_plan(record["plan"])
    print_stopped(record)
    took = "" if ended.status is RunStatus.WAITING else _(" in {seconds:.1f} s").format(seconds=record["seconds"])
    print(
        _("{end_words}{took}. Run {run_id}…; {next_words} {run_id}").format(
            end_words=_end_words(record, ended.status),
            took=took,
            run_id=run_id,
            next_words=_next_words(record, ended.status),
        )
    )
    if ended.handler is not None:
        handler, status = ended.handler
        print(_("Its handler: {ends}. Run {handler}…").format(ends=_ENDS[status].lower(), handler=handler[:ID_LENGTH]))


def _end_words(record: Mapping[str, Any], status: RunStatus) -> str:
    if not record.get("paused"):
        return _ENDS[status]
    held = ", ".join(f"“{name}”" for name, node in record["nodes"].items() if node["state"] == NodeState.HELD)
    return _("Paused before {held}").format(held=held) if held else _("Paused")


def _next_words(record: Mapping[str, Any], status: RunStatus) -> str:
    if record.get("paused"):
        return _("go on: tocsin runs resume")
    return _("answer it: tocsin runs resume") if status is RunStatus.WAITING else _("look again: tocsin runs show")


def print_stopped(record: Mapping[str, Any]) -> None:
    """Print of a run that was stopped what came of each change."""
    stopped: Sequence[Mapping[str, Any]] = record.get("stopped", ())
    if stopped:
        print(_("When it was stopped, of its changes:"))
    for change in stopped[:MOST_CHANGES]:
        print(one_line(f"- {_CAME[change['came']]}: {change['path']} ({change['action']})"))
    if len(stopped) > MOST_CHANGES:
        print(_("… and {count:,} more; the record has all").format(count=len(stopped) - MOST_CHANGES))


def _print_plan(plan: Sequence[Mapping[str, Any]]) -> None:
    print(_("This run would change nothing.") if not plan else _("The plan; nothing was changed:"))
    for step in plan:
        notes = [_("cannot be undone")] if step["effect"] not in {"", "read"} and not step["undoable"] else []
        notes += [_("a guess")] if step["assumed"] else []
        notes += [_("rests on {map}").format(map=", ".join(map(str, step["rests_on"])))] if step["rests_on"] else []
        said = f" ({'; '.join(notes)})" if notes else ""
        print(f"{step['number']:>3}. {one_line(step['text'] + said)}")


def _refuse(error: TocsinError, loaded: PlaybookFile, asked: Asked) -> int:
    problems: tuple[Problem, ...] = loaded.problems
    if isinstance(error, HasErrorsError):
        problems = with_places(error.problems, loaded)
    if isinstance(error, HasErrorsError | UnreadablePlaybookError):
        say_problems(problem for problem in problems if problem.severity is Severity.ERROR)
    say_error(error)
    if asked.as_json:
        record = refused_record(error, loaded.playbook, problems, environment=asked.environment)
        print_json({**record, "mode": asked.mode})
    return exit_of(error)
