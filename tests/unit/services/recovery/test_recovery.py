import json
import os
import stat
import time
from pathlib import Path

import pytest

from tocsin.base.clock import Clock
from tocsin.model.playbook import EndNode, Graph, Layout, Playbook, Spot
from tocsin.services.recovery import CannotKeepError, Draft, Recovery, UnreadableDraftError

PLAYBOOK = Playbook(
    id="small", name="Small", graph=Graph(nodes={"done": EndNode()}), layout=Layout(nodes={"done": Spot(at=(0, 8))})
)


@pytest.fixture
def start(tmp_path):
    """Start the recovery of another process; all are ended after the test."""
    started = []

    def start(**more):
        recovery = Recovery(tmp_path / "data" / "recovery", period=more.pop("period", 0.0), **more)
        started.append(recovery)
        return recovery

    yield start
    for recovery in started:
        recovery.close()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data" / "recovery"


def crash(recovery):
    """End as a process does that is killed: what is written stays, the system drops the lock."""
    recovery.close()


def files(folder):
    return sorted(path.name for path in folder.rglob("*.json"))


def test_what_was_kept_is_found_after_the_end_with_name_place_and_time(start, tmp_path):
    first = start(clock=Clock(utc_micros=lambda: 1_795_489_200_000_000))
    first.keep("a", Draft(PLAYBOOK, tmp_path / "small.yaml", "hash"))
    crash(first)
    second = start()
    (left,) = second.find()
    assert (left.name, left.path, left.at) == ("Small", tmp_path / "small.yaml", 1_795_489_200_000_000)
    assert second.take(left) == Draft(PLAYBOOK, tmp_path / "small.yaml", "hash")


def test_a_file_that_was_named_from_a_folder_is_found_from_another(start, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = start()
    first.keep("a", Draft(PLAYBOOK, Path("small.yaml")))
    crash(first)
    assert start().find()[0].path == tmp_path / "small.yaml"


def test_a_process_that_lives_is_let_be(start):
    first, second = start(), start()
    first.keep("a", Draft(PLAYBOOK))
    first.flush()
    assert second.find() == ()
    first.close()
    assert [left.key for left in second.find()] == ["a"]


def test_two_that_look_at_once_do_not_both_get_it(start):
    first = start()
    first.keep("a", Draft(PLAYBOOK))
    crash(first)
    second, third = start(), start()
    assert len(second.find()) == 1
    assert third.find() == ()
    second.leave()
    assert len(third.find()) == 1


def test_what_was_taken_is_kept_on_by_the_process_that_took_it(start, folder):
    first = start()
    first.keep("a", Draft(PLAYBOOK))
    crash(first)
    second = start()
    second.take(second.find()[0])
    second.leave()
    assert files(folder) == ["a.json"]
    assert start().find() == ()
    crash(second)
    assert [left.key for left in start().find()] == ["a"]


def test_what_was_saved_is_kept_no_more_and_nothing_is_left_behind(start, folder):
    recovery = start(period=3600.0)
    recovery.keep("a", Draft(PLAYBOOK))
    recovery.flush()
    recovery.drop("a")
    recovery.flush()
    assert files(folder) == []
    recovery.close()
    assert list(folder.iterdir()) == []


def test_what_is_thrown_away_is_gone_and_what_is_left_for_later_is_there(start, folder):
    first = start()
    first.keep("a", Draft(PLAYBOOK))
    first.keep("b", Draft(PLAYBOOK))
    crash(first)
    second = start()
    second.throw_away(next(left for left in second.find() if left.key == "a"))
    second.leave()
    assert [left.key for left in start().find()] == ["b"]


def test_the_newest_is_listed_first(start):
    times = iter([3_000_000, 1_000_000, 2_000_000])
    first = start(clock=Clock(utc_micros=lambda: next(times)))
    for key in "abc":
        first.keep(key, Draft(PLAYBOOK))
    crash(first)
    assert [left.key for left in start().find()] == ["a", "c", "b"]


def test_only_the_newest_of_many_changes_is_written_and_that_soon(start, folder):
    recovery = start(period=0.1)
    begin = time.monotonic()
    for number in range(200):
        recovery.keep("a", Draft(Playbook(id="small", name=str(number))))
    while not (files(folder) and '"name":"199"' in next(folder.rglob("*.json")).read_text(encoding="utf-8")):
        assert time.monotonic() - begin < 5
    recovery.flush()


@pytest.mark.skipif(os.name != "posix", reason="no such permissions there")
def test_only_the_owner_may_read_it(start, folder):
    recovery = start()
    recovery.keep("a", Draft(PLAYBOOK))
    recovery.flush()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())} == {0o700}


def test_what_cannot_be_read_is_listed_stays_and_can_be_thrown_away(start, folder):
    first = start()
    first.keep("a", Draft(PLAYBOOK))
    crash(first)
    file = next(folder.rglob("*.json"))
    file.write_text(json.dumps({"tocsin_draft": 2}), encoding="utf-8")
    second = start()
    (left,) = second.find()
    assert (left.name, left.at) == ("", 0)
    with pytest.raises(UnreadableDraftError):
        second.take(left)
    assert file.exists()
    second.throw_away(left)
    assert not file.exists()


@pytest.mark.parametrize(
    "broken", ["", "{", "[]", "1", '{"tocsin_draft": 1, "at": 1, "name": "x", "path": null, "base": 1, "playbook": []}']
)
def test_no_content_of_a_kept_file_breaks_the_start(start, folder, broken):
    (folder / "old").mkdir(parents=True)
    (folder / "old" / "a.json").write_text(broken, encoding="utf-8")
    recovery = start()
    (left,) = recovery.find()
    with pytest.raises(UnreadableDraftError):
        recovery.take(left)


def test_a_disk_that_refuses_is_told_once_and_tried_again(start, folder):
    folder.parent.mkdir(parents=True)
    folder.write_text("not a folder", encoding="utf-8")
    recovery, said = start(period=0.02), []
    recovery.failed.connect(said.append)
    recovery.keep("a", Draft(PLAYBOOK))
    recovery.flush()
    recovery.keep("a", Draft(PLAYBOOK))
    recovery.flush()
    assert [type(error) for error in said] == [CannotKeepError]
    folder.unlink()
    deadline = time.monotonic() + 5
    while not files(folder):
        assert time.monotonic() < deadline


def test_a_folder_that_somebody_removed_is_made_again(start, folder):
    import shutil

    recovery = start()
    recovery.keep("a", Draft(PLAYBOOK))
    recovery.flush()
    shutil.rmtree(folder)
    recovery.keep("a", Draft(PLAYBOOK))
    recovery.flush()
    assert files(folder) == ["a.json"]


def test_empty_folders_of_long_ago_are_removed_and_young_ones_are_not(start, folder):
    for name, age in (("old", 100_000), ("young", 10)):
        (folder / name).mkdir(parents=True)
        (folder / name / "lock").touch()
        os.utime(folder / name, (time.time() - age,) * 2)
    start().find()
    assert [path.name for path in folder.iterdir()] == ["young"]


def test_what_is_handed_in_after_the_end_is_not_kept(start, folder):
    recovery = start()
    recovery.close()
    recovery.keep("a", Draft(PLAYBOOK))
    recovery.flush()
    assert files(folder) == []
