"""The form of an explanation."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.model.problems import CheckCode


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """One check, explained.

    Attributes:
        code: Its code.
        title: What it finds, in a few words.
        why: What would happen without it.
        bad: A whole playbook, as YAML, in which it finds something.
        good: The same, mended.
    """

    code: CheckCode
    title: str
    why: str
    bad: str
    good: str


def explain(code: CheckCode, title: str, why: str, *, bad: str, good: str) -> CheckInfo:
    """Return an explanation; its examples get the head that every file has."""
    return CheckInfo(code, title, why, _playbook(bad), _playbook(good))


def _playbook(body: str) -> str:
    return f"tocsin: 1\nid: example\nname: Example\n{body.strip()}\n"
