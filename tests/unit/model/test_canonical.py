import math

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model.canonical import canonical, digest

numbers = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(), part, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_every_value_is_written_as_rfc_8785_says(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, 2**53, -(2**53), [1, 2**60], {"a": math.inf}])
def test_a_number_that_json_cannot_keep_is_refused(value):
    with pytest.raises(ValueError, match=r"\S"):
        canonical(value)


def test_the_order_of_keys_does_not_change_the_hash():
    assert digest({"b": 1, "a": [1.5, "é"]}) == digest({"a": [1.5, "é"], "b": 1})


def test_one_and_one_point_nought_hash_alike():
    assert digest({"a": 1}) == digest({"a": 1.0})
