"""Finds environments by name: the Lab, and those whose files lie in a workspace (definitions.md D4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import Place, TocsinError, did_you_mean
from tocsin.base.texts import _
from tocsin.engine.program import Program
from tocsin.formats import FileResult
from tocsin.formats.environment_file import load_environment
from tocsin.model.environment import LAB, LAB_NETWORKS, Environment
from tocsin.model.problems import Problem, Severity

FOLDER: Final = "environments"


class UnknownEnvironmentError(TocsinError):
    """No file of the workspace is called so."""

    code = ErrorCode.UNKNOWN_ENVIRONMENT

    def __init__(self, name: str, folder: Path, known: list[str]) -> None:
        self.name, self.folder, self.known = name, folder, tuple(known)
        there = ", ".join([LAB, *known])
        hint = did_you_mean(name, [LAB, *known]) or _("There are: {there}.").format(there=there)
        super().__init__(_("There is no environment “{name}” in {folder}.").format(name=name, folder=folder), hint=hint)


class UnreadableEnvironmentError(TocsinError):
    """An environment's file has faults; the message is the first one's."""

    code = ErrorCode.UNREADABLE_ENVIRONMENT

    def __init__(self, fault: str, place: Place, *, hint: str = "") -> None:
        self.fault = fault
        super().__init__(_("This environment cannot be used. {fault}").format(fault=fault), hint=hint, place=place)


class EnvironmentFiles:
    """The environments whose files lie in a workspace. They are read anew each time.

    Args:
        workspace_of: Gives the workspace of a file, which need not exist.
    """

    def __init__(self, workspace_of: Callable[[Path], Path]) -> None:
        self._workspace_of = workspace_of

    def workspace(self, file: str) -> Path:
        """Return the workspace of a file; of "", that of the folder Tocsin was started in."""
        return self._workspace_of(Path(file) if file else Path.cwd() / FOLDER)

    def path(self, name: str, file: str) -> Path:
        """Return where the environment of that name is kept, or would be."""
        return self.workspace(file) / FOLDER / f"{name}.yaml"

    def names(self, file: str) -> list[str]:
        """Return the environments that have a file in the workspace of `file`, sorted."""
        return sorted(path.stem for path in (self.workspace(file) / FOLDER).glob("*.yaml"))

    def load_all(self, file: str) -> Iterator[FileResult[Environment]]:
        """Yield every environment of the workspace of `file`, readable or not."""
        for name in self.names(file):
            yield _load(self.path(name, file))

    def get(self, name: str, file: str) -> Environment:
        """Return the environment of that name.

        Raises:
            UnknownEnvironmentError: The workspace has none.
            UnreadableEnvironmentError: Its file has faults.
        """
        known = self.names(file)
        if name not in known:
            raise UnknownEnvironmentError(name, self.workspace(file) / FOLDER, known)
        path = self.path(name, file)
        result = _load(path)
        fault = next((problem for problem in result.problems if problem.severity is Severity.ERROR), None)
        if fault is not None:
            raise UnreadableEnvironmentError(
                fault.message, Place(fault.file, fault.line, fault.column), hint=fault.hint
            )
        if result.value is None or result.value.id != name:
            raise UnreadableEnvironmentError(
                _("Its id is not “{name}”, as its file is called.").format(name=name), Place(str(path))
            )
        return result.value


class KnownEnvironments:
    """The environments of this process.

    Args:
        lab: Gives the Lab's environment, and starts the Lab when it must.
        files: Gives those with a file.
        ensure_ready: Sees that what a program reaches outside the Lab can be reached, before anything of it starts.
    """

    def __init__(
        self,
        lab: Callable[[], Environment],
        files: Callable[[], EnvironmentFiles],
        ensure_ready: Callable[[Program], None],
    ) -> None:
        self._lab = lab
        self._files = files
        self._ensure_ready = ensure_ready

    def get(self, name: str, /, *, connected: bool = True, file: str = "") -> Environment:
        """Return the environment of that name; not `connected`, its connections may be missing and nothing is started.

        Args:
            name: Its id.
            connected: Whether its connections are needed.
            file: The playbook's file, whose workspace is searched; "" searches that of the current folder.

        Raises:
            UnknownEnvironmentError: There is none of that name.
            UnreadableEnvironmentError: Its file has faults.
        """
        if name != LAB:
            return self._files().get(name, file)
        return self._lab() if connected else Environment(id=LAB, networks=LAB_NETWORKS)

    def ensure_ready(self, program: Program) -> None:
        """See that every product which a program needs has its secrets and a server that may be reached.

        Raises:
            TocsinError: One has not. Nothing was sent.
        """
        if program.environment.id != LAB:
            self._ensure_ready(program)


def _load(path: Path) -> FileResult[Environment]:
    try:
        return load_environment(path)
    except OSError as error:
        message = _("The file cannot be read: {strerror}.").format(strerror=error.strerror or _("it is refused"))
        return FileResult(None, (Problem(ErrorCode.NOT_READABLE, Severity.ERROR, message, file=str(path)),))
