"""How an explanation is written."""

from __future__ import annotations

from tocsin.model.problems import CheckCode, CheckInfo


def explain(code: CheckCode, title: str, why: str, *, bad: str, good: str) -> CheckInfo:
    """Return an explanation; its examples get the head that every file has."""
    return CheckInfo(code, title, why, _playbook(bad), _playbook(good))


def _playbook(body: str) -> str:
    return f"tocsin: 1\nid: example\nname: Example\n{body.strip()}\n"
