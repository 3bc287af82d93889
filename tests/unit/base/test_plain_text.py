import pytest

from tocsin.base.plain_text import one_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ws-03 “critical”", "ws-03 “critical”"),
        ("a\nb\tc\rd", "a b c d"),
        ("\x1b[31mred\x07", "\\u001b[31mred\\u0007"),
        ("\x9b31m", "\\u009b31m"),
        ("exe\u202etxt", "exe\\u202etxt"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("\u2028\ud800", "\\u2028\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_escaped(text, shown):
    assert one_line(text) == shown


def test_a_long_text_is_cut_where_it_was_asked_for():
    assert one_line("x" * 500, most=10) == "xxxxxxxxx…"


def test_escapes_count_towards_the_length():
    assert len(one_line("\x00" * 500, most=50)) == 50
