"""`tocsin run`: one run of one playbook."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import click
from typing_extensions import override

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.cli.answers import Answers, UnknownQuestionError, read_answers
from tocsin.cli.follow import Follower, Show
from tocsin.cli.lines import Lines
from tocsin.cli.live_tree import LiveTree
from tocsin.cli.messages import Exit, say_error, say_problems
from tocsin.cli.ports import Kit, Workroom
from tocsin.engine.errors import HasErrorsError
from tocsin.engine.events import Event, RunStatus
from tocsin.engine.progress import OpenQuestion, RunProgress
from tocsin.engine.record import RunRecord, refused_record
from tocsin.formats import PlaybookFile
from tocsin.model.environment import LAB
from tocsin.model.playbook import Playbook
from tocsin.model.problems import Problem, Severity
from tocsin.services.runs import StartRequest

_STATUS = {RunStatus.SUCCEEDED: Exit.DONE, RunStatus.WAITING: Exit.WAITING}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options say."""

    inputs: tuple[str, ...]
    environment: str
    mode: str
    answers: tuple[str, ...]
    as_json: bool


class BadOptionError(TocsinError):
    """What an option says cannot be read."""

    code = ErrorCode.WRONG_USE


class UnreadablePlaybookError(TocsinError):
    """The file has faults; they are printed one by one."""

    code = ErrorCode.PLAYBOOK_HAS_ERRORS


class SilentShow(Show):
    """Shows nothing: for `--json` and pipes."""

    @override
    def on_events(self, events: Sequence[Event], progress: RunProgress) -> None:
        """Show nothing."""

    @override
    def on_answer(self, question: OpenQuestion, option: str) -> None:
        """Show nothing."""


@click.command("run")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--input", "inputs", multiple=True, metavar="JSON|@FILE|KEY=VALUE", help="What the trigger fires with.")
@click.option("--environment", default=LAB, show_default=True, help="Where to run.")
@click.option("--mode", type=click.Choice(["live", "rehearse"]), default="live", show_default=True)
@click.option("--answer", "answers", multiple=True, metavar="PATH=OPTION", help="Answer a question beforehand (Lab).")
@click.option("--json", "as_json", is_flag=True, help="Print the run record, one line.")
@click.pass_obj
def run(kit: Kit, file: Path, **options: object) -> int:
    """Run a playbook once. Exit: 0 done, 1 failed, 2 wrong use, 3 refused, 4 waits for a person."""
    asked = Asked(**cast("dict[str, Any]", options))
    loaded = kit.load_playbook(file)
    try:
        request, answers = _request(loaded, file, asked)
    except (BadOptionError, UnknownQuestionError) as error:
        say_error(error)
        return Exit.WRONG_USE
    except TocsinError as error:
        return _refuse(error, loaded, as_json=asked.as_json)
    with kit.open_workroom() as room:
        return run_request(room, request, answers, as_json=asked.as_json)


def run_request(room: Workroom, request: StartRequest, answers: Answers, *, as_json: bool) -> int:
    """Run what was asked for, print the record or a short end, and return the exit status."""
    with ExitStack() as end:
        show: Show = SilentShow()
        ask = None
        if not as_json and sys.stdout.isatty():
            tree = end.enter_context(LiveTree(request.playbook))
            show, ask = tree, tree.ask if sys.stdin.isatty() else None
        elif not as_json:
            show = Lines()
        follower = Follower(room.runs, answers, show, ask=ask)
        try:
            started, status = follower.run(request)
        except TocsinError as error:
            return _refuse(error, None, as_json=as_json, request=request)
        record = RunRecord(request.playbook, room.load_value)
        record.add(follower.events)
    facts = record.to_json()
    if status is RunStatus.WAITING:
        facts["status"] = str(RunStatus.WAITING)
    if as_json:
        facts["problems"] = [problem.to_json() for problem in started.problems]
        print(json.dumps(facts, ensure_ascii=False))
    else:
        print_end(facts, status)
    return _STATUS.get(status, Exit.FAILED)


def print_end(record: Mapping[str, Any], status: RunStatus) -> None:
    """Print how a run ended and how to look at it again."""
    run_id = str(record["run"])
    word = {RunStatus.WAITING: "Waits for a person"}.get(status, str(status).capitalize())
    if record["error"]:
        print(f"{record['error']['path']}: {record['error']['code']}. {record['error']['message']}", file=sys.stderr)
    print(f"{word} in {record['seconds']:.1f} s. Run {run_id}; look again: tocsin runs show {run_id[:13]}")


def _request(loaded: PlaybookFile, file: Path, asked: Asked) -> tuple[StartRequest, Answers]:
    playbook = loaded.playbook
    if playbook is None:
        raise UnreadablePlaybookError(f"“{file.name}” cannot be read.", hint="Mend what is listed.")
    answers = read_answers(asked.answers, playbook)
    if asked.answers and asked.environment != LAB:
        raise UnreadablePlaybookError(
            "Questions may be answered beforehand in the Lab only.", hint="Leave --answer out."
        )
    request = StartRequest(
        playbook=playbook,
        file=str(file),
        event=read_inputs(asked.inputs),
        environment=asked.environment,
        mode=asked.mode,
        problems=loaded.problems,
    )
    return request, answers


def read_inputs(texts: tuple[str, ...]) -> Json:
    """Return the event that `--input` options say: JSON, @file, or KEY=VALUE, merged in order; None without any.

    Raises:
        BadOptionError: One is none of these.
    """
    if not texts:
        return None
    event: dict[str, Json] = {}
    for text in texts:
        event |= _read_input(text)
    return event


def _read_input(text: str) -> dict[str, Json]:
    try:
        if text.startswith("@"):
            text = Path(text[1:]).read_text(encoding="utf-8")
        elif not text.lstrip().startswith("{"):
            key, equals, value = text.partition("=")
            if not equals or not key:
                raise BadOptionError(f"--input “{text}” is neither JSON, @file nor KEY=VALUE.")
            return {key: value}
        value = json.loads(text)
    except (OSError, ValueError) as error:
        raise BadOptionError(f"--input cannot be read: {error}.") from error
    if not isinstance(value, dict):
        raise BadOptionError("--input must be a JSON object.", hint='For example \'{"src_ip": "203.0.113.66"}\'.')
    return cast("dict[str, Json]", value)


def _refuse(
    error: TocsinError, loaded: PlaybookFile | None, *, as_json: bool, request: StartRequest | None = None
) -> int:
    problems: tuple[Problem, ...] = loaded.problems if loaded else ()
    if isinstance(error, HasErrorsError):
        problems = error.problems
    say_problems(problem for problem in problems if problem.severity is Severity.ERROR)
    say_error(error)
    if as_json:
        playbook: Playbook | None = request.playbook if request else loaded.playbook if loaded else None
        environment = request.environment if request else LAB
        print(json.dumps(refused_record(error, playbook, problems, environment=environment), ensure_ascii=False))
    return Exit.REFUSED
