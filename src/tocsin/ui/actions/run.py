"""Rows about runs, and where they go."""

from __future__ import annotations

from typing import Final

from tocsin.ui.actions.spec import ActionSpec, Menu

RUN_ROWS: Final = (
    ActionSpec(
        "run.run",
        "Run in Lab",
        Menu.RUN,
        lambda c: c.run(),
        ("F5",),
        lambda f: f.has_nodes and not f.is_running,
        icon="play",
        label=lambda f: f"Run in {f.environment}",
    ),
    ActionSpec(
        "run.run_with",
        "Run with an event…",
        Menu.RUN,
        lambda c: c.run_with(),
        ("Ctrl+F5",),
        lambda f: f.has_nodes and not f.is_running,
    ),
    ActionSpec(
        "run.stop", "Stop run", Menu.RUN, lambda c: c.stop(), ("Shift+F5",), lambda f: f.is_running, icon="square"
    ),
    ActionSpec(
        "run.environment",
        "Choose the environment…",
        Menu.RUN,
        lambda c: c.open_environments(),
        ("Ctrl+E",),
        icon="flask-conical",
        begins_group=True,
    ),
    ActionSpec(
        "run.stop_everything",
        "STOP everything",
        Menu.RUN,
        lambda c: c.stop_everything(),
        ("Ctrl+Alt+.",),
        icon="octagon-minus",
        begins_group=True,
    ),
)
