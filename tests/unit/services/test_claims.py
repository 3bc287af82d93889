"""Two programs with one file open on a shared drive tell each other. The drive is a folder that is said to be one."""

import os
import subprocess
import sys
import weakref

import pytest

from tocsin.base.clock import Clock
from tocsin.base.network_drive import NetworkDrive
from tocsin.services.claims import OLD_SECONDS, RENEW_SECONDS, Claims

HOLD = """
import sys
from pathlib import Path
from tocsin.base.network_drive import NetworkDrive
from tocsin.services.claims import Claims
claims = Claims(find_drive=lambda folder: NetworkDrive(str(folder), "cifs"))
claims.hold("window", [Path(sys.argv[1])])
print("held", flush=True)
sys.stdin.read()
claims.hold("window", [])
"""


def on_network(folder):
    return NetworkDrive(str(folder), "cifs")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "contain [1].yaml"
    path.write_text("tocsin: 1\n", encoding="utf-8")
    return path


@pytest.fixture
def claims():
    return Claims(find_drive=on_network)


@pytest.fixture
def other(file):
    """Another process that has the file open."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def marks(file):
    return sorted(one.name for one in file.parent.iterdir() if one != file)


def test_another_process_is_told_with_name_and_time_until_it_lets_go(file, claims, other):
    claims.hold("window", [file])
    (found,) = claims.find_others(file)
    assert found.computer
    assert abs(found.since - Clock().utc_micros()) < 60_000_000
    other.communicate("")
    assert claims.find_others(file) == ()
    assert len(marks(file)) == 1


def test_what_a_killed_process_left_grows_old_and_counts_no_more(file, claims, other):
    other.kill()
    other.wait()
    claims.hold("window", [file])
    assert len(claims.find_others(file)) == 1
    own = f".{file.name}.{claims._name}.tocsin-open"
    (left,) = (file.parent / name for name in marks(file) if name != own)
    before = left.stat().st_mtime - OLD_SECONDS - 1
    os.utime(left, (before, before))
    assert claims.find_others(file) == ()


def test_a_mark_is_renewed_while_the_file_is_open_and_not_more_often_than_needed(file, claims):
    claims.hold("window", [file])
    (mark,) = (file.parent / name for name in marks(file))
    for age, is_renewed in ((RENEW_SECONDS / 2, False), (RENEW_SECONDS * 2, True)):
        before = Clock().utc_micros() / 1_000_000 - age
        os.utime(mark, (before, before))
        claims.hold("window", [file])
        assert (mark.stat().st_mtime > before + 1) is is_renewed


def test_a_file_that_moves_between_windows_stays_marked(file, claims):
    claims.hold("first", [file])
    claims.hold("second", [file])
    claims.hold("first", [])
    assert len(marks(file)) == 1
    claims.hold("second", [])
    assert marks(file) == []


def test_a_file_of_this_computer_gets_no_mark(file):
    claims = Claims(find_drive=lambda _: None)
    claims.hold("window", [file])
    assert (marks(file), claims.find_others(file)) == ([], ())


def test_a_folder_that_refuses_gets_none_either(claims, tmp_path):
    nowhere = tmp_path / "nowhere" / "x.yaml"
    claims.hold("window", [nowhere])
    assert claims.find_others(nowhere) == ()


@pytest.mark.parametrize(
    "said",
    [
        *("", "{", "[]", '{"person": "ana"}', "[" * 1_000),
        *(f'{{"person": "a", "computer": "b", "since": {since}}}' for since in ("1e30", "1e999", "NaN")),
    ],
)
def test_what_is_no_mark_is_passed_over(file, claims, said):
    claims.hold("window", [file])
    file.with_name(f".{file.name}.other-1.tocsin-open").write_text(said, encoding="utf-8")
    assert claims.find_others(file) == ()


def test_two_processes_of_one_number_tell_each_other(file, claims):
    other = Claims(find_drive=on_network)  # such as one in a container
    for one in (claims, other):
        one.hold("window", [file])
    assert len(claims.find_others(file)) == len(other.find_others(file)) == 1


def test_a_mark_that_somebody_tidied_away_is_made_again(file, claims):
    other = Claims(find_drive=on_network)
    claims.hold("window", [file])
    (mark,) = (file.parent / name for name in marks(file))
    mark.unlink()
    for one in (claims, other):
        one.hold("window", [file])
    assert len(other.find_others(file)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_in_place_of_a_mark_is_not_written_through(file, claims, tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("mine", encoding="utf-8")
    file.with_name(f".{file.name}.{claims._name}.tocsin-open").symlink_to(precious)
    claims.hold("window", [file])
    assert precious.read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="of POSIX")
def test_a_pipe_in_place_of_a_mark_keeps_nobody_waiting(file, claims):
    claims.hold("window", [file])
    os.mkfifo(file.with_name(f".{file.name}.other-1.tocsin-open"))
    assert claims.find_others(file) == ()


def test_a_window_that_lets_go_of_its_files_is_let_go(file, claims):
    class Window:
        """What holds."""

    window = Window()
    seen = weakref.ref(window)
    claims.hold(window, [file])
    claims.hold(window, [])
    del window
    assert seen() is None
