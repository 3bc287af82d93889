import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from tests.ui.expression.test_pieces import TEMPLATES

from tocsin.ui.expression.chip_text import ChipText, units
from tocsin.ui.expression.pieces import find_chips, pieces_of

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def chip_text(qapp, theme, context_at):
    document = QTextDocument()
    yield ChipText(document, theme, context_at().faces, document)
    document.deleteLater()


@QUICK
@given(text=TEMPLATES, has_lines=st.booleans(), has_chips=st.booleans())
def test_any_text_comes_back_as_it_was(chip_text, text, has_lines, has_chips):
    chip_text.show_pieces(pieces_of(text, has_lines=has_lines, chips=find_chips(text) if has_chips else ()))
    assert chip_text.text() == text


@QUICK
@given(text=TEMPLATES)
def test_a_place_of_the_text_is_found_again_in_the_document(chip_text, text):
    chips = find_chips(text)
    chip_text.show_pieces(pieces_of(text, has_lines=True, chips=chips))
    for position in range(len(text) + 1):
        back = chip_text.to_position(chip_text.to_place(position))
        inside = next((slot for slot in chips if slot.start < position < slot.end), None)
        assert back == (inside.end if inside else position)


@pytest.mark.parametrize("text", ["a\xa0b", "a b c", "\x00", "a\rb\r\nc", "﷐﷑￼", "😀{{ alert.user }}", "\ud800"])
def test_characters_that_a_document_would_change_are_kept(chip_text, text):
    chip_text.show_pieces(pieces_of(text, has_lines=True, chips=find_chips(text)))
    assert chip_text.text() == text


def test_what_is_read_aloud_has_the_words_of_the_chips(chip_text):
    text = "Blocked {{ alert.src_ip }}."
    chip_text.show_pieces(pieces_of(text, has_lines=True, chips=find_chips(text)))
    assert chip_text.spoken() == "Blocked SIEM alert Source address."


def test_places_count_as_qt_counts():
    assert units("a😀") == 3
