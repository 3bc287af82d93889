"""What every check is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from tocsin.base.errors import TocsinError
from tocsin.checks.memo import IdentityMemo
from tocsin.checks.survey import Survey
from tocsin.model.catalogue import ActionFacts, Catalogue
from tocsin.model.closure import Find
from tocsin.model.playbook import Playbook
from tocsin.model.problems import Problem


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Inspection:
    """One playbook under inspection.

    Attributes:
        playbook: The playbook.
        catalogue: What products can do.
        survey: The playbook's nodes, each where it stands.
        shelf: Gives the playbooks that can be called; None where nothing is known of them.
    """

    playbook: Playbook
    catalogue: Catalogue
    survey: Survey
    shelf: Find | None = None

    def find_callee(self, name: str) -> Playbook | None:
        """Return a playbook that is called; None where it is not known, or cannot be read."""
        try:
            return self.shelf(name) if self.shelf is not None else None
        except TocsinError:
            return None

    def find_facts(self, use: str) -> ActionFacts | None:
        """Return what the catalogue knows of an action, or None."""
        known = _facts.get(self.catalogue, lambda _: {})
        if use not in known:
            known[use] = self.catalogue.find_facts(use)
        return known[use]


Check: TypeAlias = Callable[[Inspection], Iterator[Problem]]
"""One check: yields what it finds, in any order; `check_playbook` sorts."""

_facts: Final[IdentityMemo[Catalogue, dict[str, ActionFacts | None]]] = IdentityMemo(4)
