"""Asks the Lab's products back over their vendors' own APIs, each with its own sign-in."""

from contextlib import ExitStack
from ssl import PROTOCOL_TLS_CLIENT, SSLContext

import httpx

NO_AUTHORITIES = SSLContext(PROTOCOL_TLS_CLIENT)  # plain http on loopback; reading all of them costs 30 ms a client
REALM = "example"
USERS = f"/admin/realms/{REALM}/users"


class Vendors:
    """What each product says is so."""

    def __init__(self, addresses):
        self._products = addresses.products
        self._end = ExitStack()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._end.close()

    def _client(self, product, address="main", **options):
        url = self._products[product].addresses[address]
        return self._end.enter_context(httpx.Client(base_url=url, verify=NO_AUTHORITIES, **options))

    def blocked(self):
        """The addresses in the firewall's alias, asked of OPNsense."""
        keys = self._products["opnsense"].sign_in
        client = self._client("opnsense", auth=(keys["key"], keys["secret"]))
        rows = client.get("/api/firewall/alias_util/list/tocsin_block").raise_for_status().json()["rows"]
        return [row["ip"] for row in rows]

    def isolated(self):
        """The names of the hosts that are, or are about to be, contained, asked of Falcon."""
        client = self._client("falcon")
        token = client.post("/oauth2/token", data=dict(self._products["falcon"].sign_in)).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        devices = client.get("/devices/combined/devices/v1", params={"limit": 100}, headers=headers).json()["resources"]
        return sorted(device["hostname"] for device in devices if device["status"] != "normal")

    def sessions(self, name):
        """How many sessions a user has, asked of Keycloak."""
        client, user = self._user(name)
        return len(client.get(f"{USERS}/{user['id']}/sessions").json())

    def can_sign_in(self, name):
        """Whether a user's account is enabled, asked of Keycloak."""
        return self._user(name)[1]["enabled"]

    def _user(self, name):
        client = self._client("keycloak")
        form = {"grant_type": "client_credentials", **self._products["keycloak"].sign_in}
        token = client.post(f"/realms/{REALM}/protocol/openid-connect/token", data=form).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        [user] = client.get(USERS, params={"username": name, "exact": "true"}).json()
        return client, user

    def tickets(self):
        """Title, text and labels of each ticket, asked of Jira."""
        keys = self._products["jira"].sign_in
        client = self._client("jira", auth=(keys["email"], keys["api_token"]))
        query = {"jql": "project = SEC ORDER BY created ASC", "fields": ["summary", "description", "labels"]}
        issues = client.post("/rest/api/3/search/jql", json=query).raise_for_status().json()["issues"]
        return [
            (issue["fields"]["summary"], _text(issue["fields"]["description"]), issue["fields"]["labels"])
            for issue in issues
        ]

    def notes(self):
        """The notes on alerts, asked of Kibana."""
        headers = {"Authorization": f"ApiKey {self._products['elasticsearch'].sign_in['api_key']}", "kbn-xsrf": "any"}
        client = self._client("elasticsearch", "kibana", headers=headers)
        return [note["note"] for note in client.get("/api/note").raise_for_status().json()["notes"]]


def _text(part):
    """The words of an Atlassian document."""
    inner = "".join(_text(child) for child in part.get("content", ()))
    return part.get("text", "\n" if part.get("type") == "hardBreak" else "") + inner
