import pytest

from tocsin.model.catalogue import Effect
from tocsin.services.connections import (
    ActionResult,
    EnvironmentView,
    LastTrial,
    Leave,
    StepResult,
    TrialReport,
    TrialStep,
)
from tocsin.ui.canvas.looks import Look
from tocsin.ui.connections import words
from tocsin.ui.connections.faces import HUES, faces_of
from tocsin.ui.connections.products import matching, products_of
from tocsin.ui.connections.trial_view import lines_of, waiting_lines
from tocsin.ui.theme import DARK, LIGHT
from tocsin.vault import SecretState

DONE = tuple(StepResult(step, ok=True) for step in words.USUAL_STEPS)
CUT = TrialReport("staging", "fw", (*DONE[:2], StepResult(TrialStep.TLS, ok=False, detail="it is not trusted")))


def test_products_are_found_by_what_they_can_do(catalogue):
    products = products_of(catalogue)
    assert len(products) == len(catalogue.connectors)
    assert "opnsense" in {one.id for one in matching(products, "BLOCK addr")}
    assert {one.category for one in matching(products, "", "firewall")} == {"firewall"}
    assert matching(products, "no such thing") == ()


def test_a_product_says_how_much_it_reads_and_changes(catalogue):
    [product] = [one for one in products_of(catalogue) if one.id == "opnsense"]
    assert product.does == "2 reads · 3 changes"
    assert product.line == f"Firewall · {product.does}"


def test_a_test_that_failed_says_where_why_and_what_to_do():
    lines = lines_of(CUT)
    assert [line.look for line in lines] == [*[Look.SUCCEEDED] * 2, Look.FAILED, *[Look.SKIPPED] * 2]
    assert (lines[2].title, lines[2].words) == ("Encryption (TLS)", "It is not trusted")
    assert lines[2].advice == words.ADVICE[TrialStep.TLS]
    assert words.short_outcome(CUT) == "Encryption (TLS) failed."


def test_every_step_has_a_name_and_an_advice():
    assert set(words.STEPS) == set(words.ADVICE) == set(TrialStep)


def test_each_actions_permission_is_said_apart():
    actions = (
        ActionResult("a", "Read", Effect.READ, "Reader", Leave.ALLOWED),
        ActionResult("b", "Find", Effect.READ, "", Leave.UNTRIED),
        ActionResult("c", "Block", Effect.CHANGE, "Writer", Leave.UNTRIED),
        ActionResult("d", "Look", Effect.READ, "Auditor", Leave.DENIED, "it says no"),
    )
    report = TrialReport("staging", "fw", DONE, actions)
    assert [line.words for line in lines_of(report)[5:]] == [
        "Allowed",
        "Not tried: it needs an input",
        "Not tried: a test changes nothing · needs “Writer”",
        "Not allowed: it says no · needs “Auditor”",
    ]
    assert words.outcome_words(report) == "It works; 1 action is not allowed"


def test_several_addresses_are_told_apart():
    steps = tuple(StepResult(TrialStep.NAME, ok=True, address=name) for name in ("main", "side"))
    assert [line.title for line in lines_of(TrialReport("staging", "fw", steps))] == ["Name · main", "Name · side"]


def test_what_comes_next_is_shown_while_a_test_is_on():
    assert [line.look for line in waiting_lines()] == [Look.RUNNING, *[Look.QUEUED] * 4]


def test_the_time_of_a_test_has_its_zone():
    assert words.trial_words(LastTrial(CUT, 1_795_531_800_000_000)).endswith("· tested 14:50:00 UTC")
    assert words.trial_words(None).startswith("Not tested")


@pytest.mark.parametrize(
    ("state", "said"),
    [(SecretState.MISSING, "Secrets missing"), (SecretState.MOVED, "Address changed: type the secrets again")],
)
def test_a_row_says_what_its_secrets_lack(make_row, state, said):
    assert words.secret_words(make_row("staging", state=state)) == said
    assert not make_row("staging", state=state).is_ready


def test_environments_say_how_ready_they_are(overview):
    production, staging = overview.environments
    assert words.readiness_words(production) == "Locked. 2 connections ready"
    assert words.readiness_words(staging) == "0 of 1 connections ready"
    assert words.readiness_words(EnvironmentView("x", "X")) == "No connection yet"
    assert words.readiness_words(EnvironmentView("x", "X", fault="broken")) == "Its file cannot be read"


def test_production_alone_is_red_and_has_the_lock():
    faces = faces_of([EnvironmentView(name, name) for name in ("branch", "prod", *"abcdef")])
    assert [(face.icon, face.tone) for face in faces if face.tone == "prod"] == [("lock", "prod")]
    assert {face.tone for face in faces} == {"prod", *HUES}
    for tokens in (LIGHT, DARK):
        assert len({getattr(tokens, hue) for hue in HUES} | {tokens.prod, tokens.env_lab}) == len(HUES) + 2
