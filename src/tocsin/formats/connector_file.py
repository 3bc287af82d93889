"""Connector descriptions and the common vocabulary as files (definitions.md D3, D3b)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tocsin.base.codes import ErrorCode
from tocsin.base.texts import _
from tocsin.formats.findings import At, FileResult, Findings, read_head, result_of
from tocsin.formats.yaml_text import read_yaml
from tocsin.model.catalogue import CATEGORIES, Connector, VocabularyAction
from tocsin.model.faults import parse_value

_KEY: Final = "tocsin_connector"


def read_connector(source: str | bytes, file: str) -> FileResult[Connector]:
    """Read the description of one product. Never raises for what the text says.

    Args:
        source: The file's text, or its bytes in UTF-8.
        file: Its name for problems.
    """
    text = read_yaml(source, file)
    found = Findings(text, file)
    data = read_head(found, text, _KEY, _("a connector description"))
    if data is None:
        return result_of(found, None)
    connector, faults = parse_value(Connector, data)
    found.faults(faults, ())
    _judge_category(found, data.get("category"))
    return result_of(found, connector)


def read_vocabulary(source: str | bytes, file: str) -> FileResult[Mapping[str, VocabularyAction]]:
    """Read what the products of each category have in common, by CATEGORY.ACTION."""
    text = read_yaml(source, file)
    found = Findings(text, file)
    data = found.mapping(text.data, ()) if not text.problems or text.data is not None else None
    actions: dict[str, VocabularyAction] = {}
    for name, fields in (data or {}).items():
        category, dot, action_name = name.partition(".")
        if category not in CATEGORIES or not dot or not action_name:
            hint = found.close_to(category, CATEGORIES) or _("Write it as CATEGORY.ACTION.")
            found.error(
                ErrorCode.BAD_NAME, At((name,), at_key=True), _("“{name}” names no action.").format(name=name), hint
            )
        action, faults = parse_value(VocabularyAction, fields)
        found.faults(faults, (name,))
        if action is not None:
            actions[name] = action
    return result_of(found, actions)


def _judge_category(found: Findings, category: object) -> None:
    if isinstance(category, str) and category not in CATEGORIES:
        hint = found.close_to(category, CATEGORIES) or _("It is one of: {categories}.").format(
            categories=", ".join(CATEGORIES)
        )
        found.error(
            ErrorCode.WRONG_VALUE,
            At(("category",)),
            _("There is no category “{category}”.").format(category=category),
            hint,
        )
