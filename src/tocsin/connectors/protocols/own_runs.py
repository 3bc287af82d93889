"""Tocsin's own runs, read by a playbook: when others ran last. Who knows of them is given from outside this room."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.connectors.errors import Cut
from tocsin.connectors.protocols.call import Call, CallError, Progress, Told

OWN: Final = "TOCSIN"
"""How its verb begins."""
TellRuns: TypeAlias = Callable[[Sequence[str]], Sequence[Mapping[str, Json]]]
"""Tells of each playbook, by id, when it ran last. Called on any thread; raises OSError where that cannot be read."""


@dataclass(frozen=True, slots=True)
class OwnRuns:
    """Performs the one verb of TOCSIN.

    Attributes:
        tell: What knows of runs, or None: then nothing can be told.
    """

    tell: TellRuns | None

    async def perform(self, call: Call, progress: Progress) -> Told:
        """Tell of `playbooks`: `{runs: […]}`, in their order.

        Raises:
            CallError: Nothing here knows of runs.
            SlotError: The playbooks are no list of texts.
            OSError: The journal cannot be read.
        """
        playbooks = call.texts("playbooks")
        if self.tell is None:
            raise CallError(_("the runs are not known here"), Cut.UNREACHABLE)
        progress.sent = True
        runs: list[Json] = list(await asyncio.to_thread(self.tell, playbooks))
        return Told(200, {"runs": runs})
