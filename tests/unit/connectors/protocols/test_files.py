"""Files in a folder of this computer, written and taken away for real."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tocsin.connectors.addresses import HERE, Reach
from tocsin.connectors.errors import ExchangeError, SlotError
from tocsin.connectors.exchange import Line, Reply, Request
from tocsin.connectors.protocols.call import MAX_ANSWER
from tocsin.connectors.protocols.runners import ProtocolRunners

NAME, TEXT = "evidence-2026-11-24.md", "# Evidence\n“met”\n"
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()
NOTHING = {"exists": False, "size": 0, "sha256": ""}
WRITTEN = {"exists": True, "size": len(TEXT.encode()), "sha256": DIGEST}


def ask(verb: str, folder: Path, *, reach: Reach = Reach.OUTSIDE, **arguments: Any) -> Reply:
    given = {"folder": str(folder), "name": NAME, **arguments}
    request = Request(f"FILE {verb}", HERE, "", arguments=given)
    runners = ProtocolRunners(reach=reach, monotonic=lambda: 0.0)
    return asyncio.run(runners.exchange(request, Line("key", None, 10.0, lambda _: None)))


def test_a_report_is_written_byte_for_byte_looked_at_and_removed(tmp_path):
    written = ask("write", tmp_path, text=TEXT)
    assert (written.status, written.body, (tmp_path / NAME).read_bytes()) == (200, WRITTEN, TEXT.encode())
    assert ask("look", tmp_path).body == WRITTEN
    removed = ask("remove", tmp_path, sha256=DIGEST)
    assert (removed.status, removed.body, list(tmp_path.iterdir())) == (200, NOTHING, [])
    assert ask("look", tmp_path).body == NOTHING


def test_writing_the_same_again_changes_nothing_and_removing_what_is_gone_neither(tmp_path):
    ask("write", tmp_path, text=TEXT)
    assert ask("write", tmp_path, text=TEXT).body == WRITTEN
    ask("remove", tmp_path, sha256=DIGEST)
    assert ask("remove", tmp_path, sha256=DIGEST).body == NOTHING


def test_what_a_person_wrote_is_neither_written_over_nor_removed(tmp_path):
    (tmp_path / NAME).write_text("mine")
    asked = ask("write", tmp_path, text=TEXT), ask("remove", tmp_path, sha256=DIGEST)
    assert [reply.status for reply in asked] == [409, 409]
    assert (tmp_path / NAME).read_text() == "mine"


@pytest.mark.parametrize(
    "name",
    [
        *("../x.md", "a/b.md", "a\\b.md", ".md", "-x.md", "a.b.md", "x.md\n", f"{120 * 'x'}.md"),
        *("x.sh", "x", "con.md", "COM1.txt"),
    ],
)
def test_a_name_that_leads_elsewhere_or_is_no_text_is_refused(tmp_path, name):
    with pytest.raises(SlotError, match="plain name"):
        ask("write", tmp_path, name=name, text=TEXT)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_a_whole_path_and_is_never_made(tmp_path):
    with pytest.raises(SlotError, match="whole path"):
        ask("write", Path("reports"), text=TEXT)
    with pytest.raises(SlotError, match="whole path"):
        ask("write", Path(f"{tmp_path}\0"), text=TEXT)
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "no", tmp_path / "file"):
        asked = [ask(verb, folder, text=TEXT, sha256=DIGEST).status for verb in ("look", "write", "remove")]
        assert asked == [404, 404, 404]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").write_text(TEXT)
    (tmp_path / NAME).symlink_to(tmp_path / "elsewhere")
    for verb in ("look", "write", "remove"):
        with pytest.raises(ExchangeError, match="no file"):
            ask(verb, tmp_path, text=TEXT, sha256=DIGEST)
    assert (tmp_path / "elsewhere").read_text() == TEXT


def test_a_text_that_is_too_long_or_cannot_be_written_is_refused(tmp_path):
    for text in ("x" * (MAX_ANSWER + 1), "\ud800"):
        with pytest.raises(SlotError):
            ask("write", tmp_path, text=text)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "sync"), reason="of POSIX")
def test_half_a_report_is_not_left_when_the_disk_is_full(tmp_path, monkeypatch):
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExchangeError):
        ask("write", tmp_path, text=TEXT)
    assert list(tmp_path.iterdir()) == []


def test_in_the_lab_no_file_of_this_computer_is_touched(tmp_path):
    with pytest.raises(ExchangeError, match="the Lab does nothing on this computer"):
        ask("write", tmp_path, reach=Reach.LAB, text=TEXT)
    assert list(tmp_path.iterdir()) == []
