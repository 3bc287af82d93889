"""Connecting a product of the Lab as if it were real: behind TLS, with a passphrase, through the window alone."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from tests.journeys.leaks import find_leaks
from tests.journeys.tls_front import TlsFront
from tests.journeys.workspace import NO_KEYRING
from tests.ui.journeys.hands import click, press_keys, write

from tocsin.engine.events import LIVE
from tocsin.formats import read_scenario
from tocsin.lab import Lab, scenario_path
from tocsin.services.connections import TrialStep
from tocsin.services.lab import DEFAULT_SCENARIO
from tocsin.ui.canvas.looks import Look
from tocsin.ui.connections.new_environment import NewEnvironmentDialog
from tocsin.ui.connections.passphrase import PassphraseDialog
from tocsin.ui.connections.setup import SetUpDialog
from tocsin.ui.connections.side_by_side import EnvironmentsDialog
from tocsin.ui.connections.words import ADVICE
from tocsin.ui.dialogs.choice import ChoiceDialog
from tocsin.ui.run_dock.follower import RunPhase
from tocsin.ui.widgets.section import Section

PASSPHRASE = "correct horse battery"  # noqa: S105  it opens nothing outside these tests
WRONG = 'canary-7Qx/+"&<key>'
LONG_MS = 20_000
PLAYBOOK = """\
tocsin: 1
id: look
name: Look
nodes:
  start: {kind: trigger, event: manual}
  list: {kind: action, use: firewall.list_blocks}
  done: {kind: end}
edges: [start -> list, list -> done]
"""


@pytest.fixture(scope="module")
def lab():
    path = scenario_path(DEFAULT_SCENARIO)
    lab = Lab(read_scenario(path.read_bytes(), path.name).value)
    lab.start()
    yield lab
    lab.stop()


@pytest.fixture
def product(lab, tmp_path):
    """The Lab's firewall as a real one: at an https address, with a certificate of an authority of its own."""
    twin = lab.addresses.products["opnsense"]
    with TlsFront(tmp_path, [twin.url]) as front:
        yield SimpleNamespace(url=front.urls[twin.url], sign_in=dict(twin.sign_in), ca_file=front.ca_file)


@pytest.fixture
def team(tmp_path, product, start, qtbot, monkeypatch):
    """The window with a playbook in a workspace that has no environment yet, on a computer without a keyring."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", NO_KEYRING)
    folder = tmp_path / "team"
    (folder / "environments").mkdir(parents=True)
    (folder / "tocsin-workspace.yaml").write_text("")
    (folder / "environments" / "ca.pem").write_bytes(product.ca_file.read_bytes())
    (folder / "look.yaml").write_text(PLAYBOOK)
    desk = start()
    desk.choice.chosen = folder / "look.yaml"
    press_keys(desk, "Ctrl+O")
    desk.folder = folder
    return desk


def shown(desk, kind):
    """The dialog of a kind that is open, or None."""
    return next((one for one in desk.window.findChildren(kind) if one.isVisible()), None)


def wait_for(qtbot, desk, kind):
    """The dialog of a kind, once it is open and has the keyboard."""
    qtbot.waitUntil(lambda: shown(desk, kind) is not None and shown(desk, kind).isActiveWindow(), timeout=LONG_MS)
    return shown(desk, kind)


def fill(dialog, name, text):
    """Type into a field of the form, in place of what is there."""
    view = dialog.form.find_field(name)
    view.editor.setFocus()
    view.editor.selectAll()
    write(text)


def choose_product(desk, qtbot, name="opnsense"):
    """Open the window, search, and take the one product that is found."""
    desk.window.commands.get("connections.add").trigger()
    dialog = wait_for(qtbot, desk, SetUpDialog)
    assert dialog.products.search.hasFocus()
    write(name)
    press_keys(desk, "Return")
    assert dialog.form is not None
    return dialog


def fill_all(dialog, product, *, secret=None, ca_file="ca.pem"):
    """Type everything that the product needs, and that it is on this computer."""
    fill(dialog, "addresses.main", product.url)
    for name, text in product.sign_in.items():
        fill(dialog, f"secrets.{name}", secret or text)
    sections = {one.head.text(): one for one in dialog.form.findChildren(Section)}
    sections["Certificates and limits"].set_open(True)
    if ca_file:
        fill(dialog, "ca_file", ca_file)
    local = dialog.form.find_field("local_addresses")
    if not local.value:
        add = next(one for one in local.findChildren(QPushButton) if "Add" in one.text())
        click(add)
        write("127.0.0.1")


def try_out(dialog, qtbot):
    """Test what is typed; return the rows by their titles."""
    click(dialog.trial.button)
    assert dialog.trial.is_on
    qtbot.waitUntil(lambda: not dialog.trial.is_on, timeout=LONG_MS)
    return {line.title: line for line in dialog.trial.lines}


def save(desk, dialog, qtbot):
    """Save, and choose the passphrase of the new vault."""
    click(dialog.save_button)
    for line in wait_for(qtbot, desk, PassphraseDialog).lines:
        line.setFocus()
        write(PASSPHRASE)
    press_keys(desk, "Return")
    qtbot.waitUntil(lambda: shown(desk, SetUpDialog) is None, timeout=LONG_MS)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)


def places(desk):
    """Where runs can go, as the header's menu lists it."""
    menu = desk.window.frame.header.environment.menu_of_environments
    return {action.objectName(): action for action in menu.actions() if action.isCheckable()}


def test_a_product_is_connected_tested_and_run_against(team, product, qtbot, home):
    dialog = choose_product(team, qtbot)
    fill_all(dialog, product)
    lines = try_out(dialog, qtbot)
    assert dialog.trial.said == "It works."
    assert lines["Encryption (TLS)"].look is Look.SUCCEEDED
    assert lines["Block an address"].words.startswith("Not tried: a test changes nothing")
    save(team, dialog, qtbot)
    switch = team.window.frame.header.environment
    assert (team.folder / "environments" / "staging.yaml").exists()
    qtbot.waitUntil(lambda: list(places(team)) == ["lab", "staging"])
    places(team)["staging"].trigger()
    assert switch.chosen.line == "1 connection ready"
    qtbot.waitUntil(lambda: team.window.commands.get("run.run").text() == "Run in Staging")
    follower = team.window.documents.current.follower
    press_keys(team, "F6")
    qtbot.waitUntil(lambda: follower.phase is RunPhase.OVER, timeout=LONG_MS)
    press_keys(team, "F5")
    asked = wait_for(qtbot, team, ChoiceDialog)
    assert QApplication.focusWidget().text() == "Cancel"
    click(asked.findChild(QPushButton, "run-in-staging"))
    qtbot.waitUntil(lambda: follower.phase is RunPhase.OVER and follower.progress.mode == LIVE, timeout=LONG_MS)
    assert follower.progress.status == "succeeded"
    assert "in Staging" in team.panels.run_bar.text


def test_a_certificate_of_nobody_known_is_refused_with_words(team, product, qtbot):
    dialog = choose_product(team, qtbot)
    fill_all(dialog, product, ca_file="")
    lines = try_out(dialog, qtbot)
    refused = lines["Encryption (TLS)"]
    assert refused.look is Look.FAILED
    assert "certificate is not trusted" in refused.words
    assert refused.advice == ADVICE[TrialStep.TLS]
    assert lines["Sign-in"].words == "Not tried"


def test_a_wrong_password_says_that_the_sign_in_failed_and_shows_nowhere(team, product, qtbot, home):
    dialog = choose_product(team, qtbot)
    fill_all(dialog, product, secret=WRONG)
    lines = try_out(dialog, qtbot)
    assert lines["Sign-in"].look is Look.FAILED
    assert dialog.trial.said == "Sign-in failed."
    said = {f"line {place}": line.spoken.encode() for place, line in enumerate(dialog.trial.lines)}
    words = {f"label {place}": label.text().encode() for place, label in enumerate(team.window.findChildren(QLabel))}
    save(team, dialog, qtbot)
    qtbot.waitUntil(lambda: (team.folder / "environments" / "staging.yaml").exists())
    assert find_leaks({WRONG: WRONG, PASSPHRASE: "anyone"}, {**said, **words}, [home, team.folder]) == []


def test_what_is_kept_is_never_read_back_and_an_address_that_changed_wants_it_again(team, product, qtbot):
    dialog = choose_product(team, qtbot)
    fill_all(dialog, product)
    save(team, dialog, qtbot)
    team.window.commands.get("connections.list").trigger()
    whole = wait_for(qtbot, team, EnvironmentsDialog)
    qtbot.waitUntil(lambda: len(whole.cards) == 1)
    click(whole.cards[0].edit_button)
    changed = wait_for(qtbot, team, SetUpDialog)
    key = changed.form.find_field("secrets.key").editor
    assert (key.text(), key.placeholderText()) == ("", "Set. Type to replace it.")
    assert try_out(changed, qtbot)["Sign-in"].look is Look.SUCCEEDED
    fill(changed, "addresses.main", "https://other.example.com")
    click(changed.save_button)
    assert changed.form.find_field("secrets.key").fault.startswith("Type it again")
    assert shown(team, SetUpDialog) is changed
    changed.reject()
    whole.close()


def test_the_vault_is_locked_and_a_wrong_passphrase_is_told(team, product, qtbot):
    dialog = choose_product(team, qtbot)
    fill_all(dialog, product)
    save(team, dialog, qtbot)
    team.window.commands.get("connections.list").trigger()
    whole = wait_for(qtbot, team, EnvironmentsDialog)
    qtbot.waitUntil(lambda: len(whole.cards) == 1 and whole.lock_button.isVisible())
    click(whole.lock_button)
    qtbot.waitUntil(lambda: "locked" in whole.said)
    click(whole.cards[0].test_button)
    asked = wait_for(qtbot, team, PassphraseDialog)
    write("wrong horse battery")
    press_keys(team, "Return")
    qtbot.waitUntil(lambda: "does not open" in asked.fault, timeout=LONG_MS)
    assert [line.text() for line in asked.lines] == [""]
    write(PASSPHRASE)
    press_keys(team, "Return")
    qtbot.waitUntil(lambda: whole.cards and whole.cards[0].trial_words.startswith("It works"), timeout=LONG_MS)
    whole.close()


def test_a_copy_in_another_environment_has_no_secrets(team, product, qtbot):
    dialog = choose_product(team, qtbot)
    fill_all(dialog, product)
    save(team, dialog, qtbot)
    team.window.commands.get("connections.new_environment").trigger()
    asked = wait_for(qtbot, team, NewEnvironmentDialog)
    whole = shown(team, EnvironmentsDialog)
    assert asked.name.hasFocus()
    write("Branch office")
    press_keys(team, "Return")
    qtbot.waitUntil(lambda: [row.face.id for row in whole.rows] == ["branch-office", "staging"])
    click(whole.rows[1])
    qtbot.waitUntil(lambda: len(whole.cards) == 1)
    whole.cards[0].targets.actions()[0].trigger()
    qtbot.waitUntil(lambda: "Type its secrets there" in whole.said)
    click(whole.rows[0])
    qtbot.waitUntil(lambda: len(whole.cards) == 1 and not whole.cards[0].row.is_ready)
    assert whole.rows[0].face.line == "0 of 1 connections ready"
    whole.close()
