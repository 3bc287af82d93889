"""`tocsin runs verify`: whether what is kept is what was written."""

from __future__ import annotations

import click

from tocsin.base.plain_text import one_line
from tocsin.base.texts import _, plural
from tocsin.cli.messages import Exit, print_json
from tocsin.cli.ports import Kit


@click.command("verify")
@click.argument("run", required=False)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def verify_runs(kit: Kit, run: str | None, *, as_json: bool) -> int:
    """See that runs are kept as they were written: one, or all and the file. Exit 1 when something is not."""
    keeping = kit.keeping()
    if run is None:
        count, faults = keeping.check_all()
    else:
        count, (_unused, faults) = 1, keeping.check_run(run)
    if as_json:
        print_json({"runs": count, "faults": [{"run": fault.run, "what": fault.what} for fault in faults]})
    else:
        for fault in faults:
            print(one_line(f"{_('Run {run}').format(run=fault.run) if fault.run else _('The journal')}: {fault.what}"))
        runs = plural("{count} run", "{count} runs", count).format(count=count)
        found = plural("{count} fault", "{count} faults", len(faults)).format(count=len(faults))
        print(
            _("{runs} looked at, {found}.").format(runs=runs, found=found)
            if faults
            else _("{runs} looked at: all as it was written.").format(runs=runs)
        )
    return Exit.FAILED if faults else Exit.DONE
