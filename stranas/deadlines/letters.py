"""Letters about later instants: to the coordinators and certifying officials of the agencies that they concern.

One act may concern every agency of the country: each agency's letter is written once, all rows come in few statements.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from flask import current_app

from stranas.accounts.queries.people import officers
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.deadlines.models import Extension, ExtensionRequest, InstantMove, Outage
from stranas.deadlines.queries import Moved
from stranas.deadlines.queries.later import moved_by
from stranas.system import outbox, text
from stranas.system.db import db
from stranas.system.outbox import Letter


def tell_extension(extension: Extension, *, request: ExtensionRequest | None, agency_ids: Collection[int]) -> int:
    """Everybody whom it reaches, and the agency that asked; returns how many letters are new."""
    period = db.session.get_one(Period, extension.period_id)
    item = db.session.get_one(Item, extension.item_id) if extension.item_id else None
    return _tell(
        "mail/extension",
        key=f"extension:{extension.id}",
        subject=f"Batas waktu {_what(period, item)} diperpanjang sampai {_day(extension.until)}",
        agency_ids={*agency_ids, request.agency_id} if request else agency_ids,
        period=period,
        item=item,
        extension=extension,
        request=request,
    )


def tell_declined(request: ExtensionRequest) -> int:
    return _tell(
        "mail/extension_declined",
        key=f"extension_request:{request.id}",
        subject=f"Permintaan perpanjangan {_what(request.period, request.item)} sudah dijawab",
        agency_ids=[request.agency_id],
        period=request.period,
        item=request.item,
        request=request,
    )


def tell_outage(outage: Outage, *, periods: Sequence[Period], agency_ids: Collection[int]) -> int:
    """`outage`: the first row of the act, whose periods are given."""
    keys = text.joined([period.key for period in periods])
    return _tell(
        "mail/outage",
        key=f"outage:{outage.id}",
        subject=f"Batas waktu {keys} diperpanjang sampai {_day(outage.extends_to)} karena gangguan layanan",
        agency_ids=agency_ids,
        periods=periods,
        outage=outage,
    )


def tell_move(move: InstantMove, *, agency_ids: Collection[int]) -> int:
    moved: list[Moved] = moved_by(move)
    what = text.joined([one.what for one in moved])
    return _tell(
        "mail/moved",
        key=f"instant_move:{move.id}",
        subject=f"Perubahan {what} {_what(move.period)}",
        agency_ids=agency_ids,
        period=move.period,
        moved=moved,
        move=move,
    )


def _what(period: Period, item: Item | None = None) -> str:
    return f"{item.key} {period.name} ({period.key})" if item else f"{period.name} ({period.key})"


def _day(until: datetime) -> str:
    return text.day(text.last_day(until))


def _tell(template: str, *, key: str, subject: str, agency_ids: Collection[int], **said: object) -> int:
    body = _writer(template, said)
    people = officers(agency_ids)
    letters = [
        Letter(f"{key}:{user_id}", user_id, address, f"{subject}, {agency.name}", words)
        for agency in db.session.scalars(db.select(Agency).where(Agency.id.in_(people)).order_by(Agency.code))
        for words in [body(agency)]
        for user_id, address in people[agency.id]
    ]
    return outbox.plan_many(letters, template=template, payload={"about": key})


def _writer(template: str, said: dict[str, object]) -> Callable[[Agency], str]:
    settings = current_app.config["SETTINGS"]
    page = current_app.jinja_env.get_template(f"{template}.txt")

    def body(agency: Agency) -> str:
        return page.render(
            office=agency.office,
            agency=agency,
            link=f"{settings.base_url}/batas-waktu",
            help_contact=settings.help_contact,
            **said,
        )

    return body
