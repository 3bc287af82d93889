from html.parser import HTMLParser

import pytest
from tests.unit.checks.build import products
from tests.unit.formats.docs.hostile import TEXTS, playbook_with

from tocsin.formats.docs import page_of, write_html
from tocsin.formats.docs.blocks import shown

OURS = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table", "tr", "th", "td", "ol", "ul", "li",
    "strong", "code", "section", "figure",
}  # fmt: skip
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "role", "aria-label"}
DRAWN = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><title>Words</title><desc>More</desc><path d="M0 0"/></svg>"""


class Reader(HTMLParser):
    """Remembers tags, attributes and the text of each element that was opened."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.open, self.text = set(), set(), [], []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)


def read(text):
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_a_playbook_says_is_text(text):
    reader = read(write_html(page_of(playbook_with(text), products())))
    assert (reader.tags - OURS, reader.attributes - ATTRIBUTES, reader.open) == (set(), set(), [])
    assert reader.text.count(shown(text)) >= 10


@pytest.mark.parametrize("text", TEXTS)
def test_what_cannot_be_seen_is_written_out(text):
    written = write_html(page_of(playbook_with(text), products()))
    assert "\u202e" not in written


def test_the_page_loads_nothing_and_runs_nothing():
    written = write_html(page_of(playbook_with("x"), products()))
    assert "default-src 'none'" in written
    assert "<script" not in written
    assert "src=" not in written
    assert "href=" not in written


def test_the_picture_stands_in_the_page_without_its_prolog():
    written = write_html(page_of(playbook_with("x"), products()), picture=DRAWN)
    assert '<figure role="img" aria-label="The playbook, drawn">\n<svg viewBox="0 0 9 9"' in written
    assert "<?xml" not in written
    assert "<title>Words" not in written
