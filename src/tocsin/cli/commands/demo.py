"""`tocsin demo`: the Lab, its alert, the sample playbook, run live; in the window, or here where there is none."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import cast

import click

from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.cli.answers import Answers, read_answers
from tocsin.cli.commands.run import UnreadablePlaybookError, print_end
from tocsin.cli.follow import Follower, Show
from tocsin.cli.lines import Lines
from tocsin.cli.live_tree import LiveTree
from tocsin.cli.messages import Exit, say_problems
from tocsin.cli.ports import Kit, Workroom
from tocsin.engine.events import RunStatus
from tocsin.engine.record import RunRecord
from tocsin.model.playbook import Playbook
from tocsin.services.runs import StartRequest

BY_DEMO = "by the demonstration"
APPROVE = "approved"
CONTROL = "control"


@click.command("demo")
@click.option("--answer", "answers", multiple=True, metavar="PATH=OPTION", help="Answer a question otherwise.")
@click.pass_obj
def demo(kit: Kit, answers: tuple[str, ...]) -> int:
    """Show what Tocsin does: a playbook contains a suspicious address in the Lab."""
    if kit.has_display():
        return kit.show_window((), is_demo=True)
    loaded = kit.load_playbook(kit.demo_path())
    if loaded.playbook is None:
        say_problems(loaded.problems)
        raise UnreadablePlaybookError("The demonstration's playbook cannot be read.")
    given = read_answers(answers, loaded.playbook)
    with kit.open_workroom() as room:
        return _demonstrate(room, loaded.playbook, Answers(given.given, APPROVE, "cli:demo"))


def _demonstrate(room: Workroom, playbook: Playbook, answers: Answers) -> int:
    addresses = room.lab.addresses()
    print(f"Lab: {len(addresses.products)} products, scenario “{room.lab.scenario().title}”", flush=True)
    event = injected_alert(room)
    with ExitStack() as end:
        show: Show = Lines(answered_by=BY_DEMO)
        if sys.stdout.isatty():
            show = end.enter_context(LiveTree(playbook, answered_by=BY_DEMO))
        follower = Follower(room.runs, answers, show)
        _, status = follower.run(StartRequest(playbook=playbook, event=event))
        record = RunRecord(playbook, room.load_value)
        record.add(follower.events)
    _print_changes(room)
    print_end(record.to_json(), status)
    return Exit.DONE if status is RunStatus.SUCCEEDED else Exit.FAILED


def injected_alert(room: Workroom) -> dict[str, Json]:
    """Let the scenario's alert come in, and return it as the SIEM gives it: the mapping is part of the story."""
    alert = room.lab.control().inject({})
    return cast("dict[str, Json]", room.look_up("siem.get_alert", {"id": alert["id"]}))


def _print_changes(room: Workroom) -> None:
    print("Changed in the Lab:")
    for change in room.lab.control().changes():
        if change["product"] == CONTROL:
            continue
        print(f"- {one_line(str(change['product']))}: {one_line(str(change['what']))}")
