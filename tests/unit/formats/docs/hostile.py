"""Playbooks whose every text tries to become something else."""

import json

from tocsin.model.document import from_document

TEXTS = (
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
    "[go](javascript:alert(1))",
    "![x](https://example.invalid/x.png)",
    "<https://example.invalid/>",
    "https://example.invalid/ and www.example.invalid and a@example.invalid",
    "`code` ``two`` `",
    "| a | b |",
    "# head",
    "- list",
    "1. number",
    "> quote",
    "***bold*** _under_ ~~struck~~ $x$",
    "&lt;b&gt; &amp; \\<b\\>",
    "a\nb\r\n\n# c",
    "\u202egnp.exe",
    "--> ]]> <!-- x",
    "---",
    "    four",
)


def playbook_with(text):
    """Return a playbook that says this wherever a person can write something."""
    inner = json.dumps(text)[1:-1]
    nodes = {
        "start": {"kind": "trigger", "event": "manual", "title": text, "note": text},
        "look": {"kind": "condition", "when": f'"{inner}" == inputs.a', "title": text},
        "act": {
            "kind": "action",
            "use": "edr.isolate_endpoint",
            "with": {"endpoint_id": text.replace("{", ""), "comment": text},
            "title": text,
            "unattended": text,
        },
        "sure": {
            "kind": "ask",
            "ask": "approval",
            "text": text,
            "title": text,
            "options": [{"id": "approved", "title": text}, {"id": "rejected"}],
        },
        "each": {
            "kind": "for_each",
            "in": "[1]",
            "title": text,
            "body": {"nodes": {"named": {"kind": "set", "values": {"a": text}, "title": text}}, "edges": []},
        },
        "done": {"kind": "end", "message": text, "title": text},
        "told": {"kind": "note", "text": text},
    }
    edges = ["start -> look", "look.true -> act", "look.false -> sure", "sure.approved -> each", "each -> done"]
    return from_document(
        {
            "tocsin": 1,
            "id": "hostile",
            "name": text,
            "description": f"{text}\n\n{text}",
            "author": text,
            "tags": [text],
            "inputs": {"a": {"title": text, "help": text, "default": text}},
            "outputs": {"b": "inputs.a"},
            "roles": {"edr": {"category": "edr", "title": text}},
            "nodes": nodes,
            "edges": edges,
        }
    )
