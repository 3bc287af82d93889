"""Errors of the engine.

TocsinError
├── RunRefusedError         a run may not start
│   ├── HasErrorsError      checks found errors
│   ├── BadInputError       the event does not fit the trigger
│   ├── NotYetError         the playbook uses what this version reserves
│   ├── NoTriggerError      nothing starts it
│   ├── ConnectionChangedError  a stored run would go on with another product than it began with
│   ├── RunIsOverError      a stored run has ended: there is nothing to go on with
│   ├── RunIsHeldError      another process runs it
│   ├── RunNotOverError     a run is to be undone that has not ended
│   ├── KeyIsBusyError      enough runs of its key are on, and the playbook wants no more
│   ├── NoSuchStepError     a run shall begin where none can
│   ├── OtherVersionError   data would be taken over from steps that are drawn otherwise now
│   ├── ForeignDataError    a live run would take data of another environment, or guesses
│   ├── PinnedInLiveError   a live run would take pinned outputs
│   ├── BadPinError         a step cannot be pinned, or not to this
│   └── NothingToUndoError  a run changed nothing that can be taken back
├── DataEditRefusedError    data of a run cannot be changed, or not to this
└── UnknownEventError       a stored run holds an event this version does not know
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.base.codes import ErrorCode
from tocsin.base.errors import TocsinError, did_you_mean
from tocsin.base.texts import _, quoted
from tocsin.model.problems import Problem


class RunRefusedError(TocsinError):
    """A run may not start; nothing was done."""


class HasErrorsError(RunRefusedError):
    """The playbook has errors.

    Attributes:
        problems: All that was found, errors and warnings.
    """

    code = ErrorCode.PLAYBOOK_HAS_ERRORS

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.name, self.problems = name, tuple(problems)
        count = sum(problem.severity == "error" for problem in problems)
        what = _("an error") if count == 1 else _("{count} errors").format(count=count)
        super().__init__(
            _("“{name}” has {what} and cannot run.").format(name=name, what=what),
            hint=_("Mend what is listed under problems."),
        )


class BadInputError(RunRefusedError):
    """The event that should start a run is not as the trigger says."""

    code = ErrorCode.BAD_INPUT

    def __init__(self, trigger: str, what: str) -> None:
        self.trigger = trigger
        super().__init__(
            _("The input does not fit trigger “{trigger}”: {what}.").format(trigger=trigger, what=what),
            hint=_("Give what its output schema asks."),
        )


class NotYetError(RunRefusedError):
    """A reserved feature."""

    code = ErrorCode.NOT_YET

    def __init__(self, feature: str) -> None:
        self.feature = feature
        super().__init__(
            _("“{feature}” is reserved and does not run yet.").format(feature=feature), hint=_("Leave it out for now.")
        )


class NoTriggerError(RunRefusedError):
    """The playbook has no trigger that can start this run."""

    code = ErrorCode.BAD_INPUT

    def __init__(self, name: str) -> None:
        super().__init__(_("“{name}” has no trigger that can start it.").format(name=name), hint=_("Add a trigger."))


class ConnectionChangedError(RunRefusedError):
    """What a run was made with is not what is there now (engine.md 1.18).

    Attributes:
        connections: The connections whose address, options or description differ.
    """

    code = ErrorCode.CONNECTION_CHANGED

    def __init__(self, run: str, connections: Sequence[str]) -> None:
        self.run, self.connections = run, tuple(connections)
        names = quoted(*self.connections)
        super().__init__(
            _("Run {run} began with other settings of {names}.").format(run=run, names=names),
            hint=_("See what changed, then accept it and go on."),
        )


class RunIsOverError(RunRefusedError):
    """A run that has ended cannot go on."""

    code = ErrorCode.RUN_IS_OVER

    def __init__(self, run: str, status: str) -> None:
        self.run, self.status = run, status
        super().__init__(
            _("Run {run} is over: {status}.").format(run=run, status=status), hint=_("Start the playbook again.")
        )


class RunIsHeldError(RunRefusedError):
    """Another process runs it: two must never drive one run (engine.md 1.19)."""

    code = ErrorCode.RUN_IS_HELD

    def __init__(self, run: str, owner: str) -> None:
        self.run = run
        process = owner.partition("-")[0]
        super().__init__(
            _("Another Tocsin, process {process}, is running {run}.").format(process=process, run=run),
            hint=_("Answer or stop it there."),
        )


class RunNotOverError(RunRefusedError):
    """Only what has ended can be undone."""

    code = ErrorCode.RUN_IS_NOT_OVER

    def __init__(self, run: str) -> None:
        self.run = run
        super().__init__(_("Run {run} has not ended.").format(run=run), hint=_("Stop or resume it first."))


class KeyIsBusyError(RunRefusedError):
    """Enough runs of one key are on, and the playbook says to skip others (engine.md 1.33)."""

    code = ErrorCode.KEY_IS_BUSY

    def __init__(self, name: str, key: str, runs: Sequence[str]) -> None:
        self.key, self.runs = key, tuple(runs)
        super().__init__(
            _("“{name}” is running for “{key}” already, and skips what comes meanwhile.").format(name=name, key=key),
            hint=_("Wait for run {runs}, or stop it.").format(runs=runs[-1]),
        )


class NothingToUndoError(RunRefusedError):
    """Nothing that a run did can be taken back, or all of it was."""

    code = ErrorCode.NOTHING_TO_UNDO

    def __init__(self, run: str) -> None:
        self.run = run
        super().__init__(
            _("Nothing of run {run} can be taken back.").format(run=run), hint=_("Its record says what it changed.")
        )


class NoSuchStepError(RunRefusedError):
    """A run shall begin at a step where none can begin."""

    code = ErrorCode.NO_SUCH_STEP

    def __init__(self, node: str, possible: Sequence[str], *, is_drawn: bool) -> None:
        self.node = node
        what = _("A run cannot begin at") if is_drawn else _("The playbook has no step")
        hint = did_you_mean(node, possible) or _(
            "Name an action or another step of the playbook itself, outside loops."
        )
        super().__init__(f"{what} “{node}”.", hint=hint)


class OtherVersionError(RunRefusedError):
    """Steps whose data shall be taken over are drawn otherwise than when they gave them.

    Attributes:
        nodes: Their ids.
    """

    code = ErrorCode.OTHER_VERSION

    def __init__(self, run: str, nodes: Sequence[str]) -> None:
        self.run, self.nodes = run, tuple(nodes)
        names = quoted(*self.nodes)
        super().__init__(
            _("Run {run} had {names} drawn otherwise: its data may not fit.").format(run=run, names=names),
            hint=_("Run the playbook as a whole, or accept the changes."),
        )


class ForeignDataError(RunRefusedError):
    """A live run would take over what was found elsewhere, or only guessed."""

    code = ErrorCode.FOREIGN_DATA

    def __init__(self, run: str, environment: str, *, is_rehearsal: bool) -> None:
        self.run = run
        what = (
            _("was a rehearsal: part of its data are guesses")
            if is_rehearsal
            else _("ran in “{environment}”").format(environment=environment)
        )
        super().__init__(
            _("Run {run} {what}. A live run cannot go on with them.").format(run=run, what=what),
            hint=_("Take the data of a live run in the same environment, or rehearse."),
        )


class PinnedInLiveError(RunRefusedError):
    """Pinned outputs are for rehearsals: a live run would act on what nobody found."""

    code = ErrorCode.PINNED_IN_LIVE

    def __init__(self, nodes: Sequence[str], *, hint: str = _("Unpin them, or rehearse.")) -> None:
        self.nodes = tuple(nodes)
        names = quoted(*self.nodes)
        super().__init__(
            _("A live run takes no pinned outputs, and {names} would be pinned.").format(names=names), hint=hint
        )


class BadPinError(RunRefusedError):
    """A pin that no run can take."""

    code = ErrorCode.BAD_PIN

    def __init__(self, node: str, what: str) -> None:
        self.node = node
        super().__init__(
            _("“{node}” cannot be pinned so: {what}.").format(node=node, what=what),
            hint=_("Pin what the step gives, or nothing."),
        )


class DataEditRefusedError(TocsinError):
    """The data of a run stay as they are."""

    code = ErrorCode.DATA_EDIT_REFUSED

    def __init__(self, run: str, why: str) -> None:
        self.run = run
        super().__init__(why, hint=_("Only what no step has read yet can be edited, into what the step could give."))


class UnknownEventError(TocsinError):
    """A stored run holds what this version cannot read."""

    code = ErrorCode.UNKNOWN_EVENT

    def __init__(self, kind: str, run: str) -> None:
        self.kind, self.run = kind, run
        super().__init__(
            _("Run {run} holds an event “{kind}” that this version does not know.").format(run=run, kind=kind),
            hint=_("Update Tocsin."),
        )
