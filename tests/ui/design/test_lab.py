"""The Lab (visual-design.md §2.1, §2.5, §9), read back from its window: greys of the world, what changed, sizes."""

import pytest
from tests.ui.design.studio import colour, radius
from tests.ui.lab.conftest import RUN, FakeLab, Story

from tocsin.ui.lab.panel import LabPanel
from tocsin.ui.lab.window import LabWindow
from tocsin.ui.theme import DARK, LIGHT, Look
from tocsin.ui.widgets.chip import Chip, ChipFace, Tone

BOTH = pytest.mark.parametrize("look", [Look(LIGHT), Look(DARK)], ids=["light", "dark"])
STATES = ("running", "waiting", "retrying", "paused", "succeeded", "already", "would", "failed", "tape", "refused")


@pytest.fixture
def story():
    return Story()


@pytest.fixture
def lab(dressed, qtbot, theme, story):
    """The Lab's window after a run that cut a host off, blocked an address and wrote a ticket."""
    with story.by(RUN):
        story.block()
        story.contain("ws-03")
        story.ticket()
    panel = LabPanel(theme, FakeLab(story))
    window = LabWindow(theme, panel)
    qtbot.addWidget(window)
    qtbot.addWidget(panel)
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: panel.look is not None)
    return window


def card(lab, product):
    return lab.centralWidget()._board.cards[product]


@BOTH
@pytest.mark.parametrize(
    ("tone", "fill", "border"),
    [
        (Tone.WORLD_NORMAL, "surface", "world1"),
        (Tone.WORLD_ODD, "world2", "world2"),
        (Tone.WORLD_CUT_OFF, "world3", "world3"),
    ],
)
def test_the_state_of_the_world_is_told_in_three_greys(dressed, qtbot, theme, wear, look, tone, fill, border):
    wear(look)
    chip = Chip(theme, ChipFace("Online", tone))
    qtbot.addWidget(chip)
    chip.show()
    assert colour(chip, 5, 9) == getattr(look.tokens, fill)
    assert colour(chip, chip.width() // 2, 0) == getattr(look.tokens, border)


@BOTH
@pytest.mark.parametrize("state", STATES)
def test_the_chip_of_a_state_is_its_text_on_its_soft_fill(dressed, qtbot, theme, wear, look, state):
    wear(look)
    chip = Chip(theme, ChipFace("xx", Tone(state)))
    qtbot.addWidget(chip)
    chip.show()
    assert colour(chip, 4, 9) == getattr(look.tokens, f"{state}_soft")


@pytest.mark.parametrize("text", ["true", "R-218"])
def test_a_chip_is_18_px_high_and_half_of_that_round(dressed, qtbot, theme, text):
    chip = Chip(theme, ChipFace(text, Tone.WORLD_CUT_OFF))
    qtbot.addWidget(chip)
    chip.show()
    assert chip.height() == 18
    assert radius(chip, LIGHT.world3) == pytest.approx(9, abs=0.9)


def test_sides_heads_and_rows_have_their_sizes(lab):
    panel = lab.centralWidget()
    assert (panel._side.width(), panel._changes.width()) == (244, 282)
    assert lab.menuWidget().height() == 48
    shown = card(lab, "falcon")
    assert shown.table.row_height == 28
    assert shown.table.visualRect(shown.table.model().index(0, 0)).height() == 28


@BOTH
def test_a_card_has_corners_of_8_px(lab, wear, look):
    wear(look)
    shown = card(lab, "falcon")
    assert radius(shown, look.tokens.line) == pytest.approx(8, abs=1)


@BOTH
def test_a_changed_row_has_a_bar_of_4_px_and_no_fill(lab, wear, look):
    wear(look)
    view = card(lab, "falcon").table
    rect = view.visualRect(view.model().index(0, 0))
    image = view.viewport().grab().toImage()
    found = [image.pixelColor(x, rect.center().y()).name().upper() for x in range(6)]
    assert found == [look.tokens.sel_line] * 4 + [look.tokens.surface] * 2


@pytest.mark.parametrize("share", [150, 200])
def test_the_projector_view_shows_everything_at_150_to_200_per_cent(lab, share):
    before = card(lab, "falcon").table.visualRect(card(lab, "falcon").table.model().index(0, 0)).height()
    lab.projector.click()
    lab._sizes.button(str(share)).click()
    view = card(lab, "falcon").table
    assert view.visualRect(view.model().index(0, 0)).height() == before * share // 100
    lab.projector.click()
