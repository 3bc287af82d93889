"""What comes from outside is never markup in a tooltip."""

import pytest

from tocsin.ui.widgets.elided_label import ElidedLabel
from tocsin.ui.widgets.plain_tip import plain_tip

HOSTILE = '<b>Signed by your bank</b> <img src="file:///etc/hostname">'


def test_markup_is_shown_as_it_is():
    assert "<b>" not in plain_tip(HOSTILE)
    assert "<img" not in plain_tip(HOSTILE)
    assert "&lt;b&gt;" in plain_tip(HOSTILE)


@pytest.mark.parametrize("text", ["", "web-01", "a < b & c", "two\nlines"])
def test_what_is_no_markup_stays_as_it_is(text):
    assert plain_tip(text) == text


def test_a_label_that_is_cut_off_tells_the_whole_as_plain_text(qtbot):
    label = ElidedLabel(HOSTILE)
    qtbot.addWidget(label)
    label.resize(20, 20)
    label.show()
    assert "&lt;img" in label.toolTip()
