"""Parts of a playbook as text, for the clipboard: what is copied here can be pasted into a file, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from tocsin.base.texts import _
from tocsin.edits import EditRefusedError, excerpt_of
from tocsin.edits.excerpt import EXCERPT_ID
from tocsin.formats import read_playbook, write_playbook
from tocsin.model.playbook import FORMAT_VERSION, Playbook, walk_nodes

MAX_CHARACTERS: Final = 2_000_000
MAX_NODES: Final = 5_000
_KEYS: Final = re.compile(r"^(tocsin|id|nodes|edges|layout|roles)[ \t]*:", re.MULTILINE)
_NAME: Final = "clipboard"


def write_clip(playbook: Playbook, names: Collection[str], spots: Mapping[str, tuple[int, int]]) -> str:
    """Return nodes and the edges among them as the text of a small playbook.

    Args:
        playbook: Where they are.
        names: Their ids, loops with all that lies in them.
        spots: Where each lies, relative to the others.
    """
    return write_playbook(excerpt_of(playbook, names, spots))


def read_clip(text: str) -> Playbook:
    """Return what a text of the clipboard holds: a playbook's file, or only `nodes` and `edges` of one.

    Raises:
        EditRefusedError: It is something else, is too long, or has faults; the first one is told.
    """
    if len(text) > MAX_CHARACTERS:
        raise EditRefusedError(_("The clipboard holds too much text to be steps of a playbook."))
    keys = set(_KEYS.findall(text))
    if "nodes" not in keys:
        raise EditRefusedError(
            _("The clipboard holds no steps of a playbook."), hint=_("Copy nodes on a canvas first.")
        )
    head = {"tocsin": str(FORMAT_VERSION), "id": EXCERPT_ID}
    before = "".join(f"{key}: {value}\n" for key, value in head.items() if key not in keys)
    file = read_playbook(before + text, _NAME)
    if file.playbook is None:
        raise EditRefusedError(
            _("The steps in the clipboard cannot be pasted. {message}").format(message=file.problems[0].message)
        )
    count = sum(1 for _unused in walk_nodes(file.playbook.graph))
    if not 0 < count <= MAX_NODES:
        raise EditRefusedError(
            _("Between 1 and {max_nodes} steps can be pasted at once; the clipboard holds {count}.").format(
                max_nodes=MAX_NODES, count=count
            )
        )
    return file.playbook
