"""`tocsin connections`: the products that playbooks reach outside the Lab."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final, cast

import click

from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.base.secret import Secret
from tocsin.base.texts import _
from tocsin.cli.commands.connections_health import health
from tocsin.cli.messages import LONGEST, Exit, WrongUseError, print_json
from tocsin.cli.passphrase import ask_secret, open_for, open_to_keep
from tocsin.cli.ports import Kit
from tocsin.cli.state_words import state_word
from tocsin.model.environment import FURTHER_FIELDS, Connection
from tocsin.model.problems import Severity
from tocsin.services.connections import (
    ConnectionDesk,
    ConnectionRow,
    Draft,
    FieldGroup,
    FormField,
    TrialReport,
    further_fields,
)
from tocsin.vault import SecretState

_environment = click.option("--environment", required=True, metavar="NAME", help=_("In which environment."))
_json = click.option("--json", "as_json", is_flag=True)
_PLAIN: Final = ("ca_file", "client_certificate", "client_key", "proxy")
_STATES: Final = {
    SecretState.GIVEN: _("given from outside"),
    SecretState.KEPT: _("kept"),
    SecretState.MOVED: _("typed for another address"),
    SecretState.MISSING: _("missing"),
}


@click.group("connections")
def connections() -> None:
    """Products outside the Lab: what is set up, whether it works."""


@connections.command("list")
@_json
@click.pass_obj
def list_connections(kit: Kit, *, as_json: bool) -> int:
    """List the connections of every environment of this folder's workspace. Exit: 1 when a file has an error."""
    with kit.open_workroom() as room:
        desk = room.connections()
        rows, problems = desk.rows(), desk.problems()
    if as_json:
        print_json([_row_to_json(row) for row in rows])
    else:
        for row in rows:
            print(one_line(_row_text(row), most=LONGEST))
        if not rows:
            print(_("There is no connection yet: tocsin connections add NAME --environment production --connector …"))
    for problem in problems:
        print(f"{state_word(problem.severity)}: {one_line(problem.text, most=LONGEST)}", file=sys.stderr)
    return Exit.FAILED if any(problem.severity is Severity.ERROR for problem in problems) else Exit.DONE


@connections.command("test")
@click.argument("name")
@_environment
@_json
@click.pass_obj
def test_connection(kit: Kit, name: str, environment: str, *, as_json: bool) -> int:
    """Test a connection step by step; nothing is changed there. Exit: 0 it works, 1 a step failed."""
    with kit.open_workroom() as room:
        desk = room.connections()
        open_for(room, environment)
        report = desk.test(environment, name).result()
    if as_json:
        print_json(_report_to_json(report))
    else:
        for line in _report_lines(report):
            print(one_line(line, most=LONGEST))
    return Exit.DONE if report.failed is None else Exit.FAILED


@connections.command(
    "add",
    epilog=(
        "\b\nExamples:\n"
        "  tocsin connections add firewall --environment production --connector opnsense --address https://fw.example.org\n"
    ),
)
@click.argument("name")
@_environment
@click.option("--connector", help="Which product; needed for a new connection.")
@click.option("--address", "addresses", multiple=True, metavar="[NAME=]URL", help="Where it is; NAME is main.")
@click.option("--option", "options", multiple=True, metavar="NAME=VALUE", help="A setting of the product.")
@click.option("--ca-file", help="Certificates to trust besides the system's, from the environment's folder.")
@click.option("--local-address", "local_addresses", multiple=True, metavar="IP", help="Allow one of this computer.")
@click.option("--client-certificate", help=_("A PEM file with which it shows who it is in TLS."))
@click.option("--client-key", help=_("The PEM file of that certificate's key."))
@click.option("--proxy", help=_("http://HOST:PORT, or none; without it, the system's."))
@click.option(
    "--also",
    multiple=True,
    type=click.Choice(FURTHER_FIELDS),
    help=_("Ask for this secret too, after those of the sign-in."),
)
@click.option("--no-secrets", is_flag=True, help="Keep none: they come from outside.")
@click.pass_obj
def add_connection(kit: Kit, name: str, environment: str, **options: object) -> int:
    """Add a connection, or change one. Secrets are asked for, or read from standard input, a line each."""
    with kit.open_workroom() as room:
        desk = room.connections()
        connection = _connection(desk, name, environment, cast("dict[str, Any]", options))
        draft = Draft(environment, name, connection)
        desk.ensure_sound(draft)
        asked = _asked_secrets(desk.fields(connection.connector), cast("tuple[str, ...]", options["also"]))
        if asked and not options["no_secrets"]:
            open_to_keep(desk)
            secrets = _read_secrets(asked)
            draft = Draft(environment, name, connection, secrets)
        path = desk.save(draft)
    print(
        _("Saved in {path}. Try it: tocsin connections test {name} --environment {environment}").format(
            path=path, name=name, environment=environment
        )
    )
    return Exit.DONE


@connections.command("remove")
@click.argument("name")
@_environment
@click.pass_obj
def remove_connection(kit: Kit, name: str, environment: str) -> int:
    """Take a connection and its secrets away."""
    with kit.open_workroom() as room:
        roles = room.connections().remove(environment, name)
    print(_("Removed “{name}” and its secrets from “{environment}”.").format(name=name, environment=environment))
    if roles:
        print(one_line(_("Nobody plays these roles now: {roles}.").format(roles=", ".join(roles))))
    return Exit.DONE


connections.add_command(health)


def _connection(desk: ConnectionDesk, name: str, environment: str, options: dict[str, Any]) -> Connection:
    """Return the connection that is there, with what the options say, or a new one."""
    known = desk.find_connection(environment, name)
    connector = options["connector"] or (known.connector if known else None)
    if connector is None:
        raise WrongUseError(
            _("“{name}” is new.").format(name=name), hint=_("Say which product it is: --connector opnsense.")
        )
    old = known if known is not None and known.connector == connector else Connection(connector=connector)
    addresses = dict(_pair(text, "main") for text in options["addresses"])
    settings = dict(_pair(text, None) for text in options["options"])
    return old.model_copy(
        update={
            "addresses": {**old.addresses, **addresses},
            "options": {**old.options, **settings},
            **{name: options[name] or getattr(old, name) for name in _PLAIN},
            "local_addresses": options["local_addresses"] or old.local_addresses,
        }
    )


def _pair(text: str, name: str | None) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if equals and "/" not in key:
        return key, value
    if name is None:
        raise WrongUseError(_("“{text}” is no NAME=VALUE.").format(text=text))
    return name, text


def _asked_secrets(form: Sequence[FormField], also: Sequence[str]) -> tuple[FormField, ...]:
    """Return the fields of the sign-in, and those that were asked for besides."""
    sign_in = (one for one in form if one.group is FieldGroup.SECRET)
    return (*sign_in, *(one for one in further_fields() if one.name in also))


def _read_secrets(fields: Sequence[FormField]) -> dict[str, Secret]:
    """Ask for each field; without a terminal, take a line of standard input for each."""
    if sys.stdin.isatty():
        return {asked.name: ask_secret(asked.title, is_hidden=asked.is_hidden) for asked in fields}
    lines = [line.rstrip("\r\n") for line in sys.stdin]
    if len(lines) != len(fields) or not all(lines):
        wanted = ", ".join(one.name for one in fields)
        raise WrongUseError(
            _("Standard input must have one line for each of: {wanted}.").format(wanted=wanted),
            hint=_("Or add --no-secrets."),
        )
    return {asked.name: Secret(line) for asked, line in zip(fields, lines, strict=True)}


def _row_text(row: ConnectionRow) -> str:
    states = sorted({_STATES[state] for state in row.secrets.values()}) or [_("needs none")]
    where = ", ".join(row.connection.addresses.values())
    used = _("; used by {used_by}").format(used_by=", ".join(row.used_by)) if row.used_by else ""
    product = row.title or _("{connector}, which is not known").format(connector=row.connection.connector)
    return _("{environment}  {id}  {product}  {where}  secrets: {states}{used}").format(
        environment=row.environment, id=row.id, product=product, where=where, states=", ".join(states), used=used
    )


def _row_to_json(row: ConnectionRow) -> dict[str, Json]:
    return {
        "environment": row.environment,
        "id": row.id,
        "connector": row.connection.connector,
        "addresses": dict(row.connection.addresses),
        "secrets": {name: str(state) for name, state in row.secrets.items()},
        "used_by": list(row.used_by),
    }


def _report_lines(report: TrialReport) -> Iterator[str]:
    several = len({step.address for step in report.steps if step.address}) > 1
    for step in report.steps:
        where = f" ({step.address})" if several and step.address else ""
        yield f"{step.step + where:<20} {'ok' if step.ok else _('FAILED'):<8} {step.detail}".rstrip()
    for action in report.actions:
        needs = _("needs “{permission}”").format(permission=action.permission) if action.permission else ""
        told = "; ".join(part for part in (needs, action.detail) if part)
        yield f"  {action.title:<30} {action.leave:<8} {told}".rstrip()


def _report_to_json(report: TrialReport) -> dict[str, Json]:
    steps: Sequence[Json] = [
        {"step": str(step.step), "address": step.address, "ok": step.ok, "detail": step.detail}
        | {"seconds": round(step.seconds, 3)}
        for step in report.steps
    ]
    actions: Sequence[Json] = [
        {"action": one.action, "effect": str(one.effect), "permission": one.permission}
        | {"leave": str(one.leave), "detail": one.detail}
        for one in report.actions
    ]
    return {
        "environment": report.environment,
        "connection": report.connection,
        "failed": str(report.failed.step) if report.failed is not None else None,
        "steps": steps,
        "actions": actions,
    }
