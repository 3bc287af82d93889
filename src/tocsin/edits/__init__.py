"""Changes of a playbook as values with a way back, made without Qt: editor, quick fixes and command line share them.

Everyone above may enter. Start reading at `edit` (what an edit is), then `structure`, `places`, `fields`, `rename`;
`apart` tells what has one name apart; `lines`, `wrapping`, `switching` and `excerpt` are what a person does to several
nodes at once; `trees` finds what lies in loops, `soundness` says what every edit must leave true.
"""

from tocsin.edits.apart import RenameItem, RenameWithin
from tocsin.edits.edit import Batch, Edit, Restore
from tocsin.edits.errors import EditRefusedError
from tocsin.edits.excerpt import Paste, excerpt_of
from tocsin.edits.fields import MISSING, Missing, ReplaceNode, SetField, SetHead
from tocsin.edits.grouping import GroupNodes
from tocsin.edits.lines import SwapAction, TakeOut, spliced
from tocsin.edits.merging import merged
from tocsin.edits.places import BendLine, MoveNodes, SetSpot
from tocsin.edits.rename import RenameNode
from tocsin.edits.structure import AddNode, Connect, Disconnect, RemoveNodes, ensure_joinable
from tocsin.edits.switching import SwitchNodes
from tocsin.edits.trees import frame_of, fresh_id, graph_at, node_at
from tocsin.edits.wrapping import UnwrapLoop, WrapNodes

__all__ = [
    "MISSING",
    "AddNode",
    "Batch",
    "BendLine",
    "Connect",
    "Disconnect",
    "Edit",
    "EditRefusedError",
    "GroupNodes",
    "Missing",
    "MoveNodes",
    "Paste",
    "RemoveNodes",
    "RenameItem",
    "RenameNode",
    "RenameWithin",
    "ReplaceNode",
    "Restore",
    "SetField",
    "SetHead",
    "SetSpot",
    "SwapAction",
    "SwitchNodes",
    "TakeOut",
    "UnwrapLoop",
    "WrapNodes",
    "ensure_joinable",
    "excerpt_of",
    "frame_of",
    "fresh_id",
    "graph_at",
    "merged",
    "node_at",
    "spliced",
]
