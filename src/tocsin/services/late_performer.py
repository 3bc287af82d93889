"""A performer that is made when something is first to be done: a run that calls nothing outside needs no connectors."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import cached_property
from typing import Any

from tocsin.engine.outcomes import Answer, Intent, Pass, Verdict
from tocsin.engine.ports import Performer, Permit
from tocsin.model.bindings import Binding


class LatePerformer:
    """Fills the engine's port `Performer` with another one.

    Args:
        make: Makes that one; called once, on the engine's thread.
    """

    def __init__(self, make: Callable[[], Performer]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Performer:
        return self._make()

    def perform(self, intent: Intent, *, grant: Pass | None) -> Answer | Coroutine[Any, Any, Answer]:
        """Make one attempt."""
        return self._made.perform(intent, grant=grant)

    async def verify(self, intent: Intent) -> Verdict:
        """Look whether a change that may have happened did happen."""
        return await self._made.verify(intent)

    def permit(self, binding: Binding) -> Permit:
        """Return the connection's permit."""
        return self._made.permit(binding)
