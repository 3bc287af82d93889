"""Why a run took an edge, in a few words for its chip: “score 97 ≥ 80”, in a loop “db-01” or “2”. Without Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.engine.moments import Moment
from tocsin.model.playbook import Edge, Kind, walk_graphs
from tocsin.model.ports import ERROR
from tocsin.ui.run_dock.items import Find, item_title
from tocsin.ui.run_dock.kept_values import plain_value
from tocsin.ui.run_dock.subject import RunSubject

_COMPARED: Final = re.compile(r"\s*(?P<side>[^<>=!]+?)\s*(?P<sign>>=|<=|==|!=|>|<)\s*(?P<other>[^<>=!]+?)\s*")
_SIGNS: Final = {
    ">=": ("\N{GREATER-THAN OR EQUAL TO}", "<"),
    "<=": ("\N{LESS-THAN OR EQUAL TO}", ">"),
    ">": (">", "\N{LESS-THAN OR EQUAL TO}"),
    "<": ("<", "\N{GREATER-THAN OR EQUAL TO}"),
    "==": ("=", "\N{NOT EQUAL TO}"),
    "!=": ("\N{NOT EQUAL TO}", "="),
}
"""How a comparison is written when it holds, and when it does not."""
_PORTS: Final = {"true": True, "false": False}
_LONGEST: Final = 60
_BRANCHES: Final = frozenset({Kind.CONDITION, Kind.SWITCH})


def edge_reasons(subject: RunSubject, moment: Moment, find: Find = plain_value) -> dict[str, str]:
    """Return why edges were taken, by their text; edges that need no reason, and those not taken, are left out."""
    edges = [edge for _unused, graph in walk_graphs(subject.playbook.graph) for edge in graph.edges]
    reasons = {edge.text: _reason(edge, subject, moment, find) for edge in edges}
    return {text: reason for text, reason in reasons.items() if reason}


def branch_reason(explained: Mapping[str, Any] | None, *, port: str = "") -> str:
    """Return what decided a condition, as `explain` found it: its first comparison, else its first operand.

    Of several, what came out as the whole did comes first: where one of two was enough, the other explains nothing.

    Args:
        explained: What `explain` found.
        port: The way that was taken, `true` or `false`; of a switch another.
    """
    operands: Sequence[Mapping[str, Any]] = (explained or {}).get("operands", ())
    found = {str(operand["expr"]): plain_value(operand["value"]).value for operand in operands}
    known = dict(sorted(found.items(), key=lambda part: _PORTS.get(port) is not part[1]))
    for expression, value in known.items():
        compared = _COMPARED.fullmatch(expression)
        if compared is not None and isinstance(value, bool) and compared["side"] in known:
            sign = _SIGNS[compared["sign"]][0 if value else 1]
            words = (_name(compared["side"]), _plain(known[compared["side"]]), sign, _literal(compared["other"]))
            return one_line(" ".join(words), most=_LONGEST)
    for expression, value in known.items():
        if isinstance(value, bool):
            return one_line(
                _name(expression) if value else _("not {name}").format(name=_name(expression)), most=_LONGEST
            )
    return ""


def _reason(edge: Edge, subject: RunSubject, moment: Moment, find: Find) -> str:
    if edge.port != ERROR and subject.kind(edge.source) not in _BRANCHES:
        return ""
    progress = moment.progress
    taken = [path for path in progress.paths_of(edge.source) if edge.port in progress.status_at(path).ports]
    if not taken:
        return ""
    if "[" in taken[0]:
        return item_title(taken[0], moment.details, find) if len(taken) == 1 else str(len(taken))
    if edge.port == ERROR:
        return progress.status_at(taken[0]).code.replace("_", " ")
    return branch_reason(moment.details.explained(taken[0]), port=edge.port)


def _name(expression: str) -> str:
    """The last part of a path: `reputation.score` gives “score”; anything else is said as it is written."""
    return expression.rpartition(".")[2] if re.fullmatch(r"[\w.]+", expression) else expression


def _literal(text: str) -> str:
    return text.removesuffix(".0").strip("\"'")


def _plain(value: Json) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
