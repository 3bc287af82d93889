"""`tocsin vault`: what is kept of secrets, for which servers, and what opens it; never a secret itself."""

from __future__ import annotations

from typing import Final, cast

import click

from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.cli.messages import LONGEST, Exit, print_json
from tocsin.cli.passphrase import new_passphrase, open_by_hand
from tocsin.cli.ports import Kit
from tocsin.vault import VaultState

_NONE: Final = _("No secret is kept.")


@click.group("vault")
def vault() -> None:
    """Secrets of your connections: what is kept, and what opens it."""


@vault.command("list")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_secrets(kit: Kit, *, as_json: bool) -> int:
    """List what is kept and for which servers, without the secrets. The vault stays closed."""
    kept = kit.vault().export()
    if as_json:
        print_json(kept)
        return Exit.DONE
    rows = cast("list[dict[str, Json]]", kept)
    for row in rows:
        servers = ", ".join(str(origin) for origin in cast("list[Json]", row["origins"]))
        name = f"{row['environment']}/{row['connection']}.{row['field']}"
        print(one_line(_("{name} for {servers}").format(name=name, servers=servers), most=LONGEST))
    if not rows:
        print(_NONE)
    return Exit.DONE


@vault.command("rotate")
@click.pass_obj
def rotate(kit: Kit) -> int:
    """Seal everything with a new key. What opens it, keyring or passphrase, stays the same."""
    box = kit.vault()
    if box.state is VaultState.ABSENT:
        print(_NONE)
        return Exit.DONE
    box.rotate(open_by_hand(box))
    print(_("Everything is sealed with a new key."))
    return Exit.DONE


@vault.command("passphrase")
@click.option(
    "--keyring", "to_keyring", is_flag=True, help=_("Let the keyring open it from now on, and no passphrase.")
)
@click.pass_obj
def passphrase(kit: Kit, *, to_keyring: bool) -> int:
    """Let another passphrase open the vault. The old one opens nothing any more."""
    box = kit.vault()
    if box.state is VaultState.ABSENT:
        print(_NONE)
        return Exit.DONE
    open_by_hand(box)
    chosen = None if to_keyring else new_passphrase(_("Choose a passphrase for the vault; nothing opens it without."))
    box.change_passphrase(chosen)
    print(_("The keyring opens the vault now.") if to_keyring else _("The new passphrase opens the vault now."))
    return Exit.DONE
