"""A plan as a file: Markdown for people, JSON for programs. Without Qt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tocsin.base.atomic_file import write_atomically
from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.json_types import Json
from tocsin.base.texts import _
from tocsin.ui.run_dock.plan import NOTHING, Plan, PlanRow
from tocsin.ui.run_dock.words import date_words

JSON_SUFFIX: Final = ".json"
_MARKED: Final = r"\`*_[]<>#|"


class PlanNotWrittenError(TocsinError):
    """The disk or the permissions refuse the file."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, path: Path, error: OSError) -> None:
        reason = (error.strerror or _("it is refused")).lower()
        super().__init__(
            _("“{name}” cannot be written: {reason}.").format(name=path.name, reason=reason),
            hint=_("Choose another place."),
        )


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What a plan is of.

    Attributes:
        run: The rehearsal's name, “R-220”.
        playbook: The playbook's name.
        environment: Where it was rehearsed.
        at: When, UTC microseconds.
    """

    run: str
    playbook: str
    environment: str
    at: int

    @property
    def file_name(self) -> str:
        """What a file of it is called unless somebody says otherwise."""
        return f"plan-{self.run}.md".replace(" ", "-")


def save_plan(path: Path, head: PlanHead, plan: Plan) -> None:
    """Write a plan; the suffix `.json` makes it JSON, any other Markdown.

    Raises:
        PlanNotWrittenError: The file cannot be written. What was there stands.
    """
    text = plan_json(head, plan) if path.suffix.lower() == JSON_SUFFIX else plan_markdown(head, plan)
    try:
        write_atomically(path, text.encode())
    except OSError as error:
        raise PlanNotWrittenError(path, error) from error


def plan_json(head: PlanHead, plan: Plan) -> str:
    """Return the plan as JSON, its steps as the run's record has them."""
    steps: list[Json] = [step.to_json() for step in plan.steps]
    facts: dict[str, Json] = {
        "rehearsal": head.run,
        "playbook": head.playbook,
        "environment": head.environment,
        "at": date_words(head.at),
        "skipped": plan.skipped,
        "steps": steps,
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def plan_markdown(head: PlanHead, plan: Plan) -> str:
    """Return the plan as Markdown. Data of the run in it is shown and is never markup."""
    lines = [
        _("# {plain}: what would happen").format(plain=_plain(head.playbook)),
        "",
        _("Rehearsal {run} in {plain}, {date_words}. Nothing was changed.").format(
            run=head.run, plain=_plain(head.environment), date_words=date_words(head.at)
        ),
        "",
        *([f"{', '.join(f'{number} {kind}' for kind, number in plan.counts)}.", ""] if plan.counts else []),
        *([] if plan.changes else [NOTHING, ""]),
        *(_line(row) for row in plan.rows),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _line(row: PlanRow) -> str:
    lead = f"{row.number}." if row.number else "-"
    marks = ", ".join(part for part in (_("assumed") if row.is_assumed else "", row.ground) if part)
    return f"{lead} {_plain(row.text)} ({_plain(row.aside)}{f'; {marks}' if marks else ''})"


def _plain(text: str) -> str:
    return "".join(f"\\{letter}" if letter in _MARKED else letter for letter in text)
