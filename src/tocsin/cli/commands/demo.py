"""`tocsin demo`: the Lab, its alert, the sample playbook, run live; in the window, or here where there is none."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Final, cast

import click

from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.cli.answers import Answers, read_answers
from tocsin.cli.commands.run import print_end, watch
from tocsin.cli.follow import Follower, Show
from tocsin.cli.lines import Lines
from tocsin.cli.live_tree import LiveTree
from tocsin.cli.messages import Exit
from tocsin.cli.ports import Kit, Workroom
from tocsin.cli.problems import UnreadablePlaybookError, say_problems
from tocsin.engine.events import RunStatus
from tocsin.model.playbook import Playbook
from tocsin.services.runs import StartRequest

BY_DEMO: Final = _("by the demonstration")
APPROVE: Final = "approved"
CONTROL: Final = "control"


@click.command("demo")
@click.option("--answer", "answers", multiple=True, metavar="PATH=OPTION", help="Answer a question otherwise.")
@click.pass_obj
def demo(kit: Kit, answers: tuple[str, ...]) -> int:
    """Show what Tocsin does: a playbook contains a suspicious address in the Lab.

    In a window the questions wait for you. Without a display all of it happens here, and questions are answered
    “approved” where --answer says nothing else.
    """
    if kit.has_display():
        return kit.show_window((), is_demo=True)
    loaded = kit.load_playbook(kit.demo_path())
    if loaded.playbook is None:
        say_problems(loaded.problems)
        raise UnreadablePlaybookError(loaded)
    given = read_answers(answers, loaded.playbook, kit.shelf(loaded.file))
    titles = {name: connector.title for name, connector in kit.catalogue().connectors.items()}
    with kit.open_workroom() as room:
        return _demonstrate(room, loaded.playbook, Answers(given.given, APPROVE, "cli:demo"), titles)


def _demonstrate(room: Workroom, playbook: Playbook, answers: Answers, titles: Mapping[str, str]) -> int:
    products = len(room.lab.addresses().products)
    print(
        _("Lab: {products} products, scenario “{title}”").format(
            products=products, title=one_line(_(room.lab.scenario().title))
        ),
        flush=True,
    )
    request = StartRequest(playbook=playbook, event=_injected_alert(room))
    before = len(room.lab.control().changes())
    with ExitStack() as end:
        show: Show = Lines(answered_by=BY_DEMO)
        if sys.stdout.isatty():
            show = end.enter_context(LiveTree(playbook, answered_by=BY_DEMO))
        ended = watch(room, lambda runs: runs.start(request), Follower(room.runs, answers, show))
    _print_changes(room.lab.control().changes()[before:], titles)
    print_end(ended)
    return ended.exit if ended.status is not RunStatus.WAITING else Exit.FAILED


def _injected_alert(room: Workroom) -> dict[str, Json]:
    """Let the scenario's alert come in, and return it as the SIEM gives it: the mapping is part of the story."""
    alert = room.lab.control().inject({})
    return cast("dict[str, Json]", room.look_up("siem.get_alert", {"id": alert["id"]}))


def _print_changes(changes: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> None:
    """Print what the Lab saw change. A Lab that another process serves may have seen others' changes too."""
    print(_("Changed in the Lab:"))
    for change in changes:
        product = str(change["product"])
        if product != CONTROL:
            print(f"- {one_line(titles.get(product, product))}: {one_line(str(change['what']))}")
    if not changes:
        print(_("- nothing"))
