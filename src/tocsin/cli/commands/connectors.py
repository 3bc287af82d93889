"""`tocsin connectors`: descriptions of products, checked, begun and written out as pages."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from tocsin.base.atomic_file import write_atomically
from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError
from tocsin.base.plain_text import one_line
from tocsin.base.resources import resource_path
from tocsin.base.texts import _
from tocsin.cli.messages import LONGEST, Exit, WrongUseError, print_json
from tocsin.cli.ports import Kit
from tocsin.cli.state_words import state_word
from tocsin.connectors import get_connector
from tocsin.connectors.lint import lint_connector
from tocsin.connectors.product_page import page_of_product
from tocsin.connectors.registry import read_own_file
from tocsin.formats.docs import write_html, write_markdown
from tocsin.model.catalogue import Catalogue, Connector
from tocsin.model.problems import Problem, Severity
from tocsin.services.own_descriptions import OwnDescriptions
from tocsin.services.places import find_places

_UNREVIEWED: Final = _("not reviewed")
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,47}")


class UnreadableFileError(TocsinError):
    """A description cannot be read, or a file cannot be written."""

    code = ErrorCode.BAD_DESCRIPTION

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(
            _("“{path}” cannot be used: {strerror}.").format(
                path=path, strerror=(error.strerror or _("it is refused")).lower()
            )
        )


@click.group("connectors")
def connectors() -> None:
    """What Tocsin knows of products, and descriptions of your own."""


@connectors.command("list")
@click.pass_obj
def list_connectors(kit: Kit) -> int:
    """List every product that is described. Exit: 1 when a description of your own cannot be used."""
    catalogue, own = kit.catalogue(), OwnDescriptions(find_places())
    for connector in catalogue.connectors.values():
        note = f"  {_UNREVIEWED}" if connector.id in catalogue.unreviewed else ""
        print(one_line(f"{connector.id:<18} {connector.category:<15} {connector.title}{note}", most=LONGEST))
    faults = [problem for one in own.files() for problem in one.problems]
    for problem in faults:
        print(f"{state_word(problem.severity)}: {one_line(problem.text, most=LONGEST)}", file=sys.stderr)
    return Exit.FAILED if any(problem.severity is Severity.ERROR for problem in faults) else Exit.DONE


@connectors.command("review")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Ask nothing: you have looked at it.")
def review(file: Path, *, yes: bool) -> int:
    """Look at a description of your own, and say that its actions are what they say. Until then all are destructive.

    The mark holds for the file as it is now, on this computer.
    """
    own = OwnDescriptions(find_places())
    found = own.read(file)
    if found.connector is None or own.is_reviewed(found):
        print(_("It was reviewed as it is."))
        return Exit.DONE
    for line in _would_do(found.connector):
        print(one_line(line, most=LONGEST))
    if not yes and not sys.stdin.isatty():
        raise WrongUseError(_("Nobody is here to look at it."), hint=_("Add --yes once you have."))
    if not yes and not click.confirm(_("Is that what these actions do?")):
        return Exit.FAILED
    own.review(found)
    print(_("Reviewed. Whoever changes the file has to review it again."))
    return Exit.DONE


@connectors.command("lint")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.pass_obj
def lint(kit: Kit, files: tuple[Path, ...], *, as_json: bool) -> int:
    """Find problems in descriptions; without files, in every one that is known. Exit: 1 when one is an error.

    Files are held to what descriptions of your own may do.
    """
    catalogue = kit.catalogue()
    problems = list(_of_files(files, catalogue) if files else _of_all(catalogue))
    if as_json:
        print_json([problem.to_json() for problem in problems])
    else:
        for problem in problems:
            print(one_line(f"{state_word(problem.severity)}: {problem.text}", most=LONGEST))
    return Exit.FAILED if any(problem.severity is Severity.ERROR for problem in problems) else Exit.DONE


@connectors.command("new")
@click.argument("name")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Into this file; without it, to the terminal.")
@click.pass_obj
def new(kit: Kit, name: str, out: Path | None) -> int:
    """Begin a description of your own. It belongs into the folder “connectors” of Tocsin's settings."""
    if not _ID.fullmatch(name):
        raise WrongUseError(
            _("“{name}” cannot be a product's id.").format(name=name), hint=_("Small letters, digits and “_”.")
        )
    if name in kit.catalogue().connectors:
        raise WrongUseError(_("There is a product “{name}” already.").format(name=name), hint=_("Choose another id."))
    text = resource_path("starters", "connector.yaml").read_text(encoding="utf-8")
    _give(text.replace("id: my_product", f"id: {name}", 1), out)
    return Exit.DONE


@connectors.command("docs")
@click.argument("names", nargs=-1)
@click.option("--html", "as_html", is_flag=True, help="Write HTML.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="A file each, into this folder.")
@click.pass_obj
def docs(kit: Kit, names: tuple[str, ...], out: Path | None, *, as_html: bool) -> int:
    """Write a page of each product that is named; without names, of all."""
    catalogue = kit.catalogue()
    wanted = [get_connector(catalogue, name) for name in names] or list(catalogue.connectors.values())
    for connector in wanted:
        page = page_of_product(connector, catalogue)
        text = write_html(page) if as_html else write_markdown(page)
        _give(text, out / f"{connector.id}.{'html' if as_html else 'md'}" if out else None)
    return Exit.DONE


def _of_all(catalogue: Catalogue) -> Iterator[Problem]:
    own = OwnDescriptions(find_places()).files()
    described = {one.connector.id for one in own if one.connector is not None}
    for connector in catalogue.connectors.values():
        if connector.id not in described:
            found = lint_connector(connector, catalogue.vocabulary)
            yield from (replace(problem, file=f"{connector.id}.yaml") for problem in found)
    for one in own:
        yield from one.problems


def _of_files(files: Sequence[Path], catalogue: Catalogue) -> Iterator[Problem]:
    for path in files:
        try:
            path.open("rb").close()
        except OSError as error:
            raise UnreadableFileError(path, error) from error
        yield from read_own_file(path, catalogue).problems


def _would_do(connector: Connector) -> Iterator[str]:
    """Yield what a person has to look at before a description is believed: whom it asks, and how."""
    yield f"{connector.title} ({connector.id})"
    for action in connector.actions.values():
        yield f"  {action.title}: {action.effect}"
        for step in action.steps:
            yield f"    {step.request}"


def _give(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(out, text.encode())
    except OSError as error:
        raise UnreadableFileError(out, error) from error
    print(out)
