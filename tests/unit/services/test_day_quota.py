import asyncio

from tocsin.base.clock import Clock
from tocsin.services.day_quota import DayQuota

DAY = 86_400_000_000


def noon(day: int) -> Clock:
    return Clock(utc_micros=lambda: day * DAY + DAY // 2)


def take(quota: DayQuota, connection: str = "intel", most: int = 2) -> bool:
    return asyncio.run(quota.take(connection, most))


def test_a_days_requests_are_counted_by_connection_and_over_processes(tmp_path):
    path = tmp_path / "state" / "quota.json"
    quota = DayQuota(path, "production", clock=noon(20_000))
    assert [take(quota), take(quota), take(quota)] == [True, True, False]
    assert take(quota, "other")
    assert not take(DayQuota(path, "production", clock=noon(20_000)))
    assert take(DayQuota(path, "staging", clock=noon(20_000)))
    assert take(DayQuota(path, "production", clock=noon(20_001)))


def test_a_file_that_a_crash_left_counts_as_none(tmp_path):
    (tmp_path / "quota.json").write_text('{"day": ')
    assert take(DayQuota(tmp_path / "quota.json", "production", clock=noon(20_000)))


def test_a_place_that_cannot_be_written_stops_nobody(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    assert take(DayQuota(tmp_path / "file" / "quota.json", "production", clock=noon(20_000)))
    assert "was not counted" in caplog.text
