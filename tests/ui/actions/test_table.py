from dataclasses import fields, replace

import pytest

from tocsin.base.resources import resource_path
from tocsin.ui.actions.context import Commands, Facts
from tocsin.ui.actions.spec import Menu, Scope
from tocsin.ui.actions.table import ACTIONS

ROWS = {spec.id: spec for spec in ACTIONS}

# Rows of visual-design.md §12 that can be done now: key → action.
DESIGNED = {
    "Ctrl+K": "view.palette",
    "/": "playbook.find",
    "Ctrl+N": "file.new",
    "Ctrl+O": "file.open",
    "Ctrl+S": "file.save",
    "Ctrl+Shift+S": "file.save_as",
    "Ctrl+Z": "edit.undo",
    "Ctrl+Shift+Z": "edit.redo",
    "Ctrl+X": "edit.cut",
    "Ctrl+C": "edit.copy",
    "Ctrl+V": "edit.paste",
    "Ctrl+D": "edit.duplicate",
    "A": "playbook.add_next",
    "D": "playbook.switch",
    "Ctrl+G": "playbook.wrap",
    "Ctrl+Shift+G": "playbook.unwrap",
    "Del": "edit.delete",
    "Ctrl+A": "edit.select_all",
    "F2": "edit.rename",
    "Ctrl+L": "playbook.tidy",
    "Ctrl+=": "view.zoom_in",
    "Ctrl+-": "view.zoom_out",
    "Ctrl+0": "view.reset_zoom",
    "F": "view.fit",
    "Shift+F": "view.fit_selection",
    "F3": "view.outline",
    "F4": "view.next_problem",
    "Shift+F4": "view.previous_problem",
    "F5": "run.run",
    "Shift+F5": "run.stop",
    "F6": "run.rehearse",
    "F8": "run.pause",
    "F9": "run.breakpoint",
    "F10": "run.step",
    "F7": "view.next_finding",
    "Shift+F7": "view.previous_finding",
    "Ctrl+Alt+.": "run.stop_everything",
    "Ctrl+E": "run.environment",
    "Ctrl+1": "view.problems",
    "Ctrl+2": "view.run",
    "Ctrl+3": "view.history",
    "Ctrl+4": "view.lab",
    "Ctrl+Shift+L": "lab.window",
    "Ctrl+Shift+R": "view.dock_right",
    "Ctrl+B": "view.node_list",
    "Ctrl+I": "view.inspector",
    "Shift+Esc": "view.maximise_dock",
    "Ctrl+Tab": "view.next_tab",
    "Ctrl+W": "file.close",
    "F1": "help.here",
    "Shift+F1": "help.keys",
    "Ctrl+F": "edit.find",
    "Ctrl+Shift+V": "file.paste_alert",
    "N": "playbook.add_note",
    "P": "run.pin",
    "Alt+R": "run.reject",
    "Alt+P": "run.approve",
}
# Those that cannot be done yet, and why.
NOT_YET = {
    "Ctrl+Shift+P": "Nothing is published: versions come with the triggers.",
}


@pytest.mark.parametrize(("key", "action"), DESIGNED.items())
def test_the_design_s_keys_do_what_it_says(key, action):
    assert key in ROWS[action].keys


@pytest.mark.parametrize("key", NOT_YET)
def test_a_key_of_what_cannot_be_done_yet_does_nothing_else(key):
    assert not any(key in spec.keys for spec in ACTIONS), NOT_YET[key]


def test_no_two_rows_have_the_same_id_or_key():
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert len(keys) == len(set(keys))
    assert len(ROWS) == len(ACTIONS)


def test_the_menus_are_those_of_the_design_and_none_is_empty():
    assert [str(menu) for menu in Menu] == ["File", "Edit", "View", "Playbook", "Run", "Lab", "Help"]
    assert {spec.menu for spec in ACTIONS} == set(Menu)


def test_single_letters_belong_to_the_canvas_alone():
    assert {spec.scope for spec in ACTIONS if any(len(key) == 1 for key in spec.keys)} == {Scope.CANVAS}


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: spec.id)
def test_a_row_calls_a_command_that_there_is_and_nothing_else(spec):
    called = []

    class Recorder:
        def __getattr__(self, name):
            return lambda *words: called.append((name, words))

    spec.handler(Recorder())
    assert len(called) == 1
    assert callable(getattr(Commands, called[0][0]))


@pytest.mark.parametrize("spec", [spec for spec in ACTIONS if spec.icon], ids=lambda spec: spec.id)
def test_the_icon_of_a_row_is_there(spec):
    assert resource_path("icons", f"{spec.icon}.svg").is_file()


def test_what_changes_the_playbook_waits_for_the_run_to_end():
    busy = Facts("a", "b", has_nodes=True, has_selection=True, is_running=True)
    locked = {"edit.undo", "edit.redo", "edit.delete", "edit.rename", "playbook.tidy", "playbook.find", "run.run"}
    assert {name for name in locked if ROWS[name].when(busy)} == set()
    assert {name for name in locked if ROWS[name].when(replace(busy, is_running=False))} == locked
    assert ROWS["run.stop"].when(busy)


def test_stop_can_be_pressed_whatever_is_so():
    emptiest = Facts(has_document=False)
    assert ROWS["run.stop_everything"].when(emptiest)


def test_nothing_is_offered_that_cannot_be_done():
    nothing = Facts(has_document=False)
    offered = {spec.id for spec in ACTIONS if spec.when(nothing)}
    assert not offered & {
        "file.save",
        "file.close",
        "run.run",
        "view.next_tab",
        "view.next_problem",
        "lab.inject_alert",
    }


def test_what_is_on_or_off_is_ticked_by_the_facts():
    on = Facts(is_compact=True, is_dock_right=True, is_dock_maximised=True)
    ticked = {spec.id for spec in ACTIONS if spec.is_checked and spec.is_checked(on)}
    expected = {"compact", "minimap", "node_list", "inspector", "dock_right", "maximise_dock"}
    assert ticked == {f"view.{name}" for name in expected}
    assert {field.name for field in fields(Facts) if field.name.startswith("is_")} >= {"is_compact", "is_dock_right"}


def test_run_says_where_to():
    assert ROWS["run.run"].title_for(Facts(environment="Staging")) == "Run in Staging"
