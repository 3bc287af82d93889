"""`tocsin connections health`: whether connections work now, again and again, and how they did before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

import click

from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.base.times import restamp
from tocsin.cli.interruption import until_stopped
from tocsin.cli.messages import LONGEST, Exit, WrongUseError, print_json
from tocsin.cli.passphrase import open_for
from tocsin.cli.ports import Kit
from tocsin.model.values import seconds_of
from tocsin.services.connections import HealthEntry

_LEAST_SECONDS = 10.0


def _seconds(_context: click.Context, _parameter: click.Parameter, text: str | None) -> float | None:
    if text is None:
        return None
    try:
        seconds = seconds_of(text)
    except ValueError as error:
        raise WrongUseError(_("“{text}” is no time.").format(text=text), hint=_("Such as 30s, 5m or 1h.")) from error
    if seconds < _LEAST_SECONDS:
        raise WrongUseError(_("That is too often."), hint=_("10s at least."))
    return seconds


@click.command("health")
@click.argument("names", nargs=-1)
@click.option("--environment", required=True, metavar="NAME", help="In which environment.")
@click.option("--every", callback=_seconds, metavar="TIME", help="Again and again, such as 5m, until interrupted.")
@click.option("--history", "is_history", is_flag=True, help="What was seen before; asks nothing.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def health(kit: Kit, names: Sequence[str], environment: str, every: float | None, **options: bool) -> int:
    """See whether connections answer and accept the sign-in; all of them without names. Exit: 1 when one does not."""
    with kit.open_workroom() as room:
        desk = room.connections()
        if options["is_history"]:
            wanted = names or ("",)
            before = (one for name in wanted for one in desk.health_before(environment, name))
            return _show(before, as_json=options["as_json"])
        open_for(room, environment)
        status = _show(desk.check_health(environment, names), as_json=options["as_json"])
        if every is not None:
            with until_stopped() as over:
                while not over.wait(every):
                    status = _show(desk.check_health(environment, names), as_json=options["as_json"])
    return status


def _show(entries: Iterable[HealthEntry], *, as_json: bool) -> int:
    is_well = True
    for entry in entries:
        is_well = is_well and entry.ok
        if as_json:
            print_json(asdict(entry))
        else:
            state = "ok" if entry.ok else _("FAILED  {step}: {detail}").format(step=entry.step, detail=entry.detail)
            text = f"{restamp(entry.at)}  {entry.connection:<20} {entry.seconds:6.2f} s  {state}"
            print(one_line(text, most=LONGEST), flush=True)
    return Exit.DONE if is_well else Exit.FAILED
