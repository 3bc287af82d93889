"""Events that are loaded when somebody looks, a page at a time."""

import pytest

from tocsin.journal import stored_events
from tocsin.journal.stored_events import StoredEvents


@pytest.fixture
def asked():
    return []


@pytest.fixture
def events(asked, monkeypatch):
    monkeypatch.setattr(stored_events, "PAGE", 10)

    def load(first, last):
        asked.append((first, last))
        return list(range(first, last + 1))  # numbers stand for events here

    return StoredEvents(load, 57)


def test_they_are_a_sequence_like_any_other(events):
    plain = list(range(1, 58))
    assert (len(events), list(events), events[0], events[-1], events[56]) == (57, plain, 1, 57, 57)
    for cut in (slice(3, 27), slice(50, None), slice(None, None, 9), slice(20, 20), slice(30, 10), slice(-5, None)):
        assert list(events[cut]) == plain[cut]
    with pytest.raises(IndexError):
        events[57]


def test_a_page_is_loaded_once_while_it_is_looked_at(events, asked):
    assert [events[place] for place in (12, 13, 19)] == [13, 14, 20]
    assert asked == [(11, 20)]


def test_only_the_last_few_pages_stay(events, asked):
    list(events)
    asked.clear()
    assert events[0] == 1
    assert asked == [(1, 10)]
