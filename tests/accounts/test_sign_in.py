"""The sign-in pages, with real passwords and CSRF as people meet them."""

import re
from functools import partial
from urllib.parse import urlsplit

import pytest
from flask_security import changeable, forms, hash_password, recoverable

from stranas.accounts import attempts, models, practice
from stranas.accounts.models import Role
from stranas.system import clock
from stranas.system.db import _will_write, db
from stranas.system.models import AuditEntry, OutboxMessage
from tests import factories

PASSWORD = "kata sandi Budi"


@pytest.fixture
def budi(app, client):
    with app.test_request_context():
        hashed = hash_password(PASSWORD)
    person = factories.make_person(Role.COORDINATOR, factories.make_agency(), email="budi@example.com")
    person.password = hashed
    db.session.commit()
    return person


def enter(client, email="budi@example.com", password=PASSWORD, path="/masuk"):
    return client.post(path, data={"email": email, "password": password})


def link_in(message: OutboxMessage) -> str:
    return re.search(r"http://127\.0\.0\.1:5000(/\S+)", message.body_text).group(1)


def ask_for_link(client, email="budi@example.com"):
    answer = client.post("/lupa-sandi", data={"email": email})
    return answer, db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()


def test_the_right_password_opens_and_leads_back_to_the_page_wanted(client, budi):
    wanted = client.get("/ganti-sandi")
    answer = enter(client, path=wanted.location)
    assert (answer.status_code, answer.location) == (302, "/ganti-sandi")
    assert client.get("/ganti-sandi").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_after_sign_in_nobody_is_sent_to_another_site(client, budi, elsewhere):
    answer = client.post("/masuk", query_string={"next": elsewhere}, data={"email": budi.email, "password": PASSWORD})
    assert answer.location is None or urlsplit(answer.location).netloc == ""
    assert not (answer.location or "").startswith(("//", "/\\"))


@pytest.mark.parametrize(("email", "password"), [("budi@example.com", "salah sekali"), ("siapa@example.com", "x" * 12)])
def test_a_wrong_password_and_an_unknown_person_are_answered_alike(client, budi, email, password):
    answer = enter(client, email, password)
    assert answer.status_code == 422
    assert "Surel atau sandi tidak cocok." in answer.text


def test_a_failure_is_kept_in_the_audit_trail(client, budi):
    enter(client, password="salah sekali")
    entry = db.session.scalars(db.select(AuditEntry)).one()
    assert (entry.action, entry.subject, entry.outcome) == ("sign_in", "budi@example.com", "refused")


def test_after_many_failures_even_the_right_password_has_to_wait(client, budi):
    for _ in range(attempts.MOST):
        attempts.record_failure(email=budi.email, address="127.0.0.1")
    assert "Tunggu 15 menit" in enter(client).text
    with clock.at(clock.now() + attempts.WINDOW):
        assert enter(client).status_code == 302


def test_failures_from_elsewhere_do_not_lock_anybody_out(client, budi):
    for _ in range(attempts.MOST):
        attempts.record_failure(email=budi.email, address="10.0.0.9")
    assert enter(client).status_code == 302


def test_a_deactivated_person_stays_outside(client, budi):
    budi.active = False
    db.session.commit()
    assert enter(client).status_code == 422


def test_a_forgotten_password_is_answered_alike_for_known_and_unknown(client, budi):
    known, message = ask_for_link(client)
    unknown, last = ask_for_link(client, "siapa@example.com")
    assert known.status_code == unknown.status_code == 200
    assert "Bila budi@example.com terdaftar" in known.text
    assert "Bila siapa@example.com terdaftar" in unknown.text
    assert last.id == message.id


def test_the_mail_is_private_indonesian_and_leads_to_the_base_url(client, budi):
    _, message = ask_for_link(client)
    assert message.private
    assert message.subject == "Tautan untuk membuat sandi baru"
    assert "Buka tautan ini untuk membuat sandi baru" in message.body_text
    assert "Tautan berlaku 3 hari" in message.body_text
    assert link_in(message).startswith("/lupa-sandi/")


def test_the_link_sets_a_new_password_once(client, budi):
    _, message = ask_for_link(client)
    new = {"password": "sandi yang baru", "password_confirm": "sandi yang baru"}
    assert client.get(link_in(message)).status_code == 200
    assert client.post(link_in(message), data=new).location == "/masuk"
    assert client.post(link_in(message), data=new).location == "/lupa-sandi"
    assert enter(client, password="sandi yang baru").status_code == 302


def test_a_short_password_is_refused_with_the_rule(client, budi):
    _, message = ask_for_link(client)
    answer = client.post(link_in(message), data={"password": "pendek", "password_confirm": "pendek"})
    assert answer.status_code == 422
    assert "Sandi paling sedikit 10 karakter" in answer.text


def test_a_changed_password_is_told_by_mail(client, budi):
    enter(client)
    new = {"password": PASSWORD, "new_password": "sandi yang baru", "new_password_confirm": "sandi yang baru"}
    assert client.post("/ganti-sandi", data=new).status_code == 302
    assert db.session.scalars(db.select(OutboxMessage)).one().subject == "Sandi Anda sudah diganti"


def test_no_password_is_hashed_while_others_wait_to_save(client, budi, monkeypatch):
    """Signing in, changing, and setting a lost one: the transaction ends before argon2 begins."""
    waits = []

    def noted(work, *given):
        waits.append(db.session().in_transaction() and _will_write())
        return work(*given)

    for module in (models, forms):
        monkeypatch.setattr(module, "verify_password", partial(noted, module.verify_password))
    for module in (changeable, recoverable):
        monkeypatch.setattr(module, "hash_password", partial(noted, module.hash_password))
    enter(client)
    new = {"password": PASSWORD, "new_password": "sandi yang baru", "new_password_confirm": "sandi yang baru"}
    assert client.post("/ganti-sandi", data=new).status_code == 302
    client.post("/keluar")
    _, message = ask_for_link(client)
    client.post(link_in(message), data={"password": "sandi lain lagi", "password_confirm": "sandi lain lagi"})
    assert waits == [False] * 4
    changes = db.select(db.func.count()).where(AuditEntry.action == "person.password_changed")
    assert db.session.scalar(changes) == 2


def test_practice_shows_one_account_per_role_and_its_password(client, budi):
    clock.start_practice(clock.wall())
    page = client.get("/masuk").text
    assert "Mode latihan" in page
    assert practice.PASSWORD in page
    assert "budi@example.com" in page


def test_a_real_database_shows_no_accounts(client, budi):
    page = client.get("/masuk").text
    assert practice.PASSWORD not in page
    assert "budi@example.com" not in page


def test_a_page_without_its_token_says_so_in_indonesian(app, client, budi, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = enter(client)
    assert answer.status_code == 400
    assert "Halaman ini dibuka pada sesi masuk yang lama" in answer.text


def test_empty_fields_are_answered_in_indonesian(client, budi):
    answer = enter(client, email="", password="")
    assert answer.status_code == 422
    assert "not provided" not in answer.text
