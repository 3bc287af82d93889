"""What writing reports does to the world: a file is put into the folder, or taken away."""

from __future__ import annotations

from tocsin.lab.audit_values import Report
from tocsin.lab.values import Product
from tocsin.lab.world import World


def write_report(world: World, name: str, text: str) -> Report:
    """Put a report into the folder."""
    row = Report(name, text, written=world.now)
    world.put("reports", name, row, (Product.REPORT_FOLDER, f"wrote {name}"))
    return row


def remove_report(world: World, row: Report) -> None:
    """Take a report out of the folder."""
    world.put("reports", row.name, None, (Product.REPORT_FOLDER, f"removed {row.name}"))
