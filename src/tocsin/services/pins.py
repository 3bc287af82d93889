"""The pins that lie beside a playbook's file, read and written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import Place, TocsinError
from tocsin.base.texts import _
from tocsin.engine.pins import PinnedOutput
from tocsin.formats import load_pin_file, save_pin_file
from tocsin.model.failures import Failure
from tocsin.model.pins import Pin, PinFile, PinnedFailure, pins_path
from tocsin.model.problems import Severity


class UnreadablePinsError(TocsinError):
    """A file of pins has faults; the message is the first one's."""

    code = ErrorCode.UNREADABLE_PINS

    def __init__(self, fault: str, place: Place, *, hint: str = "") -> None:
        self.fault = fault
        super().__init__(
            _("The pins beside the playbook cannot be used. {fault}").format(fault=fault), hint=hint, place=place
        )


class PinsNotKeptError(TocsinError):
    """The disk refuses to keep pins."""

    code = ErrorCode.CANNOT_SAVE

    def __init__(self, path: Path, why: str) -> None:
        self.path = path
        hint = _("They stay until the playbook is closed.")
        super().__init__(
            _("The pins cannot be kept in {name}: {why}.").format(name=path.name, why=why.lower()), hint=hint
        )


class PinFiles:
    """Reads and writes them."""

    def load(self, file: Path, playbook: str, /) -> dict[str, PinnedOutput]:
        """Return the pins of the playbook of that id, whose file this is; none where no file of pins lies beside it.

        Raises:
            UnreadablePinsError: It cannot be read, or has faults.
        """
        path = pins_path(file, playbook)
        if not path.exists():
            return {}
        try:
            result = load_pin_file(path)
        except OSError as error:
            message = _("The file cannot be read: {strerror}.").format(strerror=error.strerror or _("it is refused"))
            raise UnreadablePinsError(message, Place(str(path))) from error
        fault = next((problem for problem in result.problems if problem.severity is Severity.ERROR), None)
        if fault is not None:
            raise UnreadablePinsError(fault.message, Place(fault.file, fault.line, fault.column), hint=fault.hint)
        return {name: _read(pin) for name, pin in result.value.pins.items()} if result.value is not None else {}

    def save(self, file: Path, playbook: str, pins: Mapping[str, PinnedOutput], /) -> None:
        """Keep the pins of a playbook beside its file; without any, no file of them is left.

        Raises:
            PinsNotKeptError: The disk refuses.
        """
        path = pins_path(file, playbook)
        try:
            if pins:
                save_pin_file(path, PinFile(pins={name: _told(pin) for name, pin in pins.items()}))
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise PinsNotKeptError(path, error.strerror or _("it is refused")) from error


def _read(pin: Pin) -> PinnedOutput:
    error = pin.error
    failure = Failure(error.code, error.message, error.retryable) if error is not None else None
    return PinnedOutput(pin.output, failure, pin.source)


def _told(pin: PinnedOutput) -> Pin:
    if pin.error is None:
        return Pin(output=pin.output, source=pin.source)
    failure = PinnedFailure(code=pin.error.code, message=pin.error.message, retryable=pin.error.retryable)
    return Pin(error=failure, source=pin.source)
