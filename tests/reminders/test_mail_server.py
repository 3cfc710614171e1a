"""Handing mails to a real SMTP server over a socket."""

import socket

import pytest
from real_mail_server import PASSWORD, USER, served

from vms.kernel.errors import VmsError
from vms.reminders.letters import mail
from vms.reminders.mail_server import MailPlace, MailServer, is_address

pytestmark = pytest.mark.sockets

TO = "ayse@belediye.example"


def message(to=TO):
    return mail(
        to, "Konu: şğı", "Gövde\n.\nİşte", sender="nazar@belediye.example", language="tr", now_us=10**15, ids=[]
    )


def place_of(server, **more):
    values = {"host": "127.0.0.1", "port": server.port, "tls": "none", "sender": "nazar@belediye.example"} | more
    return MailPlace(**values)


def send(place, what=None):
    with MailServer(place).open() as line:
        line.send(what or message())


def refusal(place, what=None):
    with pytest.raises(VmsError) as err:
        send(place, what)
    return err.value


@pytest.mark.proves("S-6")
def test_a_mail_arrives_as_it_was_written(tmp_path):
    with served(tmp_path) as server:
        send(place_of(server))
        (letter,) = server.letters
    assert (letter["To"], letter["From"], letter["Subject"]) == (TO, "Nazar <nazar@belediye.example>", "Konu: şğı")
    assert letter.get_content().splitlines() == ["Gövde", ".", "İşte"]
    assert (letter["Auto-Submitted"], letter["Content-Language"]) == ("auto-generated", "tr")


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_over_tls_with_signing_in(tmp_path, tls):
    with served(tmp_path, tls=tls, wants_sign_in=True) as server:
        place = place_of(server, tls=tls, user=USER, password=PASSWORD, ca_file=server.ca_file)
        send(place)
        assert (len(server.letters), server.was_encrypted) == (1, [True])
        wrong = refusal(place_of(server, tls=tls, user=USER, password="wrong", ca_file=server.ca_file))
        assert (wrong.code, "refuses mail.user" in wrong.message) == ("mail_server_away", True)
        assert "wrong" not in str(wrong)
        unknown = refusal(place_of(server, tls=tls, user=USER, password=PASSWORD))
        assert "certificate" in unknown.message
        assert len(server.letters) == 1


def test_a_server_without_starttls_gets_neither_mail_nor_password(tmp_path):
    with served(tmp_path) as server:
        found = refusal(place_of(server, tls="starttls", user=USER, password=PASSWORD))
        assert (found.code, server.letters) == ("mail_server_away", [])


def test_a_port_that_speaks_no_tls(tmp_path):
    with served(tmp_path) as server:
        assert refusal(place_of(server, tls="tls", timeout_s=5)).code == "mail_server_away"


def test_a_server_that_is_away_and_comes_back(tmp_path):
    with served(tmp_path) as server:
        server.go_away()
        found = refusal(place_of(server))
        assert (found.code, "cannot be reached" in found.message) == ("mail_server_away", True)
        server.come_back()
        send(place_of(server))
        assert len(server.letters) == 1


def test_a_server_that_says_nothing_costs_the_time_out_and_no_more():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = MailPlace(
            host="127.0.0.1", port=silent.getsockname()[1], tls="none", sender="nazar@belediye.example", timeout_s=0.2
        )
        assert "in time" in refusal(place).message


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("550 no such user", "mail_refused"), ("450 grey list", "mail_delayed"), ("421 closing", "mail_server_away"),
    ],
)  # fmt: skip
def test_what_a_server_says_of_a_recipient(tmp_path, answer, code):
    with served(tmp_path) as server:
        server.refusals[TO] = answer
        assert refusal(place_of(server)).code == code
        assert "no such user" not in str(refusal(place_of(server)))


def test_after_a_refused_recipient_the_connection_goes_on(tmp_path):
    with served(tmp_path) as server:
        server.refusals[TO] = "550 no"
        with MailServer(place_of(server)).open() as line:
            with pytest.raises(VmsError):
                line.send(message())
            line.send(message("bekir@belediye.example"))
            line.look()
        assert (server.recipients, server.greetings) == (["bekir@belediye.example"], 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ayse",
        "a@b@c",
        "a b@example.org",
        "a@example.org\nBcc: x@y",
        "ayşe@example.org",
        "<a@example.org>",
        "a@-",
        "a,b@c.d",
    ],
)
def test_what_is_no_address_is_not_sent_to(text):
    assert not is_address(text)


@pytest.mark.parametrize("text", ["a@example.org", "ayse.isik+nazar@zabita.izmir.bel.tr", "o'hara@localhost"])
def test_what_is_an_address(text):
    assert is_address(text)
