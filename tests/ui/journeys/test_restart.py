"""What a person leaves comes back with the next start: layout, tabs, zoom, and what was set."""

from dataclasses import replace

import pytest
from tests.ui.hands import SMALL
from tests.ui.journeys.hands import press_keys

from tocsin.services.settings import Appearance, TextSize, ThemeChoice
from tocsin.ui.window.docks import HISTORY
from tocsin.ui.window.layout_state import DockSide


def test_layout_tabs_zoom_and_place_come_back_with_the_next_start(start, tmp_path):
    paths = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(SMALL.replace("name: Small", f"name: {name.title()}"), encoding="utf-8")
        paths.append(path)
    first = start((1500, 880))
    for path in paths:
        first.choice.chosen = path
        press_keys(first, "Ctrl+O")
    first.panels.view.set_zoom(0.75)
    first.panels.view.centerOn(120, 240)
    press_keys(first, "Ctrl+3")
    press_keys(first, "Ctrl+Shift+R")
    press_keys(first, "Ctrl+I")
    press_keys(first, "Ctrl+Shift+Tab")
    first.panels.view.set_zoom(1.5)
    left = first.window.frame.state
    place = first.panels.canvases.outlook_of(first.window.documents.all[1].canvas).at
    first.end()
    again = start(None)
    screen = again.window.screen().availableGeometry()
    width, height = min(left.width, screen.width()), min(left.height, screen.height())
    assert (left.width, left.height, left.page, left.dock_side) == (1500, 880, HISTORY, DockSide.BOTTOM)
    came_back = again.window.frame.state
    assert came_back == replace(left, width=max(width, 960), height=max(height, 600))
    assert not again.window.frame.is_inspector_shown
    assert [document.name for document in again.window.documents.all] == ["One", "Two"]
    assert again.window.documents.current.name == "One"
    one, two = (document.canvas.view for document in again.window.documents.all)
    assert one.zoom == 1.5
    press_keys(again, "Ctrl+Tab")
    assert two.zoom == 0.75
    at = again.panels.canvases.outlook_of(again.window.documents.current.canvas).at
    assert at == pytest.approx(place, abs=3)


def test_a_choice_in_the_settings_comes_back_with_the_next_start(start):
    first = start()
    chosen = Appearance(theme=ThemeChoice.DARK, text_size=TextSize.LARGEST)
    first.settings.change(replace(first.settings.settings, appearance=chosen))
    first.end()
    theme = start().theme
    assert (theme.scale, theme.tokens.dark) == (1.3, True)
