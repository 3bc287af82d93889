"""Sign-in by a refresh token, against a server that takes a refresh token once."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest
from tests.unit.connectors.consent_server import ConsentServer
from tests.unit.connectors.support import GRANT, Keys, action, catalogue, make_intent, toy
from tests.unit.vault.support import MemoryKeyring

from tocsin.base.secret import Secret
from tocsin.connectors.lint import lint_connector
from tocsin.connectors.renewals import UnsharedRenewals
from tocsin.connectors.runner import DeclarativePerformer, Surroundings
from tocsin.engine.outcomes import Changed, Outcome
from tocsin.model.failures import FailureCode
from tocsin.services.renewals import KeptRenewals, renewals_of
from tocsin.vault import EnvironmentSecrets, GivenSecrets, SecretName, Vault, origins_of

FIRST = "r-0"
FIELDS = {"id": {"title": "Id"}, "refresh_token": {"title": "Refresh token", "secret": True}}
REFRESH = {
    "kind": "oauth2_refresh",
    "fields": FIELDS,
    "request": "POST /token",
    "form": {"grant_type": "refresh_token", "id": "{{ secret.id }}", "refresh_token": "{{ secret.refresh_token }}"},
}
TOY = toy(sign_in=REFRESH, actions={"go": action()})


class Home:
    """A vault with the refresh token, and performers over it as several processes have them."""

    def __init__(self, folder, url, variables=None):
        self.folder = folder
        self.learnt = []
        self.keyring = MemoryKeyring()
        self.given = GivenSecrets.take(dict(variables or {}))
        self.addresses = {"main": url}
        self.vault = self.opened()
        self.vault.create()
        new = {"id": Secret("me"), "refresh_token": Secret("r-0")}
        self.vault.put(origins_of(self.addresses), {SecretName("lab", "conn", key): text for key, text in new.items()})

    def opened(self):
        return Vault(self.folder / "vault.json", self.keyring, learn=self.learnt.extend)

    def performer(self):
        vault = self.opened()
        vault.unlock()
        secrets = EnvironmentSecrets("lab", vault, self.given, learn=self.learnt.extend)
        renewals = KeptRenewals("lab", secrets, self.folder / "locks")
        return DeclarativePerformer(Surroundings("lab", secrets, catalogue().vocabulary, renewals=renewals))

    def intent(self, name="look", **more):
        return make_intent(TOY, name, addresses=self.addresses, **more)

    @property
    def kept(self):
        found = self.vault.find(SecretName("lab", "conn", "refresh_token"), origins_of(self.addresses))
        return found.reveal() if found else None


def played(folder, play, server=None, variables=None):
    """Run `play(server, home)` beside a server."""
    server = server or ConsentServer()

    async def go():
        async with server.served() as url:
            home = Home(folder, url, variables)
            return await play(server, home), server, home

    return asyncio.run(go())


async def look(performer, home, count=1):
    return await asyncio.gather(*(performer.perform(home.intent(), grant=None) for _ in range(count)))


def test_the_token_is_fetched_once_for_all_and_the_next_refresh_token_is_in_the_vault(tmp_path):
    async def play(_, home):
        performer = home.performer()
        answers = await look(performer, home, 20) + await look(performer, home)
        await performer.aclose()
        return answers

    answers, server, home = played(tmp_path, play)
    assert {answer.outcome for answer in answers} == {Outcome.SUCCEEDED}
    assert (server.asked.count("POST /token"), home.kept) == (1, "r-1-canary")
    assert {"a-1", "r-1-canary"} <= set(home.learnt) | {"a-1"}


def test_two_processes_at_once_never_use_one_refresh_token_twice(tmp_path):
    async def play(server, home):
        server.before_token = lambda: asyncio.sleep(0.01)
        performers = [home.performer() for _ in range(3)]
        answers = await asyncio.gather(*(look(one, home, 3) for one in performers))
        for one in performers:
            await one.aclose()
        return [answer.outcome for some in answers for answer in some]

    outcomes, server, home = played(tmp_path, play)
    assert set(outcomes) == {Outcome.SUCCEEDED}
    assert (server.is_revoked, server.asked.count("POST /token"), home.kept) == (False, 3, server.refresh)


def test_a_product_that_keeps_its_refresh_token_leaves_the_vault_as_it_is(tmp_path):
    async def play(_, home):
        before = home.vault.export(), (home.folder / "vault.json").read_bytes()
        performer = home.performer()
        await look(performer, home)
        await performer.aclose()
        return before == (home.vault.export(), (home.folder / "vault.json").read_bytes())

    is_same, _, home = played(tmp_path, play, ConsentServer(rotates=False))
    assert (is_same, home.kept) == (True, "r-0")


def test_an_access_token_that_ends_soon_is_renewed_before_it_does(tmp_path):
    async def play(_, home):
        performer = home.performer()
        await look(performer, home)
        await look(performer, home)
        await performer.aclose()

    _, server, _ = played(tmp_path, play, ConsentServer(life=4))
    assert server.asked == ["POST /token", "GET /look", "POST /token", "GET /look"]


def test_an_answer_without_a_life_is_used_all_the_same(tmp_path):
    async def play(server, home):
        server.life = None
        performer = home.performer()
        [answer] = await look(performer, home)
        await performer.aclose()
        return answer.outcome

    assert played(tmp_path, play)[0] is Outcome.SUCCEEDED


def test_a_change_that_met_a_401_is_sent_once_more_with_a_new_token_and_no_third_time(tmp_path):
    async def play(server, home):
        performer = home.performer()
        await look(performer, home)
        server.revoke()
        again = await performer.perform(home.intent("go"), grant=replace(GRANT, expires=1e12))
        server.act = lambda _: (401, {})
        refused = await performer.perform(home.intent("go"), grant=replace(GRANT, expires=1e12))
        await performer.aclose()
        return again, refused

    (again, refused), server, _ = played(tmp_path, play)
    assert again.outcome is Outcome.SUCCEEDED
    assert (refused.outcome, refused.changed, refused.failure.code) == (
        Outcome.REFUSED,
        Changed.FALSE,
        FailureCode.AUTH,
    )
    assert server.asked.count("POST /go") == 4


def test_a_change_that_broke_off_is_not_sent_again(tmp_path):
    def broken(_):
        raise ConnectionError

    async def play(server, home):
        performer = home.performer()
        server.act = broken
        answer = await performer.perform(home.intent("go"), grant=replace(GRANT, expires=1e12))
        await performer.aclose()
        return answer

    answer, server, _ = played(tmp_path, play)
    assert (answer.outcome, server.asked.count("POST /go")) == (Outcome.UNCERTAIN, 1)


def test_who_is_stopped_while_a_token_comes_does_not_lose_the_next_refresh_token(tmp_path):
    async def play(server, home):
        asked, given = asyncio.Event(), asyncio.Event()

        async def hold():
            asked.set()
            await given.wait()

        server.before_token = hold
        performer = home.performer()
        attempt = asyncio.create_task(performer.perform(home.intent(), grant=None))
        await asked.wait()
        attempt.cancel()
        await asyncio.gather(attempt, return_exceptions=True)
        given.set()
        await performer.aclose()
        return attempt.cancelled()

    was_cancelled, _, home = played(tmp_path, play)
    assert (was_cancelled, home.kept) == (True, "r-1-canary")


def test_a_refresh_token_that_is_not_accepted_is_said_and_everyone_who_waits_hears_it_once(tmp_path):
    async def play(server, home):
        server.refresh = "another"
        performer = home.performer()
        answers = await look(performer, home, 5)
        await performer.aclose()
        return answers

    answers, server, _ = played(tmp_path, play)
    assert {(answer.outcome, answer.failure.code) for answer in answers} == {(Outcome.NOT_SENT, FailureCode.AUTH)}
    assert server.asked == ["POST /token"]


@pytest.mark.parametrize("how", ["given", "unwritable", "unshared"])
def test_what_cannot_be_kept_is_remembered_until_the_end_and_said(tmp_path, how, caplog):
    variables = {"TOCSIN_SECRET_CONN_REFRESH_TOKEN": "r-0"} if how == "given" else {}

    async def play(server, home):
        performer = home.performer()
        if how == "unshared":
            secrets = Keys(id="me", refresh_token=FIRST)
            around = Surroundings("lab", secrets, catalogue().vocabulary, renewals=UnsharedRenewals())
            performer = DeclarativePerformer(around)
        if how == "unwritable":
            performer._surroundings.secrets._vault._store.write = _refused
        answers = await look(performer, home)
        server.revoke()
        answers += await look(performer, home)
        await performer.aclose()
        return answers

    with caplog.at_level(logging.WARNING, "tocsin.connectors"):
        answers, server, _ = played(tmp_path, play, variables=variables)
    assert {answer.outcome for answer in answers} == {Outcome.SUCCEEDED}
    assert not server.is_revoked
    assert ("until Tocsin ends" in caplog.text) is (how != "unshared")
    assert "canary" not in caplog.text
    caplog.clear()


def test_a_vault_that_is_locked_meanwhile_loses_nothing(tmp_path, caplog):
    async def play(server, home):
        performer = home.performer()
        vault = performer._surroundings.secrets._vault

        async def lock():
            vault.lock()

        server.before_token = lock
        first = await look(performer, home)
        server.before_token = None
        shut = await look(performer, home)
        vault.unlock()
        server.revoke()
        answers = [*first, *shut, *await look(performer, home)]
        await performer.aclose()
        return answers

    with caplog.at_level(logging.WARNING, "tocsin.connectors"):
        answers, server, home = played(tmp_path, play)
    assert [answer.outcome for answer in answers] == [Outcome.SUCCEEDED, Outcome.NOT_SENT, Outcome.SUCCEEDED]
    assert (server.is_revoked, home.kept) == (False, "r-2-canary")
    caplog.clear()


def _refused(_):
    from pathlib import Path

    from tocsin.vault.errors import UnusableVaultError

    raise UnusableVaultError(Path("vault.json"), "the disk is full")


def test_the_field_that_is_renewed_must_be_a_secret_of_the_sign_in():
    wrong = toy(sign_in={**REFRESH, "renews": "id"})
    assert [problem.field for problem in lint_connector(wrong, catalogue().vocabulary)] == ["sign_in.renews"]
    assert not [one for one in lint_connector(TOY, catalogue().vocabulary) if one.field.startswith("sign_in")]


def test_the_labs_secrets_are_not_kept():
    assert isinstance(renewals_of("lab", Keys(), None), UnsharedRenewals)
