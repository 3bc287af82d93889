"""Whatever the mouse can press on any page is large enough to be hit (visual-design.md §14)."""

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit
from tests.ui.journeys.measuring import describe
from tests.ui.journeys.tour import seen, tour

from tocsin.ui.widgets.segment import Segment

LEAST = 24


def reach_of(widget):
    """How large the place is where a press does what a widget does: a segment's edge belongs to its choices."""
    around = widget.parentWidget()
    return (widget.width(), around.height()) if isinstance(around, Segment) else widget.size().toTuple()


def pressed(top):
    """What the mouse presses or types into, as it is seen in a window."""
    return [widget for widget in seen(top) if isinstance(widget, QAbstractButton | QComboBox | QLineEdit)]


def test_every_target_can_be_hit(start, qtbot):
    desk = start()
    judged, small = set(), {}
    stop, bar = desk.window.footer.stop_button, desk.window.footer
    for page, top in tour(desk, qtbot):
        for widget in pressed(top):
            judged.add(widget)
            if min(reach_of(widget)) < LEAST:
                small.setdefault(describe(widget), page)
    assert len(judged) > 150
    assert not small, "\n".join(f"{page}: {widget}" for widget, page in small.items())
    assert stop.height() == bar.height()
