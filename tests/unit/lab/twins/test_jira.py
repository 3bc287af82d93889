import pytest

API = "/rest/api/3"


def adf(text):
    return {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
    }


def fields(**more):
    return {"project": {"key": "SEC"}, "issuetype": {"name": "Task"}, "summary": "Contained", **more}


def create(jira, **more):
    return jira.post(f"{API}/issue", json={"fields": fields(**more)}).json()["key"]


def search(jira, **body):
    return jira.post(f"{API}/search/jql", json=body)


def test_an_issue_is_created_and_read(jira, control):
    answer = jira.post(f"{API}/issue", json={"fields": fields(description=adf("Blocked"), labels=["tocsin"])})
    body = jira.get(f"{API}/issue/{answer.json()['key']}").json()
    assert (answer.status_code, answer.json()["key"]) == (201, "SEC-1")
    assert (body["fields"]["summary"], body["fields"]["description"], body["fields"]["labels"]) == (
        "Contained",
        adf("Blocked"),
        ["tocsin"],
    )
    assert control.world()["tickets"]["SEC-1"]["title"] == "Contained"


def test_creating_twice_makes_two(jira):
    assert [create(jira), create(jira)] == ["SEC-1", "SEC-2"]


def test_a_ticket_that_control_made_is_read_and_searched(jira, control):
    ticket = {"id": "10007", "title": "By hand", "created": "2026-11-24T03:00:00.000Z", "labels": ["x"]}
    control.amend({"tickets": {"SEC-7": ticket}})
    assert jira.get(f"{API}/issue/SEC-7").json()["fields"]["summary"] == "By hand"
    assert [row["id"] for row in search(jira, jql="labels = x").json()["issues"]] == ["10007"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"summary": ""}, "summary"),
        ({"summary": "a\nb"}, "summary"),
        ({"project": {"key": "NOPE"}}, "project"),
        ({"issuetype": {"name": "Nope"}}, "issuetype"),
        ({"description": "text"}, "description"),
        ({"description": adf("")}, "description"),
        ({"labels": ["two words"]}, "labels"),
        ({"sumary": "x"}, "sumary"),
    ],
)
def test_a_bad_field_is_named_in_a_400_and_nothing_is_made(jira, control, change, field):
    answer = jira.post(f"{API}/issue", json={"fields": fields(**change)})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert control.world()["tickets"] == {}


def test_a_comment_is_a_document(jira, control):
    key = create(jira)
    answer = jira.post(f"{API}/issue/{key}/comment", json={"body": adf("Done")})
    listed = jira.get(f"{API}/issue/{key}/comment").json()["comments"]
    assert (answer.status_code, [row["id"] for row in listed]) == (201, [answer.json()["id"]])
    assert control.world()["tickets"][key]["comments"][0]["body"] == adf("Done")


@pytest.mark.parametrize("body", ["text", adf(""), None, {"type": "doc"}])
def test_a_comment_that_is_no_document_is_refused(jira, body):
    assert jira.post(f"{API}/issue/{create(jira)}/comment", json={"body": body}).status_code == 400


def test_an_issue_is_closed_by_the_transition_whose_target_is_done(jira, control):
    key = create(jira)
    offered = jira.get(f"{API}/issue/{key}/transitions").json()["transitions"]
    [closing] = [row["id"] for row in offered if row["to"]["statusCategory"]["key"] == "done"]
    answer = jira.post(f"{API}/issue/{key}/transitions", json={"transition": {"id": closing}})
    assert (answer.status_code, control.world()["tickets"][key]["status"]) == (204, "Done")


def test_a_transition_takes_a_comment_along(jira, control):
    key = create(jira)
    body = {"transition": {"id": "31"}, "update": {"comment": [{"add": {"body": adf("Taken back")}}]}}
    assert jira.post(f"{API}/issue/{key}/transitions", json=body).status_code == 204
    ticket = control.world()["tickets"][key]
    assert (ticket["status"], ticket["comments"][0]["body"]) == ("Done", adf("Taken back"))


def test_a_transition_that_is_not_there_is_a_400(jira, control):
    key = create(jira)
    assert jira.post(f"{API}/issue/{key}/transitions", json={"transition": {"id": "99"}}).status_code == 400
    assert control.world()["tickets"][key]["status"] == "To Do"


def test_a_search_gives_only_ids_unless_fields_are_asked_for(jira):
    create(jira, labels=["run-1"])
    assert search(jira, jql='labels = "run-1"').json()["issues"] == [{"id": "10001"}]
    [issue] = search(jira, jql='labels = "run-1"', fields=["summary"]).json()["issues"]
    assert (issue["key"], issue["fields"]) == ("SEC-1", {"summary": "Contained"})


def test_a_search_by_get_takes_the_same(jira):
    create(jira)
    answer = jira.get(f"{API}/search/jql", params={"jql": "project = SEC", "fields": "summary,labels"})
    assert answer.json()["issues"][0]["fields"] == {"summary": "Contained", "labels": []}


def test_a_search_without_a_restriction_is_a_400(jira):
    assert search(jira, jql="ORDER BY created DESC").status_code == 400
    assert search(jira, jql="").status_code == 400


def test_a_long_result_comes_in_pages_without_a_total(jira):
    for _ in range(3):
        create(jira)
    first = search(jira, jql="project = SEC ORDER BY key ASC", maxResults=2, fields=["summary"]).json()
    token = first["nextPageToken"]
    last = search(jira, jql="project = SEC ORDER BY key ASC", maxResults=2, nextPageToken=token, fields=["id"]).json()
    assert ("total" in first, first["isLast"], last["isLast"]) == (False, False, True)
    assert [row["key"] for row in first["issues"] + last["issues"]] == ["SEC-1", "SEC-2", "SEC-3"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_old_search_is_gone(jira, method):
    assert jira.request(method, f"{API}/search", params={"jql": "project = SEC"}).status_code == 410


def test_labels_are_added_and_removed(jira, control):
    key = create(jira, labels=["a", "b"])
    update = {"update": {"labels": [{"add": "c"}, {"remove": "a"}]}}
    assert jira.put(f"{API}/issue/{key}", json=update).status_code == 204
    assert control.world()["tickets"][key]["labels"] == ["b", "c"]


def test_an_issue_is_assigned_to_oneself_and_to_nobody_else(jira, control):
    key, me = create(jira), jira.get(f"{API}/myself").json()["accountId"]
    statuses = [
        jira.put(f"{API}/issue/{key}/assignee", json={"accountId": account}).status_code for account in (me, "nobody")
    ]
    assert (statuses, control.world()["tickets"][key]["assignee"]) == ([204, 400], me)


def test_an_issue_that_is_not_there_is_a_404(jira):
    assert jira.get(f"{API}/issue/SEC-99").status_code == 404


def test_it_says_that_it_is_a_cloud(jira):
    assert jira.get("/rest/api/2/serverInfo").json()["deploymentType"] == "Cloud"


def test_a_wrong_token_is_a_401(jira, lab):
    email = lab.addresses.products["jira"].sign_in["email"]
    assert jira.get(f"{API}/myself", auth=(email, "wrong")).status_code == 401
