"""The Inspektorat asks units from the entry page, takes what comes, or sends it back."""

from datetime import UTC, datetime

import pytest

from stranas.accounts.models import Role
from stranas.reporting.models import Evidence
from stranas.requests import operations
from stranas.requests.models import RequestLink, UnitRequest
from stranas.requests.operations import Doer
from stranas.requests.rules import Party, State
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import OutboxMessage
from tests import factories
from tests.requests.people import NOW, make_office, make_request
from tests.verification.people import file_for, make_document


@pytest.fixture
def office(app, sign_in):
    with clock.at(NOW):
        office = make_office()
        sign_in(office.budi)
        yield office


def form(office, units, **fields) -> dict:
    requirement = office.obligation.target.requirements[0]
    chosen = {
        "requirement": str(requirement.id),
        f"wanted-{requirement.id}": "Laporan komitmen.",
        "unit": [str(unit.id) for unit in units],
        "due_on": "2020-07-04",
    }
    return chosen | fields


def requests() -> list[UnitRequest]:
    return list(db.session.scalars(db.select(UnitRequest).order_by(UnitRequest.id)).unique())


def messages() -> list[OutboxMessage]:
    return list(db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)))


def uploaded(office) -> UnitRequest:
    request = make_request(office)
    operations.add_file(request=request, document=make_document(office.agency, "rekap.pdf"), received_at=NOW)
    operations.send(request=request, doer=Doer(Party.UNIT), received_at=NOW)
    db.session.commit()
    return request


def test_the_page_offers_the_requirement_the_responsible_unit_and_ten_days_ahead(client, office):
    operations.set_responsibilities(
        agency_id=office.agency.id, wanted={office.obligation.item_id: (office.staffed.id, "")}
    )
    db.session.commit()
    page = client.get(f"/laporan/{office.obligation.id}/minta").text
    assert "pemenuhan komitmen triwulan berjalan" in page
    assert "ditandatangani pimpinan unit" in page
    assert f'value="{office.staffed.id}" checked' in page
    assert 'value="2020-07-04"' in page


def test_several_units_are_asked_at_once(client, office):
    answer = client.post(f"/laporan/{office.obligation.id}/minta", data=form(office, [office.unit, office.staffed]))
    assert answer.status_code == 200
    first, second = requests()
    assert {first.unit_id, second.unit_id} == {office.unit.id, office.staffed.id}
    assert first.due_at == datetime(2020, 7, 4, 17, tzinfo=UTC)
    assert (first.state, first.criterion) == (State.ASKED, "ditandatangani pimpinan unit")


def test_a_unit_without_account_gets_a_private_link_and_one_with_accounts_its_page(client, office):
    answer = client.post(f"/laporan/{office.obligation.id}/minta", data=form(office, [office.unit, office.staffed]))
    (link,) = db.session.scalars(db.select(RequestLink))
    assert answer.text.count("/permintaan/tautan/") >= 1
    assert "https://wa.me/628123456789?text=" in answer.text
    by_address = {message.address: message for message in messages()}
    to_unit, to_lestari = by_address["dpmptsp@example.com"], by_address[office.lestari.email]
    assert to_unit.private
    assert "/permintaan/tautan/" in to_unit.body_text
    assert not to_lestari.private
    assert (
        f"/permintaan-saya/{next(r.id for r in requests() if r.unit_id == office.staffed.id)}" in to_lestari.body_text
    )
    assert link.request.unit_id == office.unit.id


def test_the_page_of_a_request_does_not_show_its_link(client, office):
    client.post(f"/laporan/{office.obligation.id}/minta", data=form(office, [office.unit]))
    (request,) = requests()
    page = client.get(f"/permintaan/{request.id}").text
    assert "/permintaan/tautan/" not in page
    assert "Buat tautan baru" in page


def test_the_same_is_not_asked_twice_while_it_is_open(client, office):
    client.post(f"/laporan/{office.obligation.id}/minta", data=form(office, [office.unit]))
    again = client.post(f"/laporan/{office.obligation.id}/minta", data=form(office, [office.unit]))
    assert again.status_code == 422
    assert "sudah dimintai persyaratan 1" in again.text
    assert "Laporan komitmen." in again.text
    assert len(requests()) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"requirement": []}, "Pilih sekurang-kurangnya satu hal yang diminta."),
        ({"unit": []}, "Pilih sekurang-kurangnya satu unit."),
        ({"due_on": "2020-07-15"}, "Pilih tanggal dari 1 Juli 2020 sampai 14 Juli 2020"),
        ({"due_on": "2020-06-30"}, "Pilih tanggal dari 1 Juli 2020 sampai 14 Juli 2020"),
        ({"due_on": "besok"}, "Isi tanggal batas waktu internal."),
    ],
)
def test_what_is_missing_is_named_and_the_typed_words_stay(client, office, fields, sentence):
    answer = client.post(f"/laporan/{office.obligation.id}/minta", data=form(office, [office.unit], **fields))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Laporan komitmen." in answer.text
    assert requests() == []


def test_a_unit_of_another_agency_is_not_asked(client, office):
    foreign = factories.make_unit(factories.make_agency("33.02", "Kabupaten Banyumas"))
    answer = client.post(f"/laporan/{office.obligation.id}/minta", data=form(office, [foreign]))
    assert answer.status_code == 422
    assert requests() == []


def test_a_report_that_was_sent_asks_for_nothing(client, office):
    file_for(office.obligation, at=NOW)
    answer = client.post(f"/laporan/{office.obligation.id}/minta", data=form(office, [office.unit]))
    assert answer.status_code == 422
    assert "berstatus terkirim" in answer.text


def test_what_came_is_taken_and_becomes_evidence(client, office):
    request = uploaded(office)
    document_id = request.files[0].document_id
    answer = client.post(f"/permintaan/{request.id}/terima", data={"dokumen": str(document_id)})
    assert answer.status_code == 302
    (evidence,) = db.session.scalars(db.select(Evidence))
    assert (evidence.document_id, evidence.requirement_id) == (document_id, request.requirement_id)
    assert requests()[0].state is State.TAKEN
    assert "Dari Dinas Sosial" in client.get("/dokumen").text


def test_what_cannot_be_attached_is_not_taken_either(client, office):
    request = uploaded(office)
    file_for(office.obligation, at=NOW)
    answer = client.post(f"/permintaan/{request.id}/terima", data={"dokumen": str(request.files[0].document_id)})
    assert answer.status_code == 409
    db.session.expire_all()
    assert requests()[0].state is State.UPLOADED


def test_a_document_that_the_unit_did_not_send_is_not_taken_with_it(client, office):
    request, other = uploaded(office), make_document(office.agency, "lain.pdf")
    assert client.post(f"/permintaan/{request.id}/terima", data={"dokumen": str(other.id)}).status_code == 422
    assert db.session.scalars(db.select(Evidence)).all() == []


def test_sending_back_needs_a_reason_and_tells_the_unit(client, office):
    request = uploaded(office)
    assert client.post(f"/permintaan/{request.id}/kembalikan", data={"alasan": " "}).status_code == 422
    operations.make_link(request=request, person=None)
    db.session.commit()
    client.post(f"/permintaan/{request.id}/kembalikan", data={"alasan": "Halaman 2 belum ada."})
    assert requests()[0].state is State.SENT_BACK
    (letter,) = messages()
    assert letter.address == "dpmptsp@example.com"
    assert "Halaman 2 belum ada." in letter.body_text


def test_a_withdrawn_request_is_told_and_its_link_is_over(client, office):
    client.post(f"/laporan/{office.obligation.id}/minta", data=form(office, [office.unit]))
    (request,) = requests()
    client.post(f"/permintaan/{request.id}/tarik", data={"alasan": ""})
    assert db.session.scalars(db.select(RequestLink)).one().revoked_at is not None
    assert "tidak diperlukan lagi" in messages()[-1].body_text
    assert client.post(f"/permintaan/{request.id}/tarik").status_code == 409


def test_another_agency_sees_nothing_of_it(client, office, sign_in):
    request = uploaded(office)
    dewi = factories.make_person(Role.COORDINATOR, factories.make_agency("33.02", "Kabupaten Banyumas"), name="Dewi")
    sign_in(dewi)
    assert client.get(f"/permintaan/{request.id}").status_code == 404
    for act in ("terima", "kembalikan", "tarik", "tautan", "tautan/cabut"):
        assert client.post(f"/permintaan/{request.id}/{act}").status_code == 404
    assert client.get(f"/laporan/{office.obligation.id}/minta").status_code == 404


def test_an_official_reads_the_board_and_changes_nothing(client, office, sign_in):
    request = uploaded(office)
    sign_in(factories.make_person(Role.CERTIFIER, office.agency, name="Sri"))
    assert "Dinas Sosial" in client.get(f"/permintaan/{request.id}").text
    assert "Terima dan lampirkan" not in client.get(f"/permintaan/{request.id}").text
    assert client.post(f"/permintaan/{request.id}/terima").status_code == 403
