"""Connections for a window: what may read files, ask a keyring or wait for a server is done beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from tocsin.base.clock import Clock
from tocsin.base.secret import Secret
from tocsin.services.connections import overview
from tocsin.services.connections.desk import ConnectionDesk
from tocsin.services.connections.health import HealthEntry
from tocsin.services.connections.values import Draft, LastTrial, Overview, TrialReport, VaultLook, VaultNeed
from tocsin.services.environments import EnvironmentFiles

R = TypeVar("R")
_Key = tuple[str, str, str]


class BackgroundConnections:
    """The desk on a thread of its own, one call after the other. Refusals are in the futures, as TocsinErrors.

    Wherever a `file` is taken, it is one in the workspace; "" means the folder Tocsin was started in.

    Args:
        open_desk: Gives the desk and the environments' files; called on that thread, at the first call.
    """

    def __init__(self, open_desk: Callable[[], tuple[ConnectionDesk, EnvironmentFiles]]) -> None:
        self._open = open_desk
        self._clock = Clock()
        self._trials: dict[_Key, tuple[str, LastTrial]] = {}
        self._has_passphrase = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tocsin-connections")

    def look(self, file: str = "", *, with_uses: bool = False) -> Future[Overview]:
        """Return every environment of a workspace with its connections, and how their last tests went.

        Args:
            file: One in the workspace.
            with_uses: Say which playbooks use each connection: all of them are read for that.
        """
        return self._thread.submit(self._look, file, with_uses=with_uses)

    def needs_passphrase(self, environment: str, file: str = "") -> Future[bool]:
        """Tell whether a passphrase must be typed before an environment can be used."""
        return self._thread.submit(lambda: self._desk.needs_passphrase(environment, file))

    def open_vault(self) -> Future[VaultNeed]:
        """Open the vault or make it, as far as that goes without a person; tells what one must do for the rest."""
        return self._thread.submit(lambda: self._noting(overview.open_or_ask(self._desk)))

    def give_passphrase(self, passphrase: Secret) -> Future[None]:
        """Open the vault with its passphrase, or make it with this one."""
        return self._thread.submit(self._give, passphrase)

    def lock_vault(self) -> Future[None]:
        """Forget the vault's key."""
        return self._thread.submit(lambda: self._desk.lock_vault())

    def look_at_vault(self) -> Future[VaultLook]:
        """Return what may be shown of the vault."""
        return self._thread.submit(lambda: self._desk.look_at_vault())

    def rotate_vault(self, passphrase: Secret | None = None) -> Future[None]:
        """Seal everything with a new key; where a passphrase opens the vault, it is needed."""
        return self._thread.submit(lambda: self._desk.rotate_vault(passphrase))

    def change_passphrase(self, passphrase: Secret | None) -> Future[None]:
        """Let another passphrase open the vault, which must be open, or the keyring."""
        return self._thread.submit(lambda: self._change(passphrase))

    def export_vault(self, path: Path) -> Future[None]:
        """Write what is kept for which servers, without the secrets, as JSON."""
        return self._thread.submit(lambda: self._desk.export_vault(path))

    def test(self, environment: str, name: str, file: str = "") -> Future[TrialReport]:
        """Test a saved connection; cancelling the future ends the test."""
        told: Future[TrialReport] = Future()
        told.add_done_callback(partial(self._note_trial, (file, environment, name)))
        return self._try(told, lambda: self._desk.test(environment, name, file))

    def test_draft(self, draft: Draft, file: str = "") -> Future[TrialReport]:
        """Test a connection before it is saved; cancelling the future ends the test."""
        return self._try(Future(), lambda: self._desk.test_draft(draft, file))

    def check_health(self, environment: str, name: str, file: str = "") -> Future[HealthEntry]:
        """Look at a saved connection without trying its actions, and keep how it does; cancelling ends the look."""
        told: Future[HealthEntry] = Future()
        seen = self._try(Future(), lambda: self._desk.look_at(environment, name, file))
        seen.add_done_callback(partial(self._note_health, told))
        told.add_done_callback(partial(_end, seen))
        return told

    def health_before(self, environment: str) -> Future[tuple[HealthEntry, ...]]:
        """Return how an environment's connections did, the oldest look first."""
        return self._thread.submit(lambda: self._desk.health_before(environment))

    def save(self, draft: Draft, file: str = "") -> Future[Path]:
        """Keep a connection; the vault must be open where it has secrets."""
        return self._thread.submit(lambda: self._desk.save(draft, file))

    def remove(self, environment: str, name: str, file: str = "") -> Future[tuple[str, ...]]:
        """Take a connection and its secrets away; gives the roles that nobody plays now."""
        return self._thread.submit(lambda: self._desk.remove(environment, name, file))

    def create(self, title: str, file: str = "", *, like: str = "") -> Future[str]:
        """Make an environment, with the connections of another where `like` names one; gives its id."""
        return self._thread.submit(lambda: overview.create(self._files, title, file, like=like))

    def copy(self, source: str, connections: Collection[str], target: str, file: str = "") -> Future[tuple[str, ...]]:
        """Copy connections to another environment without their secrets; gives those that were copied."""
        return self._thread.submit(lambda: overview.copy(self._files, source, connections, target, file))

    def close(self) -> None:
        """End the thread; what has not begun is not done."""
        self._thread.shutdown(cancel_futures=True)

    @property
    def _desk(self) -> ConnectionDesk:
        return self._open()[0]

    @property
    def _files(self) -> EnvironmentFiles:
        return self._open()[1]

    def _look(self, file: str, *, with_uses: bool) -> Overview:
        desk, files = self._open()
        views, place = overview.views_of(files, desk, file, with_uses=with_uses), self._place(file)
        now = {(place, row.environment, row.id): row.connection.revision for one in views for row in one.rows}
        trials = {
            (environment, name): trial
            for (where, environment, name), (revision, trial) in self._trials.items()
            if now.get((where, environment, name)) == revision
        }
        state = overview.state_of_vault(desk)
        if state is not None:
            self._has_passphrase = self._has_passphrase or desk.vault_needs_passphrase
        return Overview(views, trials, state, self._has_passphrase)

    def _noting(self, need: VaultNeed) -> VaultNeed:
        self._has_passphrase = self._has_passphrase or need is not VaultNeed.NOTHING
        return need

    def _give(self, passphrase: Secret) -> None:
        self._desk.open_vault(passphrase)
        self._has_passphrase = True

    def _change(self, passphrase: Secret | None) -> None:
        self._desk.change_passphrase(passphrase)
        self._has_passphrase = passphrase is not None

    def _try(self, told: Future[TrialReport], start: Callable[[], Future[TrialReport]]) -> Future[TrialReport]:
        starting = self._thread.submit(lambda: None if told.cancelled() else start())
        starting.add_done_callback(partial(_follow, told))
        return told

    def _note_trial(self, key: _Key, told: Future[TrialReport]) -> None:
        """On the thread that tested: keep how it went beside what was tested."""
        if told.cancelled() or told.exception() is not None:
            return
        self._thread.submit(self._keep_trial, key, LastTrial(told.result(), self._clock.utc_micros()))

    def _note_health(self, told: Future[HealthEntry], seen: Future[TrialReport]) -> None:
        """On the thread that looked."""
        if seen.cancelled() or seen.exception() is not None:
            _hand_on(told, seen)
            return
        noting = self._thread.submit(lambda: self._desk.note_health(seen.result()))
        noting.add_done_callback(partial(_hand_on, told))

    def _keep_trial(self, key: _Key, trial: LastTrial) -> None:
        file, environment, name = key
        found = self._desk.find_connection(environment, name, file)
        if found is not None:
            self._trials[self._place(file), environment, name] = (found.revision, trial)

    def _place(self, file: str) -> str:
        return str(self._files.workspace(file))


def _follow(told: Future[TrialReport], starting: Future[Future[TrialReport] | None]) -> None:
    """Let a test that has begun, or could not, be heard."""
    if starting.cancelled():
        told.cancel()
        return
    error, trial = starting.exception(), None if starting.exception() else starting.result()
    if trial is not None:
        trial.add_done_callback(partial(_hand_on, told))
        told.add_done_callback(partial(_end, trial))
    elif error is not None and told.set_running_or_notify_cancel():
        told.set_exception(error)


def _hand_on(told: Future[R], done: Future[Any]) -> None:
    if done.cancelled():
        told.cancel()
    elif told.set_running_or_notify_cancel():
        error = done.exception()
        told.set_result(done.result()) if error is None else told.set_exception(error)


def _end(trial: Future[TrialReport], told: Future[Any]) -> None:
    if told.cancelled():
        trial.cancel()
