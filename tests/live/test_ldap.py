"""A real directory (Debian: slapd): people are found, disabled so that they cannot sign in, and enabled again."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.live.certificates import make_certificate
from tests.live.performing import Product
from tests.live.servers import free_port, missing, running
from tests.unit.connectors.protocols.hostile import HOSTILE

from tocsin.engine.outcomes import Changed, Outcome, Verified

WHY = missing("slapd", "slapadd", "ldapwhoami")
pytestmark = pytest.mark.skipif(bool(WHY), reason=WHY)

BASE = "dc=lab,dc=test"
SECRETS = {"user": f"cn=admin,{BASE}", "password": "directory-password"}
ANNA = f"uid=anna,ou=people,{BASE}"
SETTINGS = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
moduleload /usr/lib/ldap/back_mdb.la
moduleload /usr/lib/ldap/ppolicy.la
TLSCertificateFile {folder}/certificate.pem
TLSCertificateKeyFile {folder}/key.pem
database mdb
suffix "dc=lab,dc=test"
rootdn "cn=admin,dc=lab,dc=test"
rootpw directory-password
directory {folder}/db
overlay ppolicy
ppolicy_default "cn=default,dc=lab,dc=test"
"""
PEOPLE = """dn: dc=lab,dc=test
objectClass: dcObject
objectClass: organization
o: Lab
dc: lab

dn: ou=people,dc=lab,dc=test
objectClass: organizationalUnit
ou: people

dn: cn=default,dc=lab,dc=test
objectClass: device
objectClass: pwdPolicy
cn: default
pwdAttribute: userPassword
pwdLockout: TRUE

dn: uid=anna,ou=people,dc=lab,dc=test
objectClass: inetOrgPerson
uid: anna
cn: Anna
sn: A
userPassword: pw1

dn: uid=twin,ou=people,dc=lab,dc=test
objectClass: inetOrgPerson
uid: twin
cn: Twin
sn: T

dn: cn=twin,ou=people,dc=lab,dc=test
objectClass: inetOrgPerson
uid: twin
cn: twin
sn: T

dn: cn=staff (all),dc=lab,dc=test
objectClass: groupOfNames
cn: staff (all)
member: uid=twin,ou=people,dc=lab,dc=test
"""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, str, Path]]:
    folder, port, safe_port = tmp_path_factory.mktemp("slapd"), free_port(), free_port()
    (folder / "db").mkdir()
    certificate, _ = make_certificate(folder)
    settings = folder / "slapd.conf"
    settings.write_text(SETTINGS.format(folder=folder))
    (folder / "people.ldif").write_text(PEOPLE)
    filling = ["slapadd", "-q", "-f", settings, "-l", folder / "people.ldif"]
    subprocess.run(filling, check=True, capture_output=True)
    safe = f"ldaps://127.0.0.1:{safe_port}"
    command = ["slapd", "-f", settings, "-h", f"ldap://127.0.0.1:{port} {safe}", "-d", "0"]
    with running(command, port=port, folder=folder, path=None):
        plain = f"ldap://127.0.0.1:{port}"
        yield Product("ldap", plain, secrets=SECRETS, options={"base": BASE}), safe, certificate


@pytest.fixture
def product(directory) -> Product:
    return directory[0]


def can_sign_in(product: Product) -> bool:
    command = ["ldapwhoami", "-x", "-H", product.address, "-D", ANNA, "-w", "pw1"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def test_a_user_is_found_disabled_and_enabled(product):
    found = product.perform("find_user", {"name": "anna"})
    assert found.output == {"id": ANNA, "name": "anna", "enabled": True}, found.failure
    assert can_sign_in(product)
    disabled = product.perform("disable_user", {"user_id": ANNA})
    assert (disabled.outcome, disabled.changed) == (Outcome.SUCCEEDED, Changed.TRUE), disabled.failure
    assert not can_sign_in(product)
    assert product.verify("disable_user", {"user_id": ANNA}).result is Verified.DONE
    assert product.perform("disable_user", {"user_id": ANNA}).via_already
    assert disabled.undo
    taken = product.perform(disabled.undo.action, dict(disabled.undo.inputs))
    assert (taken.outcome, taken.changed) == (Outcome.SUCCEEDED, Changed.TRUE), taken.failure
    assert can_sign_in(product)


def test_a_group_gets_and_loses_a_member(product):
    member = {"user_id": ANNA, "group": "staff (all)"}
    added = product.perform("add_to_group", member)
    assert added.changed is Changed.TRUE, added.failure
    assert product.perform("list_groups", {"user_id": ANNA}).output == {"groups": ["staff (all)"]}
    assert product.perform("remove_from_group", member).changed is Changed.TRUE
    assert product.perform("remove_from_group", member).via_already


def test_nobody_and_several_of_a_name_are_told_apart(product):
    codes = [product.perform("find_user", {"name": name}).failure for name in ("nobody", "twin")]
    assert [failure and failure.code for failure in codes] == ["not_found", "conflict"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_finds_nobody(product, name):
    answer = product.perform("find_user", {"name": name})
    assert answer.failure
    assert answer.failure.code in {"not_found", "bad_input"}, answer.failure


def test_a_wrong_password_is_told_and_no_password_is_nobody(product):
    for wrong in ("no", ""):
        other = Product("ldap", product.address, secrets={**SECRETS, "password": wrong}, options={"base": BASE})
        failure = other.perform("health", {}).failure
        assert failure
        assert failure.code == "auth"


def test_the_encrypted_directory_is_reached_when_its_certificate_is_trusted(directory):
    _, safe, certificate = directory
    trusted = Product("ldap", safe, secrets=SECRETS, options={"base": BASE}, outside={"ca_file": str(certificate)})
    stranger = Product("ldap", safe, secrets=SECRETS, options={"base": BASE}, outside={})
    assert trusted.perform("health", {}).outcome is Outcome.SUCCEEDED
    failure = stranger.perform("health", {}).failure
    assert failure
    assert "certificate is not trusted" in failure.message
