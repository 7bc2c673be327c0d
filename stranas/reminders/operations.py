"""Planning reminders: for each person one message a day of what has come on his ladder, and a notice of the same."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from stranas.reminders import letters
from stranas.reminders.letters import TEMPLATE, Letter
from stranas.reminders.planning import Content, Digest, digests_due
from stranas.reminders.queries.people import ZONES
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.rules import Status
from stranas.requests.models import UnitRequest
from stranas.requests.rules import State
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
    """Plan what is due; returns counts. One transaction for each person, after his letter was written."""
    counts = {"agencies": 0, "planned": 0, "skipped": 0}
    written: dict[Content, Letter] = {}
    agencies: set[str] = set()
    for digest in digests_to_send(today=today, since=since, zones=zones):
        letter = _letter(digest, written) if digest.calls else None
        with unit_of_work():
            planned = bool(letter) and plan(digest, letter)
            counts["skipped"] += _note_skipped(digest)
        counts["planned"] += planned
        agencies |= {agency.code for agency in digest.content.agencies} if planned else set()
    if counts["planned"]:
        with unit_of_work():
            background.defer(outbox.deliver_batch)
    return counts | {"agencies": len(agencies)}


def _letter(digest: Digest, written: dict[Content, Letter]) -> Letter:
    """Whoever is told the same gets the same letter; a link without account is written for its unit alone."""
    if digest.content not in written:
        with read_only():
            written[digest.content] = letters.write(digest.content)
    return written[digest.content]


def plan(digest: Digest, letter: Letter) -> bool:
    """Plan one person's message under the first of its steps that nobody planned meanwhile; False if there is none.

    The other steps are recorded as told beside it, so that none of them is told again.
    """
    keys = list(digest.calls)
    while keys:
        lead = keys.pop(0)
        if _plan(digest, letter, lead.key, channel="mail"):
            break
    else:
        return False
    if digest.recipient.id:
        _plan(digest, letter, lead.key, channel="notice")
    for call in keys:
        _cancelled(digest, call.key, BESIDE)
    return True


def _plan(digest: Digest, letter: Letter, step: str, *, channel: str) -> bool:
    return outbox.plan(
        key=f"reminder:{digest.recipient.key}:{channel}:{step}",
        channel=channel,
        recipient_id=digest.recipient.id,
        address=digest.recipient.address,
        agency_id=_agency_id(digest),
        template=TEMPLATE,
        subject=letter.subject,
        body_text=letter.body_text,
        body_html=letter.body_html if channel == "mail" else None,
        calendar=letter.calendar if channel == "mail" else None,
        private=letter.private,
        payload=_payload(digest),
        deliver=False,
    )


def _payload(digest: Digest) -> dict:
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


def _note_skipped(digest: Digest) -> int:
    told = set(digest.calls)
    return sum(_cancelled(digest, one.call.key, one.why) for one in digest.skipped if one.call not in told)


def _cancelled(digest: Digest, step: str, why: str) -> bool:
    return outbox.note_cancelled(
        key=f"reminder:{digest.recipient.key}:mail:{step}",
        why=why,
        recipient_id=digest.recipient.id,
        address=digest.recipient.address,
        agency_id=_agency_id(digest),
        template=TEMPLATE,
        subject=f"Pengingat Aksi PK, langkah {step.rpartition(':')[2]}",
        payload={"steps": [step]},
    )


@outbox.recheck(TEMPLATE)
def why_not_any_more(message: OutboxMessage) -> str | None:
    """Why a reminder that waited is of no use any more: all that it asks for was sent meanwhile. None while it is."""
    payload = message.payload
    if payload.get("others") or "obligations" not in payload:
        return None
    if _still_owed(payload["obligations"]) or _still_asked(payload["requests"]):
        return None
    return "Yang diingatkan sudah dikirim sebelum pengingat ini sempat keluar."


def _still_owed(obligation_ids: Iterable[int]) -> bool:
    done = [status for status in Status if not status.is_owed]
    sent = db.select(Submission.obligation_id).where(Submission.status.in_(done))
    owed = db.select(Obligation.id).where(Obligation.id.in_(list(obligation_ids)), Obligation.id.not_in(sent)).limit(1)
    return db.session.scalar(owed) is not None


def _still_asked(request_ids: Iterable[int]) -> bool:
    waits = UnitRequest.state.in_([state for state in State if state.waits_for_unit])
    asked = db.select(UnitRequest.id).where(UnitRequest.id.in_(list(request_ids)), waits).limit(1)
    return db.session.scalar(asked) is not None
