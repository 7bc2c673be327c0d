"""Around the decisions of the demo: a verifier with an aksi everywhere, uji petik, and questions, one still open."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from stranas.demo.book import Book
from stranas.demo.story import Duty
from stranas.reporting.models import Submission
from stranas.verification.models import ItemAssignment, SpotCheck, ThreadEntry
from stranas.verification.rules import EntryKind, Side, SpotForm

EVERYWHERE = ("Eko Prasetyo", "9")  # SPBE, in all agencies but his own
OFFICES = {
    Side.AGENCY: "Inspektorat Kabupaten Temanggung",
    Side.VERIFIER: "Verifikator, Komisi Pemberantasan Korupsi",
}
# fmt: off
QUESTIONS = {
    ("B18", "1-a"): (
        (Side.AGENCY, datetime(2020, 7, 2, 2, 41, tzinfo=UTC),
         "Keputusan tim ditetapkan tahun 2019 dan belum diubah. Apakah perlu diunggah kembali setiap triwulan?"),
        (Side.VERIFIER, datetime(2020, 7, 3, 3, 5, tzinfo=UTC),
         "Cukup pilih dokumen yang sama dari daftar Dokumen selama masih berlaku."),
        (Side.VERIFIER, datetime(2020, 7, 6, 1, 30, tzinfo=UTC), ""),
    ),
    ("B18", "9-b"): (
        (Side.VERIFIER, datetime(2020, 7, 9, 4, 20, tzinfo=UTC),
         "Daftar aplikasi memuat 41 aplikasi, triwulan lalu 38. Tiga aplikasi mana yang ditambahkan?"),
    ),
}
# fmt: on


def add_around(book: Book, duties: Sequence[Duty], *, people: Mapping[str, int], items: Mapping[str, int]) -> None:
    """`duties`: those of Temanggung; Citra verifies it, Budi answers."""
    name, item = EVERYWHERE
    book.add(ItemAssignment, user_id=people[name], item_id=items[item], everywhere=True)
    owed = {(duty.quarter.key, duty.item_key): duty for duty in duties}
    submissions = {row["obligation_id"]: row["id"] for row in book.rows[Submission]}
    for key, lines in QUESTIONS.items():
        if duty := owed.get(key):
            _ask(book, duty, lines, people)
    _check(book, owed, submissions, people["Citra"])


def _ask(book: Book, duty: Duty, lines: Sequence[tuple[Side, datetime, str]], people: Mapping[str, int]) -> None:
    for side, at, words in lines:
        book.add(
            ThreadEntry,
            obligation_id=duty.id,
            side=side,
            kind=EntryKind.MESSAGE if words else EntryKind.SETTLED,
            author_id=people["Budi" if side is Side.AGENCY else "Citra"],
            office=OFFICES[side],
            words=words,
            written_at=at,
        )


def _check(book: Book, owed: Mapping[tuple[str, str], Duty], submissions: Mapping[int, int], citra: int) -> None:
    """One with notes, and one that is planned."""
    held, planned = owed.get(("B12", "7-a")), owed.get(("B18", "9-b"))
    nothing = {"held_on": None, "participants": "", "findings": "", "conclusion": "", "document_id": None}
    none_yet = nothing | {"noted_by_id": None, "noted_at": None}
    if held and held.id in submissions:
        book.add(
            SpotCheck,
            submission_id=submissions[held.id],
            form=SpotForm.CLARIFICATION,
            planned_on=date(2020, 3, 12),
            subject="Kesesuaian tangkapan layar dengan halaman sistem LKPP yang sebenarnya.",
            planned_by_id=citra,
            planned_at=datetime(2020, 3, 5, 3, 10, tzinfo=UTC),
            held_on=date(2020, 3, 12),
            participants="Inspektorat dan UKPBJ Kabupaten Temanggung; verifikator.",
            findings="Halaman sistem dibuka bersama. Tingkat kematangan dan tanggal pengukuran sama dengan laporan.",
            conclusion="Data dukung sesuai dengan keadaan sebenarnya.",
            document_id=None,
            noted_by_id=citra,
            noted_at=datetime(2020, 3, 12, 7, 45, tzinfo=UTC),
        )
    if planned and planned.id in submissions:
        book.add(
            SpotCheck,
            submission_id=submissions[planned.id],
            form=SpotForm.VISIT,
            planned_on=date(2020, 7, 22),
            subject="Daftar aplikasi yang sudah disatukan dan aplikasi yang masih berjalan sendiri.",
            planned_by_id=citra,
            planned_at=datetime(2020, 7, 9, 4, 26, tzinfo=UTC),
            **none_yet,
        )
