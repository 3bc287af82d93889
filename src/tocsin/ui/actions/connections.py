"""Rows about products outside the Lab, and the environments they are in."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.ui.actions.context import Facts
from tocsin.ui.actions.spec import ActionSpec, Menu


def _has_connections(facts: Facts) -> bool:
    return facts.has_connections


CONNECTION_ROWS: Final = (
    ActionSpec(
        "connections.add",
        _("Connect a product…"),
        Menu.RUN,
        lambda c: c.connect_product(),
        when=_has_connections,
        icon="plug",
        begins_group=True,
    ),
    ActionSpec(
        "connections.list",
        _("Add or edit environments"),
        Menu.RUN,
        lambda c: c.show_connections(),
        when=_has_connections,
        icon="plus",
    ),
    ActionSpec(
        "connections.new_environment",
        _("New environment…"),
        Menu.RUN,
        lambda c: c.make_environment(),
        when=_has_connections,
    ),
    ActionSpec(
        "connections.unlock",
        _("Unlock the vault…"),
        Menu.RUN,
        lambda c: c.unlock_vault(),
        when=_has_connections,
    ),
    ActionSpec(
        "connections.lock",
        _("Lock the vault"),
        Menu.RUN,
        lambda c: c.lock_vault(),
        when=_has_connections,
        icon="lock",
    ),
)
