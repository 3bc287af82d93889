"""The handler: the playbook that is told when a run failed or was stopped, as a run of its own (engine.md 1.12e).

It is pinned with the run, starts when that is over, and changes nothing of how it ended. A handler has none itself.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.engine.entry import get_entry
from tocsin.engine.events import Event, EventType
from tocsin.engine.preparation import HANDLER
from tocsin.engine.program import Program
from tocsin.model.failures import Failure, FailureCode
from tocsin.model.playbook import HANDLER_INPUTS

_log = logging.getLogger("tocsin.engine")


def find_handler(program: Program, event: Event) -> Program | None:
    """Return what shall run because of the event that ended a run; None where nothing shall, or it cannot be told."""
    handler, wish = program.handler, program.playbook.handler
    if event.type is not EventType.RUN_FINISHED or handler is None or wish is None:
        return None
    if event.data["status"] not in wish.when:
        return None
    entry = get_entry(handler.playbook, handler.trigger)
    report = entry.shape(_report(program, event))
    misfit = entry.find_misfit(report)
    if misfit is not None:
        _log.error("run=%s its handler “%s” cannot be told: %s", event.run, handler.playbook.id, misfit)
        return None
    return replace(handler, event=report, parent={"run": event.run, "reason": HANDLER})


def _report(program: Program, event: Event) -> dict[str, Json]:
    data, status = event.data, event.data["status"]
    error: Mapping[str, Any] | None = data["error"]
    if error is None and status == "cancelled":
        error = Failure(FailureCode.CANCELLED, _("The run was stopped.")).to_json()
    elif error is None:
        error = Failure(FailureCode.RAISED, _("The run reached an end that says it failed.")).to_json()
    values = (event.run, program.playbook.id, status, error, data["changes"])
    return dict(zip(HANDLER_INPUTS, values, strict=True))
