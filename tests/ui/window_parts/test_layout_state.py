import json
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from tocsin.ui.window.layout_state import DockSide, LayoutState, read_layout

STATE = LayoutState(
    width=1300,
    height=820,
    is_maximised=True,
    nodes_width=240,
    is_nodes_open=False,
    inspector_width=400,
    dock_side=DockSide.RIGHT,
    dock_height=300,
    dock_width=600,
    is_dock_open=True,
    page="run",
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def test_a_layout_comes_back_as_it_went_out():
    assert read_layout(json.loads(json.dumps(STATE.to_json()))) == STATE


def test_nothing_kept_is_a_new_window_as_designed():
    usual = read_layout(None)
    assert usual == LayoutState()
    assert (usual.nodes_width, usual.inspector_width, usual.dock_width) == (220, 352, 560)
    assert not usual.is_dock_open


def test_sizes_out_of_range_are_brought_back_into_it():
    read = read_layout({"width": 3, "nodes_width": 5000, "inspector_width": -1, "dock_width": 10_000})
    assert (read.width, read.nodes_width, read.inspector_width, read.dock_width) == (960, 320, 300, 720)


def test_values_of_another_kind_are_as_in_a_new_window():
    read = read_layout({"width": True, "is_dock_open": 1, "dock_side": "left", "page": 7, "height": "high"})
    assert read == LayoutState()


@given(st.dictionaries(st.sampled_from([field.name for field in fields(LayoutState)]), JSON))
def test_whatever_was_kept_gives_a_layout_that_can_be_kept_again(value):
    read = read_layout(value)
    assert read_layout(read.to_json()) == read
