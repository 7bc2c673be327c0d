"""Texts for units that the Inspektorat sends through its own chat. Nothing is ever sent from here: the page shows the
words, a person sends them and notes that he did.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.agencies.phones import chat_address, mobile
from stranas.reminders.queries.pasting import CHANNEL, UnitOwing
from stranas.requests.letters import inspectorate
from stranas.system import clock, outbox, text
from stranas.system.db import db
from stranas.system.models import OutboxMessage

TEMPLATE = "reminders/whatsapp.txt"
LONGEST_ADDRESS = 1800  # beyond it browsers and chats cut an address off


@dataclass(frozen=True)
class Paste:
    """The text for one unit, and the address that opens a chat with it. `is_short`: the address carries a shorter one
    because the whole would be too long for it."""

    words: str
    chat: str
    is_short: bool


def paste_for(owing: UnitOwing, agency: Agency, *, now: datetime) -> Paste:
    words = _render(owing, agency, now=now, short=False)
    chat = chat_address(owing.phone, words)
    if len(chat) <= LONGEST_ADDRESS:
        return Paste(words, chat, is_short=False)
    return Paste(words, chat_address(owing.phone, _render(owing, agency, now=now, short=True)), is_short=True)


def _render(owing: UnitOwing, agency: Agency, *, now: datetime, short: bool) -> str:
    base_url = current_app.config["SETTINGS"].base_url
    return current_app.jinja_env.get_template(TEMPLATE).render(
        owing=owing,
        asking=inspectorate(agency),
        agency=agency,
        now=now,
        short=short,
        page=f"{base_url}/permintaan-saya" if owing.has_account else owing.nearest_link,
    )


def record_pasted(*, owing: UnitOwing, agency: Agency, person: User) -> bool:
    """Note that a person sent the unit its text; False when the same was noted on this day already.

    Private where it holds one-time links: the history then shows that it was sent, not its words.
    """
    now = clock.now()
    requests = [one.request_id for one in owing.awaited]
    about = hashlib.sha256(repr(requests).encode()).hexdigest()[:12]
    day = text.local_day(now, agency.timezone)
    key = f"{CHANNEL}:unit:{owing.unit_id}:{day}:{about}"
    added = outbox.plan(
        key=key,
        channel=CHANNEL,
        recipient_id=None,
        address=mobile(owing.phone) or owing.phone,
        template=TEMPLATE.removesuffix(".txt"),
        subject=f"Pengingat lewat WhatsApp: {len(requests)} permintaan, {owing.name}"[:300],
        body_text=paste_for(owing, agency, now=now).words,
        payload={"unit": owing.unit_id, "requests": requests, "by": person.name, "by_id": person.id},
        private=not owing.has_account,
        agency_id=agency.id,
    )
    if added:
        outbox.sent_by_hand(message_id=db.session.scalar(db.select(OutboxMessage.id).where(OutboxMessage.key == key)))
    return added
