import pytest

BOX = "/v1.0/users/clerk1@example.com"
LASTING = {"Prefer": 'IdType="ImmutableId"'}


def listed(graph_mail, headers=None, **query):
    return graph_mail.get(f"{BOX}/messages", params=query, headers=headers).raise_for_status().json()["value"]


def test_a_mailbox_is_filtered_by_sender_and_holds_its_own_copies_alone(graph_mail):
    assert [row["subject"] for row in listed(graph_mail)] == ["Your invoice", "Lunch"]
    found = listed(
        graph_mail, **{"$filter": "from/emailAddress/address eq 'BILLING@example.net'", "$select": "subject"}
    )
    assert [set(row) for row in found] == [{"id", "subject"}]


def test_a_message_that_is_moved_gets_another_id_unless_lasting_ones_are_asked_for(graph_mail, control):
    passing, lasting = listed(graph_mail)[0]["id"], listed(graph_mail, LASTING)[0]["id"]
    moved = graph_mail.post(f"{BOX}/messages/{passing}/move", json={"destinationId": "junkemail"})
    assert (moved.status_code, moved.json()["id"] == passing) == (201, False)
    assert graph_mail.get(f"{BOX}/messages/{passing}").status_code == 404
    assert graph_mail.get(f"{BOX}/messages/{lasting}", headers=LASTING).status_code == 200
    assert control.world()["messages"][lasting]["folder"] == "junkemail"


def test_a_folder_has_an_opaque_id_beside_its_name(graph_mail):
    folder = graph_mail.get(f"{BOX}/mailFolders/inbox").json()
    assert listed(graph_mail)[0]["parentFolderId"] == folder["id"] != "inbox"


def test_what_is_purged_is_gone(graph_mail, control):
    key = listed(graph_mail, LASTING)[0]["id"]
    answers = [graph_mail.post(f"{BOX}/messages/{key}/permanentDelete", headers=LASTING) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [204, 404]
    assert key not in control.world()["messages"]


def test_a_list_goes_on_at_its_next_link(graph_mail):
    first = graph_mail.get(f"{BOX}/messages", params={"$top": 1}).json()
    assert [row["subject"] for row in graph_mail.get(first["@odata.nextLink"]).json()["value"]] == ["Lunch"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1.0/users/nobody@example.com/messages", 404),
        (f"{BOX}/messages/none", 404),
        (f"{BOX}/mailFolders/none", 404),
        (f"{BOX}/messages?$filter=subject eq 'x'", 400),
        (f"{BOX}/messages?$search=x", 400),
    ],
)
def test_what_is_not_there_or_not_understood_is_refused(graph_mail, path, status):
    assert graph_mail.get(path).status_code == status


def test_another_secret_or_no_scope_gets_no_token(lab, graph_mail):
    product = lab.addresses.products["graph_mail"]
    url = f"{product.addresses['login']}/example/oauth2/v2.0/token"
    form = {"grant_type": "client_credentials", **product.sign_in}
    refused = [graph_mail.post(url, data={**form, **change}) for change in ({"client_secret": "x"}, {"scope": "x"})]
    assert [answer.status_code for answer in refused] == [401, 400]
    assert graph_mail.get(f"{BOX}/messages", headers={"Authorization": "Bearer x"}).status_code == 401
