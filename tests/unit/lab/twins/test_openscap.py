import pytest

from tocsin.lab.twins.openscap import PROFILE

TAGS = ["rule-result", "score"]


@pytest.fixture
def run(lab, oscap):
    content = lab.addresses.products["openscap"].options["content"]

    def asked(*, program="oscap", profile=PROFILE, operands=None, pick=TAGS, result_option="--results"):
        options = ["xccdf", "eval", f"--profile={profile}"]
        given = {"program": program, "options": options, "operands": operands or [content], "pick": pick}
        given["result_option"] = result_option
        return oscap.post("/program/run", json=given)

    return asked


def results(answer):
    picked = answer.json()["picked"]
    return {row["attributes"]["idref"]: row["children"][0]["text"] for row in picked if row["tag"] == "rule-result"}


def test_where_all_passes_the_program_ends_with_0(run):
    answer = run()
    assert (answer.status_code, answer.json()["exit"], set(results(answer).values())) == (200, 0, {"pass"})


def test_findings_are_exit_2_and_what_could_not_be_made_counts_neither_way(run, control):
    control.amend({"checks": {"no_empty_passwords": {"result": "fail"}, "partition_for_tmp": {"result": "notchecked"}}})
    answer = run()
    found = results(answer)
    assert (answer.json()["exit"], sorted(found.values())[:2]) == (2, ["fail", "notchecked"])
    assert answer.json()["picked"][-1]["text"] == "87.50"


@pytest.mark.parametrize(
    ("given", "said"),
    [({"profile": "none"}, "No profile matching"), ({"operands": ["/etc/passwd"]}, "Unable to open file")],
)
def test_what_is_not_there_is_exit_1(run, given, said):
    answer = run(**given)
    assert (answer.status_code, answer.json()["exit"], said in answer.json()["err"]) == (500, 1, True)


def test_no_other_program_is_there(run):
    assert run(program="nmap").status_code == 404


def test_where_it_is_not_told_to_write_its_results_there_are_none_to_read(run):
    assert run(result_option="").json()["picked"] == []
