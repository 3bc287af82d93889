"""What is shipped to begin with: playbooks, matched with an alert where one is there, and the Lab's scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from tocsin.base.errors import MissingDataError, TocsinError
from tocsin.base.json_types import Json
from tocsin.base.resources import playbook_paths
from tocsin.base.texts import _
from tocsin.formats.playbook_file import load_playbook
from tocsin.model.catalogue import Catalogue, Discloses, Effect
from tocsin.model.playbook import RUNNABLE, ActionNode, Playbook, TriggerNode, walk_nodes
from tocsin.model.scenario import Scenario
from tocsin.services.lab_desk import LabScenario
from tocsin.services.pasted_alert import PastedAlert, read_alert

DEMO_PLAYBOOK: Final = "contain-suspicious-ip.yaml"
ALERT: Final = ".alert"


@dataclass(frozen=True, slots=True)
class ShippedPlaybook:
    """One playbook to begin with.

    Attributes:
        id: The playbook's id.
        name: Its name.
        summary: The first sentence of its description.
        tags: Its tags; those with a dot name a technique of a catalogue.
        nodes: How many steps it has, those in loops too.
        effects: What its actions do to the world besides reading, the mildest first.
        discloses: Whether one of them tells others what is asked.
        playbook: The playbook itself.
        path: Its file.
    """

    id: str
    name: str
    summary: str
    tags: tuple[str, ...]
    nodes: int
    effects: tuple[Effect, ...]
    discloses: bool
    playbook: Playbook
    path: Path

    @property
    def category(self) -> str:
        """What it is for, as its first plain tag says: “containment”; "" when none does."""
        return next((tag for tag in self.tags if "." not in tag), "")

    @property
    def sample(self) -> Json:
        """The event it can be tried with, or None."""
        return next((node.sample for node in _alert_triggers(self.playbook)), None)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a shipped playbook fits an alert: it does when the alert lacks nothing that it needs."""

    playbook: ShippedPlaybook
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fits:
    """What was pasted, and what can be done with it: those that fit first."""

    alert: PastedAlert
    fits: tuple[Fit, ...]


@dataclass(frozen=True, slots=True)
class FileLook:
    """What a file of the person's own looks like from outside.

    Attributes:
        path: The file.
        name: The playbook's name; the file's where there is none, or none can be read.
        edited: When it was written, in microseconds since 1970, UTC; 0 where it is not there any more.
    """

    path: Path
    name: str
    edited: int


def demo_path() -> Path:
    """Return the playbook that the demonstration shows.

    Raises:
        MissingDataError: The installation is incomplete.
    """
    paths = playbook_paths()
    for path in paths:
        if path.name == DEMO_PLAYBOOK:
            return path
    raise MissingDataError(DEMO_PLAYBOOK, paths)


def read_shipped(paths: Iterable[Path], catalogue: Catalogue) -> tuple[ShippedPlaybook, ...]:
    """Return the playbooks of these files, in their order; a file without one is left out."""
    read = ((path, load_playbook(path).playbook) for path in paths)
    return tuple(_told_of(path, playbook, catalogue) for path, playbook in read if playbook is not None)


def fresh_copy(playbook: Playbook) -> Playbook:
    """Return a playbook to go on from: the same but for the marks of the file it came from."""
    return playbook.model_copy(update={"uid": None, "created": None})


class Library:
    """Gives the shipped playbooks. Calls return at once; futures end on a thread of its own. `close` it at the end.

    Args:
        catalogue: Gives what is known of actions; called when the playbooks are first asked for.
        scenarios: Reads the Lab's scenarios.
    """

    def __init__(
        self, catalogue: Callable[[], Catalogue], scenarios: Callable[[], Iterable[Scenario]] = tuple[Scenario]
    ) -> None:
        self._catalogue = catalogue
        self._scenarios = scenarios
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tocsin-library")
        self._known: tuple[ShippedPlaybook, ...] | None = None

    def playbooks(self) -> Future[tuple[ShippedPlaybook, ...]]:
        """Return every playbook that is shipped, in order of file name."""
        return self._pool.submit(self._playbooks)

    def scenarios(self) -> Future[tuple[LabScenario, ...]]:
        """Return every scenario that the Lab can play."""
        return self._pool.submit(lambda: tuple(LabScenario.of(scenario) for scenario in self._scenarios()))

    def copy_of(self, name: str) -> Future[Playbook]:
        """Return a copy of a playbook to go on from; LookupError in the future when there is none of that id."""
        return self._pool.submit(self._copy_of, name)

    def looks_of(self, paths: Iterable[Path]) -> Future[tuple[FileLook, ...]]:
        """Look at files of the person's own: they may be on a slow disk, or gone."""
        wanted = tuple(paths)
        return self._pool.submit(lambda: tuple(_look_of(path) for path in wanted))

    def match(self, text: str) -> Future[Fits]:
        """Read a pasted alert and find the playbooks that fit it."""
        return self._pool.submit(self._match, text)

    def close(self) -> None:
        """Wait for what is being read, and read no more."""
        self._pool.shutdown(cancel_futures=True)

    def _playbooks(self) -> tuple[ShippedPlaybook, ...]:
        if self._known is None:
            self._known = read_shipped(playbook_paths(), self._catalogue())
        return self._known

    def _copy_of(self, name: str) -> Playbook:
        for shipped in self._playbooks():
            if shipped.id == name:
                return fresh_copy(shipped.playbook)
        raise LookupError(name)

    def _match(self, text: str) -> Fits:
        alert = read_alert(text)
        if alert.event is None:
            return Fits(alert, ())
        told = alert.event.keys()
        fits = [
            Fit(shipped, tuple(name for name in _needed(trigger) if name not in told))
            for shipped in self._playbooks()
            for trigger in list(_alert_triggers(shipped.playbook))[:1]
        ]
        return Fits(alert, tuple(sorted(fits, key=lambda fit: len(fit.lacks))))


def _look_of(path: Path) -> FileLook:
    try:
        edited = path.stat().st_mtime_ns // 1_000
        playbook = load_playbook(path).playbook
    except (OSError, TocsinError):
        return FileLook(path, path.stem, 0)
    return FileLook(path, (playbook.name if playbook is not None else "") or path.stem, edited)


def _told_of(path: Path, playbook: Playbook, catalogue: Catalogue) -> ShippedPlaybook:
    nodes = [node for _place, node in walk_nodes(playbook.graph)]
    facts = [catalogue.find_facts(node.use) for node in nodes if isinstance(node, ActionNode)]
    effects = {fact.effect for fact in facts if fact is not None}
    return ShippedPlaybook(
        id=playbook.id,
        name=_(playbook.name or playbook.id),
        summary=_(_first_sentence(playbook.description)),
        tags=playbook.tags,
        nodes=sum(node.kind in RUNNABLE for node in nodes),
        effects=tuple(effect for effect in Effect if effect in effects and effect is not Effect.READ),
        discloses=any(fact is not None and fact.discloses is not Discloses.NONE for fact in facts),
        playbook=playbook,
        path=path,
    )


def _alert_triggers(playbook: Playbook) -> Iterable[TriggerNode]:
    nodes = playbook.graph.nodes.values()
    return (node for node in nodes if isinstance(node, TriggerNode) and node.event.endswith(ALERT))


def _needed(trigger: TriggerNode) -> list[str]:
    schema = cast("Mapping[str, Sequence[str]]", trigger.output or {})
    return list(schema.get("required", ()))


def _first_sentence(text: str) -> str:
    line = " ".join(text.split())
    return line.partition(". ")[0].removesuffix(".")
