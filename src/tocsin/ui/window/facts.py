"""What is so in a window just now: for its title, its tabs and the table of actions."""

from __future__ import annotations

from tocsin.ui.actions.context import Facts
from tocsin.ui.run_dock.follower import RunPhase
from tocsin.ui.window.document import Document
from tocsin.ui.window.tabs import TabFace


def facts_of(document: Document, *, tab_count: int) -> Facts:
    """Return what the rows of the table of actions ask about the document that is shown."""
    session = document.session
    return Facts(
        undo_label=session.history.undo_label,
        redo_label=session.history.redo_label,
        is_dirty=session.is_dirty,
        has_nodes=bool(session.playbook.graph.nodes),
        has_selection=bool(session.selection),
        has_problems=bool(document.problems),
        is_running=document.is_running,
        tab_count=tab_count,
    )


def title_of(document: Document) -> str:
    """Return the window's title: name, a dot when it is not saved, program."""
    return f"{document.name}{' •' if document.session.is_dirty else ''} — Tocsin"


def face_of_tab(document: Document) -> TabFace:
    """Return what a document's tab shows."""
    path = document.session.path
    parts = [str(path) if path else "Not saved to a file yet", _run_words(document)]
    return TabFace(document.name, document.session.is_dirty, "\n".join(part for part in parts if part))


def _run_words(document: Document) -> str:
    if document.follower.questions and document.follower.phase is RunPhase.ON:
        return "Its run waits for you"
    return "Its run is on" if document.is_running else ""
