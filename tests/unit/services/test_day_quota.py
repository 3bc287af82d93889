import asyncio

import pytest

from tocsin.base.clock import Clock
from tocsin.services.day_quota import DayQuota

DAY = 86_400_000_000
DAY_NAME = "2024-10-04"
"""The 20,000th day."""


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


@pytest.mark.parametrize(
    "left",
    [
        '{"day": ',
        "[" * 100_000,
        "[]",
        "\udcff",
        f'{{"day": "{DAY_NAME}"}}',
        f'{{"day": "{DAY_NAME}", "counts": [1]}}',
        f'{{"day": "{DAY_NAME}", "counts": "many"}}',
        f'{{"day": "{DAY_NAME}", "counts": {{"production/intel": "many"}}}}',
    ],
)
def test_a_damaged_file_counts_as_none_and_is_written_anew(tmp_path, left):
    path = tmp_path / "quota.json"
    path.write_bytes(left.encode(errors="surrogateescape"))
    quota = DayQuota(path, "production", clock=noon(20_000))
    assert [take(quota), take(quota), take(quota)] == [True, True, False]


def test_a_place_that_cannot_be_written_stops_nobody(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    assert take(DayQuota(tmp_path / "file" / "quota.json", "production", clock=noon(20_000)))
    assert "was not counted" in caplog.text
