"""Rows about runs, and where they go."""

from __future__ import annotations

from typing import Final

from tocsin.ui.actions.conditions import can_run, can_run_node, has_nodes, has_one_node, has_selection
from tocsin.ui.actions.spec import ActionSpec, Menu, Scope

RUN_ROWS: Final = (
    ActionSpec(
        "run.run",
        "Run in Lab",
        Menu.RUN,
        lambda c: c.run(),
        ("F5",),
        can_run,
        icon="play",
        label=lambda f: f"Run in {f.environment}",
    ),
    ActionSpec(
        "run.rehearse",
        "Rehearse",
        Menu.RUN,
        lambda c: c.rehearse(),
        ("F6",),
        can_run,
        icon="play",
    ),
    ActionSpec(
        "run.run_with",
        "Run with an event…",
        Menu.RUN,
        lambda c: c.run_with(),
        ("Ctrl+F5",),
        can_run,
    ),
    ActionSpec(
        "run.step",
        "Step",
        Menu.RUN,
        lambda c: c.step(),
        ("F10",),
        has_nodes,
        icon="step-forward",
        begins_group=True,
    ),
    ActionSpec(
        "run.pause",
        "Pause",
        Menu.RUN,
        lambda c: c.pause(),
        ("F8",),
        lambda f: f.is_running,
        icon="pause",
        label=lambda f: "Resume" if f.is_paused else "Pause",
    ),
    ActionSpec(
        "run.stop", "Stop run", Menu.RUN, lambda c: c.stop(), ("Shift+F5",), lambda f: f.is_running, icon="square"
    ),
    ActionSpec(
        "run.reject",
        "Reject what is asked",
        Menu.RUN,
        lambda c: c.answer_question(False),
        ("Alt+R",),
        lambda f: f.has_question,
        begins_group=True,
    ),
    ActionSpec(
        "run.approve",
        "Approve what is asked",
        Menu.RUN,
        lambda c: c.answer_question(True),
        ("Alt+P",),
        lambda f: f.has_question,
    ),
    ActionSpec(
        "run.breakpoint",
        "Breakpoint on or off",
        Menu.RUN,
        lambda c: c.toggle_breakpoint(),
        ("F9",),
        has_selection,
    ),
    ActionSpec(
        "run.condition", "Breakpoint condition…", Menu.RUN, lambda c: c.set_condition(), ("Shift+F9",), has_one_node
    ),
    ActionSpec(
        "run.from_here",
        "Run from here",
        Menu.RUN,
        lambda c: c.run_from_here(),
        ("Alt+F5",),
        can_run_node,
        begins_group=True,
    ),
    ActionSpec(
        "run.node",
        "Run this node only",
        Menu.RUN,
        lambda c: c.run_node(),
        ("Ctrl+Alt+F5",),
        can_run_node,
    ),
    ActionSpec(
        "run.edit_data",
        "Edit the data…",
        Menu.RUN,
        lambda c: c.edit_data(),
        ("Ctrl+Alt+E",),
        lambda f: has_one_node(f) and f.is_running,
    ),
    ActionSpec(
        "run.pin",
        "Pin output on or off",
        Menu.RUN,
        lambda c: c.toggle_pin(),
        ("P",),
        has_one_node,
        icon="pin",
        scope=Scope.CANVAS,
    ),
    ActionSpec("run.resume", "Resume a run…", Menu.RUN, lambda c: c.resume_runs()),
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
