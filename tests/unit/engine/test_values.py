"""User data in events, and hashes of it: engine.md §2.2, 1.26, 1.29."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.engine.values import INLINE_LIMIT, OUTPUT_LIMIT, Tagger, ValueTooLargeError, hash_of, untag
from tocsin.model.canonical import digest

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
JSON = st.recursive(LEAVES, lambda part: st.lists(part) | st.dictionaries(st.text(), part), max_leaves=20)


@given(value=JSON)
def test_the_short_way_to_a_hash_is_the_canonical_one(value):
    try:
        expected = digest(value)
    except ValueError:
        expected = None
    if expected is not None:
        assert hash_of(value) == expected


@pytest.mark.parametrize("value", [2**53, -(2**53), float("inf"), [2**60]])
def test_a_number_without_an_exact_spelling_has_no_hash(value):
    with pytest.raises(ValueError, match=r"domain|representable"):
        hash_of(value)


def test_small_data_stands_in_its_event_tagged():
    tagger = Tagger()
    assert tagger.tag({"$secret": "x"}) == {"v": {"$secret": "x"}}
    assert tagger.take() == {}


def test_large_data_stands_by_its_hash_and_is_gathered_once():
    tagger = Tagger()
    first, second = tagger.tag("x" * INLINE_LIMIT), tagger.tag("x" * INLINE_LIMIT)
    assert first == second
    assert (first["n"], first["t"]) == (INLINE_LIMIT + 2, "str")
    assert tagger.find(first["r"]) is not None
    blobs = tagger.take()
    assert list(blobs) == [first["r"]]
    assert tagger.take() == {}
    assert tagger.find(first["r"]) is None
    assert untag(first, lambda key: {"kept": key}) == {"kept": first["r"]}


def test_data_over_8_mib_is_refused():
    with pytest.raises(ValueTooLargeError, match="one value"):
        Tagger().tag("x" * OUTPUT_LIMIT)


def test_a_run_may_not_keep_more_than_256_mib():
    tagger = Tagger()
    large = "x" * (OUTPUT_LIMIT - 2)
    for _ in range(32):
        tagger.tag(large)
        tagger.take()
    with pytest.raises(ValueTooLargeError, match="all values of a run"):
        tagger.tag(large)


@pytest.mark.parametrize("value", [object(), {1: 2}, 2**70, "\ud800"])
def test_what_is_no_json_is_refused(value):
    with pytest.raises(TypeError):
        Tagger().tag(value)
