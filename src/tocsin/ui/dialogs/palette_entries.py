"""What the command palette finds: the actions that can be done now, and the nodes of the playbook in front."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import QKeySequence

from tocsin.base.json_types import Json
from tocsin.base.plain_text import one_line
from tocsin.base.texts import _
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Playbook, walk_nodes
from tocsin.ui.actions.build import ActionSet
from tocsin.ui.actions.search import Findable
from tocsin.ui.actions.table import ACTIONS
from tocsin.ui.canvas.faces import face_of

ACTION: Final = "action:"
NODE: Final = "node:"
"""What an entry's id begins with; the id of the action or of the node follows."""
ITSELF: Final = "view.palette"
LONGEST: Final = 96
"""Characters of a text that are shown of it, and found."""
_SAID_ALREADY: Final = {"kind", "title", "body", "nodes"}
"""What a node's own row says, and what other nodes say."""


def action_entries(actions: ActionSet) -> tuple[Findable, ...]:
    """Return what can be done now, in the order of the menus."""
    entries: list[Findable] = []
    for spec in ACTIONS:
        action = actions.get(spec.id)
        if action.isEnabled() and spec.id != ITSELF:
            title = action.text().replace("&&", "&")
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            entries.append(Findable(f"{ACTION}{spec.id}", title, str(spec.menu), icon=spec.icon, keys=keys))
    return tuple(entries)


def text_entries(playbook: Playbook, catalogue: Catalogue) -> tuple[Findable, ...]:
    """Return every text that stands in a node, under the node's title: what it is found by when no title says it."""
    found: list[Findable] = []
    for name, node in walk_nodes(playbook.graph):
        face = face_of(name, node, playbook, catalogue)
        document = node.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=_SAID_ALREADY)
        found += [
            Findable(f"{NODE}{name}", one_line(text, most=LONGEST), face.title, icon=face.icon, tone=face.family)
            for text in _texts(document)
        ]
    return tuple(found)


def _texts(value: Json) -> Iterator[str]:
    """Yield the texts of a document, those of its lists and maps too, in its order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def node_entries(playbook: Playbook, catalogue: Catalogue) -> tuple[Findable, ...]:
    """Return every node, in the order of the file."""
    faces = ((name, face_of(name, node, playbook, catalogue)) for name, node in walk_nodes(playbook.graph))
    return tuple(
        Findable(f"{NODE}{name}", face.title, _("Node"), f"{face.subtitle} {name}", face.icon, face.family)
        for name, face in faces
    )
