"""A run outside the Lab: environment files, secrets from outside or from the vault, TLS under an own authority.

The Lab's twins play the real products, behind TLS; the address of this computer is listed by hand.
"""

import json
from pathlib import Path

import pytest
from tests.journeys.tls_front import TlsFront
from tests.journeys.workspace import NO_KEYRING, Workspace, plain_urls

SAMPLE = {"id": "a-1001", "rule": "Brute force", "src_ip": "203.0.113.66", "user": "clerk1"}


@pytest.fixture
def front(lab, tmp_path):
    with TlsFront(tmp_path, plain_urls(lab)) as front:
        yield front


@pytest.fixture
def workspace(tmp_path, lab, front):
    return Workspace(tmp_path / "team", lab, front)


@pytest.fixture
def contain_there(program, workspace, monkeypatch):
    """Run the playbook in Production; return the finished process and the run record."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", NO_KEYRING)

    def contained(*arguments, variables=None, input_=SAMPLE):
        for name, text in (workspace.variables if variables is None else variables).items():
            monkeypatch.setenv(name, text)
        words = ["run", str(workspace.playbook), "--environment", "production", "--json", *arguments]
        done = program.run(*words, *(["--input", json.dumps(input_)] if input_ else []))
        return done, json.loads(done.stdout)

    return contained


def test_a_run_in_production_does_what_the_playbook_says(contain_there, vendors):
    done, record = contain_there()
    assert (done.returncode, record["status"], record["environment"]) == (4, "waiting", "production"), record
    assert {change["connection"] for change in record["changes"]} >= {"prod_opnsense", "prod_falcon"}
    assert vendors.blocked() == ["203.0.113.66"]


def test_a_run_goes_on_in_the_folder_of_its_workspace(contain_there, workspace, program, tmp_path):
    _, record = contain_there()
    resumed = program.run("runs", "resume", record["run"], "--json", cwd=workspace.folder)
    assert (resumed.returncode, json.loads(resumed.stdout)["environment"]) == (4, "production")
    elsewhere = program.run("runs", "resume", record["run"], cwd=tmp_path)
    assert elsewhere.returncode == 3
    assert elsewhere.stderr.startswith("TOC-E064 There is no environment “production” in ")


def test_a_rehearsal_reads_there_and_changes_nothing(contain_there, vendors):
    done, record = contain_there("--mode", "rehearse")
    assert (record["mode"], record["environment"], vendors.blocked()) == ("rehearse", "production", []), done.stderr
    assert record["plan"]


def test_secrets_may_come_from_mounted_files(contain_there, workspace, tmp_path, monkeypatch):
    folder = tmp_path / "secrets"
    folder.mkdir()
    for name, product in workspace.products.items():
        for field, text in product.sign_in.items():
            (folder / f"prod_{name}.{field}").write_text(text + "\n")
    monkeypatch.setenv("TOCSIN_SECRETS_DIR", str(folder))
    done, record = contain_there(variables={})
    assert (done.returncode, record["status"]) == (4, "waiting")


def test_questions_are_not_answered_before_they_are_asked(contain_there, vendors):
    done, record = contain_there("--answer", "hosts/confirm=approved")
    assert (done.returncode, record["run"]) == (3, None)
    assert done.stderr.startswith("TOC-E144 ")
    assert vendors.blocked() == []


def test_the_sample_is_not_taken_for_an_event(contain_there, vendors):
    done, record = contain_there(input_=None)
    assert (done.returncode, record["run"], vendors.blocked()) == (3, None, [])


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"ca_file": "ca.pem", "local_addresses": []}, "TOC-E068", "prod_opnsense.addresses.main"),
        ({"addresses": {"main": "http://fw.example.com"}}, "TOC-E160", "must begin with https://"),
        ({"options": {"alias": "not an alias!"}}, "TOC-E068", "prod_opnsense.options.alias"),
    ],
)
def test_a_connection_that_is_not_allowed_ends_3_and_nothing_is_sent(contain_there, workspace, lab, change, code, said):
    workspace.write(opnsense=change)
    done, record = contain_there()
    assert (done.returncode, record["run"], lab.reception.requests) == (3, None, ())
    [line] = done.stderr.splitlines()
    assert line.startswith(code)
    assert said in line


def test_a_secret_that_is_missing_ends_3_and_nothing_is_sent(contain_there, workspace, lab):
    variables = {name: text for name, text in workspace.variables.items() if "JIRA_API_TOKEN" not in name}
    done, record = contain_there(variables=variables)
    assert (done.returncode, record["run"], lab.reception.requests) == (3, None, ())
    assert done.stderr.startswith("TOC-E070 “api_token” of “prod_jira” is not known.")


def test_an_authority_that_is_not_trusted_lets_nothing_out(contain_there, workspace, lab):
    workspace.write(**{name: {"ca_file": None} for name in workspace.products})
    done, record = contain_there()
    assert (done.returncode, record["status"], lab.reception.requests) == (1, "failed", ())
    assert "its certificate is not trusted" in json.dumps(record)


def test_an_environment_that_is_not_there_ends_3_and_names_those_that_are(program, workspace):
    done = program.run("run", str(workspace.playbook), "--environment", "prodution")
    assert done.returncode == 3
    assert done.stderr.startswith("TOC-E064 There is no environment “prodution”")
    assert "Did you mean “production”?" in done.stderr


def test_a_fault_in_an_environment_ends_3_with_its_place(program, workspace):
    workspace.environment.write_text("tocsin_environment: 1\nid: production\nnetwoks: []\n")
    done = program.run("run", str(workspace.playbook), "--environment", "production")
    assert done.returncode == 3
    place = str(Path("environments") / "production.yaml") + ":3:1"
    assert done.stderr.startswith("TOC-E160 ")
    assert place in done.stderr
    assert "Did you mean “networks”?" in done.stderr
