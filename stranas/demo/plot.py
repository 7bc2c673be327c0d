"""The stories of one agency in one quarter: what it reports, when, and what the verifiers say.

Closed quarters run to their end; in the open one (B18) only what had happened by the demo's day is there.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from stranas.catalogue.rules import programme_rules
from stranas.deadlines.rules import correction_closes, first_filing_closes
from stranas.demo import beside, hours, later, work
from stranas.demo.cast import NOTHING_TO_SHOW, TEMANGGUNG, Temperament, temperament
from stranas.demo.story import Attempt, Duty, Quarter, Story, Verdict
from stranas.demo.temanggung import SCRIPTED
from stranas.reporting.rules import SubmissionKind
from stranas.verification.rules import Part

CORRECTION_DAYS = programme_rules({}).correction_days
OPEN = "B18"
# Where a first filing stands on the demo's day: sent, ready, draft, untouched.
_OPEN_SHARES = {
    "good": (62, 12, 19, 7),
    "steady": (46, 13, 28, 13),
    "late": (14, 10, 40, 36),
    "weak": (26, 9, 34, 31),
    "poor": (6, 5, 29, 60),
}


def stories_of(duties: Sequence[Duty]) -> list[Story]:
    """All duties are of one agency and one quarter."""
    place, quarter = duties[0].place, duties[0].quarter
    mood, rng = temperament(place.code), Random(f"{place.code} {quarter.key}")
    filings = _open_filings(quarter, rng) if quarter.key == OPEN else _filings(duties[0], mood, rng)
    told = []
    for duty in duties:
        script = SCRIPTED.get((quarter.key, duty.item_key)) if place.code == TEMANGGUNG else None
        own = Random(duty.seed)
        if script:
            told.append(script(duty, own))
        elif quarter.key == OPEN:
            told.append(_open_story(duty, mood, filings, own))
        else:
            told.append(_closed_story(duty, mood, filings, own))
    return [story for story in told if story]


def _filings(duty: Duty, mood: Temperament, rng: Random) -> tuple[datetime, datetime]:
    """When the agency sends its first and its second filing. Before `due_at` in time, afterwards late."""
    return tuple(sorted(_filing(duty, chance, rng) for chance in (mood.in_time, mood.in_time * 0.8)))


def _filing(duty: Duty, in_time: float, rng: Random) -> datetime:
    quarter, zone = duty.quarter, duty.place.timezone
    outage = later.outage_of(quarter)
    # An outage of one evening lets nobody plan for a later day, as an extension does.
    extended = duty.due_at > (outage.until if outage else quarter.due_at)
    if rng.random() >= in_time:
        return hours.between(rng, duty.due_at, max(quarter.locks_at, duty.due_at) - timedelta(hours=3))
    if extended and rng.random() < 0.7:
        return hours.between(rng, quarter.due_at, duty.due_at)
    if rng.random() < 0.08:  # the last evening
        evening = quarter.due_at - timedelta(hours=4)
        return hours.between(rng, evening, outage.began_at if outage else quarter.due_at)
    days = hours.working_days(quarter.ends_on, hours.day_of(quarter.due_at) - timedelta(days=1))
    day = days[-1 - min(int(rng.expovariate(0.45)), len(days) - 1)]
    return min(hours.office_time(rng, day, zone), quarter.due_at - timedelta(minutes=1))


def _open_filings(quarter: Quarter, rng: Random) -> tuple[datetime, datetime]:
    days = hours.working_days(quarter.ends_on, hours.day_of(hours.NOW) - timedelta(days=1))
    first, second = sorted(rng.choices(days, range(2, len(days) + 2), k=2))
    return tuple(sorted((hours.office_time(rng, first), hours.office_time(rng, second))))


def _closed_story(duty: Duty, mood: Temperament, filings: tuple[datetime, datetime], rng: Random) -> Story | None:
    claim = beside.claim_of(duty, rng)
    if claim is None and not _reports(duty, mood, rng):
        return _left_undone(duty, mood, rng)
    filed_at = filings[rng.random() < 0.2]
    saved_at = filed_at - timedelta(minutes=rng.randrange(40, 2000))
    if claim:
        attempts = _consented(duty, claim, rng, saved_at=saved_at, filed_at=filed_at)
    else:
        attempts = _rounds(duty, mood, rng, saved_at=saved_at, filed_at=filed_at)
    return Story(duty, _started(duty, saved_at, rng), attempts)


def _reports(duty: Duty, mood: Temperament, rng: Random) -> bool:
    """Agencies learn: the chance grows a little with every quarter."""
    drawn = rng.random() < mood.reports + 0.008 * duty.quarter.position
    return drawn or (duty.place.code, duty.quarter.key, duty.item_key) in NOTHING_TO_SHOW


def _left_undone(duty: Duty, mood: Temperament, rng: Random) -> Story | None:
    """Nothing at all, or a draft that was never sent."""
    if rng.random() < 0.6:
        return None
    saved_at = duty.due_at - timedelta(hours=rng.randrange(2, 90))
    return _draft(duty, mood, rng, saved_at=saved_at)


def _draft(duty: Duty, mood: Temperament, rng: Random, *, saved_at: datetime) -> Story:
    """Some words, some documents."""
    reached = work.reached_by(duty, mood.reaches, rng)
    attempt, papers = work.first_round(duty, reached, {}, rng, saved_at=saved_at)
    kept = list(papers.items())[: rng.randrange(len(papers) + 1)]
    entry = replace(attempt.entry, progress_percent=None, constraint="", follow_up="")
    return Story(duty, _started(duty, saved_at, rng), (replace(attempt, entry=entry, papers=tuple(kept)),))


def _started(duty: Duty, saved_at: datetime, rng: Random) -> datetime:
    return saved_at - timedelta(minutes=rng.randrange(100, 1400))


def _consented(
    duty: Duty, claim: SubmissionKind, rng: Random, *, saved_at: datetime, filed_at: datetime
) -> tuple[Attempt, ...]:
    attempt = beside.claiming(duty, claim, rng, saved_at=saved_at)
    if beside.lacks_basis(duty):
        return _given_a_basis(duty, attempt, rng, filed_at=filed_at)
    verdict = Verdict(_decided(duty.quarter, filed_at, rng), (Part(None, True),))
    return (_filed(attempt, filed_at, rng, verdict),)


def _given_a_basis(duty: Duty, attempt: Attempt, rng: Random, *, filed_at: datetime) -> tuple[Attempt, ...]:
    returned_at = _decided(duty.quarter, filed_at, rng)
    why = Part(None, False, "N01", "Sebutkan dokumen yang menunjukkan bahwa paket sudah dikontrak.")
    saved_at = hours.office_time(rng, hours.next_working_day(hours.day_of(returned_at), 2), last=11)
    sent_at = hours.office_time(rng, hours.day_of(saved_at), first=13)
    entry = replace(attempt.entry, beside_reason=attempt.entry.beside_reason + beside.BASIS)
    again = replace(attempt, entry=entry, saved_at=saved_at)
    agreed = Verdict(_decided(duty.quarter, sent_at, rng), (Part(None, True),))
    return (
        _filed(attempt, filed_at, rng, Verdict(returned_at, (why,))),
        _filed(again, sent_at, rng, agreed),
    )


def _filed(attempt: Attempt, filed_at: datetime, rng: Random, verdict: Verdict | None) -> Attempt:
    ready_at = hours.between(rng, attempt.saved_at + timedelta(seconds=30), filed_at)
    return replace(attempt, ready_at=ready_at, filed_at=filed_at, verdict=verdict)


def _decided(quarter: Quarter, filed_at: datetime, rng: Random, *, most: int = 14) -> datetime:
    day = hours.next_working_day(hours.day_of(filed_at), rng.randrange(2, most))
    return min(hours.office_time(rng, day), quarter.verification_ends_at - timedelta(minutes=rng.randrange(9, 3000)))


def _rounds(
    duty: Duty, mood: Temperament, rng: Random, *, saved_at: datetime, filed_at: datetime
) -> tuple[Attempt, ...]:
    reached = work.reached_by(duty, mood.reaches + 0.01 * duty.quarter.position, rng)
    flaws = work.flawed(duty, rng.random() < mood.passes + 0.02 * duty.quarter.position, rng)
    attempt, papers = work.first_round(duty, reached, flaws, rng, saved_at=saved_at)
    at = _decided(duty.quarter, filed_at, rng)
    if not flaws:
        return (_filed(attempt, filed_at, rng, work.final(duty, reached, at=at)),)
    returned = _filed(attempt, filed_at, rng, work.returning(duty, papers, flaws, rng, at=at))
    closes = correction_closes(
        returned_at=at,
        days=CORRECTION_DAYS,
        filing_closes_at=first_filing_closes(locks_at=duty.quarter.locks_at, due_at=duty.due_at),
        verification_ends_at=duty.quarter.verification_ends_at,
    )
    again = hours.office_time(rng, hours.next_working_day(hours.day_of(at), rng.randrange(1, 8)), duty.place.timezone)
    if again >= closes or rng.random() < 0.08 + 0.2 * (mood.name in ("weak", "poor")):
        return (returned,)
    repaired = work.corrected(duty, returned, flaws, reached, rng, saved_at=_before(again, at, rng), turn=2)
    second = _decided(duty.quarter, again, rng, most=9)
    return returned, _filed(repaired, again, rng, work.final(duty, reached, at=max(second, again + timedelta(hours=1))))


def _before(filed_at: datetime, after: datetime, rng: Random) -> datetime:
    return max(after + timedelta(minutes=5), filed_at - timedelta(minutes=rng.randrange(15, 400)))


def _open_story(duty: Duty, mood: Temperament, filings: tuple[datetime, datetime], rng: Random) -> Story | None:
    state = rng.choices(("sent", "ready", "draft", "untouched"), _OPEN_SHARES[mood.name])[0]
    if state == "untouched":
        return None
    if state == "draft":
        return _draft(duty, mood, rng, saved_at=hours.between(rng, _noon(date(2020, 7, 2)), hours.NOW))
    filed_at = filings[rng.random() < 0.3]
    saved_at = filed_at - timedelta(minutes=rng.randrange(40, 2000))
    reached = work.reached_by(duty, mood.reaches + 0.05, rng)
    flaws = work.flawed(duty, rng.random() < mood.passes, rng)
    attempt, papers = work.first_round(duty, reached, flaws, rng, saved_at=saved_at)
    if state == "ready":
        attempt = replace(attempt, ready_at=saved_at + timedelta(minutes=rng.randrange(2, 35)))
    else:
        attempt = _filed(attempt, filed_at, rng, None)
        at = _decided(duty.quarter, filed_at, rng, most=7)
        if at < hours.NOW and rng.random() < 0.6:
            judged = work.returning(duty, papers, flaws, rng, at=at) if flaws else work.final(duty, reached, at=at)
            attempt = replace(attempt, verdict=judged)
    return Story(duty, _started(duty, saved_at, rng), (attempt,))


def _noon(day: date) -> datetime:
    return hours.office_time(Random(0), day, first=12, last=13)
