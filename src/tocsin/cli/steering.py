"""How a run is steered: where it begins and with whose data, what is pinned or edited, where it pauses."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import click

from tocsin.base.errors import did_you_mean
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.cli.inputs import read_given
from tocsin.cli.messages import WrongUseError
from tocsin.engine.news import DataEdited
from tocsin.engine.pins import PinnedOutput
from tocsin.model.playbook import RUNNABLE, Playbook, walk_nodes
from tocsin.services.runs import StartAt

CLI: Final = "cli"
_FILE: Final = "@"
_OPTIONS: Final = (
    click.option("--from", "start", metavar="NODE", help=_("Begin at this step, with --data-of.")),
    click.option("--only", metavar="NODE", help=_("Run this step alone.")),
    click.option("--data-of", default="", metavar="RUN", help=_("The earlier run whose data are taken over.")),
    click.option("--accept-changes", is_flag=True, help=_("Take them though the steps are drawn otherwise now.")),
    click.option(
        "--pin", "pins", multiple=True, metavar="NODE=JSON|@FILE", help=_("What a step gives (rehearsal only).")
    ),
    click.option("--no-pins", is_flag=True, help=_("Leave the pins beside the playbook (ID.pins.yaml) out.")),
    click.option("--break", "breaks", multiple=True, metavar="NODE[=CEL]", help=_("Pause before a step.")),
)


@dataclass(frozen=True, slots=True)
class Steering:
    """What the options say.

    Attributes:
        start: The step to begin at, or None.
        only: The step to run alone, or None.
        data_of: The earlier run, or "".
        accept_changes: Steps may be drawn otherwise than in it.
        pins: NODE=JSON or NODE=@FILE each.
        no_pins: Those beside the playbook are left out.
        breaks: NODE or NODE=CONDITION each.
    """

    start: str | None
    only: str | None
    data_of: str
    accept_changes: bool
    pins: tuple[str, ...]
    no_pins: bool
    breaks: tuple[str, ...]

    def read_place(self) -> StartAt | None:
        """Return where the run begins; None for the whole playbook.

        Raises:
            WrongUseError: The options do not go together.
        """
        if self.start and self.only:
            raise WrongUseError(_("--from and --only say two things."), hint=_("Give one of them."))
        if self.start and not self.data_of:
            raise WrongUseError(_("--from needs the data of an earlier run."), hint=_("Add --data-of RUN."))
        if self.data_of and not (self.start or self.only):
            raise WrongUseError(_("--data-of says no step to begin at."), hint=_("Add --from NODE or --only NODE."))
        node = self.start or self.only
        if not node:
            return None
        return StartAt(node, self.data_of, is_alone=bool(self.only), accepts_changes=self.accept_changes)

    def read_pins(self, beside: Callable[[], dict[str, PinnedOutput]]) -> dict[str, PinnedOutput]:
        """Return what steps give without being done: what the command line says goes before what lies `beside`.

        Raises:
            WrongUseError: A value cannot be read.
            UnreadablePinsError: What lies beside the playbook cannot be read.
        """
        typed = {node: PinnedOutput(value, source=_("the command line")) for node, value in _values(self.pins, "--pin")}
        return typed if self.no_pins else beside() | typed

    def read_breaks(self, playbook: Playbook) -> dict[str, str]:
        """Return the conditions of breakpoints by step, "" for always.

        Raises:
            WrongUseError: There is no such step.
        """
        names = [name for name, node in walk_nodes(playbook.graph) if node.kind in RUNNABLE]
        found: dict[str, str] = {}
        for text in self.breaks:
            node, _unused, condition = text.partition("=")
            if node not in names:
                hint = did_you_mean(node, names) or _("Name a step of the playbook.")
                raise WrongUseError(
                    _("The playbook has no step “{node}” to pause before.").format(node=node), hint=hint
                )
            found[node] = condition
        return found


def steering_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that steer a run."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def take_steering(options: Mapping[str, Any]) -> Steering:
    """Return what the options say."""
    return Steering(**{name: options[name] for name in Steering.__dataclass_fields__})


def read_edits(texts: Sequence[str]) -> tuple[DataEdited, ...]:
    """Return what `--edit` changes, in order.

    Args:
        texts: PATH=JSON or PATH=@FILE each.

    Raises:
        WrongUseError: A value cannot be read.
    """
    return tuple(DataEdited(path, value, by=CLI) for path, value in _values(texts, "--edit"))


def _values(texts: Sequence[str], option: str) -> list[tuple[str, Json]]:
    return [_value(text, option) for text in texts]


def _value(text: str, option: str) -> tuple[str, Json]:
    name, equals, said = text.partition("=")
    if not equals or not name:
        raise WrongUseError(
            _("{option} “{text}” is not NODE=JSON.").format(option=option, text=text),
            hint=_('For example reputation={"score": 97}.'),
        )
    try:
        source = read_given(said.removeprefix(_FILE)) if said.startswith(_FILE) else said
        return name, json.loads(source)
    except OSError as error:
        reason = (error.strerror or _("it is refused")).lower()
        raise WrongUseError(
            _("{option} cannot read “{said}”: {reason}.").format(option=option, said=said, reason=reason),
            hint=_("Name a file with JSON."),
        ) from error
    except (ValueError, RecursionError) as error:
        raise WrongUseError(
            _("{option} says no JSON for “{name}”.").format(option=option, name=name), hint=_("Check its quotes.")
        ) from error
