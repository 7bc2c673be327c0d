"""A country of agencies with a believable quarter, written straight into the tables: the same for the same number.

Stands beside the product's own operations on purpose: reports must read whatever the tables hold.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from flask.testing import FlaskClient

from stranas.agencies.models import Agency, AgencyLevel, Provenance
from stranas.catalogue.models import Item, Period, Programme, Target
from stranas.deadlines.models import Extension, Outage
from stranas.reporting.models import Filing, Obligation, Submission, SubmissionEvent, SubmissionVersion
from stranas.reporting.rules import EventKind, Status, SubmissionKind
from stranas.system.db import Base, db, go_on_counting, learn_sizes
from stranas.verification.models import Decision, DecisionPart, ReturnReason
from tests.factories import make_item, make_period, make_programme, make_target

PROVINCES = """11 Aceh|12 Sumatera Utara|13 Sumatera Barat|14 Riau|15 Jambi|16 Sumatera Selatan|17 Bengkulu|18 Lampung
|19 Kepulauan Bangka Belitung|21 Kepulauan Riau|31 DKI Jakarta|32 Jawa Barat|33 Jawa Tengah
|34 Daerah Istimewa Yogyakarta|35 Jawa Timur|36 Banten|51 Bali|52 Nusa Tenggara Barat|53 Nusa Tenggara Timur
|61 Kalimantan Barat|62 Kalimantan Tengah|63 Kalimantan Selatan|64 Kalimantan Timur|65 Kalimantan Utara
|71 Sulawesi Utara|72 Sulawesi Tengah|73 Sulawesi Selatan|74 Sulawesi Tenggara|75 Gorontalo|76 Sulawesi Barat
|81 Maluku|82 Maluku Utara|91 Papua|92 Papua Barat""".replace("\n", "")
DUE = datetime(2020, 4, 15, 17, tzinfo=UTC)
NOW = datetime(2020, 7, 13, 2, tzinfo=UTC)
START = datetime(2018, 12, 31, 17, tzinfo=UTC)
STEPS = {
    "filed": Status.SENT,
    "verified": Status.VERIFIED,
    "returned": Status.RETURNED,
    "rejected": Status.REJECTED,
    "reopened": Status.RETURNED,
    "started": Status.DRAFT,
}


class Book:
    """Rows with their ids, written at the end in a few statements: one flush for each would take most of the time."""

    ORDER = (Obligation, Submission, Filing, SubmissionVersion, SubmissionEvent, Decision, DecisionPart)

    def __init__(self) -> None:
        self.rows: dict[type[Base], list[dict[str, Any]]] = {model: [] for model in self.ORDER}

    def add(self, model: type[Base], **values: Any) -> int:
        values["id"] = len(self.rows[model]) + 1
        self.rows[model].append(values)
        return values["id"]

    def write(self) -> None:
        for model, rows in self.rows.items():
            if rows:
                db.session.execute(db.insert(model), rows)
                go_on_counting(model.__table__)
                learn_sizes(model.__table__)


_printed: dict[str, bytes] = {}


def printed(client: FlaskClient, address: str) -> bytes:
    """The PDF of a page's address, made once for each database and each content: it takes most of a test's time."""
    told = client.get(f"/kepatuhan.json{address}").data
    content = f"{db.engine.dialect.name} {hashlib.sha256(told).hexdigest()}"
    if content not in _printed:
        _printed[content] = client.get(f"/kepatuhan.pdf{address}").data
    return _printed[content]


def settle(*, agencies: int = 60, seed: int = 1) -> Period:
    """Programme, period B15, `agencies` agencies (a tenth K/L), their obligations and what happened to them."""
    random = Random(seed)
    programme = make_programme()
    period = make_period(
        programme,
        key="B15",
        name="Triwulan V",
        position=5,
        starts_on=datetime(2020, 1, 1, tzinfo=UTC).date(),
        ends_on=datetime(2020, 3, 31, tzinfo=UTC).date(),
        due_at=DUE,
        locks_at=DUE + timedelta(days=14),
        verification_ends_at=DUE + timedelta(days=60),
    )
    people = _agencies(agencies)
    targets = _targets(programme, period)
    _later_ends(period, people)
    reasons = [
        _add(ReturnReason(code=code, reason=words, repair="Mohon diperbaiki."))
        for code, words in (
            ("S01", "Dokumen belum ditandatangani pejabat yang berwenang"),
            ("K02", "Dokumen tidak lengkap karena lampiran yang disebut di dalamnya tidak disertakan"),
            ("I03", "Data dukung baru menunjukkan rapat atau rencana, belum menunjukkan pelaksanaan"),
            ("A02", "Cara menghitung realisasi belum dijelaskan"),
        )
    ]
    db.session.flush()
    book = Book()
    for number, agency in enumerate(people):
        chosen = sorted(random.sample(range(len(targets)), random.randint(2, 7)))
        if number % 50 == 49:
            continue  # an agency without obligations
        diligence = random.random()
        for place in chosen:
            _history(random, book, agency, targets[place], reasons, diligence)
    book.write()
    db.session.expire_all()
    return period


def _add(row):
    db.session.add(row)
    return row


def _agency(code: str, name: str, level: AgencyLevel, province: Agency | None = None) -> Agency:
    zone = "Asia/Jayapura" if code.startswith(("8", "9")) else "Asia/Jakarta"
    return _add(
        Agency(
            code=code,
            name=name,
            short_name=name,
            level=level,
            timezone=zone,
            province_id=province.id if province else None,
            provenance=Provenance.VERIFIED,
        )
    )


def _agencies(count: int) -> list[Agency]:
    ministries = [
        _agency(f"kl-{n:02}", f"Kementerian Urusan Nomor {n}", AgencyLevel.KL) for n in range(1, 1 + count * 53 // 595)
    ]
    names = [entry.split(" ", 1) for entry in PROVINCES.split("|")][: max(3, count * 34 // 595)]
    provinces = [_agency(code, f"Provinsi {name}", AgencyLevel.PROVINCE) for code, name in names]
    db.session.flush()
    local = []
    for n in range(count - len(ministries) - len(provinces)):
        province = provinces[n % len(provinces)]
        serial = n // len(provinces) + 1
        is_city = n * 93 // 508 != (n + 1) * 93 // 508
        code = f"{province.code}.{70 + serial if is_city else serial:02}"
        kind, level = ("Kota", AgencyLevel.CITY) if is_city else ("Kabupaten", AgencyLevel.REGENCY)
        local.append(
            _agency(code, f"{kind} Percontohan {province.name.removeprefix('Provinsi ')} {serial}", level, province)
        )
    db.session.flush()
    return [*ministries, *provinces, *local]


def _targets(programme: Programme, period: Period) -> list[Target]:
    """11 actions under 3 focus areas, 19 sub-actions with one target each."""
    areas = [make_item(programme, key=f"F{n}", name=f"Fokus {n}", depth=0) for n in (1, 2, 3)]
    actions = [
        make_item(programme, key=str(n), name=f"Aksi percontohan nomor {n}", depth=1, parent_id=areas[n % 3].id)
        for n in range(1, 12)
    ]
    items: list[Item] = [
        make_item(
            programme,
            key=f"{n % 11 + 1}-{'abc'[n // 11]}",
            name=f"Sub-aksi percontohan {n % 11 + 1}-{'abc'[n // 11]}",
            parent_id=actions[n % 11].id,
        )
        for n in range(19)
    ]
    weights = [Decimal(w) for w in ("1", "1.5", "0.75", "2", "1.25")]
    return [make_target(item, period, weight=weights[n % 5]) for n, item in enumerate(items)]


def _later_ends(period: Period, agencies: list[Agency]) -> None:
    decided = DUE - timedelta(days=1)
    local = next(a for a in agencies if a.level is AgencyLevel.REGENCY)
    province = next(a for a in agencies if a.level is AgencyLevel.PROVINCE)
    common = {"period_id": period.id, "decided_at": decided}
    _add(Extension(**common, agency_id=local.id, until=DUE + timedelta(days=10), reason="Banjir di kantor bupati"))
    _add(Extension(**common, province_id=province.id, until=DUE + timedelta(days=5), reason="Gempa bumi"))
    _add(
        Extension(
            period_id=period.id,
            agency_id=agencies[0].id,
            until=DUE + timedelta(days=60),
            reason="Diputuskan sesudah keadaan laporan",
            decided_at=NOW,
        )
    )
    _add(
        Outage(
            **common,
            began_at=DUE - timedelta(hours=10),
            ended_at=DUE + timedelta(hours=2),
            extends_to=DUE + timedelta(hours=12),
            reason="Jaringan pusat data terputus",
        )
    )
    db.session.flush()


def _story(random: Random, diligence: float) -> tuple[SubmissionKind, list[str]]:
    draw = random.random()
    if draw > 0.55 + 0.5 * diligence:
        return SubmissionKind.ACHIEVEMENT, random.choice([[], ["started"]])
    if draw < 0.06:
        beside = [SubmissionKind.NIL, SubmissionKind.NOT_COMPETENT, SubmissionKind.WAITING]
        return random.choice(beside), random.choice([["filed", "verified"], ["filed", "returned"], ["filed"]])
    endings = [["filed", "verified"]] * 4 + [
        ["filed"],
        ["filed", "returned"],
        ["filed", "returned", "filed", "verified"],
        ["filed", "rejected"],
        ["filed", "verified", "reopened"],
    ]
    return SubmissionKind.ACHIEVEMENT, random.choice(endings)


def _history(
    random: Random, book: Book, agency: Agency, target: Target, reasons: list[ReturnReason], diligence: float
) -> None:
    obligation = book.add(
        Obligation,
        agency_id=agency.id,
        target_id=target.id,
        period_id=target.period_id,
        item_id=target.item_id,
        text=target.text,
        unit=target.unit,
        value=target.value,
        weight=target.weight,
        agency_level=agency.level,
        in_force_from=START,
    )
    kind, steps = _story(random, diligence)
    if not steps:
        return
    submission = book.add(Submission, obligation_id=obligation, status=STEPS[steps[-1]], kind=kind)
    at = DUE + timedelta(hours=random.randint(-200, 40))
    version = None
    for sequence, step in enumerate(steps, 1):
        if step == "filed":
            version = _version(book, agency, target, submission, sequence, at)
        _event(random, book, submission, sequence, step, at, kind, version)
        if step in ("verified", "returned", "rejected"):
            _decision(random, book, submission, step, at, version, target, reasons)
        at += timedelta(hours=random.randint(20, 300))


# What a filing freezes, without words or files.
FROZEN = '{"entry":{"kind":"achievement","realised_value":"1"},"evidence":[],"obligation":{"unit":"dokumen"}}'


def _version(book: Book, agency: Agency, target: Target, submission: int, sequence: int, at: datetime) -> int:
    ordinal = submission * 10 + sequence
    filing = book.add(
        Filing,
        agency_id=agency.id,
        period_id=target.period_id,
        ordinal=ordinal,
        number=f"B15-{agency.code}-{ordinal}",
        received_at=at,
        recorded_at=at,
    )
    return book.add(
        SubmissionVersion,
        submission_id=submission,
        filing_id=filing,
        number=sequence,
        content=FROZEN,
        sha256="0" * 64,
    )


def _event(
    random: Random,
    book: Book,
    submission: int,
    sequence: int,
    step: str,
    at: datetime,
    kind: SubmissionKind,
    version: int | None,
) -> None:
    is_scored = step == "verified" and kind is SubmissionKind.ACHIEVEMENT
    score = Decimal(random.choice([25, 50, 75, 75, 100])) if is_scored else None
    review = random.choice(["2020-06-01", "2020-09-01"]) if kind is SubmissionKind.WAITING else None
    book.add(
        SubmissionEvent,
        submission_id=submission,
        sequence=sequence,
        kind=EventKind(step),
        status=STEPS[step],
        received_at=at,
        recorded_at=at + timedelta(milliseconds=40),
        version_id=version,
        score=score,
        details={"kind": kind.value, "review_on": review} if step == "filed" else {},
    )


def _decision(
    random: Random,
    book: Book,
    submission: int,
    step: str,
    at: datetime,
    version: int,
    target: Target,
    reasons: list[ReturnReason],
) -> None:
    score = book.rows[SubmissionEvent][-1]["score"]
    decision = book.add(
        Decision, submission_id=submission, version_id=version, outcome=EventKind(step), score=score, decided_at=at
    )
    if step == "returned":
        reason = random.choices(reasons, [5, 4, 2, 1])[0]
        requirement = target.requirements[0].id if target.requirements else None
        book.add(DecisionPart, decision_id=decision, requirement_id=requirement, fulfilled=False, reason_id=reason.id)
