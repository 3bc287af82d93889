"""Real servers for the live tests: each in a folder of its own, on this computer only, gone with the test."""

from __future__ import annotations

import contextlib
import http.client
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

PATIENCE = 60.0


def missing(*programs: str) -> str:
    """Return why a test is skipped, or "" when all programs are there."""
    absent = [name for name in programs if find_program(name) is None]
    return f"needs {' and '.join(absent)} (packaging/test-packages.txt)" if absent else ""


def find_program(name: str) -> str | None:
    """Return where a program is: on the path, or beside this Python; None when it is not installed."""
    return shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))


def free_port() -> int:
    """Return a port of this computer that nobody has at the moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def running(
    command: Sequence[str | Path],
    *,
    port: int,
    folder: Path,
    path: str | None = "/",
    environment: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Run a server until its end and give its address, once it answers a request at all.

    One that does not speak HTTP has no path: then it answers when it takes a connection.
    """
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=folder, env=environment
        )
        try:
            _wait(process, port, path, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, path: str | None, log: Path) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if process.poll() is not None:
            break
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            if path is None:
                connection.connect()
            else:
                connection.request("GET", path)
                connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise AssertionError(f"the server did not begin to answer:\n{log.read_text(errors='replace')[-2000:]}")
