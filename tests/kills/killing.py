"""One window in a home of its own, killed while a person in it edits and saves; then what the next start finds."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from tocsin.formats import read_playbook
from tocsin.services.recovery import Recovery
from tocsin.services.recovery.autosave import PERIOD_SECONDS

EDITOR = Path(__file__).parents[1] / "journeys" / "window_that_edits.py"
SLOW_DISK = 1.0  # what a busy machine may take to write
SAVE_EVERY = 23
PATIENCE = 60


@dataclass(frozen=True)
class Found:
    """What was there after a kill.

    Attributes:
        moment: How many seconds after the first edit it came.
        edits: How many edits the person had heard of.
        file: How many nodes the file holds.
        draft: How many the unsaved work holds that the next start offers; 0 for none.
        wrong: What is not as it must be.
    """

    moment: float
    edits: int
    file: int
    draft: int
    wrong: tuple[str, ...]


def kill_at(folder, moment):
    """Start, let the person go on for so many seconds, kill, and judge what is left."""
    path = folder / "drawn.yaml"
    path.write_text("tocsin: 1\nid: drawn\nname: Drawn\nnodes: {}\n", encoding="utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TOCSIN_HOME": str(folder / "home")}
    command = [sys.executable, str(EDITOR), str(path), "--save-every", str(SAVE_EVERY)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as process:
        giving_up = threading.Timer(PATIENCE, process.kill)
        giving_up.start()
        said = [(time.monotonic(), process.stdout.readline())]
        end = time.monotonic() + moment
        killing = threading.Timer(moment, process.send_signal, [signal.SIGKILL])
        killing.start()
        said += [(time.monotonic(), line) for line in process.stdout]
    for timer in (giving_up, killing):
        timer.cancel()
        timer.join()
    return judge(folder, moment, [(end - at, line) for at, line in said if line.endswith("\n")])


def judge(folder, moment, said):
    """Return what is left; `said` is what the person heard, with how long before the end."""
    edits = [(ago, int(line)) for ago, line in said if not line.startswith("saved")]
    saved = max((int(line.split()[1]) for _, line in said if line.startswith("saved")), default=0)
    safe = max((count for ago, count in edits if ago > PERIOD_SECONDS + SLOW_DISK), default=0)
    read = read_playbook((folder / "drawn.yaml").read_text("utf-8"), "drawn.yaml")
    in_file = len(read.playbook.graph.nodes) if read.playbook is not None else -1
    in_draft = _nodes_of_draft(folder / "home" / "data" / "recovery")
    wrong = (
        *(["the file is not whole"] if in_file < 0 or in_file % SAVE_EVERY else []),
        *([f"{saved} nodes were saved, the file has {in_file}"] if in_file < saved else []),
        *([f"{safe} nodes are safe, {max(in_file, in_draft)} were found"] if max(in_file, in_draft) < safe else []),
    )
    return Found(round(moment, 3), max((count for _, count in edits), default=0), in_file, in_draft, wrong)


def _nodes_of_draft(folder):
    recovery = Recovery(folder)
    try:
        drafts = [recovery.take(left) for left in recovery.find()]
    finally:
        recovery.close()
    return max((len(draft.playbook.graph.nodes) for draft in drafts), default=0)
