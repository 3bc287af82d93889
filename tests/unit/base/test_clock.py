import uuid

from tocsin.base.clock import new_run_id, rfc3339


def test_a_run_id_is_a_uuid_of_version_7_with_its_time_in_front():
    parsed = uuid.UUID(new_run_id(1_764_000_000_123_456))
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert parsed.int >> 80 == 1_764_000_000_123


def test_later_ids_sort_after_earlier_ones():
    assert new_run_id(1_000_000) < new_run_id(2_000_000)


def test_time_is_written_in_utc_to_the_millisecond():
    assert rfc3339(1_764_000_000_123_999) == "2025-11-24T16:00:00.123Z"
