"""A log that ends in the middle, as a power cut may leave it: the run is there up to a batch, unbroken, and goes on."""

import random

import pytest
from tests.unit.journal.kept import batches_of_a_run

from tocsin.journal import History, JournalWriter

RUN = "01900000-0000-7000-8000-000000000001"
OTHER = "01900000-0000-7000-8000-000000000002"
TEARS = 40


@pytest.fixture
def torn(tmp_path):
    """Cut the log of a journal that nobody closed, at a place; return the folder in which it then lies."""
    writer = JournalWriter(tmp_path / "journal.db", tmp_path / "blobs")
    ends = [0]
    for batch in batches_of_a_run(RUN, {"long": "x" * 3_000}, durable=True):
        writer.commit(batch)
        ends.append(batch.events[-1].seq)
    journal, log = (tmp_path / "journal.db").read_bytes(), (tmp_path / "journal.db-wal").read_bytes()

    def cut(place, *, garbage=b""):
        folder = tmp_path / f"cut-{place}-{len(garbage)}"
        folder.mkdir()
        (folder / "journal.db").write_bytes(journal)  # as it was then: the log is copied into it after a while
        (folder / "journal.db-wal").write_bytes(log[:place] + garbage)
        return folder

    cut.size = len(log)
    cut.ends = ends
    yield cut
    writer.close()


def kept_in(folder):
    """How many events of the run are there, seen to be unbroken."""
    history = History(folder / "journal.db", folder / "blobs")
    if RUN not in history.list_ids():
        return 0
    history.verify_chain(RUN)
    events = history.load_events(RUN)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    return len(events)


def places_in(size):
    draw = random.Random(1)
    return [*(draw.randrange(size) for _ in range(TEARS)), 0, size]


def test_what_is_left_ends_with_a_batch(torn):
    found = {place: kept_in(torn(place)) for place in places_in(torn.size)}
    assert set(found.values()) <= set(torn.ends)
    assert (found[0], found[torn.size]) == (0, torn.ends[-1])
    assert [found[place] for place in sorted(found)] == sorted(found.values())
    assert len(set(found.values())) > 2


def test_what_stands_behind_the_tear_is_not_taken_for_a_batch(torn):
    for place in places_in(torn.size):
        assert kept_in(torn(place, garbage=b"\xa5" * 5_000)) == kept_in(torn(place))  # zeros may be what was torn off


def test_a_writer_goes_on_behind_the_tear(torn):
    folder = torn(torn.size * 2 // 3)
    before = kept_in(folder)
    writer = JournalWriter(folder / "journal.db", folder / "blobs")
    for batch in batches_of_a_run(OTHER):
        writer.commit(batch)
    writer.close()
    history = History(folder / "journal.db", folder / "blobs")
    history.verify_chain(OTHER)
    assert kept_in(folder) == before
