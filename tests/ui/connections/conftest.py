"""Environments as a desk would tell of them, and a port that answers at once."""

from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from tocsin.model.environment import Connection
from tocsin.services.connections import (
    ConnectionRow,
    EnvironmentView,
    HealthEntry,
    Overview,
    StepResult,
    TrialReport,
    TrialStep,
    VaultLook,
    VaultNeed,
)
from tocsin.vault import SecretState, VaultState


class FakeConnections:
    """Keeps nothing: a test says what is there, what a person must do, and what is refused."""

    def __init__(self, overview):
        self.overview = overview
        self.need = VaultNeed.NOTHING
        self.refusal = None
        self.report = TrialReport("staging", "opnsense", (StepResult(TrialStep.NAME, ok=False, detail="not known"),))
        self.asked = []
        self.looks = ()
        self.vault = VaultLook(VaultState.OPEN, has_passphrase=True)
        self.testing = None

    def look(self, *_, **__):
        return self._answer(self.overview)

    def needs_passphrase(self, environment, _file=""):
        return self._answer(self.need is not VaultNeed.NOTHING, "needs", environment)

    def open_vault(self):
        return self._answer(self.need, "open")

    def give_passphrase(self, passphrase):
        return self._answer(None, "passphrase", passphrase)

    def lock_vault(self):
        return self._answer(None, "lock")

    def look_at_vault(self):
        return self._answer(self.vault)

    def rotate_vault(self, passphrase=None):
        return self._answer(None, "rotate", passphrase)

    def change_passphrase(self, passphrase):
        return self._answer(None, "change", passphrase)

    def export_vault(self, path):
        return self._answer(None, "export", path)

    def test(self, environment, name, *_):
        return self._begin("test", environment, name)

    def test_draft(self, draft, *_):
        return self._begin("test draft", draft)

    def check_health(self, environment, name, _file=""):
        return self._answer(self.entry(environment, name), "health", environment, name)

    def health_before(self, environment):
        return self._answer(tuple(one for one in self.looks if one.environment == environment))

    def entry(self, environment, name, step=""):
        return HealthEntry("2026-01-02T03:04:05.000000Z", environment, name, not step, step, "no answer", 0.25)

    def save(self, draft, _file=""):
        return self._answer(Path("staging.yaml"), "save", draft)

    def remove(self, environment, name, _file=""):
        return self._answer(("edge",), "remove", environment, name)

    def create(self, title, _file="", *, like=""):
        return self._answer(title.lower(), "create", title, like)

    def copy(self, source, names, target, _file=""):
        return self._answer(tuple(names), "copy", source, tuple(names), target)

    def _begin(self, *asked):
        self.asked.append(asked)
        self.testing = Future()
        return self.testing

    def _answer(self, result, *asked):
        if asked:
            self.asked.append(asked)
        future = Future()
        if self.refusal is not None and asked:
            future.set_exception(self.refusal)
        else:
            future.set_result(result)
        return future


@pytest.fixture
def make_row(catalogue):
    """A connection of an environment, with all of its secrets in one state."""

    def make(environment, name="opnsense", state=SecretState.KEPT, **more):
        known = catalogue.connectors.get("opnsense")
        connection = Connection(connector="opnsense", addresses={"main": "https://fw.example.com"}, **more)
        return ConnectionRow(
            environment, name, connection, known.title, dict.fromkeys(known.sign_in.fields, state), ("contain",)
        )

    return make


@pytest.fixture
def overview(make_row):
    return Overview(
        (
            EnvironmentView("production", "Production", (make_row("production"), make_row("production", "second"))),
            EnvironmentView("staging", "Staging", (make_row("staging", state=SecretState.MISSING),)),
        ),
        vault=VaultState.OPEN,
        has_passphrase=True,
    )


@pytest.fixture
def port(overview):
    return FakeConnections(overview)


@pytest.fixture
def window(dressed, qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitExposed(made):
        made.show()
    return made
