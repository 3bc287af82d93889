"""`tocsin lab`: serves the simulated products until interrupted."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from tocsin.base.texts import _
from tocsin.cli.interruption import until_stopped
from tocsin.cli.messages import Exit, print_json
from tocsin.cli.ports import Kit
from tocsin.services.lab import DEFAULT_SCENARIO


@click.command(
    "lab",
    epilog=(
        "\b\nExamples:\n  tocsin lab --scenario critical-cve-dmz\n  tocsin lab --port 8100 --keep lab-world.json\n"
    ),
)
@click.option("--scenario", default=DEFAULT_SCENARIO, show_default=True, help="What it plays.")
@click.option("--port", type=click.IntRange(1, 65500), help="The first port; without it, free ones.")
@click.option(
    "--keep",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file: goes on with the world in it, and keeps the world there at the end.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one line of addresses and sign-ins.")
@click.pass_obj
def lab(kit: Kit, scenario: str, port: int | None, keep: Path | None, *, as_json: bool) -> int:
    """Serve the Lab on this machine until interrupted."""
    with until_stopped() as over, closing(kit.serve_lab(scenario, first_port=port, keep=keep)) as served:
        if as_json:
            print_json(served.addresses.to_json())
        else:
            print(_("Lab: scenario “{title}”. Stop with Ctrl+C.").format(title=_(served.scenario.title)))
            for name, product in served.addresses.products.items():
                print(f"  {name:<14} {product.category:<13} {product.url}")
            print(f"  {'control':<28} {served.addresses.control_url}", flush=True)
        over.wait()
    return Exit.DONE
