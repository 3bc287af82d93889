import smtplib
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest

OUTSIDE = "auditor@example.net"


@pytest.fixture
def server(lab):
    parts = urlsplit(lab.addresses.products["smtp"].url)
    with smtplib.SMTP(parts.hostname, parts.port, local_hostname="client.example.com", timeout=10) as server:
        yield server


@pytest.fixture
def signed_in(server, lab):
    keys = lab.addresses.products["smtp"].sign_in
    server.login(keys["user"], keys["password"])
    return server


def letter(text="Blocked.\n.hidden\n", **headers):
    message = EmailMessage()
    for name, value in {"Subject": "Contained", "From": "tocsin@example.com", "Message-ID": "<1@lab>"}.items():
        message[name] = headers.get(name, value)
    message.set_content(text)
    return message


def mails(control):
    return list(control.world()["mails"].values())


def test_a_mail_is_taken_and_people_of_the_story_find_it_in_their_mailboxes(signed_in, control):
    refused = signed_in.send_message(letter(), "tocsin@example.com", ["clerk1@example.com", OUTSIDE])
    [mail] = mails(control)
    [copy] = [row for row in control.world()["messages"].values() if row["subject"] == "Contained"]
    assert (refused, mail["recipients"], mail["text"]) == ({}, ["clerk1@example.com", OUTSIDE], "Blocked.\n.hidden")
    assert (copy["mailbox"], copy["internet_id"], copy["folder"]) == ("clerk1@example.com", "<1@lab>", "inbox")


def test_the_envelope_counts_not_the_header(signed_in, control):
    signed_in.send_message(letter(To="clerk1@example.com"), "tocsin@example.com", [OUTSIDE])
    assert mails(control)[0]["recipients"] == [OUTSIDE]


def test_one_that_nobody_has_is_refused_and_the_others_get_it(signed_in, control):
    refused = signed_in.send_message(letter(), "tocsin@example.com", ["nobody@example.com", OUTSIDE])
    assert (list(refused), refused["nobody@example.com"][0]) == (["nobody@example.com"], 550)
    assert mails(control)[0]["recipients"] == [OUTSIDE]


def test_nothing_is_sent_without_a_sign_in(server, control):
    with pytest.raises(smtplib.SMTPSenderRefused) as caught:
        server.send_message(letter(), "tocsin@example.com", [OUTSIDE])
    assert (caught.value.smtp_code, mails(control)) == (530, [])


@pytest.mark.parametrize("ways", [["PLAIN"], ["LOGIN"]])
def test_a_wrong_password_is_told_either_way(server, lab, ways):
    server.ehlo()
    server.esmtp_features["auth"] = " ".join(ways)
    with pytest.raises(smtplib.SMTPAuthenticationError):
        server.login("tocsin@example.com", "wrong")
    assert server.login(*lab.addresses.products["smtp"].sign_in.values())[0] == 235


def test_a_mail_cannot_be_smuggled_in_behind_another(signed_in, control):
    signed_in.mail("tocsin@example.com")
    signed_in.rcpt(OUTSIDE)
    signed_in.docmd("DATA")
    signed_in.send(b"Subject: one\r\n\r\nhello\r\n.\nMAIL FROM:<boss@example.com>\r\n.\r\n")
    assert (signed_in.getreply()[0], mails(control)) == (550, [])


def test_commands_out_of_order_and_unknown_ones_are_refused(signed_in):
    answers = [signed_in.docmd(command)[0] for command in ("DATA", "RCPT TO:<a@example.net>", "TURN", "MAIL nobody")]
    assert answers == [503, 503, 502, 501]
    assert [signed_in.docmd(command)[0] for command in ("NOOP", "RSET", "VRFY clerk1")] == [250, 250, 252]


@pytest.mark.parametrize(("status", "code"), [(429, 451), (500, 451), (403, 550)])
def test_a_planted_fault_is_said_in_the_words_of_mail(signed_in, control, status, code):
    control.plant(product="smtp", path="*", status=status, times=1)
    with pytest.raises(smtplib.SMTPDataError) as caught:
        signed_in.send_message(letter(), "tocsin@example.com", [OUTSIDE])
    assert (caught.value.smtp_code, mails(control)) == (code, [])
    signed_in.send_message(letter(), "tocsin@example.com", [OUTSIDE])
    assert len(mails(control)) == 1


def test_a_connection_can_be_lost_after_the_mail_was_taken(signed_in, control):
    control.plant(product="smtp", path="*", status="drop_after", times=1)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        signed_in.send_message(letter(), "tocsin@example.com", [OUTSIDE])
    assert len(mails(control)) == 1
    assert [row["path"] for row in control.client.get("/requests").json()] == ["/mail"]
