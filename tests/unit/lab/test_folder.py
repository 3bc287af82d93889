"""What is left of Labs whose process was killed."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tocsin.lab.folder import CONTROL_SOCKET, EVE_FILE, YOUNG_SECONDS, make_lab_folder, sweep
from tocsin.model.environment import LAB_FOLDER

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a dead Lab is told by its Unix socket")
KILLED = """
import os, signal, socket, sys
listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def root():
    """A folder with a short path: that of a socket may have about 100 characters."""
    with tempfile.TemporaryDirectory() as path:
        yield Path(path)


@pytest.fixture
def make(root):
    """Make the folder of a Lab that began a while ago."""

    def make_folder(name, *, kill=False):
        folder = root / f"{LAB_FOLDER}{name}"
        folder.mkdir()
        (folder / EVE_FILE).touch()
        if kill:
            done = subprocess.run([sys.executable, "-c", KILLED, folder / CONTROL_SOCKET], check=False)
            assert done.returncode == -signal.SIGKILL
        age(folder)
        return folder

    return make_folder


def age(folder):
    then = time.time() - 2 * YOUNG_SECONDS
    os.utime(folder, (then, then))


def test_the_folder_of_a_killed_lab_goes_at_the_next_start(make, root):
    dead, socketless = make("dead", kill=True), make("socketless")
    assert (dead / CONTROL_SOCKET).is_socket()
    sweep(root)
    assert not dead.exists()
    assert not socketless.exists()


def test_the_folder_of_a_lab_that_runs_stays(make, root):
    folder = make("alive")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / CONTROL_SOCKET))
        listener.listen()
        age(folder)
        sweep(root)
    assert folder.exists()


def test_where_passing_files_have_a_long_path_a_short_one_is_taken(tmp_path, monkeypatch):
    long = tmp_path / ("y" * 100)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    with make_lab_folder() as folder, socket.socket(socket.AF_UNIX) as listener:
        assert Path(folder).name.startswith(LAB_FOLDER)
        assert Path(folder).stat().st_mode & 0o777 == 0o700
        listener.bind(f"{folder}/{CONTROL_SOCKET}")
    assert list(long.iterdir()) == []


def test_what_is_young_or_a_link_stays(root):
    young, kept, link = root / f"{LAB_FOLDER}young", root / "kept", root / f"{LAB_FOLDER}link"
    young.mkdir()
    kept.mkdir()
    link.symlink_to(kept)
    os.utime(link, (0, 0), follow_symlinks=False)
    sweep(root)
    assert all(path.exists() for path in (young, kept, link))
