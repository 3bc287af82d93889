import os
from pathlib import Path

import pytest

from tocsin.base import atomic_file
from tocsin.base.atomic_file import PRIVATE, write_atomically


def test_a_new_file_gets_the_rights_it_was_given(tmp_path):
    path = tmp_path / "secret"
    write_atomically(path, b"new", mode=PRIVATE)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)


def test_a_file_that_exists_keeps_its_rights(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new", mode=PRIVATE)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)


def test_what_is_not_said_is_as_the_umask_says_which_no_other_thread_sees_changed(tmp_path, monkeypatch):
    before = os.umask(0o027)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(os, "umask", None)
            write_atomically(tmp_path / "file", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link_and_its_target_changes(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipe has a name there")
def test_what_is_no_file_is_written_to_and_no_file_takes_its_place(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(pipe, b"new")
        assert os.read(reading, 9) == b"new"
    finally:
        os.close(reading)
    assert pipe.is_fifo()


def test_a_failure_leaves_the_old_content_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"old"


class HeldError(PermissionError):
    """What Windows says while another program looks at a file."""

    winerror = 32


def held_for(attempts, monkeypatch, error=HeldError):
    """Let putting a file in its place fail so often, without waiting in between; return the pauses that were made."""
    put, left, pauses = Path.replace, [error()] * attempts, []

    def refuse(self, target):
        if left:
            raise left.pop()
        return put(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(atomic_file.time, "sleep", pauses.append)
    return pauses


def test_a_file_that_is_looked_at_is_replaced_when_it_is_let_go(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    pauses = held_for(3, monkeypatch)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert pauses == list(atomic_file.PAUSES[:3])


def test_a_file_that_is_never_let_go_keeps_its_content(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    held_for(99, monkeypatch)
    with pytest.raises(PermissionError):
        write_atomically(path, b"new")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"old"]


def test_a_folder_that_may_not_be_written_is_told_at_once(tmp_path, monkeypatch):
    pauses = held_for(1, monkeypatch, PermissionError)
    with pytest.raises(PermissionError):
        write_atomically(tmp_path / "file", b"new")
    assert pauses == []
