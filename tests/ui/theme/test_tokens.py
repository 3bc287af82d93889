"""What is seen on what: text at 4.5, marks at 3.0, in both themes and in high contrast (visual-design.md §14)."""

from dataclasses import asdict

import pytest

from tocsin.ui.theme import DARK, LIGHT
from tocsin.ui.theme.contrast import MARK, TEXT, contrast
from tocsin.ui.theme.high_contrast import high_contrast
from tocsin.ui.widgets.chip import Tone, chip_colours

THEMES = pytest.mark.parametrize(
    "tokens",
    [LIGHT, DARK, high_contrast(LIGHT), high_contrast(DARK)],
    ids=["light", "dark", "light, high contrast", "dark, high contrast"],
)
SURFACES = ("win", "panel", "surface", "raised", "canvas", "node")
ROWS = ("hover", "press", "sel")
STATES = ("running", "waiting_text", "retrying", "paused", "succeeded", "already", "would", "failed")
KINDS = ("trigger", "logic", "action", "human", "call", "end")

# Text, and every ground that it stands on. text3 (hints) stands on no row that is hovered, pressed or selected:
# there a hint takes text2 (`RowsDelegate.quiet_colour`, disabled menu items keep their ground). Words on accent stand
# on accent only: on accent_hover they reach 3.96 in the dark, so it is the hovered button's border and not its fill.
TEXTS = {
    "text": (*SURFACES, *ROWS, "prod_soft", "problem_soft", "waiting_soft", "tape_soft", "refused_soft", "would_soft"),
    "text2": (*SURFACES, *ROWS, "prod_soft", "problem_soft", "waiting_soft", "would_soft", "cancelled_soft"),
    "text3": SURFACES,
    "accent_text": (*SURFACES, "hover", "sel", "accent_soft"),
    "problem": (*SURFACES, "hover", "sel", "problem_soft"),
    "prod": (*SURFACES, "prod_soft"),
    "err_path": ("canvas", "node", "err_path_soft"),
    "on_accent": ("accent", "prod_fill"),
    "tape_ink": ("tape",),
    "node": ("world3",),
    "win": ("text",),
    **dict.fromkeys(STATES, ("node", "canvas", "panel", "surface", "raised", "hover", "sel")),
}
# Marks: borders, rings, icons, bars. A control on `raised` has an `edge` border: ctl reaches 2.9 there in the dark.
# A node's border meets nodes and the canvas only: on `win` it would reach 2.95.
MARKS = {
    "ctl": ("win", "panel", "surface"),
    "edge": (*SURFACES, "hover"),
    "node_line": ("node", "canvas"),
    "err_path": ("node", "canvas"),
    "sel_line": (*SURFACES, *ROWS),
    "surface": ("sel_line",),
    "on_accent": ("accent",),
    "accent": ("panel", "surface", "win"),
    "text3": (*SURFACES, "hover", "press"),
    "prod": (*SURFACES, "prod_soft"),
    "problem": (*SURFACES, "problem_soft"),
    "env_lab": ("win", "surface", "raised", "hover", "sel"),
    "env_other": ("win", "surface", "raised", "hover", "sel"),
    "env_2": ("win", "surface", "raised", "hover", "sel"),
    "env_3": ("win", "surface", "raised", "hover", "sel"),
    "env_4": ("win", "surface", "raised", "hover", "sel"),
    "env_5": ("win", "surface", "raised", "hover", "sel"),
    "env_6": ("win", "surface", "raised", "hover", "sel"),
    "world1": ("surface",),
    "waiting": ("node", "canvas", "raised"),
    **dict.fromkeys((*STATES, "queued", "cancelled"), ("node", "canvas", "panel", "surface")),
}


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#FFFFFF", 21), ("#777777", "#FFFFFF", 4.48)])
def test_contrast_is_what_the_standard_says(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@THEMES
def test_every_token_is_a_colour(tokens):
    colours = {name: value for name, value in asdict(tokens).items() if name not in {"dark", "strong"}}
    assert all(len(value) == 7 and int(value[1:], 16) >= 0 and value[0] == "#" for value in colours.values())


@THEMES
def test_text_can_be_read_on_everything_it_stands_on(tokens):
    assert too_low(tokens, TEXTS, TEXT) == {}


@THEMES
def test_marks_can_be_seen_on_everything_they_meet(tokens):
    assert too_low(tokens, MARKS, MARK) == {}


def too_low(tokens, table, least):
    pairs = {(name, on) for name, grounds in table.items() for on in grounds}
    ratios = {(name, on): contrast(getattr(tokens, name), getattr(tokens, on)) for name, on in sorted(pairs)}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


@THEMES
@pytest.mark.parametrize("kind", KINDS)
def test_an_icon_can_be_read_on_its_tile(tokens, kind):
    assert contrast(getattr(tokens, kind), getattr(tokens, f"{kind}_soft")) >= TEXT


@THEMES
@pytest.mark.parametrize("tone", Tone)
def test_a_chips_words_can_be_read_on_it(tokens, tone):
    colours = chip_colours(tone, tokens)
    assert contrast(colours.text, colours.fill) >= TEXT


@THEMES
@pytest.mark.parametrize("on", SURFACES)
def test_one_of_the_tapes_colours_can_always_be_seen(tokens, on):
    assert max(contrast(colour, getattr(tokens, on)) for colour in (tokens.tape, tokens.tape_ink)) >= MARK


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_high_contrast_has_strong_lines_and_no_soft_fills(tokens):
    high = high_contrast(tokens)
    assert high.line == tokens.ctl
    assert {value for name, value in asdict(high).items() if name.endswith("_soft")} == {tokens.node}
    same = {name for name, value in asdict(high).items() if value == getattr(tokens, name)}
    soft = {name for name in asdict(tokens) if name.endswith("_soft")}
    assert set(asdict(tokens)) - same == {"line", "strong"} | soft
