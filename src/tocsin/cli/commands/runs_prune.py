"""`tocsin runs prune`: old runs go, and the room they took is given back."""

from __future__ import annotations

import re
import time
from typing import Any, Final, cast

import click
from typing_extensions import override

from tocsin.base.clock import rfc3339
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _, plural
from tocsin.base.times import stamp
from tocsin.cli.messages import Exit, WrongUseError, print_json
from tocsin.cli.ports import Kit
from tocsin.model.values import seconds_of
from tocsin.services.keeping import Limits, Plan, Stays

_SIZE: Final = re.compile(r"(\d+(?:\.\d+)?) ?([KMGT]?)B", re.IGNORECASE)
_UNITS: Final = "KMGT"
_WHY: Final = {
    Stays.OPEN: _("not over"),
    Stays.HELD: _("of a Tocsin that is on"),
    Stays.UNSURE: _("with a change that nobody knows of"),
    Stays.UNDOING: _("being undone"),
    Stays.UNDONE: _("the undo of one that stays"),
}


class Age(click.ParamType[int]):
    """A duration, in seconds."""

    name = "90d"

    @override
    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            return value if isinstance(value, int) else int(seconds_of(value))
        except ValueError:
            self.fail(_("“{value}” is no time; for example 90d or 12h.").format(value=value), param, ctx)


class Size(click.ParamType[int]):
    """A size, in bytes; a kilobyte is 1,000 of them."""

    name = "2GB"

    @override
    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        match = _SIZE.fullmatch(value)
        if match is None:
            self.fail(_("“{value}” is no size; for example 2GB or 500MB.").format(value=value), param, ctx)
        return int(float(match[1]) * 1000 ** (1 + _UNITS.find(match[2].upper()) if match[2] else 0))


@click.command("prune")
@click.option("--older-than", type=Age(), help="Runs that ended longer ago than this go.")
@click.option("--keep", type=click.IntRange(0), metavar="N", help="The newest N stay; alone: all others go.")
@click.option("--max-size", type=Size(), help="The oldest go until the journal takes no more than this.")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def prune_runs(kit: Kit, **options: object) -> int:
    """Let old runs go. Runs that are not over, or changed something that nobody knows of, always stay."""
    asked = cast("dict[str, Any]", options)
    limits = _limits(asked["older_than"], asked["keep"], asked["max_size"])
    keeping = kit.keeping()
    plan = keeping.plan(limits)
    is_done = not asked["dry_run"]
    gone = keeping.let_go(plan) if is_done else len(plan.going)
    freed = max(0, plan.bytes_now - keeping.measure()) if is_done else plan.bytes_going
    if asked["as_json"]:
        print_json(_to_json(plan, freed, is_done=is_done))
    elif is_done:
        print(_("{runs} went, {megabytes} given back.").format(runs=_runs(gone), megabytes=_megabytes(freed)))
        _print_staying(plan)
    else:
        for run in plan.going:
            print(one_line(f"{run.run}  {stamp(run.started_at)}  {run.name}"))
        print(_("{runs} would go, about {megabytes}.").format(runs=_runs(gone), megabytes=_megabytes(freed)))
        _print_staying(plan)
    return Exit.DONE


def _limits(age: int | None, keep: int | None, most_bytes: int | None) -> Limits:
    if age is None and keep is None and most_bytes is None:
        raise WrongUseError(_("Nothing says which runs may go."), hint=_("Add --older-than, --keep or --max-size."))
    return Limits(None if age is None else int((time.time() - age) * 1_000_000), keep, most_bytes)


def _print_staying(plan: Plan) -> None:
    for reason, number in plan.staying.items():
        print(plural("{number} stays: {why}.", "{number} stay: {why}.", number).format(number=number, why=_WHY[reason]))


def _runs(number: int) -> str:
    return plural("{number} run", "{number} runs", number).format(number=number)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _to_json(plan: Plan, freed: int, *, is_done: bool) -> dict[str, Any]:
    return {
        "done": is_done,
        "runs": [{"run": run.run, "playbook": run.name, "started_at": rfc3339(run.started_at)} for run in plan.going],
        "bytes": freed,
        "stay": {str(reason): number for reason, number in plan.staying.items()},
    }
