"""The words of the secretariat's letters, pinned by files a person can read (snapshots/letter_*.txt)."""

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pypdf
import pytest

from reports import escalation_letter, word
from stranas.agencies.models import Agency, AgencyLevel, Provenance
from stranas.catalogue.models import Period, Programme
from stranas.reminders.escalation import Former, content_of, paper_of
from stranas.reminders.models import EscalationLetter
from stranas.reminders.queries.unsent import Target, Unsent
from stranas.reminders.rules import LetterKind

SNAPSHOTS = Path(__file__).parent / "snapshots"
DUE, LOCK = datetime(2020, 7, 14, 17, tzinfo=UTC), datetime(2020, 7, 28, 17, tzinfo=UTC)
LATER = datetime(2020, 8, 4, 17, tzinfo=UTC)
OSS = Target(1, "1-a", "Terpenuhinya komitmen perizinan berusaha tepat waktu", DUE, LOCK)
MAP = Target(2, "1-b", "Tersedianya peta tematik pada geoportal", DUE, LOCK)
POSTS = Target(3, "3-a", "Tersedianya peta jabatan", datetime(2020, 7, 16, 17, tzinfo=UTC), LATER)
PROCUREMENT = Target(4, "2-c", "Terlaksananya konsolidasi pengadaan", datetime(2020, 7, 24, 17, tzinfo=UTC), LOCK)
HELP = "Sekretariat Nasional, hari kerja pukul 08.00–16.00 WIB, bantuan@example.com"
FIRST = Former("B.12/SNPK/07/2020", date(2020, 7, 20), "Sekretaris Daerah Kabupaten Jayapura")
SECRETARY, HEAD = LetterKind.SECRETARY, LetterKind.HEAD


def agency(code: str, name: str, level: AgencyLevel, timezone="Asia/Jakarta", seat="", province: Agency | None = None):
    return Agency(
        code=code,
        name=name,
        short_name=name,
        level=level,
        timezone=timezone,
        seat=seat,
        head="",
        oversight_unit="",
        letterhead=[],
        provenance=Provenance.VERIFIED,
        province=province,
    )


PERIOD = Period(
    key="B18",
    name="Triwulan VI",
    starts_on=date(2020, 4, 1),
    ends_on=date(2020, 6, 30),
    programme=Programme(key="stranas-2019-2020", name="Aksi Pencegahan Korupsi 2019–2020", settings={}),
)
CENTRAL_JAVA = agency("33", "Provinsi Jawa Tengah", AgencyLevel.PROVINCE, seat="Semarang")
TEMANGGUNG = agency("33.23", "Kabupaten Temanggung", AgencyLevel.REGENCY, seat="Temanggung", province=CENTRAL_JAVA)
PAPUA = agency("91", "Provinsi Papua", AgencyLevel.PROVINCE, "Asia/Jayapura", "Jayapura")
JAYAPURA = agency("91.03", "Kabupaten Jayapura", AgencyLevel.REGENCY, "Asia/Jayapura", "Sentani", PAPUA)
NORTH = agency("71", "Provinsi Sulawesi Utara", AgencyLevel.PROVINCE, "Asia/Makassar", "Manado")
SITARO = agency(
    "71.09",
    "Kabupaten Kepulauan Siau Tagulandang Biaro",
    AgencyLevel.REGENCY,
    "Asia/Makassar",
    "Ondong Siau",
    NORTH,
)
SOCIAL = agency("kemensos", "Kementerian Sosial", AgencyLevel.KL)


def unsent(of: Agency, awaited=(OSS, MAP), sent=1, others=()) -> Unsent:
    return Unsent(of, PERIOD, sent, sent + len(awaited) + len(others), tuple(awaited), tuple(others))


CASES = {
    "letter_secretary_kabupaten": (unsent(TEMANGGUNG), SECRETARY, None),
    "letter_secretary_province_nothing_sent": (unsent(CENTRAL_JAVA, sent=0), SECRETARY, None),
    "letter_secretary_ministry": (unsent(SOCIAL, [OSS, POSTS], sent=2, others=[PROCUREMENT]), SECRETARY, None),
    "letter_head_kabupaten_papua": (unsent(JAYAPURA, [OSS]), HEAD, FIRST),
    "letter_head_kabupaten_longest_name": (unsent(SITARO), HEAD, None),
    "letter_head_province": (unsent(CENTRAL_JAVA), HEAD, None),
    "letter_head_ministry": (unsent(SOCIAL), HEAD, None),
}
DAYS = {SECRETARY: date(2020, 7, 17), HEAD: date(2020, 7, 24)}


def drafted(case: str, **columns) -> EscalationLetter:
    owed, kind, former = CASES[case]
    content = content_of(owed, kind, today=DAYS[kind], help_contact=HELP, former=former)
    return EscalationLetter(kind=kind, content=content.plain(), **({"number": "", "dated_on": None} | columns))


def words_of(content: bytes) -> str:
    """Every paragraph and cell of a Word document in its order."""
    rows = []
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if hasattr(block, "rows"):
            rows += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            rows.append(block.text)
    return "\n".join(rows).replace("\u00a0", " ").strip() + "\n"


@pytest.mark.parametrize("case", CASES)
def test_the_letter_reads_as_its_snapshot(app, case):
    found, file = words_of(word.escalation_letter(paper_of(drafted(case)))), SNAPSHOTS / f"{case}.txt"
    if not file.exists():
        file.write_text(found)
        pytest.fail(f"{file.name} was not there; read it and run again")
    assert found == file.read_text()


@pytest.mark.parametrize("case", ["letter_secretary_ministry", "letter_head_kabupaten_longest_name"])
def test_pdf_and_word_say_the_same(app, case):
    paper = paper_of(drafted(case))
    pages = pypdf.PdfReader(io.BytesIO(escalation_letter.as_pdf(paper))).pages
    on_paper = " ".join("".join(page.extract_text() for page in pages).split())
    for line in words_of(word.escalation_letter(paper)).splitlines():
        for part in re.split(r" \| |^\d\. |[.;]$", line):
            assert " ".join(part.split()) in on_paper


@pytest.mark.parametrize("case", CASES)
def test_a_letter_never_shouts_blames_or_compares(app, case):
    letter = drafted(case)
    said = " ".join([letter.content["subject"], *letter.content["opening"], *letter.content["closing"]])
    assert "!" not in said
    assert set(re.findall(r"\b[A-Z]{2,}\b", said)) <= {"WIB", "WIT", "WITA", "PK", "VI", "SNPK"}
    assert not re.search(
        r"lalai|terlambat|belum juga|segera|sanksi|gagal|tunggakan|teguran|peringatan|peringkat|tenggat|instansi lain",
        said,
        re.IGNORECASE,
    )


@pytest.mark.parametrize("case", CASES)
def test_no_letter_names_a_person(app, case):
    content = drafted(case).content
    assert content["signature"][-1] == "(nama jelas)"
    assert re.match(r"(Sekretaris|Gubernur|Bupati|Menteri)\b", content["office"])


def test_number_and_day_stand_on_the_paper_once_they_are_recorded(app):
    paper = paper_of(drafted("letter_secretary_kabupaten", number="B.9/2020", dated_on=date(2020, 7, 20)))
    assert (paper.number, paper.place_and_date) == ("B.9/2020", "Jakarta, 20 Juli 2020")
