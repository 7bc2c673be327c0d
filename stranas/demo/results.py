"""What became of the quarters whose verification has ended: clarifications, berita acara, releases.

B03 to B12 are released; in B15 the agencies may still ask. Told after the book is written, by what the tables say.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from stranas.accounts.models import Membership, Role, User
from stranas.accounts.queries.officials import signatories
from stranas.accounts.rules import signature_block
from stranas.agencies.holidays import indonesian_holidays
from stranas.catalogue.models import Item, Period
from stranas.catalogue.rules import ProgrammeRules
from stranas.compliance.queries import snapshot
from stranas.compliance.snapshot import Detail
from stranas.deadlines.rules import end_of
from stranas.demo import hours
from stranas.demo.book import Book
from stranas.demo.cast import TEMANGGUNG
from stranas.demo.people import Staff
from stranas.demo.story import Place
from stranas.release.models import Clarification, Minutes, MinutesSignature, Release
from stranas.release.queries.clarifications import ClarificationView, clarification_views
from stranas.release.queries.results import JUDGING, ResultRow
from stranas.release.rules import Outcome, Side, Stance, clarification_ends, minutes_due, minutes_number
from stranas.release.views.content import content
from stranas.reporting.models import Obligation, Submission, SubmissionEvent
from stranas.reporting.operations import record_decision
from stranas.reporting.queries.work import last_scores
from stranas.reporting.rules import Actor, EventKind, Status, SubmissionKind, canonical, fingerprint
from stranas.system import clock
from stranas.system.db import db
from stranas.verification.models import Decision

OPEN = "B15"
LONGER = (end_of(date(2020, 7, 17)), "Banyak kantor bekerja dari rumah selama pandemi COVID-19.")
# Who asks in B15, what for (the lowest score comes first), and what is answered (None: not yet).
ASKED = {
    "33.23": (Outcome.KEPT, None),
    "31": (Outcome.CHANGED,),
    "kemendagri": (None,),
    "76": (None,),
}
ASKING = 30  # agencies that asked now and then in the released quarters
WHY = (
    "Keputusan yang dinilai belum lengkap ada pada lampiran kedua, halaman 3.",
    "Angka realisasi sudah sesuai dengan rekapitulasi yang ditandatangani.",
    "Pelaksanaan pada bulan terakhir triwulan tercantum dalam notulen.",
    "Tanggal pada surat pengantar berbeda dengan tanggal kegiatan; keduanya dalam triwulan ini.",
)
KEPT = (
    "Lampiran sudah diperiksa. Isinya rencana, belum pelaksanaan, sehingga nilai tetap.",
    "Rekapitulasi belum menyebut sumber datanya, sehingga nilai tetap.",
)
CHANGED = (
    "Lampiran kedua memuat pelaksanaan yang diminta kriteria. Nilai disesuaikan.",
    "Notulen menunjukkan kegiatan selesai dalam triwulan ini. Nilai disesuaikan.",
)
REMARK = "Nilai sub-aksi pertama menurut kami belum mencerminkan pelaksanaan. Berita acara tetap kami terima."


def tell_results(places: Sequence[Place], staff: Staff, *, rules: ProgrammeRules) -> None:
    """Into the running transaction."""
    papers = Book()
    ended = db.select(Period).where(Period.verification_ends_at <= hours.NOW).order_by(Period.position)
    for period in db.session.scalars(ended):
        release = _closed(period, rules, by=staff.by_name["Ani"])
        for place in places:
            _ask(period, release, place, staff)
        if release.released_at:
            _sign(papers, period, release, {place.id: place for place in places}, staff)
    papers.write()


def _closed(period: Period, rules: ProgrammeRules, *, by: int) -> Release:
    closed_at = period.verification_ends_at + timedelta(seconds=20)
    ends_at = clarification_ends(
        verification_ends_at=period.verification_ends_at,
        closed_at=closed_at,
        working_days=rules.clarification_days,
        holidays=indonesian_holidays(),
    )
    release = Release(
        period_id=period.id, closed_at=closed_at, clarification_ends_at=ends_at, clarification_told_at=closed_at
    )
    if period.key == OPEN:
        release.clarification_ends_at, release.clarification_reason = LONGER
    else:
        _released(release, period, rules, by=by)
    db.session.add(release)
    db.session.flush()
    return release


def _released(release: Release, period: Period, rules: ProgrammeRules, *, by: int) -> None:
    """At ten in the morning, two working days after signatures were waited for."""
    waited = minutes_due(
        clarification_ends_at=release.clarification_ends_at,
        working_days=rules.minutes_days,
        holidays=indonesian_holidays(),
    )
    day = hours.next_working_day(hours.day_of(waited), 2)
    release.released_at = end_of(day) - timedelta(hours=14)
    release.decree = f"Keputusan Koordinator Pelaksana Timnas PK Nomor {period.position} Tahun {day.year}"
    release.set_by_id = by
    release.set_at = release.released_at - timedelta(days=1)
    release.release_told_at = release.released_at


def _ask(period: Period, release: Release, place: Place, staff: Staff) -> None:
    rng = Random(f"clarification {place.code} {period.key}")
    if period.key == OPEN:
        answers = ASKED.get(place.code, ())
    elif list(staff.coordinators).index(place.id) < ASKING and rng.random() < 0.25:
        answers = (Outcome.KEPT if rng.random() < 0.7 or place.code == "76.02" else Outcome.CHANGED,)
    else:
        answers = ()
    found = _scored(place.id, period.id) if answers else []
    for (submission, score), answer in zip(found, answers, strict=False):
        _clarify(submission, score, answer, release, place, staff, rng)


def _scored(agency_id: int, period_id: int) -> list[tuple[Submission, Decimal]]:
    """What has a score below the highest, the lowest first."""
    submissions = db.session.scalars(
        db.select(Submission)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(Obligation.agency_id == agency_id, Obligation.period_id == period_id)
        .where(Submission.status == Status.VERIFIED, Submission.kind == SubmissionKind.ACHIEVEMENT)
        .order_by(Submission.id)
    ).all()
    scores = last_scores([submission.id for submission in submissions])
    below = [(s, score) for s in submissions if (score := scores.get(s.id)) is not None and score < 100]
    return sorted(below, key=lambda pair: pair[1])


def _clarify(
    submission: Submission,
    score: Decimal,
    outcome: Outcome | None,
    release: Release,
    place: Place,
    staff: Staff,
    rng: Random,
) -> None:
    day = hours.next_working_day(hours.day_of(release.closed_at), rng.randrange(1, 4))
    asked_at = hours.office_time(rng, day, place.timezone)
    asked = Clarification(
        submission_id=submission.id,
        status=submission.status,
        score=score,
        reason=rng.choice(WHY),
        asked_by_id=staff.coordinators[place.id],
        asked_at=asked_at,
        recorded_at=asked_at + timedelta(seconds=1),
    )
    db.session.add(asked)
    db.session.flush()
    if outcome is None:
        return
    verifier = db.session.get_one(User, _second(submission, place))
    asked.answered_at = hours.office_time(rng, hours.next_working_day(day, rng.randrange(1, 3)))
    asked.outcome, asked.answered_by_id = outcome, verifier.id
    asked.answer = rng.choice(CHANGED if outcome is Outcome.CHANGED else KEPT)
    if outcome is Outcome.CHANGED:
        with clock.at(asked.answered_at + timedelta(seconds=1)):
            event = record_decision(
                submission=submission,
                outcome=EventKind.VERIFIED,
                person=verifier,
                received_at=asked.answered_at,
                score=score + 25,
                reason="Klarifikasi nilai",
                details={"clarification": asked.id, "note": asked.answer},
                by=Actor.SECOND_VERIFIER,
            )
        asked.new_status, asked.new_score = event.status, event.score


def _second(submission: Submission, place: Place) -> int:
    """A verifier who works elsewhere and decided nothing here."""
    decided = db.select(Decision.verifier_id).where(Decision.submission_id == submission.id)
    return db.session.scalars(
        db.select(Membership.user_id)
        .where(Membership.role == Role.VERIFIER, Membership.agency_id != place.id)
        .where(Membership.user_id.not_in(decided))
        .order_by(Membership.user_id.desc())
    ).first()


def _sign(papers: Book, period: Period, release: Release, places: dict[int, Place], staff: Staff) -> None:
    """The verifier signs every berita acara on the first working day; nearly all agencies follow."""
    day = hours.next_working_day(_last_day(release.clarification_ends_at))
    frozen_at = end_of(day) - timedelta(hours=14)
    cutoff = frozen_at - timedelta(minutes=5)
    with clock.at(frozen_at):
        report = snapshot(period_key=period.key, programme_key=period.programme.key, cutoff=cutoff)
        rows = _rows(report.details, _said(period.id), _asked(period.id))
    names = {user.id: user for user in db.session.scalars(db.select(User))}
    for row in report.agencies:
        if row.agency.id not in places or row.agency.id not in rows:
            continue
        said = canonical(
            content(
                agency=(row.agency.code, row.agency.name),
                period=period,
                figures=row.figures,
                rows=rows[row.agency.id],
                clarification_ended=release.clarification_ends_at,
                cutoff=cutoff,
            )
        )
        minutes_id = papers.add(
            Minutes,
            period_id=period.id,
            agency_id=row.agency.id,
            number=minutes_number(period_key=period.key, agency_code=row.agency.code),
            content=said,
            sha256=fingerprint(said),
            frozen_at=frozen_at,
        )
        verifier = names[staff.verifiers[row.agency.id]]
        _put(papers, minutes_id, Side.VERIFIER, verifier.id, [f"{verifier.position},", verifier.name], frozen_at)
        _follow(papers, minutes_id, period, places[row.agency.id], staff, names, day)


def _last_day(ends_at: datetime) -> date:
    return hours.day_of(ends_at - timedelta(seconds=1))


def _follow(
    papers: Book, minutes_id: int, period: Period, place: Place, staff: Staff, names: dict[int, User], day: date
) -> None:
    rng = Random(f"minutes {place.code} {period.key}")
    if rng.random() < 0.1 or (place.code == TEMANGGUNG and period.key == "B12"):
        return
    at = hours.office_time(rng, hours.next_working_day(day, rng.randrange(1, 4)), place.timezone)
    stance = rng.choices(list(Stance), (90, 7, 3))[0]
    person = staff.coordinators[place.id]
    signer = [f"{names[person].position},", names[person].name]
    official = staff.officials.get(place.id)
    able = signatories(agency_id=place.id, day=hours.day_of(at, place.timezone)) if official else []
    if able:
        person, signer = able[0].person_id, [line for line in signature_block(able[0]) if line]
    _put(papers, minutes_id, Side.AGENCY, person, signer, at, stance)


def _put(
    papers: Book,
    minutes_id: int,
    side: Side,
    person: int,
    signer: list[str],
    at: datetime,
    stance: Stance = Stance.SIGNED,
) -> None:
    papers.add(
        MinutesSignature,
        minutes_id=minutes_id,
        side=side,
        stance=stance,
        remark=REMARK if stance.needs_remark else "",
        person_id=person,
        signer=signer,
        received_at=at,
        recorded_at=at + timedelta(seconds=1),
    )


def _rows(
    details: Sequence[Detail], said: dict[Any, str], asked: dict[Any, ClarificationView]
) -> dict[int, list[ResultRow]]:
    """By agency id, as the page of a result shows them."""
    found: dict[int, list[ResultRow]] = defaultdict(list)
    for detail in details:
        key, result = (detail.agency.code, detail.item_key), detail.result
        kind = SubmissionKind(result.beside.value) if result.beside else SubmissionKind.ACHIEVEMENT
        found[detail.agency.id].append(
            ResultRow(
                obligation_id=0,
                item_key=detail.item_key,
                text=detail.text,
                status=detail.status,
                kind=kind,
                on_time=result.on_time if result.received else None,
                filed_at=None,
                score=result.score,
                words=said.get((detail.agency.id, detail.item_key), ""),
                decided_at=None,
                clarification=asked.get(key),
            )
        )
    return found


def _said(period_id: int) -> dict[tuple[int, str], str]:
    """(agency id, item) → the words of the latest decision."""
    rows = db.session.execute(
        db.select(Obligation.agency_id, Item.key, SubmissionEvent.reason)
        .select_from(SubmissionEvent)
        .join(Submission, Submission.id == SubmissionEvent.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Item, Item.id == Obligation.item_id)
        .where(Obligation.period_id == period_id, SubmissionEvent.kind.in_(JUDGING))
        .order_by(SubmissionEvent.sequence)
    )
    return {(agency_id, key): words for agency_id, key, words in rows}


def _asked(period_id: int) -> dict[tuple[str, str], ClarificationView]:
    views = clarification_views(Obligation.period_id == period_id)
    return {(view.agency_code, view.item_key): view for view in views}
