"""What the command palette finds: the actions that can be done now, and the nodes of the playbook in front."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QKeySequence

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


def node_entries(playbook: Playbook, catalogue: Catalogue) -> tuple[Findable, ...]:
    """Return every node, in the order of the file."""
    faces = ((name, face_of(name, node, playbook, catalogue)) for name, node in walk_nodes(playbook.graph))
    return tuple(
        Findable(f"{NODE}{name}", face.title, "Node", f"{face.subtitle} {name}", face.icon, face.family)
        for name, face in faces
    )
