"""A virtual X screen for as long as a block lasts, and why there may be none."""

import os
import shutil
import subprocess
from contextlib import contextmanager

NEEDED = ("Xvfb", "xdotool")


def missing():
    """Return the programs that a picture needs and that are not here."""
    return [name for name in NEEDED if shutil.which(name) is None]


@contextmanager
def virtual_screen(width, height):
    """Give the address of a screen of this size; no window manager is on it, so a window has no frame of its own."""
    reads, writes = os.pipe()
    size = f"{width}x{height}x24"
    command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(writes,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writes)
    try:
        with os.fdopen(reads) as answer:
            number = answer.readline().strip()  # said when the screen can be used
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()
