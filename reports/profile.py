"""Profil capaian instansi: two pages of A4 about one agency in one period, where every word and number is finished."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

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
    def file_name(self) -> str:
        return f"profil-capaian-{self.code}-{self.period_key}.pdf"


@dataclass(frozen=True)
class Setting:
    """How close the second page is set: the class of its size, the height of a line and of a row's padding in mm, and
    the letters that an obligation's and an action's line hold."""

    name: str
    line: float
    padding: float
    obligation: int
    action: int


SETTINGS = (
    Setting("", 4.6, 1.9, 54, 44),
    Setting("padat", 4.1, 0.9, 60, 50),
    Setting("rapat", 3.5, 0.9, 68, 58),
)
ROOM = 222  # mm of the second page that are left for rows


def fitted(profile: Profile) -> tuple[Profile, str]:
    """The widest setting in which the second page is one page; in the closest, obligations that find no room are
    counted instead of listed."""
    for setting in SETTINGS:
        if _height(profile, setting) <= ROOM:
            return profile, setting.name
    while profile.obligations and _height(profile, SETTINGS[-1]) > ROOM:
        left = profile.more_obligations + 1
        profile = replace(profile, obligations=profile.obligations[:-1], more_obligations=left)
    return profile, SETTINGS[-1].name


def _height(profile: Profile, setting: Setting) -> float:
    lines = [len(a.name) // setting.action + 1 for a in profile.actions]
    lines += [(len(o.text) + len(o.beside)) // setting.obligation + 1 for o in profile.obligations]
    lines += [len(r.reason) // (setting.obligation * 3 // 2) + 1 for r in profile.reasons or ()]
    lines += [len(sentence) // (setting.obligation * 3 // 2) + 1 for sentence in profile.open]
    return sum(lines) * setting.line + len(lines) * setting.padding


COLOURS = {key: colour for key, _, colour in SERIES}


def profile_html(profile: Profile) -> str:
    """The two pages that WeasyPrint prints."""
    return profiles_html([profile])


def profiles_html(profiles: Iterable[Profile]) -> str:
    """The pages of many agencies as one document, in the order given; the head of each says whose it is."""
    known = list(map(fitted, profiles))
    practice = any(profile.practice for profile, _ in known)
    return paper.html("profile.html", profiles=known, practice=practice, colours=COLOURS)


def profile_pdf(profile: Profile) -> bytes:
    return paper.pdf(profile_html(profile))
