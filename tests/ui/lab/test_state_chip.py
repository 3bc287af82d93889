import pytest

from tocsin.ui.lab.cards import Level, WorldState
from tocsin.ui.lab.state_chip import StateChip, state_colours, state_size
from tocsin.ui.theme import DARK, LIGHT, Look
from tocsin.ui.theme.contrast import MARK, TEXT, contrast


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_states_are_the_three_greys_of_the_world(tokens):
    normal, odd, cut = (state_colours(level, tokens) for level in Level)
    assert (normal.fill, normal.border, normal.text) == ("", tokens.world1, tokens.text2)
    assert (odd.fill, odd.border, odd.text) == (tokens.world2, "", tokens.text)
    assert (cut.fill, cut.border, cut.text) == (tokens.world3, "", tokens.node)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_every_state_can_be_read(tokens):
    for level in Level:
        colours = state_colours(level, tokens)
        assert contrast(colours.text, colours.fill or tokens.surface) >= TEXT
    assert contrast(tokens.world1, tokens.surface) >= MARK


def test_a_pill_is_20_high_and_grows_with_the_text(dressed, qtbot, theme):
    state = WorldState("Isolated", Level.CUT_OFF, "power")
    chip = StateChip(theme, state)
    qtbot.addWidget(chip)
    assert chip.sizeHint().height() == 20
    width = state_size(state, theme).width()
    theme.set_look(Look(scale=1.3))
    assert (chip.sizeHint().height(), chip.sizeHint().width() > width) == (26, True)
    assert chip.accessibleName() == "Isolated"
