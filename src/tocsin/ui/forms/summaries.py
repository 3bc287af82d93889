"""What a folded section says at its right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from tocsin.base.texts import _
from tocsin.model.playbook import Retry
from tocsin.ui.forms.durations import read_duration, short_words
from tocsin.ui.forms.fields import FormField
from tocsin.ui.forms.words import Group

MOST_NAMES: Final = 3
_WHOLES: Final = frozenset({Group.ROLES, Group.INPUTS, Group.OUTPUTS})
_USUAL: Final = Retry()


def summary_of(group: Group, fields: Iterable[FormField]) -> str:
    """Return what is set in a section, in few words; "" where a summary would say nothing."""
    values = {field.name: field.value for field in fields}
    if group is Group.RETRY:
        return _retry_summary(values)
    if group is Group.NAME:
        return str(values.get("id") or "")
    if group not in _WHOLES:
        return ""
    wholes = (value for value in values.values() if isinstance(value, Mapping))
    return _names([name for whole in wholes for name in whole])


def _retry_summary(values: Mapping[str, object]) -> str:
    parts: list[str] = []
    if "retry.max" in values:
        tries = values["retry.max"] or _USUAL.max
        parts.append(_("{tries} tries").format(tries=tries) if tries != 1 else _("1 try"))
        if tries != 1:
            parts.append(_pause(values))
    for name, words in (("timeout", "{}"), ("deadline", _("{} in all"))):
        if (said := values.get(name)) is not None:
            parts.append(words.format(_short(said)))
    return ", ".join(parts)


def _pause(values: Mapping[str, object]) -> str:
    delay = _short(values.get("retry.delay") or _USUAL.delay)
    factor = values.get("retry.factor") or _USUAL.factor
    if factor == 1:
        return _("{delay} apart").format(delay=delay)
    return (
        _("{delay} doubling").format(delay=delay)
        if factor == _USUAL.factor
        else _("{delay}, then {factor:g} times as long").format(delay=delay, factor=factor)
    )


def _short(value: object) -> str:
    return short_words(read_duration(str(value)) or str(value))


def _names(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMES])
    return (
        _("{shown} and {count} more").format(shown=shown, count=len(names) - MOST_NAMES)
        if len(names) > MOST_NAMES
        else shown or _("None")
    )
