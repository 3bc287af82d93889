from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tocsin.connectors.addresses import HERE, Reach
from tocsin.connectors.errors import Cut, ExchangeError, SlotError
from tocsin.connectors.exchange import Line, Request
from tocsin.connectors.protocols.runners import ProtocolRunners

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="runs programs of POSIX")


def run(*, seconds: float = 10.0, **arguments: Any) -> Any:
    async def exchanged() -> Any:
        runners = ProtocolRunners(reach=Reach.OUTSIDE, monotonic=time.monotonic)
        line = Line("key", None, time.monotonic() + seconds, lambda note: None)
        return await runners.exchange(Request("PROGRAM run", HERE, "", arguments=arguments), line)

    return asyncio.run(exchanged())


def test_a_program_gets_its_arguments_as_they_are_and_no_shell_sees_them():
    text = "$(id) ; `id` 'x' \"y\" *"
    assert run(program="printf", operands=["%s", text]).body["out"] == text


def test_nothing_of_this_process_is_in_its_environment(monkeypatch):
    monkeypatch.setenv("TOCSIN_SECRET_FW_KEY", "canary")
    out = run(program="env").body["out"]
    assert "canary" not in out
    assert {line.partition("=")[0] for line in out.split()} <= {"PATH", "HOME", "TMPDIR", "LC_ALL"}


def test_the_end_of_a_program_is_its_status():
    assert run(program="sh", options=["-c", "echo no >&2; exit 3"]).body == {
        "exit": 3, "out": "", "err": "no\n", "picked": [],
    }  # fmt: skip
    assert [run(program=name).status for name in ("true", "false")] == [200, 500]


@pytest.mark.parametrize("then", ["wait", "exit 0"])
def test_a_program_that_takes_too_long_is_ended_with_what_it_started(tmp_path, then):
    mark, files = tmp_path / "pid", _open_files()
    with pytest.raises(ExchangeError) as caught:
        run(seconds=0.5, program="sh", options=["-c", f"sleep 60 & echo $! > {mark}; {then}"])
    assert (caught.value.cut, caught.value.sent) == (Cut.TIMEOUT, True)
    assert _open_files() == files
    ends = time.monotonic() + 5
    while _lives(int(mark.read_text())):
        assert time.monotonic() < ends


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123  a zombie counts as ended
        return stat.read().rpartition(")")[2].split()[0] != "Z"


def test_a_program_that_says_too_much_is_ended():
    with pytest.raises(ExchangeError, match="too large"):
        run(program="yes")


def test_a_program_that_is_not_there_was_not_started():
    with pytest.raises(ExchangeError, match="is not installed") as caught:
        run(program="no-such-program")
    assert not caught.value.sent


@pytest.mark.parametrize(
    "arguments",
    [
        {"program": "../bin/sh"},
        {"program": "/bin/sh"},
        {"program": "true", "operands": ["-x"]},
        {"program": "true", "operands": [""]},
        {"program": "true", "options": ["a\nb"]},
        {"program": "true", "options": "a b"},
        {"program": "true", "operands": [1]},
    ],
)
def test_what_cannot_be_an_argument_is_refused(arguments):
    with pytest.raises(SlotError):
        run(**arguments)
