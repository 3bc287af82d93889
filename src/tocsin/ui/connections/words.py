"""What the window says of connections: steps of a test, secrets, environments, and what to do. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from tocsin.model.catalogue import Effect
from tocsin.services.connections import (
    ActionResult,
    ConnectionRow,
    EnvironmentView,
    LastTrial,
    Leave,
    StepResult,
    TrialReport,
    TrialStep,
)
from tocsin.vault import SecretState

STEPS: Final[Mapping[TrialStep, str]] = {
    TrialStep.SETTINGS: "Settings",
    TrialStep.NAME: "Name",
    TrialStep.TCP: "Connection (TCP)",
    TrialStep.TLS: "Encryption (TLS)",
    TrialStep.SIGN_IN: "Sign-in",
    TrialStep.PERMISSION: "Permission",
    TrialStep.ANSWER: "Answer",
}
USUAL_STEPS: Final = (TrialStep.NAME, TrialStep.TCP, TrialStep.TLS, TrialStep.SIGN_IN, TrialStep.PERMISSION)
"""What every test tries; the other two are told only when they fail."""
ADVICE: Final[Mapping[TrialStep, str]] = {
    TrialStep.SETTINGS: "Change the field that is named, then test again.",
    TrialStep.NAME: "See that the address is spelled right, and that this computer's name server knows it.",
    TrialStep.TCP: "See that the product is on, and that no firewall lies between.",
    TrialStep.TLS: "Has it certificates of your own? Name their authority's file under “Certificates and limits”.",
    TrialStep.SIGN_IN: "Type the sign-in again. The product may have locked it, or it may have ended.",
    TrialStep.PERMISSION: "Give this sign-in the right to read in the product, then test again.",
    TrialStep.ANSWER: "See whether the address leads to this product, and whether it is well.",
}
LEAVES: Final[Mapping[Leave, str]] = {
    Leave.ALLOWED: "Allowed",
    Leave.DENIED: "Not allowed",
    Leave.FAILED: "Could not be tried",
    Leave.UNTRIED: "Not tried",
}
SECRETS: Final[Mapping[SecretState, str]] = {
    SecretState.GIVEN: "Secrets given from outside",
    SecretState.KEPT: "Secrets kept",
    SecretState.MOVED: "Address changed: type the secrets again",
    SecretState.MISSING: "Secrets missing",
}
_WORST_FIRST: Final = (SecretState.MISSING, SecretState.MOVED, SecretState.KEPT, SecretState.GIVEN)


def step_words(step: StepResult) -> str:
    """Return what a test found at a step, or why it failed; as a sentence without its end."""
    said = step.detail or ("passed" if step.ok else "failed")
    return said[:1].upper() + said[1:] if said.partition(" ")[0].isalpha() else said


def action_words(action: ActionResult) -> str:
    """Return whether an action may be done, and what it needs for that."""
    why = action.detail
    if action.leave is Leave.UNTRIED:
        why = "it needs an input" if action.effect is Effect.READ else "a test changes nothing"
    parts = [f"{LEAVES[action.leave]}{f': {why}' if why else ''}"]
    if action.permission and action.leave is not Leave.ALLOWED:
        parts.append(f"needs “{action.permission}”")
    return " · ".join(parts)


def outcome_words(report: TrialReport) -> str:
    """Return how a test went, in one sentence."""
    failed = report.failed
    if failed is not None:
        return f"Failed at {STEPS[failed.step]}: {failed.detail or 'no reason was given'}"
    denied = sum(action.leave is Leave.DENIED for action in report.actions)
    if denied:
        return f"It works; {denied} {'action is' if denied == 1 else 'actions are'} not allowed"
    return "It works"


def short_outcome(report: TrialReport) -> str:
    """Return how a test went, where its steps stand below."""
    return f"{outcome_words(report)}." if report.failed is None else f"{STEPS[report.failed.step]} failed."


def trial_words(trial: LastTrial | None) -> str:
    """Return how and when a connection was last tested."""
    if trial is None:
        return "Not tested since Tocsin was started"
    when = datetime.fromtimestamp(trial.at / 1_000_000, UTC)
    return f"{outcome_words(trial.report)} · tested {when:%H:%M:%S} UTC"


def worst_secret(states: Iterable[SecretState]) -> SecretState | None:
    """Return the state that keeps a connection from working, or the one all are in; None where none is needed."""
    found = set(states)
    return next((state for state in _WORST_FIRST if state in found), None)


def secret_words(row: ConnectionRow) -> str:
    """Return where the secrets of a connection stand."""
    if not row.title:
        return f"No product “{row.connection.connector}” is known"
    worst = worst_secret(row.secrets.values())
    return SECRETS[worst] if worst is not None else "Needs no secrets"


def use_words(row: ConnectionRow) -> str:
    """Return which playbooks reach a connection."""
    return f"Used by {', '.join(f'“{name}”' for name in row.used_by)}" if row.used_by else "No playbook uses it yet"


def is_production(environment: str) -> bool:
    """Tell whether an environment is the one with the lock."""
    return environment in {"production", "prod"}


def readiness_words(view: EnvironmentView) -> str:
    """Return how ready an environment is: “6 of 8 connections ready”; of Production also that it is locked."""
    if view.fault:
        return "Its file cannot be read"
    count = len(view.rows)
    if not count:
        said = "no connection yet"
    elif view.ready == count:
        said = f"{count} {'connection' if count == 1 else 'connections'} ready"
    else:
        said = f"{view.ready} of {count} connections ready"
    return f"Locked. {said[:1].upper()}{said[1:]}" if is_production(view.id) else said[:1].upper() + said[1:]
