"""Who holds the ball, the nearest end first; and the one page for the head of the secretariat."""

import io
from datetime import UTC, date, datetime

import pypdf
import pytest

from reports import paper
from stranas.accounts.models import Role
from stranas.reporting import operations as reporting
from stranas.reporting.rules import SubmissionKind
from stranas.requests import operations
from stranas.requests.operations import Doer
from stranas.requests.queries.board import board, summary
from stranas.requests.rules import Danger, Holder, Party
from stranas.requests.views.board import MOST_LINES
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.requests.people import NOW, make_office, make_request
from tests.verification.people import file_for, make_document


@pytest.fixture
def office(app):
    with clock.at(NOW):
        yield make_office()


def balls(office, **units):
    db.session.commit()
    db.session.expire_all()
    return board(agency_id=office.agency.id, period=office.obligation.period, now=clock.now(), **units).balls


def lines(office):
    db.session.commit()
    db.session.expire_all()
    return summary(agency_id=office.agency.id, period=office.obligation.period, now=clock.now())


def test_nobody_was_asked_so_the_inspektorat_holds_it(office):
    (ball,) = balls(office)
    assert (ball.holder, ball.since, ball.request_id) == (Holder.INSPECTORATE, None, None)


def test_the_ball_goes_from_the_unit_to_its_official_to_the_inspektorat(office):
    request, unit = make_request(office), Doer(Party.UNIT)
    assert [(b.holder, b.who, b.since) for b in balls(office)] == [(Holder.UNIT, "Dinsos", date(2020, 7, 1))]
    since = date(2020, 6, 29)
    operations.await_signature(request=request, signer="Kepala Dinas", since=since, doer=unit, received_at=NOW)
    assert [(b.holder, b.who, b.since) for b in balls(office)] == [
        (Holder.UNIT_OFFICIAL, "Kepala Dinas, Dinsos", since)
    ]
    operations.add_file(request=request, document=make_document(office.agency), received_at=NOW)
    operations.send(request=request, doer=unit, received_at=NOW)
    assert [b.holder for b in balls(office)] == [Holder.INSPECTORATE]


def test_what_was_sent_is_with_the_verifier_whoever_was_asked(office):
    make_request(office)
    file_for(office.obligation, at=NOW)
    assert [(b.holder, b.danger) for b in balls(office)] == [(Holder.VERIFIER, Danger.NONE)]


def test_waiting_for_another_agency_names_it_and_since_when(office):
    submission = reporting.start_submission(obligation=office.obligation, person=None, received_at=NOW)
    entry = reporting.Entry(
        kind=SubmissionKind.WAITING, waiting_for="Gubernur Jawa Tengah", waiting_since=date(2020, 6, 22)
    )
    reporting.save_draft(submission=submission, entry=entry, revision=0, person=None, received_at=NOW)
    (ball,) = balls(office)
    assert (ball.holder, ball.who, ball.since) == (Holder.OTHER_AGENCY, "Gubernur Jawa Tengah", date(2020, 6, 22))


def test_the_nearest_end_comes_first_and_a_passed_one_is_marked(office):
    later = make_request(office, office.staffed, due=datetime(2020, 7, 9, 17, tzinfo=UTC))
    passed = make_request(office, office.unit, due=datetime(2020, 6, 30, 17, tzinfo=UTC))
    found = balls(office)
    assert [(b.request_id, b.danger) for b in found] == [(passed.id, Danger.LATE), (later.id, Danger.NONE)]


def test_the_board_of_one_unit(office):
    make_request(office, office.staffed)
    own = make_request(office, office.unit)
    assert [b.request_id for b in balls(office, unit_ids={office.unit.id})] == [own.id]


def test_a_unit_answers_for_what_it_holds_and_what_it_is_asked_for(office):
    operations.set_responsibilities(
        agency_id=office.agency.id, wanted={office.obligation.item_id: (office.staffed.id, "")}
    )
    make_request(office, office.unit)
    found = lines(office)
    assert [(line.unit, line.targets, line.done, len(line.awaited)) for line in found.lines] == [
        ("Dinas Sosial", 1, 0, 1),
        ("Dinas Penanaman Modal", 1, 0, 0),
    ]
    assert (found.total, found.done, found.waiting, found.unheld) == (1, 0, 1, ())
    file_for(office.obligation, at=NOW)
    done = lines(office)
    assert [(line.done, line.awaited, line.nearest) for line in done.lines] == [(1, (), None), (1, (), None)]


def test_an_item_that_nobody_answers_for_is_named(office):
    assert lines(office).unheld == ("1-a",)


def test_the_pages_show_it(client, office, sign_in):
    make_request(office)
    sign_in(factories.make_person(Role.AGENCY_ADMIN, office.agency, name="Indah"))
    assert "Dinsos" in client.get("/permintaan").text
    assert "Ringkasan untuk Sekretaris Daerah" in client.get("/permintaan/ringkasan").text
    assert client.get("/permintaan?triwulan=B99").status_code == 404
    pdf = client.get("/permintaan/ringkasan.pdf")
    assert len(pypdf.PdfReader(io.BytesIO(pdf.data)).pages) == 1


def test_many_units_with_long_names_fit_one_sheet():
    line = {
        "unit": "Dinas Pengendalian Penduduk, Keluarga Berencana, Pemberdayaan Perempuan dan Perlindungan Anak",
        "head": "Kepala Dinas",
        "items": ["1-a", "2-b", "3-a", "7-a", "9-c"],
        "targets": 5,
        "done": 2,
        "awaited": "Laporan: pemenuhan komitmen perizinan berusaha yang ditandatangani pimpinan. " * 4,
        "nearest": "14 September 2020",
        "danger": Danger.LATE,
    }
    values = {
        "agency": "Kabupaten Penukal Abab Lematang Ilir",
        "reader": "Sekretaris Daerah",
        "word": "perangkat daerah",
        "period": "Triwulan VI (B18), April–Juni 2020",
        "due": "Rabu, 15 Juli 2020 pukul 01.59 WIT (14 Juli 2020 pukul 23.59 WIB)",
        "printed": "13 Juli 2020 pukul 09.00 WIB",
        "total": 110,
        "done": 44,
        "waiting": 66,
        "unheld": [f"{n}-a" for n in range(1, 12)],
        "more": 31,
    }
    for count in (1, 7, 8, 12, 13, MOST_LINES):
        pdf = paper.render("unit_summary.html", s=values | {"lines": [line] * count}, practice=True)
        assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1, count
