import pytest


@pytest.fixture
def shown(qtbot, dressed):
    """Shows a widget, and lets it go after the test."""

    def show(widget):
        qtbot.addWidget(widget)
        with qtbot.waitActive(widget):
            widget.show()
        return widget

    return show


@pytest.fixture
def colour_at(qapp):
    """Tells the colour of a pixel of a widget as #RRGGBB."""

    def look(widget, x, y):
        return widget.grab().toImage().pixelColor(x, y).name().upper()

    return look
