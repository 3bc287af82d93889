"""What a loop knows of its items: which keys it has met, and how many failures it bears (engine.md 1.7, 1.8)."""

from __future__ import annotations

from tocsin.engine.state import Loop
from tocsin.model.playbook import ForEachNode, OnItemError


def is_over_tolerance(spec: ForEachNode, loop: Loop) -> bool:
    """Tell whether a loop's failed items are more than it bears (engine.md 1.8)."""
    failed = loop.failed
    if spec.on_item_error is OnItemError.STOP:
        return failed > 0
    if spec.tolerate is None:
        return False
    if isinstance(spec.tolerate, int):
        return failed > spec.tolerate
    return failed * 100 > int(spec.tolerate[:-1]) * loop.count


def key_text(key: object) -> str:
    """Return a key as loops compare them: 1 is not “1”."""
    return f"{type(key).__name__}:{key}"


def key_is_known(loop: Loop, key: object) -> bool:
    """Tell whether an item with this key has been met."""
    return key_text(key) in loop.keys
