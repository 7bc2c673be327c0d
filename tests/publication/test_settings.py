"""Identitas publikasi: the own agency alone sets it up, everything is noted, and a logo comes in re-encoded."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image

from stranas.accounts.models import Role
from stranas.publication import images
from stranas.publication.models import PublicationProfile
from stranas.publication.queries.profiles import Profile, profile_of
from stranas.publication.views.stories import settings
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import AuditEntry, StoredFile
from stranas.system.storage import storage
from tests import factories
from tests.pages import faults
from tests.verification.people import MORNING

PAGE = "/publikasi/identitas"
TYPED = {
    "drafting_unit": "Dinas Komunikasi dan Informatika",
    "approving_office": "Kepala Dinas Komunikasi dan Informatika",
    "website": "https://temanggungkab.go.id",
    "press_contact": "Kepala Bidang Informasi Publik, (0293) 491234",
    "colour": "#0E5057",
    "accent": "#c98a1b",
    "election_from": "2020-09-26",
    "election_until": "2020-12-05",
}


@pytest.fixture(autouse=True)
def _morning():
    with clock.at(MORNING):
        yield


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def hapsari(temanggung, sign_in):
    person = factories.make_person(Role.STORY_APPROVER, temanggung, name="Hapsari")
    sign_in(person)
    return person


def picture(form: str = "PNG", *, size=(800, 400), mode: str = "RGBA", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, (14, 80, 87, 90)[: len(mode)]).save(out, form, **options)
    return out.getvalue()


def send(client, content: bytes, name: str = "logo.png"):
    return client.post(f"{PAGE}/logo", data={"logo": (io.BytesIO(content), name)})


def kept(agency) -> Profile:
    db.session.expire_all()
    return profile_of(agency.id)


def test_what_is_typed_is_kept_and_said_who_and_when(client, temanggung, hapsari):
    assert client.post(PAGE, data=TYPED).status_code == 302
    profile = kept(temanggung)
    assert (profile.drafting_unit, profile.colour) == ("Dinas Komunikasi dan Informatika", "#0e5057")
    assert profile.press_contact == "Kepala Bidang Informasi Publik, (0293) 491234"
    assert (profile.election_from, profile.election_until) == (date(2020, 9, 26), date(2020, 12, 5))
    page = client.get(PAGE).text
    assert "Terakhir diubah Hapsari" in page
    assert faults(page) == []


def test_a_change_is_in_the_audit_trail_with_before_and_after(client, temanggung, hapsari):
    client.post(PAGE, data=TYPED)
    client.post(PAGE, data=TYPED | {"election_until": "2020-12-09"})
    client.post(PAGE, data=TYPED | {"election_until": "2020-12-09"})
    entries = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "set_up_publication")).all()
    assert len(entries) == 2
    assert entries[1].details == {
        "before": {"election_until": "2020-12-05"},
        "after": {"election_until": "2020-12-09"},
    }
    assert entries[1].actor_name == "Hapsari"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("website", "temanggungkab.go.id", "https://"),
        ("website", "http://temanggungkab.go.id", "https://"),
        ("website", "https://a@temanggungkab.go.id", "nama pengguna"),
        ("press_contact", "Kepala Bidang Informasi Publik", "nomor telepon atau alamat surel"),
        ("press_contact", "Lantai 2, ruang 14", "nomor telepon atau alamat surel"),
        ("colour", "merah", "Pilih warna"),
        ("accent", "", "Pilih warna"),
        ("election_from", "26-9-2020", "Isi tanggal, misalnya"),
        ("election_until", "2020-09-25", "tidak boleh sebelum"),
        ("election_from", "", "Isi juga tanggal mulainya"),
        ("drafting_unit", "x" * 201, "Paling panjang 200 huruf"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(client, temanggung, hapsari, field, typed, said):
    answer = client.post(PAGE, data=TYPED | {field: typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert faults(answer.text) == []
    assert kept(temanggung) == Profile(temanggung.id)


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.NATIONAL_TEAM, Role.OBSERVER, Role.HUMAS, Role.COORDINATOR])
def test_others_may_not(client, temanggung, sign_in, role):
    sign_in(factories.make_person(role, None if role.is_national else temanggung))
    assert client.get(PAGE).status_code == client.post(PAGE, data=TYPED).status_code == 403
    assert send(client, picture()).status_code == 403
    assert db.session.scalar(db.select(db.func.count(PublicationProfile.agency_id))) == 0


def test_the_agencys_admin_sets_up_the_own_agency_alone(client, temanggung, sign_in):
    other = factories.make_agency("33.02", "Kabupaten Banyumas")
    sign_in(factories.make_person(Role.AGENCY_ADMIN, other, name="Yuni"))
    client.post(PAGE, data=TYPED)
    assert kept(temanggung) == Profile(temanggung.id)
    assert kept(other).drafting_unit


def test_masa_pilkada_says_so_while_it_lasts(client, temanggung, hapsari):
    client.post(PAGE, data=TYPED | {"election_from": "2020-07-01", "election_until": ""})
    assert "Sedang berlaku" in client.get(PAGE).text
    client.post(PAGE, data=TYPED)
    assert "Sedang berlaku" not in client.get(PAGE).text


def test_contrast_is_told_for_what_is_being_chosen(client, temanggung, hapsari):
    page = client.get(f"{PAGE}/kontras?colour=%23ffff00&accent=%23fffffe").text
    assert "tulisan gelap" in page
    assert "tidak cukup berbeda dari warna utama" in page
    assert 'fill="#ffff00"' in page
    assert "tidak cukup berbeda" not in client.get(f"{PAGE}/kontras?colour=%23ffff00&accent=%23000000").text


def test_contrast_of_nonsense_is_that_of_the_house(client, temanggung, hapsari):
    assert 'fill="#093a40"' in client.get(f'{PAGE}/kontras?colour="><script>&accent=').text


def test_a_transparent_logo_stays_transparent_and_small(client, temanggung, hapsari):
    assert send(client, picture(size=(1500, 900))).status_code == 302
    answer = client.get(f"{PAGE}/logo")
    assert answer.mimetype == "image/png"
    drawn = Image.open(io.BytesIO(answer.data))
    assert (drawn.size, drawn.mode) == ((600, 360), "RGBA")
    assert "Hapus logo" in client.get(PAGE).text


@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
def test_other_pictures_become_png(client, temanggung, hapsari, form):
    exif = Image.Exif()
    exif[0x010E] = "Rumah dinas, GPS 7.3 S"
    send(client, picture(form, mode="RGB", size=(80, 40), exif=exif), f"logo.{form.lower()}")
    drawn = Image.open(io.BytesIO(client.get(f"{PAGE}/logo").data))
    assert (drawn.format, drawn.size, drawn.mode) == ("PNG", (80, 40), "RGB")
    assert not drawn.getexif()
    assert not drawn.info


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "logo.svg", "gambar SVG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "logo.png", "gambar SVG"),
        (b"%PDF-1.7", "logo.png", "PDF"),
        (picture()[:200], "logo.png", "tidak dapat dibaca"),
        (b"", "logo.png", "kosong"),
    ],
)
def test_what_is_no_logo_is_refused_with_the_repair(client, temanggung, hapsari, content, name, said):
    answer = send(client, content, name)
    assert answer.status_code == 422
    assert said in answer.text
    assert faults(answer.text) == []
    assert kept(temanggung).logo_key == ""


def test_a_logo_has_a_largest_size(client, temanggung, hapsari, monkeypatch):
    monkeypatch.setattr(settings, "LOGO", replace(images.LOGO, largest=1000))
    answer = send(client, picture() + b"x" * 1000)
    assert (answer.status_code, "lebih besar dari 5 MB" in answer.text) == (422, True)


def test_no_file_is_asked_for(client, temanggung, hapsari):
    answer = client.post(f"{PAGE}/logo", data={})
    assert (answer.status_code, "Pilih berkas logo" in answer.text) == (422, True)


def test_a_removed_logo_is_served_no_more(client, temanggung, hapsari):
    send(client, picture())
    assert client.post(f"{PAGE}/logo/hapus").status_code == 302
    assert client.get(f"{PAGE}/logo").status_code == 404
    assert "Belum ada logo" in client.get(PAGE).text


def test_a_logo_is_for_those_who_work_there(client, temanggung, hapsari, sign_in):
    send(client, picture())
    sign_in(factories.make_person(Role.HUMAS, temanggung, name="Galih"))
    assert client.get(f"{PAGE}/logo").status_code == 200
    sign_in(factories.make_person(Role.HUMAS, factories.make_agency("33.02", "Kabupaten Banyumas"), name="Wira"))
    assert client.get(f"{PAGE}/logo").status_code == 404
    with client.session_transaction() as session:
        session.clear()
    assert client.get(f"{PAGE}/logo").status_code == 302


def test_bytes_of_a_logo_are_kept_as_long_as_the_profile_names_them(client, temanggung, hapsari):
    send(client, picture())
    key = db.session.scalar(db.select(StoredFile.storage_key))
    with storage().open(key) as stream:
        assert stream.read().startswith(b"\x89PNG")
    assert kept(temanggung).logo_key == key


def test_the_page_says_when_in_the_agencys_zone(client, sign_in):
    jayapura = factories.make_agency("91.03", "Kabupaten Jayapura", timezone="Asia/Jayapura")
    sign_in(factories.make_person(Role.STORY_APPROVER, jayapura, name="Yosefina"))
    with clock.at(MORNING + timedelta(minutes=1)):
        client.post(PAGE, data=TYPED)
    assert "WIT (" in client.get(PAGE).text
