"""Planning reminders: for each person one message a day of what has come on his ladder, and a notice of the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from stranas.reminders import (
    letters,
    overtaken,  # noqa: F401 (registers its question)
)
from stranas.reminders.letters import TEMPLATE, Letter
from stranas.reminders.planning import Content, Digest, digests_due
from stranas.reminders.queries.people import ZONES
from stranas.reminders.rules import Call
from stranas.system import background, clock, outbox
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.models import OutboxMessage

# Longer than any ladder and its catching up: what was told before that is of no step of today.
REMEMBER = timedelta(days=60)
BESIDE = "Disampaikan bersama pengingat lain kepada orang yang sama pada hari yang sama."


def digests_to_send(*, today: date, since: date | None = None, zones: Collection[str] = ZONES) -> list[Digest]:
    """What is due and was not planned yet."""
    with read_only():
        return digests_due(today=today, since=since, zones=zones, told=_told())


def _told() -> set[tuple[str, str]]:
    """Recipient and step of every reminder of the last weeks, sent or skipped. A key: reminder:WHO:CHANNEL:STEP."""
    keys = db.session.scalars(
        db.select(OutboxMessage.key).where(
            OutboxMessage.template == TEMPLATE,
            OutboxMessage.channel == "mail",
            OutboxMessage.planned_for > clock.now() - REMEMBER,
        )
    )
    parts = (key.split(":", 3) for key in keys)
    return {(who, step) for _, who, _, step in parts}


def plan_reminders(*, today: date, since: date | None = None, zones: Collection[str] = ZONES) -> dict[str, int]:
    """Plan what is due; returns counts. One transaction for the people of an agency, after their letters were
    written."""
    planned, skipped, written = [], 0, {}
    for digests in _by_agency(digests_to_send(today=today, since=since, zones=zones)):
        rows = [row for digest in digests for row in _rows(digest, written)]
        with unit_of_work():
            new = outbox.plan_rows(rows)
        planned += [digest for digest in digests if digest.calls and _key(digest, digest.calls[0]) in new]
        skipped += sum(_key(digest, one.call) in new for digest in digests for one in digest.skipped)
    if planned:
        with unit_of_work():
            background.defer(outbox.deliver_batch)
    agencies = {agency.code for digest in planned for agency in digest.content.agencies}
    return {"agencies": len(agencies), "planned": len(planned), "skipped": skipped}


def _by_agency(digests: Iterable[Digest]) -> Iterable[list[Digest]]:
    """Those that are about the same agencies together; anybody else alone."""
    found: dict[tuple, list[Digest]] = defaultdict(list)
    for digest in digests:
        codes = tuple(agency.code for agency in digest.content.agencies)
        found[codes or (digest.recipient.key,)].append(digest)
    return found.values()


def _rows(digest: Digest, written: dict[Content, Letter]) -> Iterator[dict[str, Any]]:
    """A mail under the most urgent step, a notice of the same for who has an account; the other steps are recorded as
    told beside it or as skipped, so that none of them is told again."""
    about = {
        "recipient_id": digest.recipient.id,
        "address": digest.recipient.address,
        "agency_id": _agency_id(digest),
        "template": TEMPLATE,
    }
    if digest.calls:
        lead, *beside = digest.calls
        letter = _letter(digest, written)
        said = about | {"subject": letter.subject, "body_text": letter.body_text, "private": letter.private}
        said |= {"payload": _payload(digest)}
        yield outbox.row(key=_key(digest, lead), body_html=letter.body_html, calendar=letter.calendar, **said)
        if digest.recipient.id:
            yield outbox.row(key=_key(digest, lead, channel="notice"), channel="notice", **said)
        yield from (_not_told(digest, call, BESIDE, about) for call in beside)
    told = set(digest.calls)
    yield from (_not_told(digest, one.call, one.why, about) for one in digest.skipped if one.call not in told)


def _key(digest: Digest, call: Call, *, channel: str = "mail") -> str:
    """Person × channel × anchor × step."""
    return f"reminder:{digest.recipient.key}:{channel}:{call.key}"


def _not_told(digest: Digest, call: Call, why: str, about: dict[str, Any]) -> dict[str, Any]:
    subject = f"Pengingat {call.duty.anchor.label.lower()} {call.duty.period_key}, {call.step.words}"
    return outbox.cancelled_row(
        key=_key(digest, call), why=why, subject=subject, payload={"steps": [call.key]}, **about
    )


def _letter(digest: Digest, written: dict[Content, Letter]) -> Letter:
    """Whoever is told the same gets the same letter."""
    if digest.content not in written:
        with read_only():
            written[digest.content] = letters.write(digest.content)
    return written[digest.content]


def _payload(digest: Digest) -> dict[str, Any]:
    content = digest.content
    periods = [(period, agency) for agency in content.agencies for period in agency.periods]
    return {
        "agency": ", ".join(agency.code for agency in content.agencies),
        "steps": [call.key for call in digest.calls],
        "missing": [f"{period.key} {part.item_key}" for period, _ in periods for part in period.missing],
        "returned": [f"{period.key} {part.item_key}" for period, _ in periods for part in period.returned],
        "obligations": content.obligations(),
        "requests": content.requests(),
        "others": bool(content.queue or content.country or content.undecided),
    }


def _agency_id(digest: Digest) -> int | None:
    content = digest.content
    ids = [agency.id for agency in content.agencies] + [r.agency_id for r in (*content.awaited, *content.asked)]
    return ids[0] if ids else None
