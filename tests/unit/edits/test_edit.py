import contextlib
import json

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from tests.helpers.playbooks import playbooks
from tests.unit.edits.drawn_edits import edits

from tocsin.edits import Batch, EditRefusedError, MoveNodes, SetHead
from tocsin.formats import read_playbook, write_playbook
from tocsin.model.document import to_document
from tocsin.model.playbook import Playbook


def spelled(playbook):
    """Everything of a playbook, the order of nodes, edges and places included."""
    return json.dumps(playbook.model_dump(mode="json", by_alias=True))


@settings(max_examples=50, deadline=None)
@given(playbooks(most=4), st.data())
def test_an_edit_and_its_inverse_leave_the_same_playbook_and_never_touch_the_old_value(playbook, data):
    edit = data.draw(edits(playbook))
    before, document = spelled(playbook), json.dumps(to_document(playbook))
    try:
        changed = edit.apply(playbook)
    except EditRefusedError:
        reject()
    inverse = edit.inverse(playbook)
    again = inverse.inverse(changed)
    assert spelled(inverse.apply(changed)) == before
    assert spelled(again.apply(inverse.apply(changed))) == spelled(changed)
    assert (spelled(playbook), json.dumps(to_document(playbook))) == (before, document)


@settings(max_examples=25, deadline=None)
@given(playbooks(most=4), st.data())
def test_any_sequence_of_edits_keeps_a_playbook_that_can_be_saved_and_loaded(playbook, data):
    for _ in range(4):
        edit = data.draw(edits(playbook))
        with contextlib.suppress(EditRefusedError):
            playbook = edit.apply(playbook)
    file = read_playbook(write_playbook(playbook), "edited.yaml")
    assert [problem.text for problem in file.problems] == []
    assert file.playbook is not None
    assert to_document(file.playbook) == to_document(playbook)


def test_a_batch_is_one_step_and_nothing_of_it_happens_when_a_part_is_refused():
    playbook = Playbook(id="empty", name="Before")
    batch = Batch((SetHead(("name",), "After"), MoveNodes({"nobody": (0, 0)})), "Both")
    with pytest.raises(EditRefusedError, match="nobody"):
        batch.apply(playbook)
    assert playbook.name == "Before"


def test_undoing_an_edit_keeps_what_came_about_beside_it():
    before = Playbook(id="empty", name="Before")
    edit = SetHead(("name",), "After")
    saved = edit.apply(before).model_copy(update={"uid": "0b6f3c9e-5a1d-4f0e-9c57-2d1f6c0a7e11"})
    undone = edit.inverse(before).apply(saved)
    assert (undone.name, undone.uid) == ("Before", saved.uid)
