"""Names that a node may not have, and why (engine.md §0 and 1.24)."""

from __future__ import annotations

import re
from typing import Final

from tocsin.base.texts import _

# fmt: off
CEL_WORDS: Final = (
    "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
    "namespace", "null", "package", "return", "true", "var", "void", "while",
)
YAML_WORDS: Final = ("on", "off", "yes", "no", "y", "n", "true", "false", "null")
RESERVED_ROOTS: Final = ("nodes", "run", "trigger", "inputs", "item", "index", "state", "error", "env")
FUNCTION_NAMES: Final = (
    "is_private", "is_special", "is_internal", "cidr_contains", "extract_indicators", "defang", "refang", "now", "get",
    "hash", "to_json", "from_json", "base64_encode", "base64_decode", "url", "parse_time", "format_time", "keys",
    "entries", "sort", "sort_by", "unique", "join_text",
)
CEL_FUNCTIONS: Final = (
    "size", "has", "all", "exists", "exists_one", "map", "filter", "int", "uint", "double", "string", "bool", "bytes",
    "timestamp", "duration", "type", "dyn", "matches", "contains", "startsWith", "endsWith",
)
# fmt: on
NODE_ID: Final = re.compile(r"^[a-z][a-z0-9_]{0,47}$")


def find_name_fault(name: str) -> str | None:
    """Return why a node may not be called so, as the end of a sentence, or None when it may."""
    if not NODE_ID.fullmatch(name):
        return _("must begin with a small letter and hold only a to z, 0 to 9 and _ (at most 48)")
    if name in RESERVED_ROOTS:
        return _("is reserved: expressions use it for something else")
    if name in CEL_WORDS or name in YAML_WORDS:
        return _("is a word of the expression or file language")
    if name in FUNCTION_NAMES or name in CEL_FUNCTIONS:
        return _("is the name of a function")
    return None
