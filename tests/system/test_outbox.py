"""A message is a row first, leaves once, and a failure is seen."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from stranas.system import clock, outbox
from stranas.system.db import db, unit_of_work
from stranas.system.models import MessageState, OutboxMessage
from tests import smtp


def plan(key: str = "reminder:1", **columns) -> bool:
    values = {
        "recipient_id": None,
        "address": "budi@example.com",
        "template": "reminder",
        "subject": "Pengingat – B18",
        "body_text": "Yth. Inspektur Kabupaten Temanggung",
    }
    with unit_of_work():
        return outbox.plan(key=key, **(values | columns))


def message() -> OutboxMessage:
    db.session.expire_all()
    return db.session.scalars(db.select(OutboxMessage)).one()


def rest(minutes: int) -> None:
    """Let the last attempt lie so many minutes back."""
    with unit_of_work():
        db.session.execute(db.update(OutboxMessage).values(claimed_at=clock.wall() - timedelta(minutes=minutes)))


@pytest.fixture
def mail_to(app, monkeypatch):
    """Point the settings at a mail server."""

    def point(url: str) -> None:
        monkeypatch.setattr(app.config["SETTINGS"], "mail", url)

    return point


def test_the_same_key_is_planned_once(app):
    assert plan()
    assert not plan(subject="other words")
    assert message().subject == "Pengingat – B18"


def test_the_embedded_mailbox_keeps_a_message_as_sent(app):
    plan()
    assert message().state is MessageState.SENT
    assert message().attempts == 1


def test_a_message_of_later_waits_for_its_time(app):
    with clock.at(datetime(2020, 7, 13, 2, tzinfo=UTC)):
        plan(planned_for=clock.now() + timedelta(hours=1))
        assert outbox.sweep() == 0
        assert message().state is MessageState.PLANNED
    with clock.at(datetime(2020, 7, 13, 3, tzinfo=UTC)):
        assert outbox.sweep() == 1
        assert message().state is MessageState.SENT


def test_smtp_delivers_both_bodies_with_a_stable_id(app, mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan(body_html="<p>Yth. Inspektur</p>")
        outbox.deliver(message_id=message().id)
    (letter,) = box.letters
    assert letter["To"] == "budi@example.com"
    assert [part.get_content_type() for part in letter.get_payload()] == ["text/plain", "text/html"]
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
    assert message().state is MessageState.FAILED
    assert "CERTIFICATE_VERIFY_FAILED" in message().outcome


def test_no_password_is_sent_to_a_server_without_tls(app, mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://budi:rahasia@127.0.0.1:{box.port}")
        plan()
    assert box.letters == []
    assert "no password is sent" in message().outcome


def test_a_failing_server_is_tried_five_times_with_rests(app, mail_to):
    with smtp.server() as box:
        box.refuses = True
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan()
        assert message().state is MessageState.FAILED
        assert "451" in message().outcome
        assert outbox.sweep() == 0, "it rests first"
        for minutes in (2, 6, 16, 61):
            rest(minutes)
            assert outbox.sweep() == 1
        assert message().attempts == outbox.MOST_ATTEMPTS
        rest(600)
        assert outbox.sweep() == 0


def test_a_server_that_comes_back_gets_the_message(app, mail_to):
    with smtp.server() as box:
        box.refuses = True
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan()
        box.refuses = False
        rest(2)
        outbox.sweep()
    assert len(box.letters) == 1
    assert (message().state, message().outcome) == (MessageState.SENT, None)


def test_a_line_that_breaks_after_the_text_is_for_a_person_to_look_at(app, mail_to):
    with smtp.server() as box:
        box.hangs_up = True
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan()
        assert (message().state, message().outcome) == (MessageState.FAILED, outbox.LOST_LINE)
        box.hangs_up = False
        rest(600)
        assert outbox.sweep() == 0
    assert len(box.letters) == 1, "it may have arrived: never twice"


def test_a_lost_claim_is_for_a_person_to_look_at_and_never_sent_by_itself(app, mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        with unit_of_work():
            outbox.plan(
                key="k",
                recipient_id=None,
                address="budi@example.com",
                template="reminder",
                subject="s",
                body_text="b",
                planned_for=clock.now() + timedelta(days=1),
            )
        with unit_of_work():
            message().state = MessageState.CLAIMED
        rest(9)
        outbox.sweep()
        assert message().state is MessageState.CLAIMED, "it may still be on its way"
        rest(11)
        outbox.sweep()
        outbox.sweep()
        assert (message().state, message().outcome) == (MessageState.FAILED, outbox.LOST_CLAIM)
        outbox.deliver(message_id=message().id)
        assert box.letters == []


def test_a_person_may_send_a_failed_message_again_but_never_a_sent_one(app, mail_to):
    with smtp.server() as box:
        box.refuses = True
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan()
        box.refuses = False
        with unit_of_work():
            assert outbox.send_again(message_id=message().id)
        assert message().state is MessageState.SENT
        with unit_of_work():
            assert not outbox.send_again(message_id=message().id)
        assert len(box.letters) == 1


def test_a_practice_database_sends_nothing_out(app, mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        clock.start_practice(datetime(2020, 7, 13, 2, tzinfo=UTC))
        plan()
        assert message().state is MessageState.SENT
        assert box.letters == []


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
