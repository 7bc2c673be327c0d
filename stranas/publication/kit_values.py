"""From an edition of a story to the words of its kit. No figure is asked for again, and none is computed but shares."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from reports.kit.values import NO_VALUE, Count, Figures, Identity, KitValues, Picture, Quote, TrendPoint
from stranas.publication.frozen import FrozenFigure, FrozenStory, Headline
from stranas.publication.rules import names_are_left_out
from stranas.system import text

FIGURE_WORDS = {
    "compliance": "kepatuhan",
    "punctuality": "ketepatan waktu",
    "achievement": "capaian",
    "first_pass": "lolos verifikasi pertama",
    "expected": "laporan wajib",
    "received": "laporan diterima",
    "on_time": "laporan tepat waktu",
    "verified": "laporan diverifikasi",
    "accepted": "laporan terverifikasi",
    "first_accepted": "laporan lolos verifikasi pertama",
    "score_class": "kelas capaian",
}
SLOT = "[tempat]"


@dataclass(frozen=True)
class Publisher:
    """How the agency publishes: its colours and logo, whom the press asks, its site, and the days of masa pilkada."""

    identity: Identity = field(default_factory=Identity)
    contact: str = ""
    website: str = ""
    election_from: date | None = None
    election_until: date | None = None


def kit_values(
    story: FrozenStory,
    *,
    base_url: str,
    body: str,
    pictures: Sequence[bytes] = (),
    publisher: Publisher = Publisher(),
    on: date | None = None,
) -> KitValues:
    """`body`: the story's text as safe HTML. `pictures`: the bytes of the story's pictures, in their order. `on`: the
    day on which the kit is made (else that of the publication): masa pilkada counts by it."""
    day = text.local_day(story.published_at, "Asia/Jakarta")
    no_names = names_are_left_out(on or day, since=publisher.election_from, until=publisher.election_until)
    return KitValues(
        kind=story.kind.label,
        slug=story.slug,
        number=story.number,
        title=story.title,
        summary=story.summary,
        body=body,
        agency=story.agency,
        action=story.action,
        period=story.period,
        released=text.day(text.local_day(story.released_at, "Asia/Jakarta")) if story.released_at else "",
        published=text.day(day),
        address=f"{base_url}/kabar/{story.slug}",
        source=_source(story),
        practice=story.practice,
        figures=story.headline and _figures(story.headline),
        trend=tuple(TrendPoint(p.period_key, p.achievement, p.compliance, p.first_pass) for p in story.trend),
        told_figures=tuple((figure.words, _named(figure)) for figure in story.figures),
        units=story.units,
        partners=story.partners,
        quote=_quote(story, no_names=no_names),
        pictures=_pictures(story, pictures, no_names=no_names),
        identity=publisher.identity,
        place=_place(story),
        contact=publisher.contact,
        website=publisher.website,
    )


def _source(story: FrozenStory) -> str:
    """Who says so, and since when it is final."""
    own = story.source.strip().rstrip(".")
    if story.headline is None:
        return f"Sumber: {own or story.agency}."
    released = f"ditetapkan {text.day(text.local_day(story.released_at, 'Asia/Jakarta'))}" if story.released_at else ""
    parts = [part for part in ("hasil terverifikasi", released) if part]
    return f"Sumber: {', '.join(parts)}{f'; {own}' if own else ''}."


def _figures(headline: Headline) -> Figures:
    h = headline
    return Figures(
        achievement=text.number(h.achievement, places=2),
        told=h.told if h.achievement is not None and h.told else NO_VALUE if h.achievement is None else "",
        counts=(
            _count(
                h.received, h.expected, h.compliance, "laporan diterima", "Kepatuhan: laporan wajib yang sudah dikirim."
            ),
            _count(h.on_time, h.expected, h.punctuality, "tepat waktu", "Dikirim sebelum batas waktu."),
            _count(
                h.first_accepted,
                h.verified,
                h.first_pass,
                "lolos verifikasi pertama",
                "Mutu: diterima tanpa dikembalikan untuk diperbaiki.",
                is_quality=True,
            ),
        ),
    )


def _count(
    part: int, whole: int, rate: Decimal | None, label: str, explained: str, *, is_quality: bool = False
) -> Count:
    if whole == 0:
        return Count(text.number(None), label, NO_VALUE, None, explained, is_quality)
    words = f"{text.number(part)} dari {text.number(whole)}"
    said = f"{text.number(rate, places=2)} persen" if rate is not None else NO_VALUE
    return Count(words, label, said, part / whole, explained, is_quality)


def _named(figure: FrozenFigure) -> str:
    name = FIGURE_WORDS.get(figure.figure, figure.figure)
    about = f"aksi {figure.action_key}" if figure.action_key else "semua aksi"
    return f"{name}, {about}, {figure.period_key}, edisi {figure.edition}"


def _place(story: FrozenStory) -> str:
    """Where a press release is dated from; left open where the name does not say it."""
    level, _, rest = story.agency.partition(" ")
    return rest if level in ("Kabupaten", "Kota") else SLOT


def _quote(story: FrozenStory, *, no_names: bool) -> Quote | None:
    """In masa pilkada the office speaks, not the person."""
    if not story.quote:
        return None
    return Quote(story.quote, "" if no_names else story.quote_name, story.quote_office)


def _pictures(story: FrozenStory, contents: Sequence[bytes], *, no_names: bool) -> tuple[Picture, ...]:
    return tuple(
        Picture(content, one.width, one.height, one.alt, one.caption, one.credit)
        for one, content in zip(story.pictures, contents, strict=True)
        if not (no_names and one.shows_leader)
    )
