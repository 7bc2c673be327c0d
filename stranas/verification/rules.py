"""What a verifier's decision amounts to: the outcome follows from its parts. Standard library only."""

import enum
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from stranas.reporting.rules import EventKind, SubmissionKind

# The first letter of a reason's code, in the order on screen.
REASON_GROUPS = {
    "K": "Kelengkapan",
    "S": "Keabsahan",
    "W": "Waktu",
    "I": "Isi",
    "A": "Angka",
    "D": "Data pribadi dan informasi yang dikecualikan",
    "N": "Dasar pengajuan",
}
# The field of the decision as a whole; a part's field is its requirement's id, or WHOLE.
WHOLE = 0
CONSENT_WORDS = {
    SubmissionKind.NIL: "Setujui nihil",
    SubmissionKind.NOT_COMPETENT: "Setujui bukan kewenangan",
    SubmissionKind.WAITING: "Setujui menunggu instansi lain",
}
REASON_CODE = re.compile(r"[A-Z][0-9]{2}")


class Method(enum.Enum):
    """How a decision was made."""

    SINGLE = "single"
    BULK = "bulk"

    @property
    def words(self) -> str:
        """What history, letters and records add; nothing where each report was read alone."""
        return "diterima bersama" if self is Method.BULK else ""


class SpotForm(enum.Enum):
    """How a spot check (uji petik) is held."""

    CLARIFICATION = "clarification"
    VISIT = "visit"

    @property
    def label(self) -> str:
        return "Klarifikasi daring" if self is SpotForm.CLARIFICATION else "Kunjungan lapangan"


class Side(enum.Enum):
    """Who speaks in a thread."""

    AGENCY = "agency"
    VERIFIER = "verifier"

    @property
    def other(self) -> "Side":
        return Side.VERIFIER if self is Side.AGENCY else Side.AGENCY


class EntryKind(enum.Enum):
    MESSAGE = "message"
    SETTLED = "settled"


@dataclass(frozen=True)
class Part:
    """The decision on one requirement (None: on the submission as a whole). `fulfilled` is None while undecided."""

    requirement_id: int | None
    fulfilled: bool | None
    reason: str = ""
    note: str = ""

    @property
    def returned(self) -> bool:
        return self.fulfilled is False


@dataclass(frozen=True)
class Problem:
    """What a decision still lacks: at which field ("part", "reason", "score", "note"), of which part, in words."""

    field: str
    sentence: str
    requirement_id: int | None = None


class Incomplete(Exception):
    """The decision cannot be made yet. Carries every problem, in the order of the form."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.sentence for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Judgement:
    outcome: EventKind
    score: Decimal | None


def is_scored(kind: SubmissionKind) -> bool:
    """Only an achievement has a score; the kinds beside the main line get consent."""
    return kind is SubmissionKind.ACHIEVEMENT


def subjects(kind: SubmissionKind, requirement_ids: Sequence[int]) -> tuple[int | None, ...]:
    """What must be decided: each requirement of an achievement, otherwise the submission as a whole."""
    return tuple(requirement_ids) if is_scored(kind) and requirement_ids else (None,)


def judge(
    *,
    kind: SubmissionKind,
    expected: Sequence[int | None],
    parts: Sequence[Part],
    score: Decimal | None,
    rejected: bool,
    note: str,
    codes: Collection[str],
    scores: Collection[int],
) -> Judgement:
    """The outcome of a decision. Raises Incomplete with every problem.

    Any part returned: dikembalikan, never with a score. Rejected: tidak memenuhi, score 0, with a note, and
    nothing returned at the same time. Otherwise everything is fulfilled: terverifikasi, with a score of the
    programme's steps if the kind has one.
    """
    by_subject = {part.requirement_id: part for part in parts}
    if rejected:
        problems = _rejection_problems(kind, parts, note)
    else:
        problems = [p for subject in expected for p in _part_problems(subject, by_subject.get(subject), codes)]
        problems += _score_problems(kind, parts, score, scores)
    if set(by_subject) - set(expected):
        problems.append(Problem("part", "Putusan ini menyebut persyaratan yang bukan bagian dari laporan."))
    if problems:
        raise Incomplete(problems)
    if rejected:
        return Judgement(EventKind.REJECTED, Decimal(0))
    if any(part.returned for part in parts):
        return Judgement(EventKind.RETURNED, None)
    return Judgement(EventKind.VERIFIED, score)


def _part_problems(subject: int | None, part: Part | None, codes: Collection[str]) -> list[Problem]:
    if part is None or part.fulfilled is None:
        return [Problem("part", "Pilih sesuai atau kembalikan.", subject)]
    if part.returned and not part.reason:
        return [Problem("reason", "Pilih alasan pengembalian.", subject)]
    if part.returned and part.reason not in codes:
        return [Problem("reason", "Alasan ini tidak ada dalam daftar. Pilih salah satu dari daftar.", subject)]
    return []


def _score_problems(
    kind: SubmissionKind, parts: Sequence[Part], score: Decimal | None, scores: Collection[int]
) -> list[Problem]:
    if not is_scored(kind):
        return [] if score is None else [Problem("score", f"Pengajuan {kind.label.lower()} tidak diberi nilai.")]
    if any(part.returned for part in parts):
        return (
            [] if score is None else [Problem("score", "Nilai baru dapat diberikan setelah semua persyaratan sesuai.")]
        )
    if score is None:
        all_decided = all(part.fulfilled is not None for part in parts)
        return [Problem("score", "Pilih nilai.")] if all_decided else []
    if score not in scores:
        return [Problem("score", f"Nilai {score} tidak ada dalam skala program.")]
    return []


def _rejection_problems(kind: SubmissionKind, parts: Sequence[Part], note: str) -> list[Problem]:
    problems = []
    if not is_scored(kind):
        problems.append(Problem("part", f"Pengajuan {kind.label.lower()} disetujui atau dikembalikan."))
    if any(part.returned for part in parts):
        sentence = "Laporan yang dikembalikan masih dapat diperbaiki. Pilih kembalikan atau tidak memenuhi."
        problems.append(Problem("part", sentence))
    if not note.strip():
        problems.append(Problem("note", "Tulis alasan mengapa laporan tidak memenuhi."))
    return problems


def kept_parts(parts: Sequence[Part], judgement: Judgement) -> list[Part]:
    """A rejection says why in its note: parts that nobody decided are no rows."""
    return [] if judgement.outcome is EventKind.REJECTED else list(parts)


def told_reason(parts: Sequence[Part], note: str) -> str:
    """The reason that the event names: the codes, or else the note."""
    return ", ".join(sorted({part.reason for part in parts if part.returned})) or note.strip()


def told(parts: Sequence[Part], note: str, positions: Mapping[int, int]) -> dict[str, Any]:
    """A decision as the event remembers it, readable without the tables of this room. `positions`: of the
    requirements, by id."""
    return {
        "note": note.strip(),
        "parts": [
            {
                "requirement": positions.get(part.requirement_id),
                "fulfilled": bool(part.fulfilled),
                "code": part.reason if part.returned else None,
                "note": part.note.strip(),
            }
            for part in parts
        ],
    }


@dataclass(frozen=True)
class Standing:
    """What accepting together asks of a report. `asked`: a question is open; `spot_check`: one waits for notes."""

    kind: SubmissionKind
    version: int
    all_evidenced: bool
    weighty_findings: int
    unchecked: bool
    asked: bool
    spot_check: bool


def why_not_together(standing: Standing) -> str:
    """Why a report must be read alone; empty when nothing speaks against accepting it together with others."""
    reasons = (
        (not is_scored(standing.kind), f"Pengajuan {standing.kind.label.lower()} diputus satu per satu."),
        (standing.version > 1, "Perbaikan atas pengembalian diputus satu per satu."),
        (not standing.all_evidenced, "Ada persyaratan tanpa data dukung."),
        (standing.unchecked, "Pengecekan berkas belum selesai."),
        (standing.weighty_findings > 0, f"Ada {standing.weighty_findings} catatan pengecekan berkas."),
        (standing.asked, "Ada pertanyaan yang belum selesai."),
        (standing.spot_check, "Uji petik belum mempunyai catatan hasil."),
    )
    return next((sentence for holds, sentence in reasons if holds), "")


@dataclass(frozen=True)
class Notes:
    """What was said and seen at a spot check."""

    held_on: date
    participants: str
    findings: str
    conclusion: str


def subject_words(title: str) -> str:
    """The title of a requirement without its number: "1. Notulen: rapat" → "notulen: rapat"."""
    return title.partition(". ")[2].strip().lower() or title.strip().lower()


def counterparts(title: str, earlier: Mapping[int, str]) -> tuple[int, ...]:
    """Which requirements of an earlier period (position → title) ask for the same as `title`: the same words, or
    else the same kind of document, or else any."""
    wanted = subject_words(title)
    same = [position for position, other in earlier.items() if subject_words(other) == wanted]
    kind = wanted.partition(":")[0]
    alike = [position for position, other in earlier.items() if subject_words(other).partition(":")[0] == kind]
    return tuple(sorted(same or alike or earlier))


def share(count: int, total: int) -> Decimal:
    """Per cent, two places, half up; 0 of nothing."""
    if not total:
        return Decimal(0)
    return (Decimal(100) * count / total).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
