"""Buku kerja nasional: the latest period, the trend to it, the details of every period, one period at a time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from reports import tables
from reports.dictionary import MEANINGS, OF_ACTION
from stranas.compliance import detail_rows, missing
from stranas.compliance.document import document
from stranas.compliance.queries import Unknown, snapshot, trend
from stranas.compliance.workbook import NationalWorkbook, national_workbook
from stranas.system import clock
from stranas.system.db import db
from tests.compliance.country import NOW, settle
from tests.factories import make_obligation, make_period, make_target

PROGRAMME = "stranas-2019-2020"


@pytest.fixture
def country(app):
    """B15 of the country, and a B12 in which two agencies owed one target that they did not send."""
    with clock.at(NOW):
        period = settle(agencies=20)
        earlier = make_period(
            period.programme,
            key="B12",
            name="Triwulan IV",
            position=4,
            starts_on=date(2019, 10, 1),
            ends_on=date(2019, 12, 31),
            due_at=datetime(2020, 1, 15, 17, tzinfo=UTC),
            locks_at=datetime(2020, 1, 29, 17, tzinfo=UTC),
            verification_ends_at=datetime(2020, 3, 15, 17, tzinfo=UTC),
        )
        seen = snapshot(programme_key=PROGRAMME, period_key="B15")
        target = make_target(_item(seen), earlier)
        for row in seen.agencies[:2]:
            make_obligation(_agency(row.agency.id), target, in_force_from=datetime(2019, 1, 1, tzinfo=UTC))
        db.session.commit()
        yield period


def _item(seen):
    from stranas.catalogue.models import Item

    return db.session.scalars(db.select(Item).where(Item.key == seen.details[0].item_key)).one()


def _agency(agency_id: int):
    from stranas.agencies.models import Agency

    return db.session.get(Agency, agency_id)


def _written(tmp_path, **asked):
    book = national_workbook(programme_key=PROGRAMME, until="B15", ranked=True, **asked)
    book.write(tmp_path / book.file_name)
    return load_workbook(tmp_path / book.file_name)


def _rows(sheet) -> list[tuple]:
    head = int("".join(letter for letter in sheet.freeze_panes if letter.isdigit()))
    return list(sheet.iter_rows(min_row=head, values_only=True))


def test_it_holds_the_details_of_every_period_oldest_first(country, tmp_path):
    rows = _rows(_written(tmp_path)["Rincian"])
    seen = {key: snapshot(programme_key=PROGRAMME, period_key=key) for key in ("B12", "B15")}
    assert [row[4] for row in rows] == ["B12"] * 2 + ["B15"] * len(seen["B15"].details)
    wanted = [(d.agency.code, d.item_key) for key in ("B12", "B15") for d in seen[key].details]
    assert [(row[0], row[8]) for row in rows] == wanted


def test_the_trend_says_what_the_trend_says(country, tmp_path):
    rows = _rows(_written(tmp_path)["Tren"])
    points = trend(programme_key=PROGRAMME, until="B15")
    assert [row[0] for row in rows] == ["B12", "B15"]
    assert [row[2] for row in rows] == ["Sementara", "Sementara"]
    assert [(row[5], row[6]) for row in rows] == [(p.total.pooled.expected, p.total.pooled.received) for p in points]


def test_the_other_sheets_are_those_of_the_latest_period(country, tmp_path):
    book = _written(tmp_path)
    shown = document(snapshot(programme_key=PROGRAMME, period_key="B15"), ranked=True)
    names = [table.name for table in shown.sheets()]
    assert book.sheetnames == [names[0], "Tren", *names[1:], "Kamus data"]
    assert [row[0] for row in _rows(book["Instansi"])] == [row[0] for row in shown.agencies.rows]
    assert book.properties.title == "Buku kerja nasional"


def test_only_the_last_periods_may_be_asked_for_and_narrowed(country, tmp_path):
    book = _written(tmp_path, periods=1, province_code="11")
    rows = _rows(book["Rincian"])
    assert {row[4] for row in rows} == {"B15"}
    assert {row[0].split(".")[0] for row in rows} == {"11"}


def test_what_the_reader_may_not_know_yet_stays_out(country, tmp_path):
    rows = _rows(_written(tmp_path, judged=db.false())["Rincian"])
    columns = [column.key for column in tables.DETAILS]
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    assert {row["received"] for row in found} == {0, 1}
    for judgement in ("verified", "accepted", "first_accepted", "score"):
        assert {row[judgement] for row in found if row["expected"]} == {None}
    assert {row["status"] for row in found if row["received"]} == {"Terkirim"}


def test_the_same_cutoff_gives_the_same_bytes_and_no_transaction_stays_open(country, tmp_path):
    def write(name: str, progress) -> bytes:
        book = national_workbook(programme_key=PROGRAMME, until="B15", ranked=False, cutoff=NOW - timedelta(days=1))
        book.write(tmp_path / name, progress=progress)
        return (tmp_path / name).read_bytes()

    told = []
    assert write("a.xlsx", lambda *at: told.append(at)) == write("b.xlsx", lambda *at: None)
    assert all(done <= total for done, total in told)
    assert told


def test_each_period_is_read_once(country, tmp_path, monkeypatch):
    read = []
    once = NationalWorkbook._snapshot
    monkeypatch.setattr(NationalWorkbook, "_snapshot", lambda self, key: read.append(key) or once(self, key))
    _written(tmp_path)
    assert read == ["B15", "B12"]


def test_what_is_not_there_is_unknown(country):
    for asked in ({"until": "B99"}, {"until": "B15", "province_code": "99"}):
        with pytest.raises(Unknown):
            national_workbook(programme_key=PROGRAMME, ranked=False, **asked)


def test_it_knows_beforehand_about_how_long_it_will_be(country):
    one = national_workbook(programme_key=PROGRAMME, until="B15", ranked=False, periods=1, province_code="11")
    seen = snapshot(programme_key=PROGRAMME, period_key="B15", province_code="11")
    not_competent = seen.total.pooled.not_competent
    assert one.expected == seen.total.pooled.expected + not_competent == len(seen.details)


def test_the_name_says_periods_and_cutoff(country):
    book = national_workbook(programme_key=PROGRAMME, until="B15", ranked=False)
    assert book.file_name == "buku-kerja-nasional-B12-B15-20200713-0858.xlsx"


def test_every_column_of_every_sheet_is_explained(country):
    """By its own words, not by its title: a column that somebody adds is explained in reports/dictionary.py."""
    seen = snapshot(programme_key=PROGRAMME, period_key="B15")
    shown = [*document(seen, ranked=True).sheets(), *missing.missing_list(seen).sheets]
    columns = {(table.name, column.key) for table in shown for column in table.columns}
    columns |= {("Tren", column.key) for column in tables.TREND} | {("Rincian", c.key) for c in detail_rows.columns()}
    unexplained = {
        (name, key)
        for name, key in columns
        if key not in MEANINGS and f"{name}.{key}" not in MEANINGS and not key.startswith(OF_ACTION)
    }
    assert unexplained == set()
