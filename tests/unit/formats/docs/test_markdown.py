import pytest
from markdown_it import MarkdownIt
from tests.unit.checks.build import products
from tests.unit.formats.docs.hostile import TEXTS, playbook_with

from tocsin.formats.docs import page_of, write_markdown
from tocsin.formats.docs.blocks import shown
from tocsin.model.document import from_document

ALLOWED = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "softbreak", "code_inline",
    "strong_open", "strong_close", "ordered_list_open", "ordered_list_close", "bullet_list_open", "bullet_list_close",
    "list_item_open", "list_item_close", "table_open", "table_close", "thead_open", "thead_close", "tbody_open",
    "tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close",
}  # fmt: skip
PARSER = MarkdownIt("commonmark").enable("table").enable("strikethrough")


def tokens(text):
    for token in PARSER.parse(text):
        yield token
        yield from token.children or ()


def levels(text):
    return [token.tag for token in tokens(text) if token.type == "heading_open"]


def pieces(text):
    """Return what stands in each line and each code span, as it would be read."""
    for token in PARSER.parse(text):
        if token.type == "inline":
            yield "".join(child.content for child in token.children)
            yield from (child.content for child in token.children if child.type == "code_inline")


def plain_shape():
    return [token.type for token in PARSER.parse(write_markdown(page_of(playbook_with("x"), products())))]


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_a_playbook_says_is_text(text):
    written = write_markdown(page_of(playbook_with(text), products()))
    assert {token.type for token in tokens(written)} <= ALLOWED
    found = list(pieces(written))
    assert sum(shown(text).strip() in piece for piece in found) >= 10


@pytest.mark.parametrize("text", [text for text in TEXTS if "\n" not in text])
def test_no_text_makes_another_page_of_it(text):
    written = write_markdown(page_of(playbook_with(text), products()))
    assert [token.type for token in PARSER.parse(written)] == plain_shape()


@pytest.mark.parametrize("text", ["https://example.invalid", "www.example.invalid", "mailto:a", "a@example.invalid"])
def test_nothing_becomes_a_link_by_itself(text):
    written = write_markdown(page_of(playbook_with(text), products()))
    said = [line for line in written.splitlines() if line.startswith("# ")]
    assert text not in said[0]


def test_the_parts_of_a_page_stand_in_their_order():
    written = write_markdown(page_of(playbook_with("x"), products()), picture="a b.svg")
    heads = [line for line in written.splitlines() if line.startswith(("#", "!"))]
    assert heads == [
        "# x",
        "![The playbook, drawn](a%20b.svg)",
        "## Inputs",
        "## Steps",
        "## Connections needed",
        "## What it changes",
        "## What it asks people",
        "## Outputs",
        "## Notes",
    ]


def test_an_empty_playbook_has_a_page():
    written = write_markdown(page_of(from_document({"tocsin": 1, "id": "empty", "nodes": {}, "edges": []}), products()))
    assert written.startswith("# empty\n")
    assert "It changes nothing: every step only reads." in written
