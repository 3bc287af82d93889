"""Rows about runs, and where they go."""

from __future__ import annotations

from typing import Final

from tocsin.base.texts import _
from tocsin.ui.actions.conditions import can_run, can_run_node, has_nodes, has_one_node, has_selection
from tocsin.ui.actions.spec import ActionSpec, Menu, Scope

_LAB: Final = _("Lab")
_IN_LAB: Final = _("Run in Lab")
"""Of its own: some languages say “in” otherwise before it than before a name."""

RUN_ROWS: Final = (
    ActionSpec(
        "run.run",
        _IN_LAB,
        Menu.RUN,
        lambda c: c.run(),
        ("F5",),
        can_run,
        icon="play",
        label=lambda f: (
            _IN_LAB if f.environment == _LAB else _("Run in {environment}").format(environment=f.environment)
        ),
    ),
    ActionSpec(
        "run.rehearse",
        _("Rehearse"),
        Menu.RUN,
        lambda c: c.rehearse(),
        ("F6",),
        can_run,
        icon="play",
    ),
    ActionSpec(
        "run.run_with",
        _("Run with an event…"),
        Menu.RUN,
        lambda c: c.run_with(),
        ("Ctrl+F5",),
        can_run,
    ),
    ActionSpec(
        "run.run_on",
        _("Run on what is selected or copied…"),
        Menu.RUN,
        lambda c: c.run_on_chosen(),
        ("Ctrl+Shift+F5",),
        can_run,
    ),
    ActionSpec(
        "run.step",
        _("Step"),
        Menu.RUN,
        lambda c: c.step(),
        ("F10",),
        has_nodes,
        icon="step-forward",
        begins_group=True,
    ),
    ActionSpec(
        "run.pause",
        _("Pause"),
        Menu.RUN,
        lambda c: c.pause(),
        ("F8",),
        lambda f: f.is_running,
        icon="pause",
        label=lambda f: _("Resume") if f.is_paused else _("Pause"),
    ),
    ActionSpec(
        "run.stop", _("Stop run"), Menu.RUN, lambda c: c.stop(), ("Shift+F5",), lambda f: f.is_running, icon="square"
    ),
    ActionSpec(
        "run.reject",
        _("Reject what is asked"),
        Menu.RUN,
        lambda c: c.answer_question(False),
        ("Alt+R",),
        lambda f: f.has_question,
        begins_group=True,
    ),
    ActionSpec(
        "run.approve",
        _("Approve what is asked"),
        Menu.RUN,
        lambda c: c.answer_question(True),
        ("Alt+P",),
        lambda f: f.has_question,
    ),
    ActionSpec(
        "run.breakpoint",
        _("Breakpoint on or off"),
        Menu.RUN,
        lambda c: c.toggle_breakpoint(),
        ("F9",),
        has_selection,
    ),
    ActionSpec(
        "run.condition", _("Breakpoint condition…"), Menu.RUN, lambda c: c.set_condition(), ("Shift+F9",), has_one_node
    ),
    ActionSpec(
        "run.from_here",
        _("Run from here"),
        Menu.RUN,
        lambda c: c.run_from_here(),
        ("Alt+F5",),
        can_run_node,
        begins_group=True,
    ),
    ActionSpec(
        "run.node",
        _("Run this node only"),
        Menu.RUN,
        lambda c: c.run_node(),
        ("Ctrl+Alt+F5",),
        can_run_node,
    ),
    ActionSpec(
        "run.edit_data",
        _("Edit the data…"),
        Menu.RUN,
        lambda c: c.edit_data(),
        ("Ctrl+Alt+E",),
        lambda f: has_one_node(f) and f.is_running,
    ),
    ActionSpec(
        "run.pin",
        _("Pin output on or off"),
        Menu.RUN,
        lambda c: c.toggle_pin(),
        ("P",),
        has_one_node,
        icon="pin",
        scope=Scope.CANVAS,
    ),
    ActionSpec(
        "run.pin_value",
        _("Pin an output…"),
        Menu.RUN,
        lambda c: c.pin_value(),
        ("Shift+P",),
        has_one_node,
        scope=Scope.CANVAS,
    ),
    ActionSpec(
        "run.export_replay",
        _("Export the replay as a page…"),
        Menu.RUN,
        lambda c: c.export_replay(),
        when=lambda f: f.has_replay,
        icon="file-output",
    ),
    ActionSpec("run.resume", _("Resume a run…"), Menu.RUN, lambda c: c.resume_runs()),
    ActionSpec(
        "run.environment",
        _("Choose the environment…"),
        Menu.RUN,
        lambda c: c.open_environments(),
        ("Ctrl+E",),
        icon="flask-conical",
        begins_group=True,
    ),
    ActionSpec(
        "run.stop_everything",
        _("STOP everything"),
        Menu.RUN,
        lambda c: c.stop_everything(),
        ("Ctrl+Alt+.",),
        icon="octagon-minus",
        begins_group=True,
    ),
)
