import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.expressions import ExpressionError
from tocsin.expressions.lexer import TokenKind, find_tokens, quote, read_string, split_tokens
from tocsin.expressions.library import compile_program, new_context


def test_blanks_and_comments_are_left_out_and_places_kept():
    tokens = split_tokens("a // why\n >= 80.0")
    assert [(token.kind, token.text, token.start) for token in tokens] == [
        (TokenKind.NAME, "a", 0),
        (TokenKind.OPERATOR, ">=", 10),
        (TokenKind.DOUBLE, "80.0", 13),
        (TokenKind.END, "", 17),
    ]


@pytest.mark.parametrize(
    "text",
    [
        r"'\u00e9\x41\101\n'",
        r"r'\d'",
        '"""a"b"""',
        "'''two\nlines'''",
        r"'it\'s'",
        'R"x"',
        r"'\U0001F600\\'",
        "''",
        r"b'\x41'",
    ],
)
def test_strings_say_what_the_library_reads(text):
    (token, _end) = split_tokens(text)
    assert read_string(token) == compile_program(text).execute(new_context())


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("a == 'open", 6, "not closed"),
        ("a = 1", 3, "“=”"),
        ("a & b", 3, "“&”"),
        ("a # b", 3, "“#”"),
    ],
)
def test_what_is_no_token_is_shown_with_its_column(text, column, words):
    with pytest.raises(ExpressionError, match=words) as caught:
        split_tokens(text)
    assert caught.value.column == column


@pytest.mark.parametrize("text", [r"'\q'", r"'\ud800'", r"'\U00110000'"])
def test_an_escape_that_is_no_character_is_refused(text):
    with pytest.raises(ExpressionError):
        read_string(split_tokens(text)[0])


@given(st.text(alphabet="ab'\"\\{}rRbB.01xeuU \n/|&=!", max_size=40))
def test_tokens_stand_in_the_text_as_they_are_or_the_text_is_refused(text):
    try:
        tokens = split_tokens(text)
    except ExpressionError:
        return
    assert all(text[token.start : token.end] == token.text for token in tokens)


@given(st.text())
def test_a_quoted_text_says_the_text(text):
    (token, _end) = split_tokens(quote(text))
    assert read_string(token) == text


@given(st.text())
def test_of_any_text_tokens_are_found(text):
    assert all(text[token.start : token.end] == token.text for token in find_tokens(text))


def test_tokens_of_a_text_that_can_be_read_are_the_same_either_way():
    text = "a // why\n >= 80.0 && f('x')"
    assert list(find_tokens(text)) == split_tokens(text)[:-1]
