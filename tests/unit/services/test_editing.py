import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.base.clock import Clock
from tocsin.base.codes import ErrorCode
from tocsin.edits import (
    MISSING,
    AddNode,
    Connect,
    EditRefusedError,
    MoveNodes,
    RemoveNodes,
    RenameNode,
    SetField,
    SetHead,
)
from tocsin.model.playbook import ActionNode, ConditionNode, Edge, EndNode, TriggerNode
from tocsin.services.editing import CannotOpenError, CannotSaveError, EditorSession, ReadOnlyError

MICROS = 1_795_489_200_000_000
CLOCK = Clock(utc_micros=lambda: MICROS, new_run_id=lambda: "01890a5d-ac96-774b-bcce-b302099a8057")
GOOD = """\
tocsin: 1
id: small
name: Small
nodes:
  start:
    kind: trigger
    event: manual
  done:
    kind: end
edges:
- start -> done
"""


@pytest.fixture
def session():
    session = EditorSession(clock=CLOCK)
    session.apply(AddNode("start", TriggerNode(event="manual"), (0, 0)))
    session.end_gesture()
    session.apply(AddNode("look", ActionNode(use="threat_intel.lookup_ip"), (0, 96)))
    session.end_gesture()
    return session


def heard(signal):
    said = []
    signal.connect(said.append)
    return said


def test_an_edit_is_told_with_the_old_and_the_new_playbook(session):
    said = heard(session.playbook_changed)
    old = session.playbook
    edit = Connect(None, Edge(source="start", target="look"))
    session.apply(edit)
    assert [(change.old, change.new, change.edit) for change in said] == [(old, session.playbook, edit)]


def test_an_edit_that_changes_nothing_is_neither_told_nor_kept(session):
    said, before = heard(session.playbook_changed), session.history
    session.apply(MoveNodes({"look": (0, 96)}))
    assert (said, session.history) == ([], before)


def test_an_edit_that_is_refused_leaves_everything_as_it_was(session):
    playbook, history, said = session.playbook, session.history, heard(session.history_changed)
    with pytest.raises(EditRefusedError):
        session.apply(RenameNode("look", "start"))
    assert (session.playbook, session.history, said) == (playbook, history, [])


def test_undo_and_redo_walk_the_same_states(session):
    states = [session.playbook]
    for edit in (
        Connect(None, Edge(source="start", target="look")),
        RenameNode("look", "asked"),
        RemoveNodes(("asked",)),
    ):
        session.apply(edit)
        session.end_gesture()
        states.append(session.playbook)
    back = []
    for _ in states[1:]:
        session.undo()
        back.append(session.playbook)
    assert back == states[-2::-1]
    forth = []
    for _ in states[1:]:
        session.redo()
        forth.append(session.playbook)
    assert forth == states[1:]


def test_undo_with_nothing_done_does_nothing():
    session = EditorSession()
    session.undo()
    session.redo()
    assert session.history.undo_label is None


def test_typing_in_one_gesture_is_one_step(session):
    before = session.playbook
    for text in ("Lo", "Loo", "Look"):
        session.apply(SetField("look", ("title",), text))
    session.undo()
    assert session.playbook == before


def test_the_same_field_typed_into_again_later_is_a_step_of_its_own(session):
    session.apply(SetField("look", ("title",), "Look"))
    session.end_gesture()
    session.apply(SetField("look", ("title",), "Look up"))
    session.undo()
    assert session.playbook.graph.nodes["look"].title == "Look"


def test_two_fields_in_one_gesture_are_two_steps(session):
    session.apply(SetField("look", ("title",), "Look"))
    session.apply(SetField("look", ("note",), "why"))
    session.undo()
    assert session.playbook.graph.nodes["look"].title == "Look"


def test_an_edit_after_undo_forgets_what_was_undone(session):
    session.undo()
    session.apply(AddNode("done", EndNode(), (0, 200)))
    assert session.history.redo_label is None


def test_the_labels_are_those_of_the_edits(session):
    session.undo()
    assert (session.history.undo_label, session.history.redo_label) == ("Add “start”", "Add “look”")


def test_the_history_is_bounded_by_bytes_and_keeps_the_newest_step():
    session = EditorSession(limit_bytes=50_000)
    session.apply(AddNode("start", TriggerNode(event="manual"), (0, 0)))
    for number in range(40):
        session.end_gesture()
        session.apply(SetHead(("description",), f"{number}" * 20_000))
    session.undo()
    kept = 1
    while session.history.undo_label is not None:
        session.undo()
        kept += 1
    assert kept < 4
    session = EditorSession(limit_bytes=10)
    session.apply(SetHead(("description",), "x" * 1000))
    session.undo()
    assert session.playbook.description == ""


def test_moving_many_nodes_costs_the_history_what_it_copies():
    session = EditorSession(limit_bytes=1_000_000)
    for number in range(1_000):
        session.apply(AddNode(f"n{number}", EndNode(), (0, 0)))
    for step in range(200):
        session.end_gesture()
        session.apply(MoveNodes({"n1": (step + 1, 0)}))
    count = 0
    while session.history.undo_label is not None:
        session.undo()
        count += 1
    assert 5 < count < 60


def test_dirty_follows_the_file_through_undo_and_redo(session, tmp_path):
    session.save(tmp_path / "a.yaml")
    assert not session.is_dirty
    session.undo()
    assert session.is_dirty
    session.redo()
    assert not session.is_dirty


def test_what_was_saved_and_then_left_behind_by_another_edit_stays_dirty(session, tmp_path):
    session.save(tmp_path / "a.yaml")
    session.undo()
    session.apply(AddNode("done", EndNode(), (0, 200)))
    session.undo()
    assert session.is_dirty


def test_a_saved_state_that_the_bound_dropped_below_is_still_known_as_saved(tmp_path):
    session = EditorSession(limit_bytes=40_000)
    session.save(tmp_path / "a.yaml")
    session.apply(SetHead(("description",), "a" * 30_000))
    session.save()
    session.apply(SetHead(("description",), "b" * 30_000))
    assert session.is_dirty
    session.undo()
    assert not session.is_dirty


def test_typing_right_after_saving_is_a_step_of_its_own(session, tmp_path):
    session.apply(SetField("look", ("title",), "Look"))
    session.save(tmp_path / "a.yaml")
    session.apply(SetField("look", ("title",), "Look up"))
    assert session.is_dirty
    session.undo()
    assert not session.is_dirty


def test_the_first_save_marks_the_playbook_and_later_ones_do_not(session, tmp_path):
    path = tmp_path / "a.yaml"
    session.save(path)
    marks = (session.playbook.uid, session.playbook.created)
    assert marks == ("01890a5d-ac96-774b-bcce-b302099a8057", "2026-11-24T03:00:00.000Z")
    again = EditorSession(clock=dataclasses.replace(CLOCK, utc_micros=lambda: 0, new_run_id=lambda: "other"))
    again.open(path)
    again.save()
    assert (again.playbook.uid, again.playbook.created) == marks


def test_the_marks_outlive_undo(session, tmp_path):
    session.save(tmp_path / "a.yaml")
    session.undo()
    assert session.playbook.uid is not None


def test_what_is_saved_is_what_is_opened(session, tmp_path):
    session.apply(Connect(None, Edge(source="start", target="look")))
    session.save(tmp_path / "a.yaml")
    other = EditorSession()
    other.open(tmp_path / "a.yaml")
    assert other.playbook == session.playbook
    assert (other.is_dirty, other.history.undo_label, other.path) == (False, None, tmp_path / "a.yaml")


def test_a_file_that_is_no_playbook_keeps_the_document_and_its_history(session, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("a: [1", encoding="utf-8")
    playbook, history = session.playbook, session.history
    with pytest.raises(CannotOpenError) as caught:
        session.open(path)
    assert (session.playbook, session.history, session.path) == (playbook, history, None)
    assert caught.value.line.startswith(f"{ErrorCode.NOT_YAML} bad.yaml:")
    assert str(tmp_path) not in caught.value.line


def test_a_file_that_is_not_there_is_said_so(session, tmp_path):
    with pytest.raises(CannotOpenError, match="no such file"):
        session.open(tmp_path / "nowhere.yaml")


def test_saving_into_a_folder_that_is_not_there_keeps_everything(session, tmp_path):
    playbook = session.playbook
    with pytest.raises(CannotSaveError) as caught:
        session.save(tmp_path / "gone" / "a.yaml")
    assert (session.playbook, session.path, session.is_dirty) == (playbook, None, True)
    assert caught.value.code is ErrorCode.CANNOT_SAVE
    assert "a.yaml" in caught.value.message


def test_comments_are_warned_of_on_opening_and_forgotten_after_saving(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(f"# mine\n{GOOD}", encoding="utf-8")
    session = EditorSession()
    session.open(path)
    assert [problem.code for problem in session.file_problems] == ["TOC-C019"]
    session.save()
    assert session.file_problems == ()
    assert (tmp_path / "a.yaml~").read_text(encoding="utf-8").startswith("# mine")


def test_the_selection_holds_only_nodes_that_are_there(session):
    said = heard(session.selection_changed)
    session.select(["look", "nobody"])
    session.select(["look"])
    session.apply(RemoveNodes(("look",)))
    assert [change.selection for change in said] == [frozenset({"look"}), frozenset()]


def test_a_new_document_forgets_file_history_and_selection(session, tmp_path):
    session.save(tmp_path / "a.yaml")
    session.select(["look"])
    session.new()
    assert (session.path, session.history.undo_label, session.is_dirty) == (None, None, False)
    assert (session.selection, dict(session.playbook.graph.nodes)) == (frozenset(), {})


EDITS = st.lists(
    st.one_of(
        st.builds(lambda n, x: MoveNodes({n: (x, x)}), st.sampled_from(["start", "risky"]), st.integers(-99, 99)),
        st.builds(lambda t: SetField("risky", ("when",), t), st.sampled_from(["true", "false", "1 < 2"])),
        st.builds(lambda t: SetField("risky", ("title",), t), st.sampled_from(["One", "Two", MISSING])),
        st.just("end"),
        st.just("undo"),
        st.just("redo"),
    ),
    max_size=25,
)


@given(EDITS)
def test_undoing_everything_leads_back_to_the_beginning_whatever_was_done(steps):
    session = EditorSession()
    session.apply(AddNode("start", TriggerNode(event="manual"), (0, 0)))
    session.apply(AddNode("risky", ConditionNode(when="true"), (0, 96)))
    session.end_gesture()
    begin = session.playbook
    for step in steps:
        match step:
            case "end":
                session.end_gesture()
            case "undo" if session.playbook != begin:
                session.undo()
            case "redo":
                session.redo()
            case str():
                pass
            case edit:
                session.apply(edit)
    while session.history.undo_label != "Add “risky”":
        session.undo()
    assert session.playbook == begin


def test_saving_an_untitled_playbook_needs_a_path():
    with pytest.raises(ValueError, match="path"):
        EditorSession().save()


def test_opening_tells_that_another_document_is_here(tmp_path):
    path = Path(tmp_path / "a.yaml")
    path.write_text(GOOD, encoding="utf-8")
    session = EditorSession()
    said = heard(session.playbook_changed)
    session.open(path)
    assert [(change.new.name, change.edit) for change in said] == [("Small", None)]


def drawn(folder):
    """The playbook of a file."""
    path = folder / "drawn.yaml"
    path.write_text(GOOD, encoding="utf-8")
    session = EditorSession(clock=CLOCK)
    session.open(path)
    return session.playbook


def test_what_is_only_looked_at_is_neither_changed_nor_lost(tmp_path):
    playbook, looked = drawn(tmp_path), EditorSession(clock=CLOCK)
    looked.look_at(playbook)
    assert (looked.is_read_only, looked.is_dirty, looked.is_untouched) == (True, False, False)
    with pytest.raises(ReadOnlyError) as caught:
        looked.apply(RemoveNodes(("done",)))
    assert caught.value.code is ErrorCode.READ_ONLY
    assert looked.playbook == playbook
    looked.select(("done",))
    assert looked.selection == {"done"}


def test_what_was_only_looked_at_can_be_changed_once_it_has_a_file_of_its_own(tmp_path):
    playbook, looked = drawn(tmp_path), EditorSession(clock=CLOCK)
    looked.look_at(playbook)
    looked.save(tmp_path / "copy.yaml")
    assert not looked.is_read_only
    looked.apply(RemoveNodes(("done",)))
    assert "done" not in looked.playbook.graph.nodes
    looked.new()
    assert not looked.is_read_only
