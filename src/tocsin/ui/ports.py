"""What the window needs from outside, in one frozen value that bootstrap fills."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tocsin.base.json_types import Json
from tocsin.base.secret import Secret
from tocsin.engine.events import LIVE, Event
from tocsin.engine.moments import Moment, Rewind
from tocsin.engine.news import Answered
from tocsin.engine.pins import PinnedOutput
from tocsin.engine.undoing import UndoItem
from tocsin.model.catalogue import Catalogue
from tocsin.model.playbook import Playbook
from tocsin.model.problems import CheckInfo
from tocsin.services.claims import Claims
from tocsin.services.connections import Draft, HealthEntry, Overview, TrialReport, VaultLook, VaultNeed
from tocsin.services.editing import EditorSession
from tocsin.services.lab_desk import FailingProduct, LabFault, LabLook, LabRequest, LabScenario, LeftAlone
from tocsin.services.library import FileLook, Fits, ShippedPlaybook
from tocsin.services.past import ListedRun, PastRun, RunQuery
from tocsin.services.problems import Problems
from tocsin.services.recovery import Recovery
from tocsin.services.runs import StartedRun, StartRequest
from tocsin.services.samples import Outcome, ReadPoint, ValueGroup
from tocsin.services.settings import SettingsStore


class RunsPort(Protocol):
    """What the window asks of `services.runs`. Futures end on another thread."""

    def subscribe(self, listener: Callable[[Sequence[Event]], None], /) -> Callable[[], None]:
        """Call the listener with every batch, on the engine's thread; the returned function ends that."""
        ...

    def start(self, request: StartRequest, /) -> Future[StartedRun]:
        """Start a run; a TocsinError in the future says why it was refused."""
        ...

    def resume(self, run: str, /, *, by: str, accepts_changes: bool = False) -> Future[StartedRun]:
        """Let a run go on whose process has ended; a TocsinError in the future says why it cannot."""
        ...

    def undo(
        self,
        run: str,
        /,
        *,
        by: str,
        mode: str = LIVE,
        accepts_changes: bool = False,
        only: Collection[str] | None = None,
    ) -> Future[StartedRun]:
        """Take back what a run changed, as a run of its own; a TocsinError in the future says why it cannot.

        `only` are the paths of the steps whose changes are meant; None is all.
        """
        ...

    def stop(self, run: str, /) -> Future[bool]:
        """Ask a run to stop."""
        ...

    def pause(self, run: str, /, *, by: str) -> Future[bool]:
        """Let nothing new start in a run."""
        ...

    def go_on(self, run: str, /, *, by: str, one_step: bool = False) -> Future[bool]:
        """Let a paused run go on, or let one step of it start."""
        ...

    def set_breakpoints(self, run: str, conditions: Mapping[str, str], /) -> Future[bool]:
        """Pause a run before these nodes from now on: id → condition, "" for always."""
        ...

    def edit_data(self, run: str, path: str, value: Json, /, *, by: str) -> Future[bool]:
        """Let a step of a run have given something else; a TocsinError in the future says why it cannot."""
        ...

    def answer(self, run: str, answer: Answered, /) -> Future[bool]:
        """Answer a question of a run."""
        ...


class HistoryPort(Protocol):
    """What the window asks of `services.history`. Futures end on another thread, a refusal is in them."""

    def search(self, query: RunQuery, /) -> Future[tuple[ListedRun, ...]]:
        """Find a page of runs, newest first."""
        ...

    def load_past(self, run: str, /) -> Future[PastRun]:
        """Load a run with its events and the playbook as it was."""
        ...

    def look_back(self, rewind: Rewind, index: int, /) -> Future[Moment]:
        """Find how a run stood after its first `index` events."""
        ...

    def load_value(self, hash_: str, /) -> Future[Json]:
        """Load a large value of a run."""
        ...

    def changes_of(self, run: str, /) -> Future[tuple[UndoItem, ...]]:
        """List what a run changed and nobody has taken back yet, newest first."""
        ...

    def list_left(self) -> Future[tuple[ListedRun, ...]]:
        """List the runs that have not ended and that no living process has, oldest first."""
        ...


class PinsPort(Protocol):
    """What the window asks of `services.pins`: what lies beside a playbook's file."""

    def load(self, file: Path, playbook: str, /) -> dict[str, PinnedOutput]:
        """Return the pins of the playbook of that id, whose file this is.

        Raises:
            TocsinError: They cannot be read.
        """
        ...

    def save(self, file: Path, playbook: str, pins: Mapping[str, PinnedOutput], /) -> None:
        """Keep them there.

        Raises:
            TocsinError: The disk refuses.
        """
        ...


class LabPort(Protocol):
    """What the window asks of `services.lab_desk`. Futures end on another thread, a refusal is in them."""

    def scenarios(self) -> Future[tuple[LabScenario, ...]]:
        """Return every scenario that can be played."""
        ...

    def look(self) -> Future[LabLook | None]:
        """Return what is in the Lab, the same object while nothing changed; None when none runs. Starts none."""
        ...

    def start(self, scenario: str | None = None, /) -> Future[LabLook | None]:
        """Start the Lab, or let a running one begin another scenario."""
        ...

    def reset(self) -> Future[LabLook | None]:
        """Put the world back to the start of its scenario."""
        ...

    def put_forward(self, seconds: int, /) -> Future[LabLook | None]:
        """Let time go by in the world at once."""
        ...

    def inject(self) -> Future[Json]:
        """Let the scenario's alert come in, and return the event that a run starts with."""
        ...

    def failing(self) -> Future[tuple[FailingProduct, ...]]:
        """Return what can be made to fail."""
        ...

    def plant(self, fault: LabFault, /) -> Future[LabLook | None]:
        """Let calls of a product fail."""
        ...

    def lift(self, fault: LabFault, /) -> Future[LabLook | None]:
        """Let one failure happen no more."""
        ...

    def requests(self, text: str = "", /) -> Future[tuple[LabRequest, ...]]:
        """Return the newest requests that the products got and that hold each of these words, newest first."""
        ...

    def undos(self, run: str, /) -> Future[tuple[UndoItem, ...] | None]:
        """Return what a run changed and nobody has taken back yet, newest first; None where that is not known."""
        ...

    def left_alone(self, run: str, /) -> Future[tuple[LeftAlone, ...]]:
        """Return what a run looked at and did not change."""
        ...


class LibraryPort(Protocol):
    """What the window asks of `services.library`. Futures end on another thread."""

    def playbooks(self) -> Future[tuple[ShippedPlaybook, ...]]:
        """Return every playbook that is shipped."""
        ...

    def scenarios(self) -> Future[tuple[LabScenario, ...]]:
        """Return every scenario that the Lab can play."""
        ...

    def copy_of(self, name: str, /) -> Future[Playbook]:
        """Return a copy of the playbook with this id, to go on from."""
        ...

    def looks_of(self, paths: Iterable[Path], /) -> Future[tuple[FileLook, ...]]:
        """Look at files of the person's own: what they are called, and when they were written."""
        ...

    def match(self, text: str, /) -> Future[Fits]:
        """Read a pasted alert and find the playbooks that fit it."""
        ...


class ConnectionsPort(Protocol):
    """What the window asks of `services.connections`. Futures end on another thread, a refusal is in them.

    A `file` is one in the workspace that is meant; "" means the folder Tocsin was started in.
    """

    def look(self, file: str = "", /, *, with_uses: bool = False) -> Future[Overview]:
        """Return every environment with its connections, and how their last tests went; if wanted, who uses them."""
        ...

    def needs_passphrase(self, environment: str, file: str = "", /) -> Future[bool]:
        """Tell whether a passphrase must be typed before an environment can be used."""
        ...

    def open_vault(self) -> Future[VaultNeed]:
        """Open the vault as far as that goes without a person; tells what one must do for the rest."""
        ...

    def give_passphrase(self, passphrase: Secret, /) -> Future[None]:
        """Open the vault with its passphrase, or make it with this one."""
        ...

    def lock_vault(self) -> Future[None]:
        """Forget the vault's key."""
        ...

    def look_at_vault(self) -> Future[VaultLook]:
        """Return what may be shown of the vault."""
        ...

    def rotate_vault(self, passphrase: Secret | None = None, /) -> Future[None]:
        """Seal everything with a new key; where a passphrase opens the vault, it is needed."""
        ...

    def change_passphrase(self, passphrase: Secret | None, /) -> Future[None]:
        """Let another passphrase open the vault, which must be open, or the keyring."""
        ...

    def export_vault(self, path: Path, /) -> Future[None]:
        """Write what is kept for which servers, without the secrets, as JSON."""
        ...

    def test(self, environment: str, name: str, file: str = "", /) -> Future[TrialReport]:
        """Test a saved connection; cancelling the future ends the test."""
        ...

    def test_draft(self, draft: Draft, file: str = "", /) -> Future[TrialReport]:
        """Test a connection before it is saved; cancelling the future ends the test."""
        ...

    def check_health(self, environment: str, name: str, file: str = "", /) -> Future[HealthEntry]:
        """Look at a saved connection without trying its actions, and keep how it does; cancelling ends the look."""
        ...

    def health_before(self, environment: str, /) -> Future[tuple[HealthEntry, ...]]:
        """Return how an environment's connections did, the oldest look first."""
        ...

    def save(self, draft: Draft, file: str = "", /) -> Future[Path]:
        """Keep a connection; the vault must be open where it has secrets."""
        ...

    def remove(self, environment: str, name: str, file: str = "", /) -> Future[tuple[str, ...]]:
        """Take a connection and its secrets away; gives the roles that nobody plays now."""
        ...

    def create(self, title: str, file: str = "", /, *, like: str = "") -> Future[str]:
        """Make an environment, with the connections of another where `like` names one; gives its id."""
        ...

    def copy(
        self, source: str, connections: Collection[str], target: str, file: str = "", /
    ) -> Future[tuple[str, ...]]:
        """Copy connections to another environment without their secrets; gives those that were copied."""
        ...


class SamplesPort(Protocol):
    """What the window asks of `services.samples`. Futures end on another thread."""

    def groups(self, point: ReadPoint, /) -> Future[tuple[ValueGroup, ...]]:
        """List what may be read at a point of a playbook."""
        ...

    def evaluate(self, point: ReadPoint, text: str, /, *, is_template: bool) -> Future[Outcome]:
        """Try what a text gives at a point."""
        ...

    def look_again(self, playbook: str, /) -> Future[bool]:
        """Look for a newer run of a playbook; tells whether there is one."""
        ...


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """What the demonstration shows.

    Attributes:
        path: The playbook to open.
        event: Gives the event that the run starts with. Called once, on a thread of its own: it may ask the Lab.
    """

    path: Path
    event: Callable[[], Json]


def _explain_nothing(_code: str) -> CheckInfo | None:
    return None


def _mask_nothing(data: Json) -> Json:
    return data


@dataclass(frozen=True, slots=True)
class WindowServices:
    """Everything that a window is given.

    Attributes:
        runs: Starts runs and tells what happens in them.
        catalogue: Every product and the common vocabulary.
        make_session: A new editing session, one for each open playbook.
        make_problems: A new checker, one for each open playbook; it asks where the playbook's file is now, if anywhere.
        person: Who answers questions here, as events name people: `user:…`.
        demo: What to show at once, or None.
        history: The runs that were; None where no journal is kept.
        samples: Sample values for fields that read some; None lets fields answer in place.
        recovery: Keeps unsaved work; None keeps none.
        lab: The Lab, to be looked into; None where there is none.
        library: The playbooks to begin with; None where none are offered.
        settings: What this person set; of a store without a file nothing is kept.
        pins: Keeps pins beside playbooks; without it they are gone when a playbook is closed.
        explain: Says what a check means, by its code; None for a code that is no check's.
        connections: The environments with a file and their connections; without it there is the Lab alone.
        mask: Returns data with every known secret masked, for what is written into files.
        claims: Marks which files are open, for others on the same drive; None marks none.
    """

    runs: RunsPort
    catalogue: Catalogue
    make_session: Callable[[], EditorSession]
    make_problems: Callable[[Callable[[], Path | None]], Problems]
    person: str = "user:local"
    demo: DemoRequest | None = None
    history: HistoryPort | None = None
    samples: SamplesPort | None = None
    recovery: Recovery | None = None
    lab: LabPort | None = None
    library: LibraryPort | None = None
    settings: SettingsStore = field(default_factory=SettingsStore)
    pins: PinsPort | None = None
    connections: ConnectionsPort | None = None
    explain: Callable[[str], CheckInfo | None] = _explain_nothing
    mask: Callable[[Json], Json] = _mask_nothing
    claims: Claims | None = None
