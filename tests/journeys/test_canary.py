"""No secret of a run shows anywhere: in no file, no journal, no log, no output, no error, no child (field.md S10)."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.journeys.leaks import encodings, find_leaks
from tests.journeys.program import SECONDS
from tests.journeys.tls_front import TlsFront

NO_KEYRING = "keyring.backends.fail.Keyring"
CANARY = 'canary-7Qx/+ö"&<key>'
USER = "clerk-9"
PLAYBOOK = """\
tocsin: 1
id: canary
nodes:
  start: {kind: trigger, event: manual}
  list: {kind: action, use: opnsense.list_blocks}
  block: {kind: action, use: opnsense.block_address, with: {address: "192.0.2.1"}}
  done: {kind: end}
edges:
- start -> list
- list -> block
- list.error -> block
- block -> done
"""


class Echo(BaseHTTPRequestHandler):
    """A product that says back whatever it was told, in every form, in body and headers; `status` is the test's."""

    status = 500
    answered = 0

    def _answer(self):
        type(self).answered += 1
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        forms = [form.decode() for form in encodings(CANARY, USER).values()]
        heard = self.headers.get("Authorization", "")
        body = {"status": "failed", "message": heard, "rows": [{"ip": form} for form in forms], "total": len(forms)}
        data = json.dumps(["tocsin_block", heard, *forms] if self.path.endswith("/aliases") else body).encode()
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-Echo", heard)
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = _answer  # noqa: N815  http.server's own names

    def log_message(self, *_):
        pass


@pytest.fixture
def product(tmp_path):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    with TlsFront(tmp_path, [url]) as front:
        yield front, front.urls[url]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def team(tmp_path, product, program, monkeypatch):
    front, url = product
    folder = tmp_path / "team"
    (folder / "environments").mkdir(parents=True)
    (folder / "canary.yaml").write_text(PLAYBOOK)
    (folder / "environments" / "ca.pem").write_bytes(front.ca_file.read_bytes())
    connection = {"connector": "opnsense", "addresses": {"main": url}, "ca_file": "ca.pem"}
    connections = {"fw": {**connection, "local_addresses": ["127.0.0.1"]}}
    head = {"tocsin_environment": 1, "id": "production", "connections": connections}
    (folder / "environments" / "production.yaml").write_text(json.dumps(head))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", NO_KEYRING)
    monkeypatch.setenv("TOCSIN_SECRET_FW_KEY", USER)
    monkeypatch.setenv("TOCSIN_SECRET_FW_SECRET", CANARY)
    return folder


def leaks(done, *folders):
    """Where one of the forms is found."""
    said = {"stdout": done.stdout.encode(), "stderr": done.stderr.encode()}
    return find_leaks({CANARY: USER}, said, folders)


def test_every_form_is_another():
    forms = encodings(CANARY, USER)
    assert (len(forms), len(set(forms.values()))) == (8, 8)


@pytest.mark.parametrize("status", [200, 400, 401, 403, 500])
@pytest.mark.parametrize("words", [("--json",), ()])
def test_a_run_shows_no_secret_whatever_the_product_says_back(team, program, monkeypatch, status, words):
    monkeypatch.setattr(Echo, "status", status)
    monkeypatch.setattr(Echo, "answered", 0)
    monkeypatch.setenv("TOCSIN_LOG", "debug")
    done = program.run("run", str(team / "canary.yaml"), "--environment", "production", "--input", "{}", *words)
    assert done.returncode == 1, done.stderr
    assert Echo.answered
    assert status != 200 or not words or json.dumps("«secret»")[1:-1] in done.stdout  # it came that far
    assert list((program.home / "data").rglob("journal.db"))
    assert leaks(done, program.home, team) == []
    shown = program.run("runs", "list", "--json")
    [run] = json.loads(shown.stdout)
    assert leaks(program.run("runs", "show", run["run"], "--json")) == []


def test_what_is_handed_on_of_a_run_shows_no_secret(team, program, tmp_path):
    """The page that plays it again, and the file for others, each written by another process than the run's."""
    program.run("run", str(team / "canary.yaml"), "--environment", "production", "--input", "{}")
    [run] = json.loads(program.run("runs", "list", "--json").stdout)
    out = tmp_path / "out"
    out.mkdir()
    for words, name in ((("--html",), "replay.html"), ((), "run.tocsin-run")):
        done = program.run("runs", "export", run["run"], *words, "-o", str(out / name))
        assert done.returncode == 0, done.stderr
        assert leaks(done, out) == []
    assert len(list(out.iterdir())) == 2


@pytest.mark.parametrize("status", [200, 500])
def test_a_test_of_a_connection_shows_no_secret(team, program, monkeypatch, status):
    monkeypatch.setattr(Echo, "status", status)
    done = program.run("connections", "test", "fw", "--environment", "production", "--json", cwd=team)
    assert json.loads(done.stdout)["connection"] == "fw"
    assert leaks(done, program.home, team) == []


def test_a_crash_shows_no_secret_and_no_child_inherits_one(team, program):
    code = """
import os, subprocess, sys
from tocsin.base import crash, logs
from tocsin.bootstrap import TheKit
kit = TheKit()
crash.install()
logs.install(kit.places.log, kit.redactor)
print(subprocess.run([sys.executable, "-c", "import os; print(os.environ)"], capture_output=True, text=True).stdout)
raise RuntimeError(" ".join(sys.argv[1:]))
"""
    known = {
        name: form for name, form in encodings(CANARY, USER).items() if name != "basic pair"
    }  # made by nobody here
    forms = [form.decode() for form in known.values()]
    done = subprocess.run(
        [sys.executable, "-c", code, *forms],
        env=program.environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert "RuntimeError" in done.stderr
    assert "TOCSIN_HOME" in done.stdout
    assert Path(program.home / "state" / "tocsin.log").read_text().count("«secret»") >= len(forms)
    assert leaks(done, program.home) == []
