"""In masa pilkada a leader's name is found where it stands, and the office is what may be written."""

from datetime import UTC, date, datetime

import pytest

from stranas.accounts.models import Capacity, CapacityKind, Role
from stranas.publication.leaders import Leader, is_leading, named, sentence
from stranas.publication.models import PublicationProfile
from stranas.publication.operations import stories as operations
from stranas.publication.operations.publishing import publish
from stranas.publication.operations.stories import NotComplete
from stranas.publication.queries.leaders import leaders_to_leave_out
from stranas.publication.queries.stories import written_of
from stranas.publication.rules import Stage, StoryKind
from stranas.publication.written import Written
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.pages import faults
from tests.publication.test_story_pages import kept, typed
from tests.publication.writing import Room, make_story, photo, room

NOW = datetime(2020, 7, 13, 2, tzinfo=UTC)
BAMBANG = Leader("Dr. H. Bambang Adi Sutrisno, S.E., M.M.", "Bupati Temanggung")
MULYADI = Leader("Mulyadi", "Wakil Bupati Temanggung")
ACTIVITY = Written(
    kind=StoryKind.ACTIVITY,
    title="Loket baru dibuka",
    summary="Warga dapat mengurus izin pada hari Sabtu.",
    body="Loket dibuka oleh Bupati Temanggung.",
    source="Diskominfo",
)


@pytest.mark.parametrize(
    "office",
    [
        "Bupati Temanggung",
        "bupati",
        "Plt. Bupati Temanggung",
        "Pj Wali Kota Magelang",
        "Penjabat Sementara Gubernur Jawa Tengah",
        "Wakil Walikota Bogor",
        "Menteri Sosial",
        "Ketua Badan Informasi",
    ],
)
def test_who_heads_a_government_or_is_the_deputy_leads(office):
    assert is_leading(office, head="Ketua Badan Informasi")


@pytest.mark.parametrize(
    "office", ["", "Inspektur", "Plt. Inspektur", "Sekretaris Daerah", "Ajudan Bupati", "Kepala Dinas Kominfo"]
)
def test_other_offices_do_not(office):
    assert not is_leading(office)


@pytest.mark.parametrize(
    "words",
    [
        "Loket dibuka Bambang Adi Sutrisno kemarin.",
        "BAMBANG  ADI\nSUTRISNO hadir",
        "Bupati (Bambang Adi) membuka loket",
        "Pak Adi Sutrisno hadir",
        "Ｂａｍｂａｎｇ Adi Sutri\u200bsno",
        "Warga bertemu Mulyadi.",
    ],
)
def test_a_name_is_found_with_or_without_its_degrees(words):
    assert named(words, [BAMBANG, MULYADI]) is not None


@pytest.mark.parametrize(
    "words", ["Bupati Temanggung membuka loket.", "Bambang datang", "Sutrisnowati", "semulyadi", "mulyadi", ""]
)
def test_other_words_are_no_name(words):
    assert named(words, [BAMBANG, MULYADI]) is None


def test_a_name_of_degrees_alone_finds_nothing():
    assert named("Dr. Ir. H.", [Leader("Dr. Ir. H.", "Bupati")]) is None


def test_the_repair_names_the_office():
    assert sentence(BAMBANG).endswith("Tulis jabatannya saja: Bupati Temanggung.")


@pytest.fixture
def desk(app) -> Room:
    with clock.at(NOW):
        yield room(factories.make_agency())


def election(desk: Room, *, since: date | None = date(2020, 7, 1)) -> None:
    """On from a day, and a leader who has an account."""
    db.session.add(PublicationProfile(agency_id=desk.agency.id, election_from=since, changed_at=NOW))
    person = factories.make_person(Role.CERTIFIER, desk.agency, name="Bambang Sutrisno")
    person.position = "Bupati Temanggung"
    db.session.commit()


def write(desk: Room, **changes):
    story = operations.start_story(agency=desk.agency, kind=StoryKind.ACTIVITY, person=desk.galih, at=NOW)
    return desk.save(story, Written(**vars(ACTIVITY) | changes))


def test_names_are_known_from_accounts_capacities_and_quotes(desk):
    election(desk)
    deputy = factories.make_person(Role.CERTIFIER, desk.agency, name="Siti Rahayu")
    db.session.add(
        Capacity(
            membership_id=deputy.memberships[0].id,
            kind=CapacityKind.PLT,
            office="Wakil Bupati Temanggung",
            starts_on=NOW.date(),
            recorded_at=NOW,
        )
    )
    write(desk, quote="Datang sekali.", quote_name="Ganjar Wibowo", quote_office="Gubernur Jawa Tengah")
    write(desk, quote="Datang sekali.", quote_name="Rina", quote_office="Kepala DPMPTSP")
    factories.make_person(Role.CERTIFIER, factories.make_agency("33.02", "Banyumas"), name="Bupati Lain")
    assert [(one.name, one.office) for one in leaders_to_leave_out(desk.agency)] == [
        ("Bambang Sutrisno", "Bupati Temanggung"),
        ("Ganjar Wibowo", "Gubernur Jawa Tengah"),
        ("Siti Rahayu", "Wakil Bupati Temanggung"),
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "Bambang Sutrisno membuka loket"}, "title"),
        ({"summary": "Bersama Bambang Sutrisno."}, "summary"),
        ({"body": "Dibuka **Bambang** Sutrisno."}, "body"),
        ({"units": ("Ajudan Bambang Sutrisno",)}, "units"),
        ({"quote": "Kata Bambang Sutrisno.", "quote_office": "Kepala DPMPTSP"}, "quote"),
    ],
)
def test_a_text_that_names_a_leader_is_not_sent_on(desk, changes, field):
    election(desk)
    with pytest.raises(NotComplete) as lacking:
        desk.ask(write(desk, **changes))
    assert lacking.value.found.keys() == {field}
    assert "Tulis jabatannya saja: Bupati Temanggung." in lacking.value.found[field][0]


def test_the_name_under_a_quote_may_stand_there_because_it_is_left_out_by_itself(desk):
    election(desk)
    story = write(desk, quote="Datang sekali.", quote_name="Bambang Sutrisno", quote_office="Bupati Temanggung")
    assert desk.ask(story).stage is Stage.IN_REVIEW


def test_before_masa_pilkada_names_are_welcome(desk):
    election(desk, since=date(2020, 7, 14))
    assert desk.ask(write(desk, title="Bambang Sutrisno membuka loket")).stage is Stage.IN_REVIEW


def test_masa_pilkada_that_began_meanwhile_stops_the_publication(desk):
    election(desk, since=date(2020, 7, 14))
    story = desk.ask(write(desk, title="Bambang Sutrisno membuka loket"))
    with clock.at(NOW.replace(day=14)), pytest.raises(NotComplete) as lacking:
        publish(story=story, person=desk.hapsari, at=NOW, version=story.version, figures="")
    assert lacking.value.found.keys() == {"title"}


def test_a_picture_names_a_leader_only_where_it_is_left_out_with_him(desk, client, sign_in):
    story = make_story(desk.agency, desk.galih)
    picture = story.pictures[0]
    operations.save_story(story=story, written=ACTIVITY, version=story.version, person=desk.galih, at=NOW)
    picture.caption = "Bambang Sutrisno di loket"
    election(desk)
    sign_in(desk.galih)
    answer = client.post(f"/publikasi/{story.id}/ubah", data=typed(kept(story), do="ask"))
    assert answer.status_code == 422
    assert "Gambar 1: “Bambang Sutrisno” adalah nama pimpinan" in answer.text
    assert faults(answer.text) == []
    words = {f"g{picture.id}-alt": picture.alt, f"g{picture.id}-caption": picture.caption}
    address = f"/publikasi/{story.id}/gambar/{picture.id}"
    refused = client.post(address, data=words)
    assert (refused.status_code, "tandai bahwa gambar ini menampilkan pimpinan" in refused.text) == (422, True)
    assert client.post(address, data=words | {f"g{picture.id}-shows_leader": "y"}).status_code == 302
    assert client.post(f"/publikasi/{story.id}/ubah", data=typed(kept(story), do="ask")).status_code == 302
    assert kept(story).stage is Stage.IN_REVIEW


def test_a_photo_that_has_to_be_chosen_again_says_so(desk, client, sign_in):
    story = make_story(desk.agency, desk.galih)
    sign_in(desk.galih)
    answer = client.post(f"/publikasi/{story.id}/gambar", data={"file": (photo(), "a.jpg"), "alt": "Foto"})
    assert (answer.status_code, "pilih fotonya sekali lagi" in answer.text) == (422, True)


@pytest.mark.parametrize(("is_known", "said"), [(True, "menyebut Bambang Sutrisno"), (False, "Anda hapus sendiri;")])
def test_the_editor_says_what_is_looked_for(desk, client, sign_in, is_known, said):
    election(desk) if is_known else db.session.add(
        PublicationProfile(agency_id=desk.agency.id, election_from=NOW.date(), changed_at=NOW)
    )
    story = write(desk, title="Bambang Sutrisno membuka loket")
    db.session.commit()
    sign_in(desk.galih)
    page = client.get(f"/publikasi/{story.id}/ubah").text
    assert said in page
    assert ("Tulis jabatannya saja: Bupati Temanggung." in page) is is_known
    assert written_of(kept(story)).title == "Bambang Sutrisno membuka loket"
