"""How environments look where they are listed: icon and colour of each (visual-design.md §10). No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tocsin.base.texts import _
from tocsin.services.connections import EnvironmentView
from tocsin.ui.connections.words import is_production, readiness_words

HUES: Final = ("env_other", "env_2", "env_3", "env_4", "env_5", "env_6")
"""Tokens of the colours of environments that are neither the Lab nor Production; none is red."""


@dataclass(frozen=True, slots=True)
class EnvironmentFace:
    """One place where a run can go, as lists and the header show it.

    Attributes:
        id: As runs name it.
        title: Its name.
        line: How ready it is, in words.
        icon: A name in `resources/icons`.
        tone: The token of its colour.
    """

    id: str
    title: str
    line: str
    icon: str
    tone: str


LAB: Final = EnvironmentFace("lab", _("Lab"), _("Simulated products, nothing real"), "flask-conical", "env_lab")


def faces_of(views: Sequence[EnvironmentView]) -> tuple[EnvironmentFace, ...]:
    """Return the faces of a workspace's environments, in their order."""
    others = [view.id for view in views if not is_production(view.id)]
    return tuple(
        _face(view, HUES[others.index(view.id) % len(HUES)] if view.id in others else "prod") for view in views
    )


def _face(view: EnvironmentView, tone: str) -> EnvironmentFace:
    icon = "lock" if is_production(view.id) else "plug"
    return EnvironmentFace(view.id, view.title, readiness_words(view), icon, tone)
