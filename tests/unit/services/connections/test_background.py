import threading
from concurrent.futures import CancelledError, Future

import pytest
from tests.unit.services.connections.support import PLAYBOOK, Office, draft

from tocsin.base.loop_thread import LoopThread
from tocsin.services.connections import BackgroundConnections, TrialStep, UnknownConnectionError, VaultNeed
from tocsin.services.connections.errors import UnkeptHealthError

NOWHERE = "https://no-such-host.invalid"


@pytest.fixture
def office(tmp_path):
    loop = LoopThread("tocsin-engine")
    loop.start()
    (tmp_path / "playbook.yaml").write_text("")
    yield Office(tmp_path, loop)
    loop.stop()


@pytest.fixture
def beside(office):
    made = BackgroundConnections(lambda: (office.desk, office.files))
    yield made
    made.close()


def test_it_works_on_a_thread_of_its_own(office, beside):
    names = []
    original = office.desk.rows

    def rows(file, **more):
        names.append(threading.current_thread().name)
        return original(file, **more)

    office.desk.rows = rows
    assert beside.look(office.file).result(5).environments == ()
    assert names[0].startswith("tocsin-connections")


def test_playbooks_are_read_only_where_their_uses_are_asked_for(office, beside):
    (office.folder / "uses.yaml").write_text(PLAYBOOK)
    office.save()
    for with_uses, used in ((False, ()), (True, ("uses-it",))):
        [view] = beside.look(office.file, with_uses=with_uses).result(5).environments
        assert view.rows[0].used_by == used


def test_the_last_test_is_remembered_until_the_connection_is_another(office, beside):
    assert beside.open_vault().result(5) is VaultNeed.NOTHING
    beside.save(draft(NOWHERE), office.file).result(5)
    report = beside.test("production", "toy_main", office.file).result(20)
    assert report.failed.step is TrialStep.NAME
    [trial] = beside.look(office.file).result(5).trials.values()
    assert trial.report == report
    beside.save(draft("https://other.invalid", secrets={}), office.file).result(5)
    assert beside.look(office.file).result(5).trials == {}


def test_a_draft_that_is_tested_is_not_remembered(office, beside):
    beside.test_draft(draft(NOWHERE), office.file).result(20)
    assert beside.look(office.file).result(5).trials == {}


def test_a_refusal_is_in_the_future(office, beside):
    office.save()
    with pytest.raises(UnknownConnectionError):
        beside.test("production", "toy_mian", office.file).result(5)


def test_a_test_that_is_cancelled_ends(office, beside, monkeypatch):
    from tocsin.services.connections import trial

    ended, begun = threading.Event(), threading.Event()

    async def waits(self):
        import asyncio

        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    monkeypatch.setattr(trial.Trial, "run", waits)
    test = beside.test_draft(draft(NOWHERE), office.file)
    assert begun.wait(5)
    test.cancel()
    assert ended.wait(5)
    with pytest.raises(CancelledError):
        test.result(0)


def test_a_look_at_a_connection_is_kept_with_those_before(office, beside):
    office.save(NOWHERE)
    seen = beside.check_health("production", "toy_main", office.file).result(20)
    assert (seen.connection, seen.ok, seen.step) == ("toy_main", False, "name")
    assert beside.health_before("production").result(5) == (seen,)


def test_a_look_that_cannot_be_kept_says_so(office, beside):
    office.save(NOWHERE)
    (office.folder / "home" / "health.jsonl").mkdir(parents=True)
    with pytest.raises(UnkeptHealthError):
        beside.check_health("production", "toy_main", office.file).result(20)


def test_a_look_at_a_connection_that_is_not_there_is_refused(office, beside):
    office.save()
    with pytest.raises(UnknownConnectionError):
        beside.check_health("production", "toy_mian", office.file).result(5)


def test_a_look_that_is_cancelled_keeps_nothing(office, beside):
    asked = threading.Event()
    office.desk.look_at = lambda *_: asked.wait(5) and Future()
    look = beside.check_health("production", "toy_main", office.file)
    assert look.cancel()
    asked.set()
    assert beside.health_before("production").result(5) == ()
