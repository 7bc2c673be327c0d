"""A third zone: Jayapura sends half a minute before and after the due instant; every page and paper says the same.

The instant: end of 14 July 2020 in Jakarta, which is 02.00 of 15 July in Jayapura.
"""

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pypdf
import pytest
from openpyxl import load_workbook

from stranas.accounts.models import Role
from stranas.catalogue.models import DocumentKind
from stranas.reporting.models import Obligation
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import OutboxMessage
from tests import factories
from tests.verification.people import assign

DUE = datetime(2020, 7, 14, 17, tzinfo=UTC)
LAST_MINUTE = "Rabu, 15 Juli 2020 pukul 01.59 WIT (14 Juli 2020 pukul 23.59 WIB)"


@dataclass(frozen=True)
class Side:
    """One side of the instant, and the words for it everywhere. `excel`: WIB, the zone of the national report."""

    sent_at: datetime
    exact: str
    minute: str
    both: str
    excel: str
    words: str
    flag: str


BEFORE = Side(
    sent_at=DUE - timedelta(seconds=30),
    exact="Rabu, 15 Juli 2020 pukul 01.59.30 WIT (14 Juli 2020 pukul 23.59.30 WIB)",
    minute="15 Juli 2020 pukul 01.59 WIT",
    both="15 Juli 2020 pukul 01.59 WIT (14 Juli 2020 pukul 23.59 WIB)",
    excel="2020-07-14 23:59:30",
    words="Tepat waktu",
    flag="Ya",
)
AFTER = Side(
    sent_at=DUE + timedelta(seconds=30),
    exact="Rabu, 15 Juli 2020 pukul 02.00.30 WIT (00.00.30 WIB)",
    minute="15 Juli 2020 pukul 02.00 WIT",
    both="15 Juli 2020 pukul 02.00 WIT (00.00 WIB)",
    excel="2020-07-15 00:00:30",
    words="Setelah batas waktu",
    flag="Tidak",
)


@pytest.fixture
def jayapura(app):
    return factories.make_agency("91.03", "Kabupaten Jayapura", timezone="Asia/Jayapura")


@pytest.fixture
def obligation(jayapura) -> Obligation:
    programme = factories.make_programme()
    target = factories.make_target(
        factories.make_item(programme), factories.make_period(programme), kinds=(DocumentKind.LINK,)
    )
    return factories.make_obligation(jayapura, target)


@pytest.fixture
def dewi(jayapura):
    return factories.make_person(Role.COORDINATOR, jayapura, name="Dewi")


@pytest.fixture(params=[BEFORE, AFTER], ids=["30 s before", "30 s after"])
def side(request, client, sign_in, obligation, dewi) -> Side:
    """Dewi fills her report in good time, and sends it on that side of the instant, by the pages."""
    sign_in(dewi)
    where = f"/laporan/{obligation.id}"
    with clock.at(DUE - timedelta(hours=3)):
        link = f"{where}/data-dukung/{obligation.target.requirements[0].id}"
        assert client.post(link, data={"tautan": "https://jayapurakab.go.id/izin"}).status_code == 302
        typed = {"revision": "0", "kind": "achievement", "realised_value": "64,5", "progress_percent": "90"}
        answer = client.post(where, data=typed | {"narrative": "Selesai.", "do": "ready"})
        assert answer.status_code == 302, answer.text
    with clock.at(request.param.sent_at):
        sent = client.post("/laporan-triwulan/B18/kirim", data={"submission": obligation.submission.id})
        assert sent.location == "/laporan-triwulan/tanda-terima/B18-91.03-0001"
    with clock.at(DUE + timedelta(hours=1)):
        yield request.param


def plain(words: str) -> str:
    """One line, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", words).replace("\u00a0", " ").split())


def test_the_pages_of_the_agency_agree(client, side, obligation):
    quarter = plain(client.get("/laporan-triwulan/B18").text)
    assert LAST_MINUTE in quarter
    assert f"{side.minute} {side.words}" in quarter
    assert side.both in quarter
    story = plain(client.get(f"/laporan/{obligation.id}/riwayat").text)
    assert side.both in story
    assert f"penyampaian ke-1, {side.words.lower()}." in story
    assert side.minute in plain(client.get(f"/laporan/{obligation.id}").text)


def test_receipt_page_paper_and_mail_agree(client, side):
    page = "/laporan-triwulan/tanda-terima/B18-91.03-0001"
    pdf = pypdf.PdfReader(io.BytesIO(client.get(f"{page}.pdf").data))
    mail = db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.template == "mail/receipt")).one()
    told = (client.get(page).text, " ".join(sheet.extract_text() for sheet in pdf.pages), mail.body_text)
    other = {"Tepat waktu", "Setelah batas waktu"} - {side.words}
    for words in map(plain, told):
        assert side.exact in words
        assert LAST_MINUTE in words
        assert side.words in words
        assert not any(said in words for said in other)
    assert side.exact in plain(client.get("/tanda-terima/B18-91.03-0001").text)


def test_the_excel_of_the_compliance_report_agrees(client, side, sign_in):
    sign_in(factories.make_person(Role.SECRETARIAT, name="Ani"))
    book = load_workbook(io.BytesIO(client.get("/kepatuhan.xlsx?triwulan=B18").data))
    rows = [[str(cell) for cell in row] for row in book["Rincian"].iter_rows(values_only=True)]
    head = next(row for row in rows if "Tepat waktu" in row)
    line = dict(zip(head, next(row for row in rows if "91.03" in row), strict=True))
    assert line["Batas waktu (WIB)"] == "2020-07-14 23:59:00"
    assert line["Pertama dikirim (WIB)"] == side.excel
    assert line["Tepat waktu"] == {"Ya": "1", "Tidak": "0"}[side.flag]
    assert line["Ketepatan"] == {"Ya": "Tepat waktu", "Tidak": "Terlambat"}[side.flag]
    assert line["Diterima"] == "1"


def test_the_verifier_reads_the_same(client, side, sign_in, jayapura, obligation):
    citra = factories.make_person(Role.VERIFIER, name="Citra")
    assign(citra, jayapura)
    sign_in(citra)
    page = plain(client.get(f"/verifikasi/{obligation.submission.id}").text)
    assert f"Diterima {side.both}, {side.words.lower()}" in page
