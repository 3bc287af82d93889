import asyncio
import base64

import pytest
from tests.unit.services.connections.support import Office, draft

from tocsin.base.loop_thread import LoopThread
from tocsin.base.secret import Secret
from tocsin.connectors.renewals import UnsharedRenewals
from tocsin.model.environment import Environment
from tocsin.services.connections import Leave, TrialStep, UnknownConnectionError
from tocsin.vault import VaultState


@pytest.fixture
def office(tmp_path):
    loop = LoopThread("tocsin-engine")
    loop.start()
    yield Office(tmp_path, loop)
    loop.stop()


def test_settings_that_are_not_allowed_are_said_first(office):
    office.save()
    text = office.environment_file.read_text()
    office.environment_file.write_text(text.replace("https://toy.example.com", "https://169.254.169.254"))
    report = office.desk.test("production", "toy_main", office.file).result(20)
    assert [step.step for step in report.steps] == [TrialStep.SETTINGS]
    assert "metadata" in report.failed.detail
    assert report.actions == ()


def test_every_server_is_tried_and_no_secret_is_asked_for_where_one_is_not_reached(office):
    office.save("https://no-such-host.invalid")
    asked = len(office.learnt)
    report = office.desk.test("production", "toy_main", office.file).result(20)
    assert (report.failed.step, report.failed.address) == (TrialStep.NAME, "main")
    assert len(office.learnt) == asked


def test_a_draft_is_tested_before_it_is_saved_and_nothing_of_it_stays(office):
    report = office.desk.test_draft(draft("https://no-such-host.invalid"), office.file).result(20)
    assert (report.connection, report.failed.step) == ("toy_main", TrialStep.NAME)
    assert "canary-77" in office.learnt
    assert not office.environment_file.exists()
    assert office.vault.export() == []


def test_what_a_draft_leaves_as_it_is_kept_is_unlocked_by_the_keyring(office):
    office.save()
    office.desk.lock_vault()
    office.desk.test_draft(draft("https://no-such-host.invalid"), office.file).result(20)
    assert office.vault.state is VaultState.LOCKED  # everything was typed
    office.desk.test_draft(draft("https://no-such-host.invalid", secrets={}), office.file).result(20)
    assert office.vault.state is VaultState.OPEN


def test_a_connection_that_is_not_there_is_said(office):
    office.save()
    with pytest.raises(UnknownConnectionError, match="Did you mean “toy_main”"):
        office.desk.test("production", "toy_mian", office.file)


class Product:
    """Answers over the performer's own road: TLS is passed by, since the test stands behind it."""

    def __init__(self, status, body=b"{}"):
        self.status, self.body = status, body
        self.heads = []

    async def serve(self, reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        self.heads.append(head)
        writer.write(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n" % (self.status, len(self.body)) + self.body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize(
    ("status", "ok", "failed"),
    [
        (200, {"sign-in", "permission"}, None),
        (401, set(), TrialStep.SIGN_IN),
        (403, {"sign-in"}, TrialStep.PERMISSION),
        (500, set(), TrialStep.ANSWER),
    ],
)
def test_the_answer_says_whether_sign_in_and_permission_are_right(office, monkeypatch, status, ok, failed):
    product = Product(status)
    report = _tried(office, product, monkeypatch)
    assert {str(step.step) for step in report.steps if step.ok} == ok
    assert (report.failed.step if report.failed else None) == failed
    pair = base64.b64encode(b"clerk-1:canary-77")
    assert pair in product.heads[0]
    assert "canary-77" not in repr(report)


def test_each_action_is_said_apart_and_a_change_is_never_tried(office, monkeypatch):
    product = Product(200)
    report = _tried(office, product, monkeypatch)
    assert [(one.action, one.leave, one.permission) for one in report.actions] == [
        ("look", Leave.ALLOWED, "Reader"),
        ("find", Leave.UNTRIED, ""),
        ("block", Leave.UNTRIED, "Writer"),
    ]
    assert all(head.startswith(b"GET ") for head in product.heads)


def _tried(office, product, monkeypatch):
    """Run a trial in the Lab's reach, where there is no TLS: the steps before the answer are `probe`'s to test."""
    from tocsin.services.connections import trial

    async def reached(self, binding):
        return ()

    monkeypatch.setattr(trial.Trial, "_reach", reached)

    async def go():
        server = await asyncio.start_server(product.serve, "127.0.0.1", 0)
        async with server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            environment = Environment(id="lab", connections={"toy_main": draft(url).connection})

            class Typed:
                def find(self, _name, _connection, field):
                    return {"user": Secret("clerk-1"), "word": Secret("canary-77")}[field]

            return await trial.Trial(environment, "toy_main", Typed(), office.catalogue, UnsharedRenewals()).run()

    return asyncio.run(go())


def test_of_a_description_that_nobody_reviewed_only_the_health_is_asked(office, monkeypatch):
    office.catalogue = office.catalogue.model_copy(update={"unreviewed": frozenset({"toy"})})
    product = Product(200)
    report = _tried(office, product, monkeypatch)
    assert {one.leave for one in report.actions} == {Leave.UNTRIED}
    assert len(product.heads) == 1


def test_a_proxy_whose_sign_in_was_kept_for_another_is_said_before_anything_is_sent(office):
    secrets = {**draft().secrets, "proxy_user": Secret("me"), "proxy_password": Secret("canary-79")}
    office.desk.open_vault()
    office.desk.save(draft(secrets=secrets, proxy="http://proxy.example.com:3128"), office.file)
    text = office.environment_file.read_text().replace("proxy.example.com", "evil.example")
    office.environment_file.write_text(text)
    report = office.desk.test("production", "toy_main", office.file).result(20)
    assert [(str(step.step), step.ok) for step in report.steps] == [("settings", False)]
    assert "typed for" in report.steps[0].detail
