"""From what is written, and the figures of the day, to what an edition holds. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stranas.publication.figures import COUNTS, RATES
from stranas.publication.frozen import FrozenFigure, FrozenPicture, FrozenStory, Headline, TrendPoint
from stranas.publication.rules import Direction
from stranas.publication.tokens import Offer, Offers, filled, resolve
from stranas.publication.written import Written
from stranas.reporting.rules import canonical, fingerprint


@dataclass(frozen=True)
class Publisher:
    """Whose story it is."""

    agency_code: str
    agency: str
    agency_level: str
    province_code: str


@dataclass(frozen=True)
class QuotablePeriod:
    """A released period, in words with its months."""

    key: str
    words: str
    released_at: datetime


@dataclass(frozen=True)
class Quotable:
    """What an agency may quote: its figures, and the released periods from the earliest to the latest."""

    offers: Offers
    periods: Sequence[QuotablePeriod]

    def period(self, key: str) -> QuotablePeriod | None:
        return next((period for period in self.periods if period.key == key), None)

    def before(self, key: str) -> str:
        """The released period before; empty for the first."""
        keys = [period.key for period in self.periods]
        place = keys.index(key) if key in keys else 0
        return keys[place - 1] if place else ""


def freeze(
    written: Written,
    *,
    publisher: Publisher,
    quotable: Quotable,
    pictures: Sequence[FrozenPicture],
    slug: str,
    number: int,
    practice: bool,
    at: datetime,
) -> FrozenStory:
    """Title, summary and quote with their figures as words; the body keeps its tokens, whose figures lie beside it."""
    offer = quotable.offers.get((written.action_key, written.period_key)) if written.kind.has_figures else None
    period = quotable.period(written.period_key) if offer else None
    figures = _figures(written, quotable)
    return FrozenStory(
        kind=written.kind,
        slug=slug,
        number=number,
        **{name: filled(getattr(written, name), figures).strip() for name in ("title", "summary", "quote")},
        body=written.body,
        quote_name=written.quote_name,
        quote_office=written.quote_office,
        units=written.units,
        partners=written.partners,
        video_url=written.video_url,
        source=written.source,
        **vars(publisher),
        period_key=period.key if period else "",
        period=period.words if period else "",
        released_at=period.released_at if period else None,
        action_key=offer.action_key if offer else "",
        action=offer.action if offer else "",
        practice=practice,
        published_at=at,
        headline=_headline(offer, quotable) if offer else None,
        trend=_trend(offer, quotable) if offer else (),
        figures=figures,
        pictures=tuple(pictures),
    )


def seen(story: FrozenStory) -> str:
    """A word for the figures of a story: who approves says which ones he saw."""
    figures = [[figure.token, figure.words, figure.edition] for figure in story.figures]
    return fingerprint(canonical({"figures": figures, "headline": repr(story.headline), "trend": repr(story.trend)}))


def _figures(written: Written, quotable: Quotable) -> tuple[FrozenFigure, ...]:
    if not written.kind.has_figures:
        return ()
    return resolve(written.texts.values(), about=written.about, offers=quotable.offers)


def _headline(offer: Offer, quotable: Quotable) -> Headline:
    before = quotable.offers.get((offer.action_key, quotable.before(offer.period_key)))
    by_direction = bool(offer.told) and offer.direction is not None
    return Headline(
        **{name: offer.values[name] for name in (*COUNTS, *RATES)},
        before=before.values["achievement"] if before else None,
        told=offer.told if by_direction or not offer.told else f"kelas {offer.told}",
        direction=offer.direction or _way(offer, before),
    )


def _way(offer: Offer, before: Offer | None) -> Direction | None:
    """Where a figure goes that is told by its class; nothing where it fell, or without one of the two."""
    now, then = offer.values["achievement"], before.values["achievement"] if before else None
    if now is None or then is None or now < then:
        return None
    return Direction.UP if now > then else Direction.STEADY


def _trend(offer: Offer, quotable: Quotable) -> tuple[TrendPoint, ...]:
    """Up to the story's own period: what came later is not its matter."""
    keys = [period.key for period in quotable.periods]
    known = [quotable.offers.get((offer.action_key, key)) for key in keys[: keys.index(offer.period_key) + 1]]
    return tuple(
        TrendPoint(one.period_key, one.values["compliance"], one.values["first_pass"], one.values["achievement"])
        for one in known
        if one
    )
