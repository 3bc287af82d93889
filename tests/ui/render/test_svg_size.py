import pytest

from tocsin.ui.render.svg_size import shorten_svg


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M10,20 L15.5,20 L15.5,18 Z ", "m10 20l5.5 0l0-2z"),
        ("M1,1 C1.25,1 2,1.75 2,2.5 M5,5 L4.999,6", "m1 1c.25 0 1 .75 1 1.5m3 2.5l0 1"),
        ("M0,0 L3,3 Z M1,1 L2,1", "m0 0l3 3zm1 1l1 0"),
    ],
)
def test_paths_become_relative_from_where_the_last_step_ended(path, short):
    assert shorten_svg(f'<path vector-effect="none" d="{path}"/>') == f'<path d="{short}"/>'


def test_groups_with_nothing_in_them_go():
    assert shorten_svg('<g fill="none" stroke="#000">\n</g>\n<g id="a"><path/></g>') == '<g id="a"><path/></g>'
