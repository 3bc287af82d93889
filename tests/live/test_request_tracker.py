"""Request Tracker 5 (Debian: request-tracker5, rt5-db-sqlite, rt5-standalone): create, find, comment, close."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.live.performing import KEY, Product
from tests.live.servers import free_port, missing, running

from tocsin.engine.outcomes import Changed, Outcome, Verified

HOME = Path("/usr/share/request-tracker5")
SERVER = HOME / "libexec" / "rt-server"
WHY = missing("rt-setup-database-5", "perl") or ("" if SERVER.is_file() else missing(str(SERVER)))
pytestmark = pytest.mark.skipif(bool(WHY), reason=WHY)

TICKET = {"title": 'Contained it\'s "done"', "body": "Two lines\nin it", "labels": ["brute-force"]}
# Prints a new token of the user root, as “Settings, Auth Tokens” would show it.
SCRIPT = """
use lib "/usr/share/request-tracker5/lib"; use RT; RT::LoadConfig(); RT::Init(); require RT::AuthToken;
my $user = RT::CurrentUser->new("root"); my $token = RT::AuthToken->new($user);
my ($ok, $message, $text) = $token->Create(Owner => $user->id, Description => "tocsin");
die $message unless $ok; print $text;
"""


def _site(folder: Path, port: int) -> dict[str, str]:
    """Write a site of its own into the folder; return the environment in which RT finds it."""
    settings = {
        "rtname": "lab", "Organization": "lab.test", "WebDomain": "127.0.0.1", "WebPort": port,
        "WebBaseURL": f"http://127.0.0.1:{port}", "WebPath": "", "DatabaseType": "SQLite",
        "DatabaseName": f"{folder}/rt5.db", "MailCommand": "testfile", "LogToSTDERR": "warning",
        "CanonicalizeRedirectURLs": 0, "DevelMode": 0,
    }  # fmt: skip
    etc = folder / "etc"
    shutil.copytree("/etc/request-tracker5", etc, ignore=shutil.ignore_patterns("RT_SiteConfig*"))
    (etc / "RT_SiteConfig.d").mkdir()
    lines = [f"Set(${name}, '{value}');" for name, value in settings.items()]
    (etc / "RT_SiteConfig.pm").write_text("\n".join([*lines, "Set($LogToSyslog, undef);", "1;"]))
    where = {"RT_SITE_CONFIG": str(etc / "RT_SiteConfig.pm"), "RT_SITE_CONFIG_DIR": str(etc / "RT_SiteConfig.d")}
    return {**os.environ, **where}


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder, port = tmp_path_factory.mktemp("rt"), free_port()
    around = _site(folder, port)
    fill = ["rt-setup-database-5", "--action", "init", "--skip-create"]
    subprocess.run(fill, env=around, check=True, capture_output=True, timeout=120)
    ask = ["perl", "-e", SCRIPT]
    made = subprocess.run(ask, env=around, check=True, capture_output=True, text=True, timeout=60)
    command = [SERVER, "--host", "127.0.0.1", "--port", str(port), "--server", "Standalone"]
    with running(command, port=port, folder=folder, path="/REST/2.0/rt", environment=around) as address:
        yield Product("request_tracker", address, secrets={"token": made.stdout.strip()}, options={})


def test_a_ticket_is_created_found_commented_and_closed(product):
    assert product.perform("health", {}).output["version"].startswith("5.")
    assert product.verify("create", TICKET).result is Verified.NOT_DONE
    created = product.perform("create", TICKET)
    assert (created.outcome, created.changed) == (Outcome.SUCCEEDED, Changed.TRUE), created.failure
    number = created.output["id"]
    seen = product.verify("create", TICKET)
    assert (seen.result, seen.output) == (Verified.DONE, created.output)
    got = product.perform("get", {"id": number}).output
    assert (got["title"], got["status"]) == (TICKET["title"], "new")
    comment = {"id": number, "text": "No action, “score” 4"}
    assert product.verify("comment", comment).result is Verified.NOT_DONE
    assert product.perform("comment", comment).outcome is Outcome.SUCCEEDED
    assert product.verify("comment", comment).result is Verified.DONE
    assert created.undo
    closed = product.perform(created.undo.action, dict(created.undo.inputs))
    assert (closed.outcome, closed.changed) == (Outcome.SUCCEEDED, Changed.TRUE), closed.failure
    assert product.perform("get", {"id": number}).output["status"] == "resolved"
    assert product.perform("close", {"id": number}).via_already


@pytest.mark.parametrize("key", [KEY, "it's", "a\\", "x' OR Queue = 'General", 'x" OR "1', "a%b"])
def test_a_key_is_searched_as_it_is(product, key):
    assert product.perform("find_by_key", {"key": f"no {key}"}).output == {"ids": []}
    created = product.perform("create", {"title": "t", "body": "b"}, key=f"no {key}")
    assert product.perform("find_by_key", {"key": f"no {key}"}).output == {"ids": [created.output["id"]]}


def test_a_queue_that_is_not_there_is_no_permission(product):
    other = Product("request_tracker", product.address, secrets=product.secrets, options={"queue": "Nope"})
    failed = other.perform("create", TICKET)
    assert failed.failure
    assert (failed.outcome, failed.failure.code) == (Outcome.REFUSED, "permission")


def test_a_status_that_the_queue_does_not_know_is_a_conflict(product):
    number = product.perform("create", TICKET, key="for-a-status").output["id"]
    other = Product("request_tracker", product.address, secrets=product.secrets, options={"closed": "nope"})
    failed = other.perform("close", {"id": number})
    assert failed.failure
    assert (failed.outcome, failed.failure.code) == (Outcome.REFUSED, "conflict")


def test_a_wrong_token_is_told(product):
    wrong = Product("request_tracker", product.address, secrets={"token": "1-14-no"}, options={})
    failure = wrong.perform("health", {}).failure
    assert failure
    assert failure.code == "auth"
