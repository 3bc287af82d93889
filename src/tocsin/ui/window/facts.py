"""What is so in a window just now: for its title, its tabs and the table of actions."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.base.texts import _
from tocsin.model.playbook import ActionNode, LoopNode
from tocsin.ui.actions.context import Facts
from tocsin.ui.canvas.geometry import Density
from tocsin.ui.run_dock.findings import findings
from tocsin.ui.run_dock.follower import RunPhase
from tocsin.ui.window.document import Document
from tocsin.ui.window.footer_counts import CountKind
from tocsin.ui.window.house import House
from tocsin.ui.window.layout_state import DockSide
from tocsin.ui.window.tabs import TabFace

READ_ONLY = _("What a run ran, to be looked at")


def facts_of(house: House) -> Facts:
    """Return what the rows of the table of actions ask."""
    document, frame, dock, desks = house.documents.current, house.frame, house.dock, house.desks
    session = document.session
    shown = document.canvas.scene.store.nodes
    chosen = [shown[name].node for name in session.selection if name in shown]
    return Facts(
        undo_label=session.history.undo_label,
        redo_label=session.history.redo_label,
        is_dirty=session.is_dirty,
        has_nodes=bool(session.playbook.graph.nodes),
        has_selection=bool(session.selection),
        selected_nodes=len(chosen),
        selected_lines=sum(name in document.canvas.scene.store.edges for name in session.selection),
        is_off=bool(chosen) and all(node.disabled for node in chosen),
        is_loop=len(chosen) == 1 and isinstance(chosen[0], LoopNode),
        is_action=len(chosen) == 1 and isinstance(chosen[0], ActionNode),
        has_problems=bool(document.problems),
        is_running=document.is_running,
        is_read_only=document.session.is_read_only,
        is_paused=document.follower.is_paused,
        has_document=desks.welcome is None or not desks.welcome.is_shown,
        has_file=session.path is not None,
        tab_count=len(house.documents.all),
        has_question=bool(document.questions),
        has_findings=bool(findings_of(house.documents.all)),
        has_replay=house.panels.run.tape is not None,
        has_lab=desks.lab is not None,
        has_connections=desks.connections is not None,
        environment=document.environment.title,
        is_compact=desks.density.density is Density.COMPACT,
        is_minimap_wanted=document.canvas.view.floats.is_minimap_wanted,
        is_node_list_shown=frame.is_nodes_shown,
        is_outline_shown=desks.outline.is_shown,
        is_inspector_shown=frame.is_inspector_shown,
        is_dock_right=dock.side is DockSide.RIGHT,
        is_dock_maximised=dock.is_maximised,
    )


def findings_of(documents: Iterable[Document]) -> list[tuple[Document, str]]:
    """Return what a person must look at, tab by tab: the document and the id of the step."""
    followed = ((document, document.follower.progress) for document in documents)
    return [(document, name) for document, progress in followed if progress is not None for name in findings(progress)]


def counted_findings(documents: Iterable[Document], kind: CountKind) -> list[tuple[Document, str]]:
    """Return what the footer counts, tab by tab: what may have happened, or what waits for a person."""
    found: list[tuple[Document, str]] = []
    for document in documents:
        if kind is CountKind.WAITING:
            found += [(document, name) for name in dict.fromkeys(question.node for question in document.questions)]
        else:
            found += [(document, name) for name, status in document.follower.statuses.items() if status.uncertain]
    return found


def title_of(document: Document) -> str:
    """Return the window's title: name, a dot when it is not saved, program."""
    return _("{name}{value} — Tocsin").format(name=document.name, value=" •" if document.session.is_dirty else "")


def face_of_tab(document: Document) -> TabFace:
    """Return what a document's tab shows."""
    path = document.session.path
    unsaved = READ_ONLY if document.session.is_read_only else _("Not saved to a file yet")
    parts = [str(path) if path else unsaved, _run_words(document)]
    return TabFace(document.name, document.session.is_dirty, "\n".join(part for part in parts if part))


def _run_words(document: Document) -> str:
    if document.follower.questions and document.follower.phase is RunPhase.ON:
        return _("Its run waits for you")
    return _("Its run is on") if document.is_running else ""
