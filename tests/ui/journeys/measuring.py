"""Finds by computation what does not fit in a window."""

from itertools import combinations

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLayout,
    QLineEdit,
    QSplitterHandle,
)

from tocsin.ui.expression.field_edit import FieldEdit
from tocsin.ui.theme.focus_ring import RingFrame
from tocsin.ui.widgets.elided_label import ElidedLabel


def describe(widget):
    """A widget as a person finds it: its kind, its name, where it is."""
    names = [
        f"{type(one).__name__}#{one.objectName()}" if one.objectName() else type(one).__name__ for one in line(widget)
    ]
    text = getattr(widget, "text", lambda: "")() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{' < '.join(names[:4])} “{text[:30]}” {widget.geometry().getRect()}"


def line(widget):
    """The widget and all around it."""
    found = []
    while widget is not None and not widget.isWindow():
        found.append(widget)
        widget = widget.parentWidget()
    return found


def is_scrolled(widget):
    """It is larger than what is seen of it, on purpose: it is scrolled."""
    parent = widget.parentWidget()
    around = parent.parentWidget() if parent is not None else None
    return isinstance(around, QAbstractScrollArea) and around.viewport() is parent


def sticking_out(widgets):
    """What is drawn beyond the widget it belongs to, and so cut off."""
    found = []
    for widget in widgets:
        parent = widget.parentWidget()
        if (
            widget.isWindow()
            or parent is None
            or is_scrolled(widget)
            or isinstance(widget, RingFrame | QSplitterHandle)
        ):
            continue
        if isinstance(widget, FieldEdit):  # its frame lies around its letters, not around Qt's margins
            continue
        if not parent.rect().contains(widget.geometry()) and not widget.geometry().isEmpty():
            found.append(f"{describe(widget)} sticks out of {parent.rect().getRect()}")
    return found


def overlapping(widgets):
    """What a layout has laid over each other for want of room."""
    found = []
    for widget in widgets:
        for layout in layouts_of(widget.layout()):
            items = [layout.itemAt(at) for at in range(layout.count())]
            shown = [item for item in items if not item.isEmpty()]
            for one, other in combinations(shown, 2):
                if one.geometry().intersects(other.geometry()) and not is_stack(layout):
                    found.append(f"{what(one)} lies over {what(other)} in {describe(widget)}")
    return found


def layouts_of(layout):
    """A layout and those in it."""
    if not isinstance(layout, QLayout):  # PySide may still have a spacer that lay where this layout lies now
        return []
    inner = [layout.itemAt(at).layout() for at in range(layout.count())]
    return [layout, *(below for one in inner for below in layouts_of(one))]


def is_stack(layout):
    return type(layout).__name__ == "QStackedLayout"


def what(item):
    return describe(item.widget()) if item.widget() is not None else str(item.geometry().getRect())


def too_small(widgets):
    """Controls and words that have less room than they need. Names that elide say so and are not meant."""
    found = []
    for widget in widgets:
        if isinstance(widget, ElidedLabel) or not isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
            continue
        least = widget.minimumSizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            least.setWidth(0)
            least.setHeight(widget.heightForWidth(widget.width()))
        if widget.width() < least.width() or widget.height() < least.height():
            found.append(f"{describe(widget)} needs {least.toTuple()}")
    return found
