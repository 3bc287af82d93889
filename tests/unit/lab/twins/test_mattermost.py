import pytest

from tocsin.lab.twins.mattermost import CHANNEL, FOREIGN_CHANNEL

POSTS = f"/api/v4/channels/{CHANNEL}/posts"


def say(mattermost, text="Contained", channel=CHANNEL, **more):
    return mattermost.post("/api/v4/posts", json={"channel_id": channel, "message": text, **more})


def test_a_message_is_posted_with_what_a_program_attached(mattermost, control):
    posted = say(mattermost, props={"tocsin": "key"})
    [row] = control.world()["posts"].values()
    assert (posted.status_code, posted.json()["id"], posted.json()["props"]) == (201, row["id"], {"tocsin": "key"})
    assert (row["text"], len(row["id"])) == ("Contained", 26)


def test_the_newest_come_first_page_by_page(mattermost):
    ids = [say(mattermost, text).json()["id"] for text in ("one", "two", "three")]
    first, second = (mattermost.get(POSTS, params={"per_page": 2, "page": page}).json() for page in (0, 1))
    assert (first["order"], second["order"]) == ([ids[2], ids[1]], [ids[0]])
    assert (first["prev_post_id"], second["next_post_id"], second["prev_post_id"]) == (ids[0], ids[1], "")
    assert first["posts"][ids[2]]["message"] == "three"


def test_a_message_that_was_deleted_is_not_there_and_was_said_all_the_same(mattermost, control):
    key = say(mattermost).json()["id"]
    assert mattermost.delete(f"/api/v4/posts/{key}").json() == {"status": "OK"}
    assert mattermost.get(f"/api/v4/posts/{key}").status_code == 404
    assert mattermost.delete(f"/api/v4/posts/{key}").status_code == 404
    assert mattermost.get(POSTS).json()["order"] == []
    assert control.world()["posts"][key]["text"] == "Contained"


@pytest.mark.parametrize("channel", [FOREIGN_CHANNEL, "security", ""])
def test_a_channel_without_the_bot_is_closed_to_it(mattermost, control, channel):
    assert say(mattermost, channel=channel).status_code == 403
    assert mattermost.get(f"/api/v4/channels/{channel or 'x'}/posts").status_code == 403
    assert control.changes() == []


@pytest.mark.parametrize("body", [{"message": ""}, {"message": "x" * 20_000}, {"message": "x", "props": [1]}])
def test_what_does_not_fit_is_refused(mattermost, control, body):
    answer = mattermost.post("/api/v4/posts", json={"channel_id": CHANNEL, **body})
    assert (answer.status_code, answer.json()["status_code"], control.changes()) == (400, 400, [])


def test_who_it_is_and_a_wrong_token(mattermost):
    assert mattermost.get("/api/v4/users/me").json()["username"] == "tocsin"
    answer = mattermost.get("/api/v4/users/me", headers={"Authorization": "Bearer wrong"})
    assert (answer.status_code, answer.json()["id"]) == (401, "api.context.session_expired.app_error")
