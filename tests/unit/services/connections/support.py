"""A workspace with one product that a script answers for, and the desk over it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.unit.vault.support import MemoryKeyring

from tocsin.base.secret import Secret
from tocsin.model.catalogue import Catalogue, Connector
from tocsin.model.environment import Connection
from tocsin.services.connections import ConnectionDesk, DeskParts, Draft, HealthLog, Readiness
from tocsin.services.environments import EnvironmentFiles
from tocsin.vault import EnvironmentSecrets, GivenSecrets, Vault

PLAYBOOK = """\
tocsin: 1
id: uses-it
nodes:
  go: {kind: trigger, event: manual}
  look: {kind: action, use: toy.look}
edges: [go -> look]
"""


def action(title: str, effect: str = "read", **more: Any) -> dict[str, Any]:
    steps = [{"name": "go", "request": "GET /" if effect == "read" else "POST /"}]
    return {"title": title, "effect": effect, "inputs": {"type": "object"}, "output_schema": {}, "steps": steps, **more}


PRODUCT = {
    "id": "toy",
    "title": "Toy",
    "category": "general",
    "docs": "https://docs.example.com/",
    "addresses": {"main": {"title": "Address", "help": "Where it is."}, "side": {"title": "Side", "required": False}},
    "options": {"alias": {"type": "string", "title": "Alias", "default": "ours", "pattern": "^[a-z]+$"}},
    "sign_in": {
        "kind": "basic",
        "fields": {"user": {"title": "User"}, "word": {"title": "Password", "secret": True}},
        "user": "{{ secret.user }}",
        "password": "{{ secret.word }}",
    },
    "health": "look",
    "actions": {
        "look": action("Look", permission="Reader"),
        "find": action("Find", inputs={"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}),
        "block": action("Block", "change", permission="Writer"),
    },
}


def toy_catalogue() -> Catalogue:
    connector = Connector.model_validate_json(json.dumps(PRODUCT))
    return Catalogue(connectors={"toy": connector})


@dataclass
class Office:
    """The desk and everything behind it."""

    folder: Path
    loop: Any = None
    environ: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        self.keyring = MemoryKeyring()
        self.learnt: list[str] = []
        self.vault = Vault(self.folder / "home" / "vault.json", self.keyring, learn=self.learnt.extend)
        self.given = GivenSecrets.take(self.environ)
        self.catalogue = toy_catalogue()
        self.readiness = Readiness(self.vault, self.secrets_for, lambda: self.catalogue)
        self.files = EnvironmentFiles(lambda file: file.parent)
        self.file = str(self.folder / "playbook.yaml")
        self.desk = ConnectionDesk(
            DeskParts(
                files=self.files,
                vault=self.vault,
                secrets_for=self.secrets_for,
                readiness=self.readiness,
                catalogue=lambda: self.catalogue,
                loop=self.loop,
                health=HealthLog(self.folder / "home" / "health.jsonl"),
                locks=self.folder / "home" / "locks",
            )
        )

    def secrets_for(self, environment: str) -> EnvironmentSecrets:
        return EnvironmentSecrets(environment, self.vault, self.given, learn=self.learnt.extend)

    @property
    def environment_file(self) -> Path:
        return self.folder / "environments" / "production.yaml"

    def save(self, url: str = "https://toy.example.com", **more: Any) -> None:
        self.desk.open_vault()
        self.desk.save(draft(url, **more), self.file)


def draft(url: str = "https://toy.example.com", *, secrets: dict[str, Secret] | None = None, **more: Any) -> Draft:
    typed = {"user": Secret("clerk-1"), "word": Secret("canary-77")} if secrets is None else secrets
    connection = Connection(connector="toy", addresses={"main": url}, **more)
    return Draft("production", "toy_main", connection, typed)
