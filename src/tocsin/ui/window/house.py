"""The parts of a window together, for those who work on several of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtWidgets import QMainWindow

from tocsin.ui.actions.build import ActionSet
from tocsin.ui.window.arrangement import Arrangement
from tocsin.ui.window.desks import Desks
from tocsin.ui.window.docks import Dock
from tocsin.ui.window.footer import Footer
from tocsin.ui.window.open_documents import OpenDocuments
from tocsin.ui.window.panels import Panels
from tocsin.ui.window.stored_runs import StoredRuns


@dataclass(slots=True, eq=False)
class House:
    """Filled while the window is made: the header needs the actions, the actions tell what is done in the house.

    Attributes:
        window: The frame around it all.
        panels: What is shown, part by part.
        documents: The playbooks that are open.
        dock: Problems, Run, History and Lab.
        footer: The line at the bottom.
        desks: Who wires which panels.
        stored: What can be done with runs that are kept.
        frame: Where everything lies.
        actions: What a person can tell the window to do.
    """

    window: QMainWindow
    panels: Panels
    documents: OpenDocuments
    dock: Dock
    footer: Footer
    desks: Desks
    stored: StoredRuns = field(init=False)
    frame: Arrangement = field(init=False)
    actions: ActionSet = field(init=False)
