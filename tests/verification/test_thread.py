from datetime import timedelta

import pytest

from stranas.accounts.models import Role
from stranas.agencies.models import AgencyLevel
from stranas.reporting import operations as reporting
from stranas.reporting.models import SubmissionEvent
from stranas.reporting.operations import Entry
from stranas.reporting.rules import EventKind
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import OutboxMessage
from stranas.verification.models import ThreadEntry
from stranas.verification.queries.thread import thread_of
from tests import factories
from tests.verification import people
from tests.verification.people import MORNING

NOON = MORNING + timedelta(hours=3)


@pytest.fixture
def budi(app):
    return factories.make_person(Role.COORDINATOR, factories.make_agency())


@pytest.fixture
def obligation(budi):
    programme = factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    return factories.make_obligation(budi.memberships[0].agency, target)


@pytest.fixture
def citra(obligation):
    people.add_reasons()
    kpk = factories.make_agency("kpk", "Komisi Pemberantasan Korupsi", AgencyLevel.KL)
    citra = factories.make_person(Role.VERIFIER, kpk, name="Citra")
    people.assign(citra, obligation.agency)
    return citra


def post(client, address, at=NOON, **data):
    with clock.at(at):
        return client.post(address, data=data)


def see(client, address):
    with clock.at(NOON):
        return client.get(address)


def say(client, obligation, words, at=NOON):
    return post(client, f"/tanya-jawab/{obligation.id}", at=at, tanya=words)


def letters():
    return db.session.scalars(
        db.select(OutboxMessage.recipient_id)
        .where(OutboxMessage.template == "mail/question")
        .order_by(OutboxMessage.id)
    ).all()


def test_both_sides_write_and_read_offices_not_names(client, sign_in, obligation, budi, citra):
    sign_in(budi)
    assert say(client, obligation, "Apakah SK tahun lalu masih berlaku?").status_code == 302
    sign_in(citra)
    say(client, obligation, "Masih, sampai diganti.")
    page = see(client, f"/tanya-jawab/{obligation.id}").text
    assert page.index("Apakah SK tahun lalu") < page.index("Masih, sampai diganti.")
    assert "Inspektorat Kabupaten Temanggung" in page
    assert "Verifikator, Komisi Pemberantasan Korupsi" in page
    assert "Budi" not in page
    sign_in(budi)
    assert "Masih, sampai diganti." in see(client, f"/laporan/{obligation.id}").text


def test_each_side_gets_at_most_one_mail_a_day(client, sign_in, obligation, budi, citra):
    sign_in(budi)
    for words in ("Satu?", "Dua?", "Dua?"):
        say(client, obligation, words)
    sign_in(citra)
    say(client, obligation, "Ya.")
    sign_in(budi)
    say(client, obligation, "Tiga?", at=NOON + timedelta(days=1))
    assert letters() == [citra.id, budi.id, citra.id]
    assert len(thread_of(obligation.id).entries) == 4


def test_as_many_words_as_the_field_takes_are_kept_whole(client, sign_in, obligation, budi, citra):
    sign_in(budi)
    words = "\n".join(["Satu baris pertanyaan."] * 80)
    assert len(words) < 2000 < len(words.replace("\n", "\r\n")) + 100
    words = words + "x" * (2000 - len(words))
    say(client, obligation, words.replace("\n", "\r\n"))
    assert thread_of(obligation.id).entries[-1].words == words


def test_the_verifier_settles_and_a_new_question_opens_again(client, sign_in, obligation, budi, citra):
    sign_in(budi)
    say(client, obligation, "Satu?")
    assert post(client, f"/tanya-jawab/{obligation.id}/selesai").status_code == 403
    sign_in(citra)
    assert post(client, f"/tanya-jawab/{obligation.id}/selesai").status_code == 302
    assert not thread_of(obligation.id).is_open
    assert post(client, f"/tanya-jawab/{obligation.id}/selesai").status_code == 409
    sign_in(budi)
    say(client, obligation, "Satu lagi?")
    assert thread_of(obligation.id).is_open


def test_a_thread_reveals_no_draft(client, sign_in, obligation, budi, citra):
    with clock.at(MORNING):
        draft = reporting.start_submission(obligation=obligation, person=budi, received_at=MORNING)
        entry = Entry(narrative="Rahasia draf.")
        reporting.save_draft(submission=draft, entry=entry, revision=0, person=budi, received_at=MORNING)
        db.session.commit()
    sign_in(budi)
    say(client, obligation, "Boleh bertanya sebelum mengirim?")
    sign_in(citra)
    page = see(client, f"/tanya-jawab/{obligation.id}").text
    assert "Boleh bertanya sebelum mengirim?" in page
    assert "Rahasia draf." not in page
    assert "Draf" not in page
    assert see(client, f"/laporan/{obligation.id}").status_code == 404


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.NATIONAL_TEAM, Role.OBSERVER])
def test_national_readers_read_and_do_not_write(client, sign_in, obligation, budi, citra, role):
    sign_in(budi)
    say(client, obligation, "Satu?")
    sign_in(factories.make_person(role, name="Oka"))
    assert "Satu?" in see(client, f"/tanya-jawab/{obligation.id}").text
    assert say(client, obligation, "Dari pembaca").status_code == 403
    assert len(db.session.scalars(db.select(ThreadEntry)).all()) == 1


def test_another_agency_does_not_find_it(client, sign_in, obligation, budi, citra):
    sign_in(budi)
    say(client, obligation, "Satu?")
    sign_in(factories.make_person(Role.COORDINATOR, factories.make_agency("33.02", "Kabupaten Banyumas"), name="Dewi"))
    assert see(client, f"/tanya-jawab/{obligation.id}").status_code == 404
    assert say(client, obligation, "x").status_code == 404
    assert "Satu?" not in see(client, "/tanya-jawab").text


def test_asking_from_the_decision_keeps_what_was_chosen(client, sign_in, obligation, budi, citra):
    filed = people.file_for(obligation, budi)
    requirement = obligation.target.requirements[0]
    sign_in(citra)
    chosen = {
        "versi": filed.version_id,
        f"putusan-{requirement.id}": "kembalikan",
        f"alasan-{requirement.id}": "W03",
        "keterangan": "Yang lain baik.",
    }
    page = post(client, f"/verifikasi/{filed.submission.id}/tanya", tanya="Yang mana SK-nya?", **chosen).text
    assert "Yang mana SK-nya?" in page
    assert f'name="putusan-{requirement.id}" value="kembalikan" checked' in page
    assert '<option value="W03"' in page
    assert "Yang lain baik." in page
    seen = post(client, f"/verifikasi/{filed.submission.id}/lihat", tanya="Belum dikirim", **chosen).text
    assert f'name="putusan-{requirement.id}" value="kembalikan" checked' in seen
    assert "Belum dikirim</textarea>" in seen
    assert len(thread_of(obligation.id).entries) == 1


def test_the_decision_quotes_the_thread_as_it_stood(client, sign_in, obligation, budi, citra):
    filed = people.file_for(obligation, budi)
    sign_in(budi)
    say(client, obligation, "Sebelum putusan?")
    sign_in(citra)
    requirement = obligation.target.requirements[0]
    decision = {"versi": filed.version_id, f"putusan-{requirement.id}": "sesuai", "nilai": "100"}
    assert post(client, f"/verifikasi/{filed.submission.id}", **decision).status_code == 302
    sign_in(budi)
    say(client, obligation, "Sesudah putusan?")
    event = db.session.scalars(db.select(SubmissionEvent).where(SubmissionEvent.kind == EventKind.VERIFIED)).one()
    assert [line["words"] for line in event.details["thread"]] == ["Sebelum putusan?"]
    sign_in(citra)
    history = (
        see(client, f"/verifikasi/{filed.submission.id}")
        .text.split("Tanya jawab saat diputus")[1]
        .split("</details>")[0]
    )
    assert "Sebelum putusan?" in history
    assert "Sesudah putusan?" not in history
