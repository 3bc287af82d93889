import errno
import os

import pytest
from tests.unit.services.test_editing import GOOD, heard

from tocsin.base.codes import ErrorCode
from tocsin.edits import AddNode
from tocsin.model.playbook import EndNode, Playbook
from tocsin.services.editing import CannotSaveError, EditorSession, FileChangedError, FileState


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def session(path):
    session = EditorSession()
    session.open(path)
    return session


def change(path):
    path.write_text(GOOD.replace("Small", "Other"), encoding="utf-8")


def test_a_file_is_as_it_was_until_another_program_writes_it(session, path):
    assert session.file_state() is FileState.SAME
    change(path)
    assert session.file_state() is FileState.CHANGED
    path.unlink()
    assert session.file_state() is FileState.GONE


def test_the_same_text_written_again_is_no_change(session, path):
    path.write_text(GOOD, encoding="utf-8")
    assert session.file_state() is FileState.SAME


def test_what_another_program_wrote_is_never_overwritten_unasked(session, path):
    session.apply(AddNode("more", EndNode(), (0, 0)))
    change(path)
    with pytest.raises(FileChangedError) as caught:
        session.save()
    assert caught.value.code is ErrorCode.FILE_CHANGED
    assert "name: Other" in path.read_text(encoding="utf-8")
    assert session.is_dirty


def test_who_keeps_theirs_saves_over_it(session, path):
    change(path)
    session.keep_mine()
    assert session.is_dirty
    session.save()
    assert "name: Small" in path.read_text(encoding="utf-8")
    assert (session.is_dirty, session.file_state()) == (False, FileState.SAME)


def test_a_later_change_after_keeping_mine_is_told_again(session, path):
    change(path)
    session.keep_mine()
    path.write_text(GOOD.replace("Small", "Third"), encoding="utf-8")
    with pytest.raises(FileChangedError):
        session.save()


def test_a_file_that_is_gone_is_written_anew(session, path):
    session.apply(AddNode("more", EndNode(), (0, 0)))
    path.unlink()
    session.save()
    assert "more:" in path.read_text(encoding="utf-8")


def test_saving_elsewhere_makes_the_other_file_the_one_that_counts(session, path, tmp_path):
    change(path)
    session.save(tmp_path / "new.yaml")
    assert session.file_state() is FileState.SAME
    session.save()


def test_an_untitled_playbook_has_no_file_to_differ_from():
    session = EditorSession()
    assert session.file_state() is FileState.SAME
    assert (session.base, session.is_untouched) == (None, True)


def test_what_is_recovered_is_unsaved_and_keeps_its_file(session, path):
    other, said = EditorSession(), []
    other.history_changed.connect(said.append)
    other.recover(Playbook(id="small", name="Drawn"), path, session.base)
    assert (other.playbook.name, other.path, other.is_dirty, other.is_untouched) == ("Drawn", path, True, False)
    assert [state.is_dirty for state in said] == [True]
    other.save()
    assert "name: Drawn" in path.read_text(encoding="utf-8")


def test_what_is_recovered_does_not_overwrite_a_file_that_was_changed_since(session, path):
    other = EditorSession()
    change(path)
    other.recover(Playbook(id="small", name="Drawn"), path, session.base)
    with pytest.raises(FileChangedError):
        other.save()


def test_undo_of_everything_leaves_recovered_work_unsaved(session, path):
    other = EditorSession()
    other.recover(session.playbook, path, session.base)
    other.apply(AddNode("more", EndNode(), (0, 0)))
    other.undo()
    assert other.is_dirty


def test_reloading_is_opening_again(session, path):
    said = heard(session.playbook_changed)
    change(path)
    session.open(path)
    assert [change.new.name for change in said] == ["Other"]
    assert session.file_state() is FileState.SAME


def test_how_lines_end_makes_no_difference(session, path):
    path.write_bytes(GOOD.replace("\n", "\r\n").encode())
    assert session.file_state() is FileState.SAME
    other = EditorSession()
    other.open(path)
    path.write_bytes(GOOD.encode())
    assert other.file_state() is FileState.SAME


def test_a_file_that_nobody_may_write_is_told_and_not_replaced(session, path):
    path.chmod(0o444)
    assert session.file_state() is FileState.PROTECTED
    before = path.read_bytes()
    session.apply(AddNode("more", EndNode(), (0, 0)))
    with pytest.raises(CannotSaveError, match="read-only"):
        session.save()
    assert path.read_bytes() == before
    assert session.is_dirty
    session.save(path.with_name("mine.yaml"))
    assert session.file_state() is FileState.SAME


def test_a_full_disk_is_told_and_the_old_file_and_the_work_stand(session, path, monkeypatch):
    before = path.read_bytes()
    session.apply(AddNode("more", EndNode(), (0, 0)))

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotSaveError, match="No space left"):
        session.save()
    assert path.read_bytes() == before
    assert session.is_dirty
    assert list(path.parent.iterdir()) == [path]
