"""A team's folder: a playbook, and an environment whose products are the Lab's behind TLS."""

import json
import shutil

from tests.journeys.program import PLAYBOOK

NO_KEYRING = "keyring.backends.fail.Keyring"
"""For PYTHON_KEYRING_BACKEND: secrets come from outside."""


def plain_urls(lab):
    """Where each server of the Lab listens, without paths."""
    urls = (url for product in over_http(lab).values() for url in product.addresses.values())
    return sorted({"/".join(url.split("/")[:3]) for url in urls})


def over_http(lab):
    """The products that are called over HTTP."""
    products = lab.addresses.products
    return {name: product for name, product in products.items() if product.url.startswith("http:")}


class Workspace:
    """A folder with a playbook and an environment of it."""

    def __init__(self, folder, lab, front):
        self.folder = folder
        self.playbook = folder / "playbooks" / "contain.yaml"
        self.environment = folder / "environments" / "production.yaml"
        self.products = over_http(lab)
        self.front = front
        for path in (self.playbook, self.environment):
            path.parent.mkdir(parents=True)
        (folder / "tocsin-workspace.yaml").write_text("")
        shutil.copy(PLAYBOOK, self.playbook)
        shutil.copy(front.ca_file, self.environment.parent / "ca.pem")
        self.write()

    def write(self, **changes):
        """Write the environment's file; changes are of connections: `fw={"ca_file": …}`."""
        connections = {
            f"prod_{name}": {
                "connector": name,
                "addresses": {key: self._secure(url) for key, url in product.addresses.items()},
                "options": dict(product.options),
                "ca_file": "ca.pem",
                "local_addresses": ["127.0.0.1"],
                **changes.get(name, {}),
            }
            for name, product in self.products.items()
        }
        roles = {"threat_intel": "prod_abuseipdb"}  # another product of the Lab could play it too
        head = {"tocsin_environment": 1, "id": "production", "networks": ["10.0.0.0/8"], "roles": roles}
        self.environment.write_text(json.dumps({**head, "connections": connections}))

    @property
    def variables(self):
        """Every secret, as a machine without a keyring is given it."""
        return {
            f"TOCSIN_SECRET_PROD_{name}_{field}".upper(): text
            for name, product in self.products.items()
            for field, text in product.sign_in.items()
        }

    def _secure(self, url):
        base = next(plain for plain in self.front.urls if url.startswith(plain))
        return self.front.urls[base] + url.removeprefix(base)
