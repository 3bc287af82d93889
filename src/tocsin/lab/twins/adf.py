"""Atlassian Document Format: what Jira Cloud takes as a rich text, and what it refuses.

Source: developer.atlassian.com/cloud/jira/platform/apis/document/structure.
"""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.base.json_types import Json

DEEPEST = 30


def is_document(value: Json) -> bool:
    """Tell whether a value is a document that Jira takes: no node without a type, no empty text node."""
    if not isinstance(value, Mapping) or value.get("type") != "doc" or value.get("version") != 1:
        return False
    return isinstance(value.get("content"), list) and _is_node(value, 0)


def text_document(text: str) -> Json:
    """Return a document of one paragraph."""
    return {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
    }


def plain_text(value: Json) -> str:
    """Return a document's text, one line a block; what JQL's `~` looks into."""
    if not isinstance(value, Mapping):
        return ""
    if value.get("type") == "text":
        return str(value.get("text", ""))
    content = value.get("content")
    parts = [plain_text(part) for part in content] if isinstance(content, list) else []
    return ("\n" if value.get("type") == "doc" else "").join(parts)


def _is_node(value: Json, depth: int) -> bool:
    if depth > DEEPEST or not isinstance(value, Mapping) or not isinstance(value.get("type"), str):
        return False
    if value["type"] == "text":
        text = value.get("text")
        return isinstance(text, str) and text != ""
    content = value.get("content", [])
    return isinstance(content, list) and all(_is_node(part, depth + 1) for part in content)
