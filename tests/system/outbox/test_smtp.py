"""The mail channel against a real server: what arrives, under TLS, on how many lines, and what a refusal means."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from stranas.system import clock, outbox
from stranas.system.models import MessageState
from stranas.system.outbox import delivering
from tests import smtp
from tests.system.outbox.posted import message, plan, plan_numbered, rest, states

CALENDAR = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:b18@example.com",
        "SUMMARY:Batas waktu – B18",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
)


def test_smtp_delivers_both_bodies_with_a_stable_id(app, mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan(body_html="<p>Yth. Inspektur</p>")
        outbox.deliver_waiting()
    (letter,) = box.letters
    assert letter["To"] == "budi@example.com"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert letter["Message-ID"].endswith("@example.com>")
    assert message().state is MessageState.SENT


def test_smtp_signs_in_over_starttls_when_offered(app, mail_to, tmp_path, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tmp_path)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    with smtp.server(tls_context=context, password="rahasia kita") as box:
        mail_to(f"smtp://budi:rahasia%20kita@127.0.0.1:{box.port}")
        plan()
    assert message().state is MessageState.SENT, message().outcome
    assert box.secured == [True]


def test_a_server_with_an_unknown_certificate_gets_nothing(app, mail_to, tmp_path):
    certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    with smtp.server(tls_context=context) as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan()
    assert box.letters == []
    assert message().state is MessageState.PLANNED
    assert "CERTIFICATE_VERIFY_FAILED" in message().outcome


def test_no_password_is_sent_to_a_server_without_tls(app, mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://budi:rahasia@127.0.0.1:{box.port}")
        plan()
    assert box.letters == []
    assert "sandi tidak dikirim tanpa TLS" in message().outcome


def test_a_calendar_lies_beside_the_letter_as_a_file_that_names_its_method(app, mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan(body_html="<p>Yth. Inspektur</p>", calendar=CALENDAR)
    (letter,) = box.letters
    assert letter.get_content_type() == "multipart/mixed"
    bodies, calendar = letter.iter_parts()
    assert [part.get_content_type() for part in bodies.iter_parts()] == ["text/plain", "text/html"]
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "PUBLISH"
    assert calendar.get_content_charset() == "utf-8"
    assert (calendar.get_content_disposition(), calendar.get_filename()) == ("attachment", "batas-waktu.ics")
    assert calendar.get_payload(decode=True).decode() == CALENDAR


def test_a_letter_says_that_a_machine_wrote_it_and_offers_no_unsubscribing(app, mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan()
    (letter,) = box.letters
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"] is None


def test_what_waits_goes_out_on_one_line(app, mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan_numbered(60)
    assert sorted(box.addresses) == sorted(f"person{number}@example.com" for number in range(60))
    assert len(set(box.peers)) == 1
    assert set(states()) == {MessageState.SENT}


def test_a_line_that_ends_before_the_text_is_opened_again(app, mail_to):
    with smtp.server() as box:
        box.drops = 1
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan()
    assert box.addresses == ["budi@example.com"]
    assert (message().state, message().attempts) == (MessageState.SENT, 1)


def test_a_server_may_limit_the_messages_on_one_line(app, mail_to):
    with smtp.server() as box:
        box.most = 4
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan_numbered(10)
    assert len(box.letters) == 10
    assert len(set(box.peers)) == 3
    assert set(states()) == {MessageState.SENT}


def test_a_message_at_which_the_server_always_hangs_up_does_not_hold_the_others(app, mail_to):
    with smtp.server() as box:
        box.drops = 2
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan_numbered(3)
    assert sorted(state.value for state in states()) == ["failed", "sent", "sent"]
    assert len(box.letters) == 2


def test_a_line_that_ends_after_the_text_is_doubtful_for_that_message_alone(app, mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        box.hangs_up = True
        plan("first")
        box.hangs_up = False
        plan("second")
    assert message("first").needs_decision
    assert message("first").outcome == outbox.LOST_LINE
    assert message("second").state is MessageState.SENT
    assert len(box.letters) == 2


def test_a_server_that_is_down_costs_no_message_an_attempt(app, mail_to):
    with smtp.server() as box:
        pass
    mail_to(f"smtp://127.0.0.1:{box.port}")
    plan_numbered(30)
    for _ in range(70):  # an hour of sweeps, and more
        assert outbox.sweep() == 30
    assert set(states()) == {MessageState.PLANNED}
    assert outbox.deliver_waiting() == {"sent": 0, "failed": 0, "waiting": 30}
    with smtp.server(box=box):
        outbox.sweep()
    assert len(box.letters) == 30


def test_waiting_messages_say_what_they_wait_for(app, mail_to):
    with smtp.server() as box:
        pass
    mail_to(f"smtp://127.0.0.1:{box.port}")
    plan()
    assert (message().state, message().attempts) == (MessageState.PLANNED, 0)
    assert message().outcome.startswith("Server surel tidak dapat dihubungi: ")
    with smtp.server(box=box):
        outbox.sweep()
    assert (message().state, message().outcome) == (MessageState.SENT, None)


def test_a_server_that_goes_down_in_the_middle_gives_the_claimed_message_back(app, mail_to, monkeypatch):
    with smtp.server() as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        later = clock.now() + timedelta(days=1)
        plan(planned_for=later)
        with delivering.Lines() as lines:
            lines.open("mail")
            box.drops = 1
            monkeypatch.setattr("stranas.system.channels.mail._connect", refuse)
            delivering._deliver_some([(message().id, "mail")], lines)
    assert (message().state, message().attempts) == (MessageState.PLANNED, 0)


def refuse(server):
    raise ConnectionRefusedError(111, "Connection refused")


def test_a_sender_that_the_server_does_not_know_is_no_fault_of_the_message(app, mail_to):
    with smtp.server() as box:
        box.sender_refusal = "553 this sender is not ours"
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan_numbered(3)
    assert set(states()) == {MessageState.PLANNED}
    assert "553 this sender is not ours" in message("k0").outcome


def test_a_refusal_for_good_is_not_tried_again_by_itself(app, mail_to):
    with smtp.server() as box:
        box.refuses, box.refusal = True, "550 no such mailbox"
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan()
        assert message().outcome == "Server surel menolak pesan ini: 550 no such mailbox"
        assert outbox.next_attempt_at(message()) is None
        rest(60 * 24 * 5)
        assert outbox.sweep() == 0


def certificate(folder):
    """A certificate of 127.0.0.1 that signs itself: server.pem holds key and certificate, ca.pem what to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "server.pem").write_bytes(secret + made.public_bytes(Encoding.PEM))
    (folder / "ca.pem").write_bytes(made.public_bytes(Encoding.PEM))
    return folder / "ca.pem"
