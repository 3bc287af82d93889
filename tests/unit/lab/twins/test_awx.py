import pytest

API = "/api/v2"


def launch(awx, template="7", **body):
    return awx.post(f"{API}/job_templates/{template}/launch/", json=body).json()


def look(awx, job, *, times=3):
    return [awx.get(f"{API}/jobs/{job}/").json()["status"] for _ in range(times)]


def test_a_job_is_over_after_two_looks_and_has_mended_what_its_template_mends(awx, control):
    job = launch(awx, limit="file-01")["id"]
    assert look(awx, job) == ["pending", "pending", "successful"]
    assert {row["cve"]: row["mended"] for row in control.world()["weaknesses"].values()} == {
        "CVE-2026-90001": True,
        "CVE-2026-90002": False,
    }


def test_a_template_that_asks_for_no_limit_ignores_it_with_201_and_runs_everywhere(awx, control):
    assert awx.get(f"{API}/job_templates/8/launch/").json()["ask_limit_on_launch"] is False
    answer = awx.post(f"{API}/job_templates/8/launch/", json={"limit": "file-01"})
    told = answer.json()
    assert (answer.status_code, told["ignored_fields"], told["limit"]) == (201, {"limit": "file-01"}, "")
    assert len(control.world()["jobs"][str(told["id"])]["hosts"]) == len(control.world()["hosts"])


def test_a_host_that_is_not_reached_is_dark_and_not_mended(awx, control):
    control.amend({"hosts": {control.host("file-01")["id"]: {"online": False}}})
    job = launch(awx, limit="file-01,dc-01")["id"]
    assert look(awx, job)[-1] == "successful"
    rows = awx.get(f"{API}/jobs/{job}/job_host_summaries/").json()["results"]
    assert sorted((row["host_name"], row["dark"], row["failed"]) for row in rows) == [
        ("dc-01", 0, False),
        ("file-01", 1, True),
    ]
    assert not any(row["mended"] for row in control.world()["weaknesses"].values())


def test_a_job_that_reaches_nobody_fails(awx):
    assert look(awx, launch(awx, limit="nobody")["id"])[-1] == "failed"


def test_a_job_can_be_cancelled_until_it_is_over(awx):
    first, second = launch(awx, limit="file-01")["id"], launch(awx, limit="file-01")["id"]
    look(awx, second)
    statuses = [awx.post(f"{API}/jobs/{job}/cancel/", json={}).status_code for job in (first, second)]
    assert (statuses, look(awx, first, times=1)) == ([202, 405], ["canceled"])


def test_a_path_without_its_last_slash_is_sent_on(awx):
    answer = awx.get(f"{API}/me")
    assert (answer.status_code, answer.headers["location"]) == (301, f"{API}/me/")


def test_pages_name_the_next_one_as_a_path(awx):
    for _ in range(3):
        launch(awx, limit="file-01")
    first = awx.get(f"{API}/job_templates/7/jobs/", params={"page_size": 2}).json()
    second = awx.get(first["next"]).json()
    assert (first["count"], len(first["results"]), len(second["results"]), second["next"]) == (3, 2, 1, None)
    assert awx.get(f"{API}/job_templates/7/jobs/", params={"page": 9}).status_code == 404


@pytest.mark.parametrize(
    ("path", "status"), [("/jobs/1/", 404), ("/job_templates/1/launch/", 404), ("/job_templates/?nam=x", 400)]
)
def test_what_is_not_there_is_refused(awx, path, status):
    assert awx.get(API + path).status_code == status


def test_a_wrong_token_is_a_401_and_a_ping_wants_none(awx):
    wrong = {"Authorization": "Bearer x"}
    assert awx.get(f"{API}/me/", headers=wrong).status_code == 401
    assert awx.get(f"{API}/ping/", headers=wrong).status_code == 200
