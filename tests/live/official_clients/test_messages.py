"""Mattermost by its driver, and mail by the client that Python brings."""

import smtplib
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest


@pytest.fixture
def chat(product):
    driver = pytest.importorskip("mattermostdriver", reason="a client of Mattermost is not installed")
    parts = urlsplit(product("mattermost").url)
    token = product("mattermost").sign_in["token"]
    chat = driver.Driver({"url": parts.hostname, "port": parts.port, "scheme": "http", "token": token})
    chat.login()
    return chat


@pytest.fixture
def channel(product):
    return product("mattermost").options["channel"]


def test_mattermostdriver_posts_reads_and_deletes(chat, channel):
    first, second = (chat.posts.create_post({"channel_id": channel, "message": text})["id"] for text in ("one", "two"))
    pages = [chat.posts.get_posts_for_channel(channel, {"per_page": 1, "page": page})["order"] for page in (0, 1)]
    assert (pages, chat.client.username) == ([[second], [first]], "tocsin")
    assert chat.posts.delete_post(first) == {"status": "OK"}
    assert chat.channels.get_channel(channel)["name"] == "security"
    assert chat.posts.get_post(second)["message"] == "two"


def test_mattermostdriver_is_told_of_a_foreign_channel_a_lost_post_and_a_wrong_token(chat):
    from mattermostdriver.exceptions import NoAccessTokenProvided, NotEnoughPermissions, ResourceNotFound

    with pytest.raises(NotEnoughPermissions):
        chat.posts.create_post({"channel_id": "8rk3ysq1obgt5mzn7w2hcde49a", "message": "hello"})
    with pytest.raises(ResourceNotFound):
        chat.posts.get_post("x" * 26)
    chat.client.token = "wrong"  # noqa: S105  a made-up one
    with pytest.raises(NoAccessTokenProvided):
        chat.users.get_user("me")


def test_smtplib_signs_in_and_sends(product, lab):
    parts, keys = urlsplit(product("smtp").url), product("smtp").sign_in
    message = EmailMessage()
    message["Subject"] = "Contained"
    message.set_content("The address is blocked.")
    with smtplib.SMTP(parts.hostname, parts.port, local_hostname="client.example.com", timeout=10) as server:
        with pytest.raises(smtplib.SMTPSenderRefused):
            server.send_message(message, "tocsin@example.com", ["clerk1@example.com"])
        server.login(keys["user"], keys["password"])
        assert server.send_message(message, "tocsin@example.com", ["clerk1@example.com"]) == {}
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            server.send_message(message, "tocsin@example.com", ["nobody@example.com"])
    assert [mail.subject for mail in lab.world.tables.mails.values()] == ["Contained"]
