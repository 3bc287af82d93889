import pytest

from tocsin.ui.forms.fields import FieldKind
from tocsin.ui.forms.indicators import clean_indicator, find_indicator_fault


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (FieldKind.ADDRESS, "203.0.113.66"),
        (FieldKind.ADDRESS, "2001:db8::1"),
        (FieldKind.CIDR, "203.0.113.0/24"),
        (FieldKind.DOMAIN, "mail.example.com"),
        (FieldKind.DOMAIN, "_dmarc.example.com"),
        (FieldKind.DOMAIN, "xn--bcher-kva.example"),
        (FieldKind.URL, "https://example.com/login?a=1"),
        (FieldKind.MAIL, "first.last+tag@example.com"),
        (FieldKind.HASH, "0" * 32),
        (FieldKind.HASH, "A" * 40),
        (FieldKind.HASH, "f" * 64),
    ],
)
def test_an_indicator_is_taken(kind, text):
    assert find_indicator_fault(kind, text) == ""


@pytest.mark.parametrize(
    ("kind", "text", "hint"),
    [
        (FieldKind.ADDRESS, "203.0.113", "such as “203.0.113.66”"),
        (FieldKind.ADDRESS, "2001:DB8::1", "Write “2001:db8::1”"),
        (FieldKind.CIDR, "203.0.113.66/24", "203.0.113.0/24"),
        (FieldKind.DOMAIN, "example", "mail.example.com"),
        (FieldKind.URL, "example.com", "https://example.com/login"),
        (FieldKind.MAIL, "user at example.com", "user@example.com"),
        (FieldKind.HASH, "0" * 31, "whole hash"),
        (FieldKind.HASH, "g" * 32, "whole hash"),
        (FieldKind.URL, "https://" + "a" * 3000, "too long"),
    ],
)
def test_what_is_none_says_how_to_write_it(kind, text, hint):
    assert hint in find_indicator_fault(kind, text)


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("203[.]0[.]113[.]66", "203.0.113.66"),
        ("hxxps[:]//example[.]com/a", "https://example.com/a"),
        (" <user[@]example(dot)com> ", "user@example.com"),
        ("“example.com”", "example.com"),
    ],
)
def test_what_was_made_harmless_is_pasted_as_it_was(pasted, clean):
    assert clean_indicator(pasted) == clean
