"""Facts by path in pages that are opened when they are asked for."""

import zlib
from copy import copy

import pytest

from tocsin.engine.pages import SIZE, Paged, write_pages

FACTS = {f"loop[{place}]/look": [place, {"b": 1, "a": 2}] for place in range(3 * SIZE)}


@pytest.fixture
def read():
    """The facts that were made of their JSON."""
    return []


@pytest.fixture
def paged(read):
    def make(fact):
        read.append(fact)
        return tuple(fact)

    return Paged([zlib.compress(page) for page in write_pages(FACTS)], make)


def test_it_is_what_was_written(paged):
    assert paged == {path: tuple(fact) for path, fact in FACTS.items()}
    assert len(paged) == len(FACTS)


def test_one_path_opens_its_own_page_alone(paged, read):
    assert paged["loop[7]/look"] == (7, {"b": 1, "a": 2})
    assert 0 < len(read) < len(FACTS) / 2
    opened = len(read)
    assert paged["loop[7]/look"][0] == 7
    assert len(read) == opened


def test_what_is_not_in_it_is_not_found(paged):
    assert paged.get("loop[7]/other") is None
    assert "loop[7]/other" not in paged
    assert Paged((), tuple).get("loop[7]/look") is None


def test_what_is_written_stays_whatever_is_opened_later(paged):
    paged["loop[7]/look"] = "new"
    paged["end"] = "last"
    del paged["loop[8]/look"]
    assert len(paged) == len(FACTS)
    assert paged["loop[7]/look"] == "new"
    assert paged["end"] == "last"
    assert paged.get("loop[8]/look") is None


def test_a_copy_goes_its_own_way(paged):
    other = copy(paged)
    other["loop[7]/look"] = "new"
    assert paged["loop[7]/look"][0] == 7
    assert other["loop[9]/look"] == paged["loop[9]/look"]


def test_the_same_facts_are_the_same_bytes_in_whatever_order_they_came():
    assert write_pages(dict(reversed(FACTS.items()))) == write_pages(FACTS)


def test_the_order_within_a_fact_stays(paged):
    assert list(paged["loop[7]/look"][1]) == ["b", "a"]


def test_nothing_has_no_pages():
    assert write_pages({}) == []
