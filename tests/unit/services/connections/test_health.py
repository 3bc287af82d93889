import pytest
from tests.unit.services.connections.support import Office

from tocsin.base.loop_thread import LoopThread
from tocsin.services.connections import HealthLog, StepResult, TrialReport, TrialStep, UnknownConnectionError

WELL = TrialReport("production", "fw_main", (StepResult(TrialStep.SIGN_IN, ok=True, seconds=0.25),))
BROKEN = TrialReport("production", "idp", (StepResult(TrialStep.TCP, ok=False, detail="nothing answers at port 443"),))


def test_looks_are_kept_and_told_by_connection(tmp_path):
    log = HealthLog(tmp_path / "state" / "health.jsonl")
    for report in (WELL, BROKEN, WELL):
        log.note(report)
    again = HealthLog(tmp_path / "state" / "health.jsonl")
    assert [(one.connection, one.ok) for one in again.entries("production")] == [
        ("fw_main", True), ("idp", False), ("fw_main", True),
    ]  # fmt: skip
    (one,) = again.entries("production", "idp")
    assert (one.step, one.detail) == ("tcp", "nothing answers at port 443")
    assert again.entries("staging") == ()


def test_the_older_half_is_given_up_when_there_are_too_many(tmp_path):
    log = HealthLog(tmp_path / "health.jsonl", most_bytes=2000)
    for _ in range(100):
        log.note(WELL)
    assert (tmp_path / "health.jsonl").stat().st_size <= 2000
    assert len(log.entries("production")) > 5


def test_a_line_that_was_cut_is_passed_over(tmp_path):
    log = HealthLog(tmp_path / "health.jsonl")
    log.note(WELL)
    with (tmp_path / "health.jsonl").open("a") as file:
        file.write('{"later": 1}\n{"at": "2026-')
    log.note(BROKEN)
    assert [one.ok for one in log.entries("production")] == [True, False]


@pytest.fixture
def office(tmp_path):
    loop = LoopThread("tocsin-engine")
    loop.start()
    yield Office(tmp_path, loop)
    loop.stop()


def test_every_connection_is_looked_at_and_the_look_is_kept(office):
    office.save("https://no-such-host.invalid")
    (seen,) = office.desk.check_health("production", file=office.file)
    assert (seen.connection, seen.ok, seen.step) == ("toy_main", False, "name")
    assert office.desk.health_before("production", "toy_main") == (seen,)
    assert "canary-77" not in (office.folder / "home" / "health.jsonl").read_text()


def test_a_connection_that_is_not_there_is_said(office):
    office.save()
    with pytest.raises(UnknownConnectionError):
        list(office.desk.check_health("production", ["no"], office.file))
