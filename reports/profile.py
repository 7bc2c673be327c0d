"""Profil capaian instansi: two pages of A4 about one agency in one period, where every word and number is finished."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports import paper
from reports.charts import TrendPoint, small_trend
from reports.charts.drawing import Legend
from reports.charts.trend import SERIES, legend_of


@dataclass(frozen=True)
class Figure:
    """One of the nine, as it is printed. `words`: of a rate, what is divided by what."""

    key: str
    title: str
    value: str
    words: str = ""


@dataclass(frozen=True)
class Standing:
    """Among whom, of how many, on which place; and the means of that group."""

    among: str
    size: str
    compliance_rank: str
    first_pass_rank: str
    compliance: str
    first_pass: str


@dataclass(frozen=True)
class ActionLine:
    key: str
    name: str
    expected: str
    received: str
    compliance: str
    first_pass: str
    achievement: str


@dataclass(frozen=True)
class ObligationLine:
    """`mark`: the class of the status (tokens.css)."""

    key: str
    text: str
    status: str
    mark: str
    on_time: str
    score: str
    beside: str = ""


@dataclass(frozen=True)
class ReasonLine:
    code: str
    reason: str
    count: str


@dataclass(frozen=True)
class Profile:
    """standing_note: what stands instead of the places, or under them. more_obligations: how many are not listed.
    reasons None: not asked for; open: what the agency or its verifier still has to do, in sentences."""

    agency: str
    code: str
    place: str
    programme: str
    period: str
    period_key: str
    status: str
    provisional: bool
    practice: bool
    cutoff: str
    due: str
    rates: tuple[Figure, ...]
    counts: tuple[Figure, ...]
    standings: tuple[Standing, ...]
    standing_note: str
    trend: tuple[TrendPoint, ...]
    trend_words: str
    actions: tuple[ActionLine, ...]
    obligations: tuple[ObligationLine, ...]
    more_obligations: int
    reasons: tuple[ReasonLine, ...] | None
    reasons_note: str
    open: tuple[str, ...]
    definitions: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]

    @property
    def drawing(self) -> str:
        return small_trend(self.trend)

    @property
    def legend(self) -> tuple[Legend, ...]:
        return legend_of(self.trend)

    @property
    def is_dense(self) -> bool:
        """More lines than the second page holds at its usual size."""
        return len(self.actions) + 2 * len(self.obligations) > 26

    @property
    def file_name(self) -> str:
        return f"profil-capaian-{self.code}-{self.period_key}.pdf"


COLOURS = {key: colour for key, _, colour in SERIES}


def profile_html(profile: Profile) -> str:
    """The two pages that WeasyPrint prints."""
    return profiles_html([profile])


def profiles_html(profiles: Iterable[Profile]) -> str:
    """The pages of many agencies as one document, in the order given; the head of each says whose it is."""
    known = list(profiles)
    return paper.html("profile.html", profiles=known, practice=any(p.practice for p in known), colours=COLOURS)


def profile_pdf(profile: Profile) -> bytes:
    return paper.pdf(profile_html(profile))
