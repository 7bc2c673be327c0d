"""What an edition of a story holds: plain values, stored as canonical JSON, read by the portal, the kit and the feed.

Every figure is in here as it stood when the edition was published; nothing that is shown of a story asks for a figure
again. Numbers are texts in the JSON ("62.50"), so that no digit is lost.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from stranas.publication.rules import Direction, StoryKind
from stranas.reporting.rules import canonical


@dataclass(frozen=True)
class FrozenFigure:
    """One figure that the text mentions. `token` as it stands in the Markdown, `words` as it is printed ("62,50", "–"),
    `value` None where there is none. `figure` is a name of figures.RATES or figures.COUNTS, or "score_class"."""

    token: str
    figure: str
    words: str
    value: Decimal | None
    action_key: str
    period_key: str
    edition: int


@dataclass(frozen=True)
class Headline:
    """The figures of the story's agency, period and action (or all actions), for cards and the page's own table.

    `told`: the words beside capaian: "kelas Baik", or a direction ("naik") instead of the lowest class; empty without
    a figure. `before`: capaian of the period before, None without one.
    """

    expected: int
    received: int
    on_time: int
    verified: int
    accepted: int
    first_accepted: int
    compliance: Decimal | None
    punctuality: Decimal | None
    achievement: Decimal | None
    first_pass: Decimal | None
    before: Decimal | None
    told: str
    direction: Direction | None


@dataclass(frozen=True)
class TrendPoint:
    period_key: str
    compliance: Decimal | None
    first_pass: Decimal | None
    achievement: Decimal | None


@dataclass(frozen=True)
class FrozenPicture:
    """`position` is its address on the portal; the bytes are those of StoryEditionFile of the same position."""

    position: int
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    shows_leader: bool


@dataclass(frozen=True)
class FrozenStory:
    """One edition. `period` in words with its months; empty (with `action`, figures, headline) for a kabar kegiatan."""

    kind: StoryKind
    slug: str
    number: int
    title: str
    summary: str
    body: str
    quote: str
    quote_name: str
    quote_office: str
    units: tuple[str, ...]
    partners: tuple[str, ...]
    video_url: str
    source: str
    agency_code: str
    agency: str
    agency_level: str
    province_code: str
    period_key: str
    period: str
    released_at: datetime | None
    action_key: str
    action: str
    practice: bool
    published_at: datetime
    headline: Headline | None
    trend: tuple[TrendPoint, ...]
    figures: tuple[FrozenFigure, ...]
    pictures: tuple[FrozenPicture, ...]


def dumps(story: FrozenStory) -> str:
    """The canonical JSON."""
    return canonical(_plain(asdict(story)))


def loads(content: str) -> FrozenStory:
    known = json.loads(content)
    headline = known.pop("headline")
    return FrozenStory(
        **{
            **known,
            "kind": StoryKind(known["kind"]),
            "units": tuple(known["units"]),
            "partners": tuple(known["partners"]),
            "released_at": _instant(known["released_at"]),
            "published_at": datetime.fromisoformat(known["published_at"]),
            "trend": tuple(TrendPoint(**_decimals(one)) for one in known["trend"]),
            "figures": tuple(FrozenFigure(**_decimals(one)) for one in known["figures"]),
            "pictures": tuple(FrozenPicture(**one) for one in known["pictures"]),
        },
        headline=headline and _headline(headline),
    )


_DECIMALS = ("compliance", "punctuality", "achievement", "first_pass", "before", "value")


def _headline(values: dict[str, Any]) -> Headline:
    said = values.pop("direction")
    return Headline(**_decimals(values), direction=said and Direction(said))


def _decimals(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: Decimal(value) if name in _DECIMALS and value is not None else value for name, value in values.items()
    }


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, StoryKind | Direction) else value
