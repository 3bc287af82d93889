"""One open document: its session, its checker, and what is known of products."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Playbook
from tocsin.services.editing import EditorSession
from tocsin.services.problems import Problems

UNTITLED = "Untitled"


@dataclass(frozen=True, slots=True)
class Document:
    """What the desks of one window share."""

    session: EditorSession
    checker: Problems
    catalogue: Catalogue

    @property
    def playbook(self) -> Playbook:
        """The playbook as it is now."""
        return self.session.playbook

    @property
    def name(self) -> str:
        """What the playbook is called in titles: its name, else its file's, else “Untitled”."""
        path = self.session.path
        return self.playbook.name or (path.stem if path else UNTITLED)

    @property
    def file_name(self) -> str:
        """The file as runs and problems name it: never with the folders of this machine."""
        path = self.session.path
        return path.name if path else f"{self.playbook.id}.yaml"
