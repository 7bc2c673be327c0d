"""One open request of the demo: a province found that two figures of a verified report were exchanged."""

from collections.abc import Iterable
from datetime import UTC, datetime

from stranas.deadlines.rules import RequestState
from stranas.demo.book import Book
from stranas.demo.story import Duty
from stranas.reporting.models import Reopening, Submission
from stranas.reporting.rules import Status

WHERE = ("33", "B18", "9-b")
ASKED = datetime(2020, 7, 13, 1, 20, tzinfo=UTC)
REASON = (
    "Daftar aplikasi yang terunggah adalah rekap sebelum penggabungan. Rekap akhir mencatat dua aplikasi lebih "
    "sedikit, sehingga realisasi perlu disesuaikan sebelum penetapan hasil."
)


def add_reopening(book: Book, duties: Iterable[Duty], *, coordinators: dict[int, int]) -> None:
    """Where the report was verified; a smaller demo leaves it out."""
    found = [duty for duty in duties if (duty.place.code, duty.quarter.key, duty.item_key) == WHERE]
    owed = {duty.id: duty for duty in found}
    for row in book.rows[Submission]:
        if row["obligation_id"] in owed and row["status"] is Status.VERIFIED:
            book.add(
                Reopening,
                submission_id=row["id"],
                asked_by_id=coordinators[owed[row["obligation_id"]].place.id],
                received_at=ASKED,
                recorded_at=ASKED,
                reason=REASON,
                state=RequestState.OPEN,
                decided_by_id=None,
                decided_at=None,
                answer="",
            )
