"""What a verifier typed: the filters of the queue, and a decision. Nothing typed is lost when it errs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from stranas.agencies.models import AgencyLevel
from stranas.verification.queries.case import Case
from stranas.verification.queries.queue import Filter
from stranas.verification.rules import REASON_CODE, WHOLE, Notes, Part, Problem, SpotForm

LONGEST_NOTE = 2000


@dataclass(frozen=True)
class DecisionForm:
    """The typed decision. `parts` has one entry for each part of the case, in its order."""

    version_id: int
    parts: dict[int, Part]
    score_typed: str
    rejected: bool
    note: str
    spot_check_id: int | None = None
    question: str = ""
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def score(self) -> Decimal | None:
        """A score that was chosen before a requirement was returned is let go: the page shows it locked."""
        if self.rejected or any(part.returned for part in self.parts.values()):
            return None
        try:
            return Decimal(self.score_typed) if self.score_typed else None
        except InvalidOperation:
            return Decimal(-1)

    @property
    def decided(self) -> list[Part]:
        """The parts that count: a rejection is about the whole."""
        parts = self.parts.values()
        return [part for part in parts if part.returned] if self.rejected else list(parts)


def read_decision(form: Mapping[str, str], case: Case) -> DecisionForm:
    return DecisionForm(
        version_id=_number(form.get("versi", "")),
        parts={part.key: _part(form, part.key, part.requirement_id) for part in case.parts},
        score_typed=form.get("nilai", "").strip(),
        rejected=form.get("tidak_memenuhi") == "1",
        note=_note(form.get("keterangan", "")),
        spot_check_id=_number(form.get("uji_petik", "")) or None,
        question=read_question(form),
    )


def read_question(form: Mapping[str, str]) -> str:
    """What was asked or answered. Browsers count a new line as one sign and send two: none of the words is cut off."""
    return _note(form.get("tanya", ""))


def empty_decision(case: Case) -> DecisionForm:
    return read_decision({"versi": str(case.version_id)}, case)


def with_problems(form: DecisionForm, problems: tuple[Problem, ...]) -> DecisionForm:
    """The same words, each problem under the id of its field on the page."""
    named = {anchor(problem): problem.sentence for problem in problems}
    return DecisionForm(**(vars(form) | {"problems": named}))


def anchor(problem: Problem) -> str:
    key = problem.requirement_id or WHOLE
    if problem.field == "score":
        return "nilai"
    if problem.field == "note":
        return "keterangan"
    return f"alasan-{key}" if problem.field == "reason" else f"bagian-{key}"


def _part(form: Mapping[str, str], key: int, requirement_id: int | None) -> Part:
    verdict = {"sesuai": True, "kembalikan": False}.get(form.get(f"putusan-{key}", ""))
    return Part(
        requirement_id=requirement_id,
        fulfilled=verdict,
        reason=form.get(f"alasan-{key}", ""),
        note=_note(form.get(f"keterangan-{key}", "")),
    )


def _note(typed: str) -> str:
    return typed.replace("\r\n", "\n")[:LONGEST_NOTE]


def _number(typed: str) -> int:
    """0 is no version: such a form meets the refusal of an old version."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def read_filter(args: Mapping[str, str]) -> Filter:
    """The filters of an address; an unknown level means every level."""
    levels = {level.value: level for level in AgencyLevel}
    return Filter(
        period=args.get("periode", "")[:80],
        level=levels.get(args.get("tingkat", "")),
        province=args.get("provinsi", "")[:80],
        search=args.get("cari", "").strip()[:80],
        item=args.get("butir", "")[:80],
        overdue=args.get("lewat") == "1",
        by_end=args.get("urut") == "batas",
    )


def filter_args(chosen: Filter) -> dict[str, str]:
    """The filter as arguments of an address, without what is empty."""
    values = {
        "periode": chosen.period,
        "tingkat": chosen.level.value if chosen.level else "",
        "provinsi": chosen.province,
        "cari": chosen.search,
        "butir": chosen.item,
        "lewat": "1" if chosen.overdue else "",
        "urut": "batas" if chosen.by_end else "",
    }
    return {name: value for name, value in values.items() if value}


@dataclass(frozen=True)
class ReasonForm:
    code: str = ""
    reason: str = ""
    repair: str = ""
    problems: dict[str, str] = field(default_factory=dict)


def read_reason(form: Mapping[str, str], *, code: str = "") -> ReasonForm:
    """`code`: of the reason that is edited; empty for a new one, which names its own."""
    typed = code or form.get("kode", "").strip().upper()[:20]
    reason, repair = _note(form.get("alasan", "")).strip(), _note(form.get("perbaikan", "")).strip()
    problems = {}
    if not REASON_CODE.fullmatch(typed):
        problems["kode"] = "Tulis satu huruf dan dua angka, misalnya K06."
    if not reason:
        problems["alasan"] = "Tulis alasannya."
    if not repair:
        problems["perbaikan"] = "Tulis kalimat perbaikan untuk instansi."
    return ReasonForm(typed, reason, repair, problems)


@dataclass(frozen=True)
class SpotCheckForm:
    """What was typed; `form` and `planned_on` are None while they cannot be read."""

    form: SpotForm | None = None
    planned_on: date | None = None
    date_typed: str = ""
    subject: str = ""
    problems: dict[str, str] = field(default_factory=dict)


def read_spot_check(form: Mapping[str, str], *, today: date) -> SpotCheckForm:
    kinds = {kind.value: kind for kind in SpotForm}
    kind, typed = kinds.get(form.get("bentuk", "")), form.get("tanggal", "").strip()[:20]
    planned_on, subject = _date(typed), _note(form.get("yang_dilihat", "")).strip()
    problems = {}
    if kind is None:
        problems["bentuk"] = "Pilih bentuk uji petik."
    if planned_on is None or planned_on < today:
        problems["tanggal"] = "Tulis tanggal hari ini atau sesudahnya."
    if not subject:
        problems["yang_dilihat"] = "Tulis apa yang akan dilihat."
    return SpotCheckForm(kind, planned_on, typed, subject, problems)


@dataclass(frozen=True)
class NotesForm:
    date_typed: str = ""
    participants: str = ""
    findings: str = ""
    conclusion: str = ""
    held_on: date | None = None
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def notes(self) -> Notes:
        """Of a form without problems."""
        return Notes(self.held_on or date.min, self.participants, self.findings, self.conclusion)


def read_notes(form: Mapping[str, str], *, today: date) -> NotesForm:
    typed = form.get("tanggal", "").strip()[:20]
    words = {name: _note(form.get(name, "")).strip() for name in ("peserta", "hasil", "kesimpulan")}
    held_on, problems = _date(typed), {}
    if held_on is None or held_on > today:
        problems["tanggal"] = "Tulis tanggal pelaksanaan, paling lambat hari ini."
    asked = {
        "peserta": "Tulis peserta dari kedua pihak.",
        "hasil": "Tulis apa yang ditemukan.",
        "kesimpulan": "Tulis kesimpulannya.",
    }
    problems |= {name: sentence for name, sentence in asked.items() if not words[name]}
    return NotesForm(typed, words["peserta"], words["hasil"], words["kesimpulan"], held_on, problems)


def _date(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def read_batch(values: Sequence[str]) -> list[tuple[int, int]]:
    """(submission, version) of each check box "submission:version" that can be read, each submission once."""
    pairs = [value.partition(":") for value in values]
    found = {_number(first): _number(second) for first, _, second in pairs}
    return [(submission_id, version_id) for submission_id, version_id in found.items() if submission_id]
