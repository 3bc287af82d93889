import pytest
from tests.unit.checks.build import check, find, problem, read

ACTION = """
roles: {ROLES}
nodes:
  alert: {kind: trigger, event: EVENT}
  user: {kind: action, use: USE, with: {name: jdoe}MORE}
edges: [alert -> user]
"""


def action(*, use="identity.find_user", roles="", more="", event="siem.alert"):
    return ACTION.replace("USE", use).replace("ROLES", roles).replace("MORE", more).replace("EVENT", event)


def mended(text, code):
    playbook = read(text)
    (found,) = [p for p in check(playbook) if p.code.name == code]
    return check(found.fix.edit.apply(playbook))


def test_a_misspelled_product_is_corrected_by_the_fix():
    assert mended(action(use="identiti.find_user"), "UNKNOWN_CONNECTOR") == ()


def test_a_misspelled_action_is_corrected_by_the_fix():
    assert mended(action(use="identity.find_users"), "UNKNOWN_ACTION") == ()


def test_nothing_is_guessed_for_what_is_like_nothing():
    assert problem(action(use="zzz.qqq"), "UNKNOWN_CONNECTOR").fix is None


def test_a_misspelled_role_is_corrected_by_the_fix():
    assert mended(action(roles="directory: {category: identity}", more=", role: directori"), "UNKNOWN_ROLE") == ()


def test_two_roles_of_a_category_must_be_told_apart():
    roles = "staff: {category: identity}, guests: {category: identity}"
    assert find(action(roles=roles)) == [("UNKNOWN_ROLE", "user", "role")]
    assert find(action(roles=roles, more=", role: staff")) == []


def test_a_role_is_of_the_actions_category():
    roles = "wall: {category: firewall}, staff: {category: identity}"
    assert find(action(roles=roles, more=", role: wall")) == [("UNKNOWN_ROLE", "user", "role")]


def test_a_roles_category_must_exist():
    assert find(action(roles="staff: {category: identiti}"), "UNKNOWN_ROLE") == [
        ("UNKNOWN_ROLE", "", "roles.staff.category")
    ]


@pytest.mark.parametrize("event", ["manual", "siem.alert", "edr.alert", "schedule", "webhook", "file", "mail"])
def test_events_of_the_format_are_known(event):
    assert find(action(event=event)) == []


def test_a_misspelled_event_is_corrected_by_the_fix():
    assert mended(action(event="siem.alarm"), "UNKNOWN_EVENT") == ()


def test_a_disabled_action_is_left_alone():
    assert find(action(use="zzz.qqq", more=", disabled: true")) == []
