"""How a step settles by its pin, without being done."""

from __future__ import annotations

from typing import Final

from tocsin.engine.desk import Desk
from tocsin.engine.events import EventType, static_id
from tocsin.engine.plan import MAIN
from tocsin.engine.state import Frame

PINNED: Final = "pinned"


def settle_pinned(desk: Desk, frame: Frame, node: int) -> bool:
    """Settle a step by its pin; tell whether it has one."""
    pin = desk.program.pinned.get(static_id(frame.path_of(node)))
    if pin is None:
        return False
    facts = {"via": PINNED, "source": pin.source}
    if pin.error is not None:
        told = desk.failed_facts(frame, node, pin.error)
        desk.emit(EventType.NODE_SETTLED, frame.path_of(node), told | facts)
    else:
        desk.settle(frame, node, MAIN, output=pin.output, facts=facts)
    return True
