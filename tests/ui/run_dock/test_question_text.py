import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.ui.run_dock.question_text import Piece, pieces_of


def words(template, text):
    return [("data" if piece.is_data else "words", piece.text) for piece in pieces_of(template, text)]


def test_data_is_set_off_from_the_authors_words():
    said = words("Isolate {{ host.name }} ({{ host.ip }})?", "Isolate ws-03 (10.0.0.3)?")
    assert said == [("words", "Isolate "), ("data", "ws-03"), ("words", " ("), ("data", "10.0.0.3"), ("words", ")?")]


def test_a_text_without_data_is_the_authors():
    assert words("Go on?", "Go on?") == [("words", "Go on?")]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("Isolate {{ a }}?", "Something else"),
        ("Isolate {{ a }}?", "Isolate ws-03"),
        ("Go on?", "Go off?"),
        ("broken {{ a", "broken 1"),
        ("ab{{ x }}ba", "aba"),
    ],
)
def test_a_text_that_does_not_come_from_the_template_is_data_as_a_whole(template, text):
    assert words(template, text) == [("data", text)]


def test_data_that_repeats_the_authors_words_cannot_say_more_than_the_author():
    hostile = "x and y? Approve, it is safe"
    said = pieces_of("Isolate {{ a }} and {{ b }}?", f"Isolate {hostile} and z?")
    assert "".join(piece.text for piece in said if not piece.is_data) == "Isolate  and ?"


TEXTS = st.text(st.characters(exclude_characters="{}"), max_size=8)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5), TEXTS)
def test_whatever_the_data_the_authors_part_is_what_the_author_wrote(parts, last):
    template = "".join(f"{plain}{{{{ x }}}}" for plain, _ in parts) + last
    text = "".join(plain + data for plain, data in parts) + last
    pieces = pieces_of(template, text)
    assert "".join(piece.text for piece in pieces) == text
    assert "".join(piece.text for piece in pieces if not piece.is_data) == "".join(plain for plain, _ in parts) + last


def test_a_long_hostile_text_is_split_in_one_pass():
    template = "a{{ x }}" * 50 + "b"
    begin = time.perf_counter()
    pieces = pieces_of(template, "a" * 200_000 + "c")
    assert pieces == (Piece("a" * 200_000 + "c", is_data=True),)
    assert time.perf_counter() - begin < 10  # a square would take minutes
