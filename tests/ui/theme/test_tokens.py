from dataclasses import asdict, fields

import pytest

from tocsin.ui.theme import DARK, LIGHT, Tokens
from tocsin.ui.theme.contrast import MARK, TEXT, contrast

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
SURFACES = ("win", "panel", "surface", "raised", "canvas", "node")
STATES = (
    "queued",
    "running",
    "waiting",
    "retrying",
    "paused",
    "succeeded",
    "already",
    "would",
    "failed",
    "cancelled",
)
KINDS = ("trigger", "logic", "action", "human", "call", "end")


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#FFFFFF", 21), ("#777777", "#FFFFFF", 4.48)])
def test_contrast_is_what_the_standard_says(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@THEMES
def test_every_token_is_a_colour(tokens):
    colours = {name: value for name, value in asdict(tokens).items() if name != "dark"}
    assert all(len(value) == 7 and int(value[1:], 16) >= 0 and value[0] == "#" for value in colours.values())


def test_both_themes_say_the_same_things():
    assert {field.name for field in fields(Tokens)} == set(asdict(LIGHT)) == set(asdict(DARK))


@THEMES
@pytest.mark.parametrize(
    "text", ["text", "text2", "text3", "accent_text", "problem", "prod", "waiting_text", "err_path"]
)
def test_text_can_be_read_on_every_surface(tokens, text):
    assert {
        on: contrast(getattr(tokens, text), getattr(tokens, on)) for on in SURFACES if _too_low(tokens, text, on)
    } == {}


def _too_low(tokens, text, on):
    return contrast(getattr(tokens, text), getattr(tokens, on)) < TEXT


@THEMES
@pytest.mark.parametrize("mark", ["node_line", "edge", "err_path", "sel_line", *STATES])
def test_marks_can_be_seen_on_nodes_and_canvas(tokens, mark):
    assert min(contrast(getattr(tokens, mark), on) for on in (tokens.node, tokens.canvas)) >= MARK


@THEMES
@pytest.mark.parametrize("on", ["win", "panel", "surface"])
def test_the_edge_of_a_control_can_be_seen(tokens, on):
    assert contrast(tokens.ctl, getattr(tokens, on)) >= MARK


@THEMES
@pytest.mark.parametrize("kind", KINDS)
def test_an_icon_can_be_read_on_its_tile(tokens, kind):
    assert contrast(getattr(tokens, kind), getattr(tokens, f"{kind}_soft")) >= TEXT


@THEMES
@pytest.mark.parametrize("state", ["running", "retrying", "paused", "succeeded", "already", "would", "failed"])
def test_a_states_words_can_be_read_on_its_chip(tokens, state):
    assert contrast(getattr(tokens, state), getattr(tokens, f"{state}_soft")) >= TEXT


@THEMES
def test_what_lies_on_the_accent_can_be_read(tokens):
    assert min(contrast(tokens.on_accent, on) for on in (tokens.accent, tokens.prod_fill)) >= TEXT


@THEMES
@pytest.mark.parametrize("on", ["canvas", "node", "panel"])
def test_one_of_the_tapes_colours_can_always_be_seen(tokens, on):
    assert max(contrast(colour, getattr(tokens, on)) for colour in (tokens.tape, tokens.tape_ink)) >= MARK
