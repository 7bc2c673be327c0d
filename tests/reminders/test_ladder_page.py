"""The ladder is data: the secretariat edits it, sees beforehand who would get what, and so does the agency."""

import re
from datetime import UTC, date, datetime

import pytest

from stranas.accounts.models import Role
from stranas.reminders.models import LadderStep
from stranas.reminders.operations import plan_reminders
from stranas.reminders.queries.ladders import ladder_of
from stranas.reminders.rules import DEFAULT_LADDER, Anchor, Audience
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import AuditEntry, OutboxMessage
from tests import factories
from tests.pages import parse

MORNING = datetime(2020, 7, 13, 2, tzinfo=UTC)


@pytest.fixture
def programme(app):
    return factories.make_programme()


@pytest.fixture
def budi(programme):
    """He owes one target of B18."""
    agency = factories.make_agency()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    factories.make_obligation(agency, target)
    return factories.make_person(Role.COORDINATOR, agency)


@pytest.fixture
def ani(programme):
    return factories.make_person(Role.SECRETARIAT, name="Ani")


@pytest.fixture
def opened(client, sign_in, ani):
    sign_in(ani)
    with clock.at(MORNING):
        yield lambda address: client.get(address).get_data(as_text=True)


def typed(page: str) -> dict[str, list[str]]:
    """What a browser would send of the form."""
    fields: dict[str, list[str]] = {}
    for form in parse(page).iter("form"):
        if form.get("action") != "/tangga-pengingat":
            continue
        for one in form.iter("input"):
            if one.get("type") != "checkbox" or "checked" in one.attrib:
                fields.setdefault(one.get("name"), []).append(one.get("value", ""))
        for one in form.iter("select"):
            chosen = [o.get("value") for o in one.iter("option") if "selected" in o.attrib] or ["hari"]
            fields.setdefault(one.get("name"), []).extend(chosen)
    return fields


def test_the_page_shows_the_usual_ladder_and_saving_it_keeps_no_row(opened, client, programme):
    fields = typed(opened("/tangga-pengingat")) | {"reason": ["dilihat ulang"]}
    assert client.post("/tangga-pengingat", data=fields).status_code == 302
    assert db.session.scalars(db.select(LadderStep)).all() == []
    assert ladder_of(programme.id) == DEFAULT_LADDER


def test_a_step_is_added_and_planned_from_then_on(opened, client, programme, budi):
    fields = typed(opened("/tangga-pengingat"))
    empty = next(name for name, values in fields.items() if name.startswith("due-") and values == [""])
    fields |= {
        empty: ["-2"],
        empty.replace("days", "counted"): ["kerja"],
        empty.replace("days", "audience"): ["koordinator"],
    }
    answer = client.post("/tangga-pengingat", data=fields | {"reason": ["permintaan daerah"]})
    assert answer.status_code == 302
    added = set(ladder_of(programme.id)) - set(DEFAULT_LADDER)
    assert [(step.anchor, step.code, step.audience) for step in added] == [(Anchor.DUE, "-2k", (Audience.COORDINATOR,))]
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "set_ladder")).one()
    assert entry.details["reason"] == "permintaan daerah"
    db.session.commit()
    with clock.at(datetime(2020, 7, 10, 2, tzinfo=UTC)):
        plan_reminders(today=date(2020, 7, 10))
    keys = db.session.scalars(db.select(OutboxMessage.key).where(OutboxMessage.channel == "mail")).all()
    assert f"reminder:{budi.id}:mail:B18:due:2020-07-14:-2k" in keys


def test_a_step_is_removed(opened, client, programme):
    fields = typed(opened("/tangga-pengingat"))
    fields |= {"due-0-remove": ["y"], "reason": ["terlalu dini"]}
    client.post("/tangga-pengingat", data=fields)
    assert {step.days for step in DEFAULT_LADDER if step.anchor is Anchor.DUE} - {
        step.days for step in ladder_of(programme.id) if step.anchor is Anchor.DUE
    } == {-14}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("due-0-days", "empat", "Tulis bilangan bulat"),
        ("due-0-days", "-400", "Paling jauh 90 hari"),
        ("lock-0-days", "2", "tidak ada lagi yang dapat dikirim"),
        ("back-0-days", "0", "tulis 1 atau lebih"),
        ("due-0-days", "-7", "tertulis dua kali"),
        ("reason", "", "Tulis alasan perubahan."),
        ("due-0-days", "9" * 30, "Paling jauh 90 hari"),
        ("due-0-audience", "verifikator", "tidak ada dalam daftar"),
        ("due-0-audience", "semua", "tidak ada dalam daftar"),
        ("due-0-audience", "", "Pilih paling sedikit satu penerima"),
    ],
)
def test_a_wrong_line_gets_a_sentence_and_loses_nothing(opened, client, programme, field, value, sentence):
    fields = typed(opened("/tangga-pengingat")) | {"reason": ["alasan yang panjang"]} | {field: [value]}
    answer = client.post("/tangga-pengingat", data=fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert field == "reason" or "alasan yang panjang" in page
    assert f'value="{value}"' in page or field in ("reason", "due-0-audience")
    assert ladder_of(programme.id) == DEFAULT_LADDER


def test_a_ladder_without_a_step_before_the_deadline_is_refused(opened, client, programme):
    fields = typed(opened("/tangga-pengingat")) | {"reason": ["alasan"]}
    fields |= {f"due-{n}-remove": ["y"] for n in range(6)}
    answer = client.post("/tangga-pengingat", data=fields)
    assert "Sisakan paling sedikit satu langkah bagi Inspektorat" in answer.get_data(as_text=True)
    assert ladder_of(programme.id) == DEFAULT_LADDER


def test_two_people_do_not_overwrite_each_other(opened, client, programme):
    fields = typed(opened("/tangga-pengingat"))
    client.post("/tangga-pengingat", data=fields | {"due-0-remove": ["y"], "reason": ["pertama"]})
    answer = client.post("/tangga-pengingat", data=fields | {"due-1-remove": ["y"], "reason": ["kedua"]})
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "diubah orang lain" in page
    assert "kedua" in page
    again = client.post("/tangga-pengingat", data=typed(page) | {"reason": ["kedua"]})
    assert again.status_code == 302


def test_the_preview_says_who_would_get_what_when_and_plans_nothing(opened, budi):
    page = opened("/tangga-pengingat/pratinjau?hari=2020-07-14")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "1 penerima Selasa, 14 Juli 2020" in words
    assert "hari H, batas waktu B18" in words
    assert "08.00" in words
    letter = opened(f"/tangga-pengingat/pratinjau/{budi.id}?hari=2020-07-14")
    assert "Yth. Inspektur Kabupaten Temanggung" in letter
    assert db.session.scalars(db.select(OutboxMessage)).all() == []


def test_the_preview_of_a_day_without_steps_says_so(opened, budi):
    assert "tidak ada langkah yang jatuh" in opened("/tangga-pengingat/pratinjau?hari=2020-07-12")
    assert "Tidak ada penerima yang cocok" in opened("/tangga-pengingat/pratinjau?hari=2020-07-14&cari=zzz")


def test_an_agency_reads_beforehand_who_is_told_when(client, sign_in, budi):
    sign_in(budi)
    with clock.at(MORNING):
        page = client.get("/pengingat").get_data(as_text=True)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "Senin, 13 Juli 2020 B18 Batas waktu 14 Juli 2020 H-1 Inspektorat dan Pejabat penyetuju" in words
    assert "Jumat, 17 Juli 2020 B18 Batas waktu 14 Juli 2020 H+3 Sekretariat Nasional Konsep surat kepada " in words
    assert "Konsep surat kepada Sekretaris Daerah Kabupaten Temanggung disusun bila masih ada target" in words
    assert "Konsep surat kepada Bupati Temanggung disusun bila" in words
    assert "Sabtu" not in words


def test_an_agency_does_not_edit(client, sign_in, budi):
    sign_in(budi)
    assert client.get("/tangga-pengingat").status_code == 403
    assert client.get("/tangga-pengingat/pratinjau").status_code == 403
