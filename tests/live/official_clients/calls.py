"""Which calls the vendors' clients made, and the page that tells of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tocsin.base.clock import Clock
from tocsin.lab import Lab, Product
from tocsin.lab.exchange import Request
from tocsin.lab.twins import make_twins
from tocsin.lab.world import World

PAGE = Path(__file__).with_name("README.md")
CLIENTS = {
    Product.ELASTICSEARCH: "elasticsearch",
    Product.FALCON: "crowdstrike-falconpy",
    Product.KEYCLOAK: "python-keycloak",
    Product.JIRA: "jira",
    Product.NESSUS: "pytenable",
    Product.AWX: "awxkit",
    Product.MISP: "pymisp",
    Product.MATTERMOST: "mattermostdriver",
    Product.SMTP: "smtplib",
    Product.SURICATA: "suricatasc",
}
NO_PACKAGES = {"smtplib": "Python's own", "suricatasc": "comes with the server"}
WITHOUT = {
    Product.OPNSENSE: "its makers publish no client",
    Product.ABUSEIPDB: "its makers publish no client",
    Product.GRAPH_MAIL: "the makers' client takes no server on this computer",
    Product.OPENSCAP: "it is a program of this computer, which `tests/live/test_programs.py` runs",
    Product.REPORT_FOLDER: "it is a folder of this computer",
}
"""Why no client is tried; our descriptions are, all the same."""

HEAD = """# The vendors' clients against the Lab

The makers' own clients sign in to the products that the Lab plays, and do what our connector descriptions do. This page
is written by `python -m tests.live.official_clients`, from the requests that the Lab got; a refused one counts as a
check of how errors are told.

| product | client | call | answers seen |
|---|---|---|---|
"""


@dataclass(frozen=True, order=True)
class Seen:
    """One kind of call: a product's route, and the status it was answered with."""

    product: str
    route: str
    status: int


SEEN: set[Seen] = set()


def note(lab: Lab) -> None:
    """Keep which calls a Lab got."""
    twins = _twins(lab.world)
    for row in lab.reception.requests:
        path = Request(row.method, row.path, tuple(row.path.strip("/").split("/")))
        found = next(
            (route[0] for twin in twins if twin.product is row.product and (route := twin.find_route(path))), None
        )
        if found is not None and row.status is not None:
            SEEN.add(Seen(row.product, f"{found.method} {found.template}", row.status))


def page(seen: Iterable[Seen]) -> str:
    """Return the page as Markdown."""
    rows: dict[tuple[str, str], list[int]] = {}
    for one in sorted(seen):
        rows.setdefault((one.product, one.route), []).append(one.status)
    lines = [
        f"| {name} | {_client(name)} | `{route}` | {', '.join(map(str, statuses))} |"
        for (name, route), statuses in rows.items()
    ]
    without = [f"- {name}: {reason}." for name, reason in WITHOUT.items()]
    return HEAD + "\n".join([*lines, "", "Without a client:", "", *without, ""])


def routes(scenario) -> set[tuple[str, str]]:
    """Return every call that some twin takes."""
    return {
        (twin.product, f"{route.method} {route.template}") for twin in _twins(World(scenario)) for route in twin.routes
    }


def _client(product: str) -> str:
    name = CLIENTS[Product(product)]
    return f"{name} ({NO_PACKAGES[name]})" if name in NO_PACKAGES else f"{name} {version(name)}"


def _twins(world):
    return make_twins(world, clock=Clock())
