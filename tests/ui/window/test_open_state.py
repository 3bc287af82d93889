import json
from pathlib import Path

import pytest
from tests.ui.hands import SMALL, trigger

from tocsin.edits import AddNode
from tocsin.model.playbook import EndNode
from tocsin.ui.window.canvas_stack import Outlook
from tocsin.ui.window.open_state import OpenFile, OpenState, state_from_json, state_to_json


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / f"{name}.yaml" for name in ("one", "two", "three")]
    for path in paths:
        path.write_text(SMALL.replace("name: Small", f"name: {path.stem.title()}"), encoding="utf-8")
    return paths


def names(desk):
    return [face.name for face in desk.panels.document.tabs.faces]


def test_after_a_restart_the_window_is_as_it_was(show_window, files, qtbot):
    before = show_window()
    for path in files:
        before.window.open(path)
    before.window.documents.show(before.window.documents.all[1])
    before.panels.view.set_zoom(0.5)
    before.panels.view.centerOn(400, 300)
    expected = before.panels.canvases.outlook_of(before.panels.canvases.current)
    kept = json.loads(json.dumps(before.window.open_documents))
    after = show_window()
    after.window.restore(kept)
    assert names(after) == ["One", "Two", "Three"]
    assert after.panels.document.text == "Two"
    view = after.panels.view
    middle = view.mapToScene(view.viewport().rect().center())
    assert (view.zoom, middle.x(), middle.y()) == (
        0.5,
        pytest.approx(expected.at[0], abs=3),
        pytest.approx(expected.at[1], abs=3),
    )


def test_what_was_not_looked_at_since_is_handed_on_as_it_came(show_window, files):
    outlook = Outlook(0.75, (10.0, 20.0))
    state = OpenState(tuple(OpenFile(path, outlook) for path in files), files[2])
    desk = show_window()
    desk.window.restore(state_to_json(state))
    again = state_from_json(desk.window.open_documents)
    assert [file.path for file in again.files] == files
    assert again.files[1].outlook == outlook
    seen = again.files[0].outlook
    assert (seen.zoom, seen.at) == (0.75, pytest.approx(outlook.at, abs=1))


def test_a_file_that_has_gone_is_left_out_and_that_is_said(show_window, files):
    desk = show_window()
    state = OpenState(tuple(OpenFile(path) for path in files), files[1])
    files[1].unlink()
    desk.window.restore(state_to_json(state))
    assert names(desk) == ["One", "Three"]
    assert desk.panels.notice.text == "TOC-E010 “two.yaml” is no longer there and is left out."


def test_a_file_that_was_named_from_a_folder_comes_back_from_another(desk, files, monkeypatch):
    monkeypatch.chdir(files[0].parent)
    desk.window.open(Path(files[0].name))
    state = state_from_json(desk.window.open_documents)
    assert ([file.path for file in state.files], state.current) == ([files[0]], files[0])


def test_a_playbook_without_a_file_is_no_part_of_the_state(desk, files):
    desk.session.apply(AddNode("more", EndNode(), (0, 0)))
    desk.window.open(files[0])
    trigger(desk, "file.new")
    state = state_from_json(desk.window.open_documents)
    assert ([file.path for file in state.files], state.current) == ([files[0]], None)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "x",
        {},
        {"files": 3, "current": 0},
        {"files": "abc", "current": ["x"]},
        {"files": [None, {}, {"path": 3}, []]},
    ],
)
def test_a_state_that_makes_no_sense_opens_nothing(value):
    assert state_from_json(value) == OpenState()


@pytest.mark.parametrize(
    "more",
    [{}, {"zoom": "1", "at": [1, 2]}, {"zoom": 1.0}, {"zoom": 1.0, "at": [1]}, {"zoom": float("nan"), "at": [1, 2]}],
)
def test_an_outlook_that_makes_no_sense_shows_the_whole_playbook(more):
    state = state_from_json({"files": [{"path": "a.yaml", **more}], "current": "a.yaml"})
    assert state == OpenState((OpenFile(Path("a.yaml")),), Path("a.yaml"))
