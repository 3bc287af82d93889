"""A process that is killed while it edits: the last seconds but one are there, and the saved file is whole."""

import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tocsin.formats import load_playbook
from tocsin.services.recovery import Recovery

PERIOD = 0.25
SLOW_DISK = 1.0  # what a busy machine may take to write
PROCESS = Path(__file__).with_name("editing_process.py")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")


def edit_until(moment, root, path):
    """Let a process edit for so many seconds, kill it; return (seconds before its end, number of nodes) by edit."""
    command = [sys.executable, "-W", "error", str(PROCESS), str(root), str(path), str(PERIOD)]
    said = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        first = process.stdout.readline()
        begin = time.monotonic()
        timer = threading.Timer(moment, process.send_signal, [signal.SIGKILL])
        timer.start()
        said.append((begin, int(first)))
        said += [(time.monotonic(), int(line)) for line in process.stdout if line.endswith("\n")]
        end = time.monotonic()
        timer.join()
        assert process.wait() == -signal.SIGKILL
    return [(end - at, number) for at, number in said]


@pytest.mark.parametrize("seed", range(10))
def test_what_was_drawn_before_the_last_period_is_found_again(seed, tmp_path):
    root, path = tmp_path / "recovery", tmp_path / "drawn.yaml"
    said = edit_until(random.Random(seed).uniform(0.2, 2.2), root, path)
    file = load_playbook(path) if path.exists() else None
    assert file is None or (file.playbook is not None and file.problems == ())
    saved = len(file.playbook.graph.nodes) if file else 0
    recovery = Recovery(root)
    found = recovery.find()
    kept = [recovery.take(left) for left in found]
    assert all(draft.path == (path if file else None) for draft in kept)
    safe = max((number for ago, number in said if ago > PERIOD + SLOW_DISK), default=0)
    assert max([saved, *(len(draft.playbook.graph.nodes) for draft in kept)]) >= max(safe, 1)
    recovery.close()
    assert file is None or load_playbook(path).playbook == file.playbook
