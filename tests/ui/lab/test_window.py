import pytest

from tocsin.ui.lab.panel import Arrangement, LabPanel
from tocsin.ui.lab.window import LabWindow


@pytest.fixture
def window(dressed, qtbot, theme, lab):
    panel = LabPanel(theme, lab)
    window = LabWindow(theme, panel)
    qtbot.addWidget(window)
    qtbot.addWidget(panel)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: panel.look is not None)
    return window


def test_the_window_says_what_is_played_and_holds_the_panel(window, qtbot):
    panel = window.centralWidget()
    assert panel.arrangement is Arrangement.WIDE
    qtbot.waitUntil(lambda: window._scenario.text() == "Brute force from a TOR exit")
    assert window._products.text() == "6 simulated products on this computer"
    assert window.menuWidget().height() == 48


def test_the_projector_view_shows_the_cards_alone_and_larger(window):
    panel = window.centralWidget()
    row = panel._board.cards["falcon"].table.row_height
    window.projector.click()
    assert panel.arrangement is Arrangement.CARDS
    assert not panel._side.isVisible()
    assert panel._board.cards["falcon"].table.row_height == 1.5 * row
    window._sizes.button("200").click()
    assert panel._board.cards["falcon"].table.row_height == 2 * row
    window.projector.click()
    assert (panel.arrangement, panel._board.cards["falcon"].table.row_height) == (Arrangement.WIDE, row)


def test_closing_puts_the_panel_back_as_it_came(window, qtbot):
    panel = window.centralWidget()
    window.projector.click()
    with qtbot.waitSignal(window.put_back) as told:
        window.back.click()
    assert told.args == [panel]
    assert (panel._theme.scale, panel.styleSheet(), window.centralWidget()) == (1.0, "", None)
    panel.look_changed.emit(None)  # the window hears it no more
