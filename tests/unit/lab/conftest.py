"""One started Lab a module, put back before every test; and a signed-in client for each of its servers."""

from collections.abc import Iterator
from contextlib import contextmanager
from ssl import PROTOCOL_TLS_CLIENT, SSLContext

import httpx
import pytest

from tocsin.formats.scenario_file import read_scenario
from tocsin.lab import Lab, scenario_path
from tocsin.model.scenario import Scenario

NO_AUTHORITIES = SSLContext(
    PROTOCOL_TLS_CLIENT
)  # the Lab speaks plain http; reading all of them costs each client 30 ms


class ControlDesk:
    """The control address, as tests use it."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def world(self) -> dict:
        return self.client.get("/world").raise_for_status().json()

    def amend(self, patch: dict) -> None:
        self.client.patch("/world", json=patch).raise_for_status()

    def plant(self, **fault) -> None:
        self.client.put("/faults", json=fault).raise_for_status()

    def host(self, name: str) -> dict:
        return next(host for host in self.world()["hosts"].values() if host["name"] == name)

    def user(self, name: str) -> dict:
        return next(user for user in self.world()["users"].values() if user["name"] == name)

    def changes(self) -> list[str]:
        return [change["what"] for change in self.client.get("/changes").json()]


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    path = scenario_path("tor-brute-force")
    read = read_scenario(path.read_bytes(), path.name)
    assert read.value is not None, read.problems
    return read.value


@pytest.fixture(scope="module")
def started(scenario) -> Iterator[Lab]:
    lab = Lab(scenario)
    lab.start()
    yield lab
    lab.stop()


@pytest.fixture(scope="module")
def control_client(started) -> Iterator[httpx.Client]:
    token = {"Authorization": f"Bearer {started.addresses.control_token}"}
    with httpx.Client(base_url=started.addresses.control_url, headers=token, verify=NO_AUTHORITIES) as client:
        yield client


@pytest.fixture
def lab(started, control_client) -> Lab:
    control_client.post("/reset").raise_for_status()
    started.reception.on_change_request = None
    return started


@pytest.fixture
def control(lab, control_client) -> ControlDesk:
    return ControlDesk(control_client)


@contextmanager
def _client(lab: Lab, product: str, *, address: str = "main", **options) -> Iterator[httpx.Client]:
    url = lab.addresses.products[product].addresses[address]
    with httpx.Client(base_url=url, verify=NO_AUTHORITIES, **options) as client:
        yield client


def _sign_in(lab: Lab, product: str) -> dict[str, str]:
    return dict(lab.addresses.products[product].sign_in)


@pytest.fixture
def opnsense(lab) -> Iterator[httpx.Client]:
    keys = _sign_in(lab, "opnsense")
    with _client(lab, "opnsense", auth=(keys["key"], keys["secret"])) as client:
        yield client


@pytest.fixture
def elasticsearch(lab) -> Iterator[httpx.Client]:
    header = {"Authorization": f"ApiKey {_sign_in(lab, 'elasticsearch')['api_key']}"}
    with _client(lab, "elasticsearch", headers=header) as client:
        yield client


@pytest.fixture
def kibana(lab) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"ApiKey {_sign_in(lab, 'elasticsearch')['api_key']}", "kbn-xsrf": "any"}
    with _client(lab, "elasticsearch", address="kibana", headers=headers) as client:
        yield client


@pytest.fixture
def falcon(lab) -> Iterator[httpx.Client]:
    with _client(lab, "falcon") as client:
        token = client.post("/oauth2/token", data=_sign_in(lab, "falcon")).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


@pytest.fixture
def abuseipdb(lab) -> Iterator[httpx.Client]:
    headers = {"Key": _sign_in(lab, "abuseipdb")["api_key"], "Accept": "application/json"}
    with _client(lab, "abuseipdb", headers=headers) as client:
        yield client


@pytest.fixture
def keycloak(lab) -> Iterator[httpx.Client]:
    form = {"grant_type": "client_credentials", **_sign_in(lab, "keycloak")}
    with _client(lab, "keycloak") as client:
        answer = client.post("/realms/example/protocol/openid-connect/token", data=form)
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        yield client


@pytest.fixture
def jira(lab) -> Iterator[httpx.Client]:
    keys = _sign_in(lab, "jira")
    with _client(lab, "jira", auth=(keys["email"], keys["api_token"])) as client:
        yield client


@pytest.fixture
def nessus(lab) -> Iterator[httpx.Client]:
    keys = _sign_in(lab, "nessus")
    header = {"X-ApiKeys": f"accessKey={keys['access_key']}; secretKey={keys['secret_key']}"}
    with _client(lab, "nessus", headers=header) as client:
        yield client


@pytest.fixture
def awx(lab) -> Iterator[httpx.Client]:
    with _client(lab, "awx", headers={"Authorization": f"Bearer {_sign_in(lab, 'awx')['token']}"}) as client:
        yield client


@pytest.fixture
def misp(lab) -> Iterator[httpx.Client]:
    headers = {"Authorization": _sign_in(lab, "misp")["key"], "Accept": "application/json"}
    with _client(lab, "misp", headers=headers) as client:
        yield client


@pytest.fixture
def graph_mail(lab) -> Iterator[httpx.Client]:
    form = {"grant_type": "client_credentials", "scope": "https://graph.microsoft.com/.default"}
    with _client(lab, "graph_mail", address="login") as login:
        answer = login.post("/example/oauth2/v2.0/token", data={**form, **_sign_in(lab, "graph_mail")})
    with _client(lab, "graph_mail") as client:
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        yield client


@pytest.fixture
def mattermost(lab) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {_sign_in(lab, 'mattermost')['token']}"}
    with _client(lab, "mattermost", headers=headers) as client:
        yield client


@pytest.fixture
def oscap(lab) -> Iterator[httpx.Client]:
    with _client(lab, "openscap") as client:
        yield client


@pytest.fixture
def reports(lab) -> Iterator[httpx.Client]:
    with _client(lab, "report_folder") as client:
        yield client
