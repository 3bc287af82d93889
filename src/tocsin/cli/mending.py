"""Mends playbooks in their files, and shows what changed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.checks import mend
from tocsin.cli.messages import LONGEST
from tocsin.formats import PlaybookFile, read_playbook, save_playbook, write_playbook
from tocsin.model.playbook import Playbook
from tocsin.model.problems import Problem


class NotMendedError(TocsinError):
    """The disk or the permissions refuse the mended file."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            _("“{file}” cannot be written: {reason}.").format(file=file, reason=reason),
            hint=_("Nothing of it was changed."),
        )


@dataclass(frozen=True, slots=True)
class Mended:
    """A file after its fixes.

    Attributes:
        file: What it says now, or would say.
        difference: What changed, as a unified diff that is safe to print; "" when nothing did.
    """

    file: PlaybookFile
    difference: str


def mend_file(
    loaded: PlaybookFile,
    check: Callable[[Playbook], Sequence[Problem]],
    wanted: Callable[[Problem], bool],
    *,
    dry_run: bool,
) -> Mended | None:
    """Do the wanted fixes of a file's playbook; None when there are none, or when saving would lose something.

    Args:
        loaded: The file.
        check: Finds the problems.
        wanted: Whether the fix of a problem shall be done.
        dry_run: Write nothing.

    Raises:
        NotMendedError: The file cannot be written. It stands as it was.
    """
    if loaded.playbook is None:
        return None
    playbook, done = mend(loaded.playbook, check, wanted)
    if not done:
        return None
    if loaded.problems:
        said = _("{file} is left as it is: saving would lose what is told of its text. Mend that first.").format(
            file=loaded.file
        )
        print(one_line(said, most=LONGEST), file=sys.stderr)
        return None
    text, path = write_playbook(playbook), Path(loaded.file)
    try:
        old = path.read_text(encoding="utf-8")
        if not dry_run:
            save_playbook(path, playbook)
    except OSError as error:
        raise NotMendedError(loaded.file, (error.strerror or _("it is refused")).lower()) from error
    return Mended(read_playbook(text, loaded.file), _difference(loaded.file, old, text, done))


def _difference(file: str, old: str, new: str, done: Sequence[Problem]) -> str:
    told = [f"{problem.code} {problem.fix.title}" for problem in done if problem.fix]
    lines = unified_diff(old.splitlines(), new.splitlines(), file, file, lineterm="")
    return "".join(f"{one_line(line, most=LONGEST)}\n" for line in (*told, *lines))
