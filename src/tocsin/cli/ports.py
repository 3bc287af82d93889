"""What the commands need from outside. Bootstrap fills it; everything is made when a command first asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tocsin.base.json_types import Json

if TYPE_CHECKING:  # each command pays for what it uses
    from tocsin.formats import PlaybookFile
    from tocsin.model.catalogue import Catalogue
    from tocsin.model.closure import Find
    from tocsin.model.playbook import Playbook
    from tocsin.services.connections import ConnectionDesk
    from tocsin.services.history import RunHistory
    from tocsin.services.keeping import RunKeeping
    from tocsin.services.lab import LabKeeper, ServedLab
    from tocsin.services.runs import Runs
    from tocsin.vault import Vault


@dataclass(frozen=True, slots=True)
class Workroom:
    """What is open while a command runs playbooks.

    Attributes:
        runs: Starts and answers them.
        lab: The Lab.
        load_value: Gives a large value by its hash.
        look_up: Performs one reading action in the Lab.
        connections: Gives the connections outside the Lab.
    """

    runs: Runs
    lab: LabKeeper
    load_value: Callable[[str], Json]
    look_up: Callable[[str, dict[str, Json]], Json]
    connections: Callable[[], ConnectionDesk]


class Kit(Protocol):
    """The doors of the other rooms, opened when they are needed."""

    def has_display(self) -> bool:
        """Tell whether a window can be shown."""
        ...

    def show_window(self, files: Sequence[str], *, is_demo: bool) -> int:
        """Show the window, return the exit status."""
        ...

    def open_workroom(self) -> AbstractContextManager[Workroom]:
        """Open journal, engine and Lab; everything ends when the context does."""
        ...

    def load_playbook(self, path: Path) -> PlaybookFile:
        """Read a playbook."""
        ...

    def shelf(self, file: str) -> Find:
        """Return what finds the playbooks that a file calls."""
        ...

    def demo_path(self) -> Path:
        """Return the playbook of the demonstration."""
        ...

    def vault(self) -> Vault:
        """Return where secrets are kept; still closed."""
        ...

    def catalogue(self) -> Catalogue:
        """Return every product."""
        ...

    def history(self) -> RunHistory:
        """Return the runs that were."""
        ...

    def keeping(self) -> RunKeeping:
        """Return what looks after the runs that were."""
        ...

    def serve_lab(self, scenario: str, *, first_port: int | None, keep: Path | None) -> ServedLab:
        """Start a Lab for other processes; `keep` is the file that its world is taken up from and kept in."""
        ...

    def picture(self, playbook: Playbook) -> str:
        """Return a playbook drawn as SVG.

        Raises:
            ImportError: What draws cannot be loaded here.
        """
        ...

    def film(self, run: str) -> str:
        """Return a run as an HTML page that plays it again.

        Raises:
            UnknownRunError: There is none of that id or number, or several.
            ImportError: What draws cannot be loaded here.
        """
        ...

    def render(self, playbook: PlaybookFile, out: Path, *, theme: str) -> None:
        """Draw a playbook into a file."""
        ...
