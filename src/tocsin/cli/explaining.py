"""What a check means, in the terminal."""

from __future__ import annotations

from textwrap import fill, indent
from typing import Final

from tocsin.base.errors import did_you_mean
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.checks import CHECKS, check_playbook
from tocsin.cli.messages import LONGEST, Exit, WrongUseError
from tocsin.formats import read_playbook
from tocsin.model.catalogue import Catalogue
from tocsin.model.problems import CheckCode, Problem

_WIDTH: Final = 100


class UnknownCheckError(WrongUseError):
    """No check has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("No check has the code “{code}”.").format(code=code),
            hint=did_you_mean(code, CHECKS) or _("They begin with TOC-C."),
        )


def get_code(text: str) -> CheckCode:
    """Return the check that is meant; small letters will do.

    Raises:
        UnknownCheckError: There is none.
    """
    wanted = text.upper()
    if wanted not in set(CheckCode):
        raise UnknownCheckError(text)
    return CheckCode(wanted)


def list_checks() -> int:
    """Print every check, one a line."""
    for info in CHECKS.values():
        print(f"{info.code} {info.title}")
    return Exit.DONE


def explain_check(code: CheckCode, catalogue: Catalogue) -> int:
    """Print what a check finds, why it matters and what to do, with its two examples."""
    info = CHECKS[code]
    print(f"{info.code} {info.title}\n\n{fill(info.why, _WIDTH)}\n\n{_('Wrong:')}\n\n{_shown(info.bad)}\n")
    found = _find(code, info.bad, catalogue)
    if found is not None:
        fix = _(" In one step: {title}.").format(title=found.fix.title) if found.fix else ""
        said = one_line(f"{found.said} {found.hint}{fix}", most=LONGEST)
        print(f"{indent(fill(said, _WIDTH - 4), '    ')}\n")
    print(f"{_('Right:')}\n\n{_shown(info.good)}")
    return Exit.DONE


def _find(code: CheckCode, text: str, catalogue: Catalogue) -> Problem | None:
    """Return what is said of an example; None where that takes other files."""
    loaded = read_playbook(text, "")
    found = check_playbook(loaded.playbook, catalogue) if loaded.playbook else ()
    return next((problem for problem in (*loaded.problems, *found) if problem.code == code), None)


def _shown(text: str) -> str:
    return indent("\n".join(one_line(line, most=LONGEST) for line in text.strip().splitlines()), "    ")
