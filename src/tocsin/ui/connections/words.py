"""What the window says of connections: steps of a test, secrets, environments, and what to do. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from tocsin.base.texts import _, beginning, plural
from tocsin.base.times import in_zone, moment_of, zone_mark
from tocsin.model.catalogue import Effect
from tocsin.services.connections import (
    ActionResult,
    ConnectionRow,
    EnvironmentView,
    HealthEntry,
    LastTrial,
    Leave,
    StepResult,
    TrialReport,
    TrialStep,
)
from tocsin.vault import SecretState

STEPS: Final[Mapping[TrialStep, str]] = {
    TrialStep.SETTINGS: _("Settings"),
    TrialStep.NAME: _("Name"),
    TrialStep.TCP: _("Connection (TCP)"),
    TrialStep.TLS: _("Encryption (TLS)"),
    TrialStep.SIGN_IN: _("Sign-in"),
    TrialStep.PERMISSION: _("Permission"),
    TrialStep.ANSWER: _("Answer"),
}
USUAL_STEPS: Final = (TrialStep.NAME, TrialStep.TCP, TrialStep.TLS, TrialStep.SIGN_IN, TrialStep.PERMISSION)
"""What every test tries; the other two are told only when they fail."""
ADVICE: Final[Mapping[TrialStep, str]] = {
    TrialStep.SETTINGS: _("Change the field that is named, then test again."),
    TrialStep.NAME: _("See that the address is spelled right, and that this computer's name server knows it."),
    TrialStep.TCP: _("See that the product is on, and that no firewall lies between."),
    TrialStep.TLS: _("Has it certificates of your own? Name their authority's file under “Certificates and limits”."),
    TrialStep.SIGN_IN: _("Type the sign-in again. The product may have locked it, or it may have ended."),
    TrialStep.PERMISSION: _("Give this sign-in the right to read in the product, then test again."),
    TrialStep.ANSWER: _("See whether the address leads to this product, and whether it is well."),
}
LEAVES: Final[Mapping[Leave, str]] = {
    Leave.ALLOWED: _("Allowed"),
    Leave.DENIED: _("Not allowed"),
    Leave.FAILED: _("Could not be tried"),
    Leave.UNTRIED: _("Not tried"),
}
SECRETS: Final[Mapping[SecretState, str]] = {
    SecretState.GIVEN: _("Secrets given from outside"),
    SecretState.KEPT: _("Secrets kept"),
    SecretState.MOVED: _("Address changed: type the secrets again"),
    SecretState.MISSING: _("Secrets missing"),
}
_WORST_FIRST: Final = (SecretState.MISSING, SecretState.MOVED, SecretState.KEPT, SecretState.GIVEN)


def step_words(step: StepResult) -> str:
    """Return what a test found at a step, or why it failed; as a sentence without its end."""
    said = step.detail or (_("passed") if step.ok else _("failed"))
    return beginning(said) if said.partition(" ")[0].isalpha() else said


def action_words(action: ActionResult) -> str:
    """Return whether an action may be done, and what it needs for that."""
    why = action.detail
    if action.leave is Leave.UNTRIED:
        why = _("it needs an input") if action.effect is Effect.READ else _("a test changes nothing")
    parts = [f"{LEAVES[action.leave]}{f': {why}' if why else ''}"]
    if action.permission and action.leave is not Leave.ALLOWED:
        parts.append(_("needs “{permission}”").format(permission=action.permission))
    return " · ".join(parts)


def outcome_words(report: TrialReport) -> str:
    """Return how a test went, in one sentence."""
    failed = report.failed
    if failed is not None:
        return _("Failed at {steps}: {detail}").format(
            steps=STEPS[failed.step], detail=failed.detail or _("no reason was given")
        )
    denied = sum(action.leave is Leave.DENIED for action in report.actions)
    if denied:
        return plural(
            "It works; {denied} action is not allowed", "It works; {denied} actions are not allowed", denied
        ).format(denied=denied)
    return _("It works")


def short_outcome(report: TrialReport) -> str:
    """Return how a test went, where its steps stand below."""
    return (
        f"{outcome_words(report)}."
        if report.failed is None
        else _("{steps} failed.").format(steps=STEPS[report.failed.step])
    )


def trial_words(trial: LastTrial | None) -> str:
    """Return how and when a connection was last tested."""
    if trial is None:
        return _("Not tested since Tocsin was started")
    when = moment_of(trial.at)
    return _("{outcome_words} · tested {when}").format(
        outcome_words=outcome_words(trial.report), when=f"{when:%H:%M:%S} {zone_mark(when)}"
    )


def look_words(entry: HealthEntry) -> str:
    """Return when a look at a connection was, and how it went."""
    when = in_zone(datetime.fromisoformat(entry.at))
    steps: Mapping[str, str] = {str(step): title for step, title in STEPS.items()}
    said = (
        _("well, after {seconds:.2f} s").format(seconds=entry.seconds)
        if entry.ok
        else _("failed at {step}: {detail}").format(
            step=steps.get(entry.step, entry.step), detail=entry.detail or _("no reason was given")
        )
    )
    return f"{when:%Y-%m-%d %H:%M} {zone_mark(when)} · {said}"


def health_words(entries: Sequence[HealthEntry]) -> str:
    """Return how the looks at a connection went, the last of them in full; "" where there was none."""
    if not entries:
        return ""
    well, count = sum(entry.ok for entry in entries), len(entries)
    said = plural("{well} of {count} look went well", "{well} of {count} looks went well", count)
    return _("{said} · last {look}").format(said=said.format(well=well, count=count), look=look_words(entries[-1]))


def worst_secret(states: Iterable[SecretState]) -> SecretState | None:
    """Return the state that keeps a connection from working, or the one all are in; None where none is needed."""
    found = set(states)
    return next((state for state in _WORST_FIRST if state in found), None)


def secret_words(row: ConnectionRow) -> str:
    """Return where the secrets of a connection stand."""
    if not row.title:
        return _("No product “{connector}” is known").format(connector=row.connection.connector)
    worst = worst_secret(row.secrets.values())
    return SECRETS[worst] if worst is not None else _("Needs no secrets")


def use_words(row: ConnectionRow) -> str:
    """Return which playbooks reach a connection."""
    return (
        _("Used by {value}").format(value=", ".join(f"“{name}”" for name in row.used_by))
        if row.used_by
        else _("No playbook uses it yet")
    )


def is_production(environment: str) -> bool:
    """Tell whether an environment is the one with the lock."""
    return environment in {"production", "prod"}


def readiness_words(view: EnvironmentView) -> str:
    """Return how ready an environment is: “6 of 8 connections ready”; of Production also that it is locked."""
    if view.fault:
        return _("Its file cannot be read")
    count = len(view.rows)
    if not count:
        said = _("no connection yet")
    elif view.ready == count:
        said = plural("{count} connection ready", "{count} connections ready", count).format(count=count)
    else:
        said = _("{ready} of {count} connections ready").format(ready=view.ready, count=count)
    said = beginning(said)
    return _("Locked. {said}").format(said=said) if is_production(view.id) else said
