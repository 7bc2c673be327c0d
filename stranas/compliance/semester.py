"""The report of a semester to the President: two quarters at one cut-off, over the union of their obligations."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reports import tables
from reports.document import Document
from reports.tables import Table
from stranas.compliance.choices import PeriodChoice
from stranas.compliance.detail_rows import details
from stranas.compliance.document import document
from stranas.compliance.grouping import counted
from stranas.compliance.rules import Group, rounded, united
from stranas.compliance.snapshot import AgencyFigures, Obstacle, ReasonCount, Snapshot
from stranas.compliance.summary import movement
from stranas.system import text
from stranas.system.text import number

ROMAN = {1: "I", 2: "II"}
ADDRESSEE = ("Yth. Presiden Republik Indonesia", "di Jakarta")
SIGNATURES = (
    "Kepala Sekretariat Nasional Pencegahan Korupsi",
    "Koordinator Pelaksana Tim Nasional Pencegahan Korupsi",
)
NAMED = 3  # so many agencies are named beside an obstacle; of the others the number
CHANGED = ("compliance", "first_pass", "achievement")


@dataclass(frozen=True)
class Semester:
    """A half of a year of a programme, with its periods in order."""

    programme_key: str
    year: int
    half: int
    periods: tuple[PeriodChoice, ...]

    @property
    def key(self) -> str:
        return f"{self.year}-{self.half}"

    @property
    def name(self) -> str:
        return f"Semester {ROMAN[self.half]} Tahun {self.year}"


def semesters(choices: Iterable[PeriodChoice]) -> list[Semester]:
    """Those whose last period has begun, latest first."""
    found: dict[tuple[str, int, int], list[PeriodChoice]] = defaultdict(list)
    for choice in sorted(choices, key=lambda period: period.starts_on):
        half = 1 if choice.starts_on.month <= 6 else 2
        found[choice.programme_key, choice.starts_on.year, half].append(choice)
    known = [Semester(*key, tuple(periods)) for key, periods in found.items() if periods[-1].ends_on.month in (6, 12)]
    return sorted(known, key=lambda one: (one.year, one.half), reverse=True)


def union(semester: Semester, parts: Sequence[Snapshot]) -> Snapshot:
    """One snapshot over the obligations of all parts, which share cut-off and scope."""
    last = parts[-1]
    owed = tuple(detail for part in parts for detail in part.details)
    actions = tuple(dict.fromkeys(action for part in parts for action in part.actions))
    items = {one.key: one.name for part in parts for one in part.by_item}
    released = all(part.released_at for part in parts)
    return replace(
        last,
        period=semester.name,
        period_key=text.joined([part.period_key for part in parts]),
        starts_on=parts[0].starts_on,
        released_at=max(part.released_at for part in parts) if released else None,
        decree=", ".join(dict.fromkeys(part.decree for part in parts if part.decree)) if released else "",
        **counted(_agencies(parts), owed, actions, items),
        later_ends=tuple(end for part in parts for end in part.later_ends),
        reasons=tuple(_reasons(parts)),
    )


def _agencies(parts: Sequence[Snapshot]) -> list[AgencyFigures]:
    """K/L first, by code."""
    figures = defaultdict(list)
    names = {}
    for part in parts:
        for row in part.agencies:
            figures[row.agency.id].append(row.figures)
            names[row.agency.id] = row.agency
    rows = [AgencyFigures(names[key], united(known)) for key, known in figures.items()]
    return sorted(rows, key=lambda row: (row.agency.level.is_local, row.agency.code))


def _reasons(parts: Sequence[Snapshot]) -> Iterator[ReasonCount]:
    counts: Counter[str] = Counter()
    words = {}
    for reason in (reason for part in parts for reason in part.reasons):
        counts[reason.code] += reason.count
        words[reason.code] = reason.reason
    for code, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        yield ReasonCount(code=code, reason=words[code], count=count)


def semester_document(
    semester: Semester, parts: Sequence[Snapshot], obstacles: Sequence[Obstacle], *, ranked: bool
) -> Document:
    """What is printed: the figures of the union, what moved between its quarters, and what stands in the way."""
    whole = union(semester, parts)
    printed = document(whole, ranked=ranked)
    table = _obstacles(obstacles)
    return replace(
        printed,
        title=f"Laporan {semester.name} kepada Presiden",
        facts=tuple(_facts(printed, parts)),
        overview=(*printed.overview, *_more_words(parts, obstacles)),
        changes=tuple(_changes(parts)),
        details=details(*parts),  # each obligation with its own quarter
        obstacles=table,
        addressee=ADDRESSEE,
        signatures=SIGNATURES,
        identity={**printed.identity, "period": semester.key},
    )


def _facts(printed: Document, parts: Sequence[Snapshot]) -> Iterator[tuple[str, str]]:
    for label, words in printed.facts:
        if label == "Triwulan":
            yield "Semester", words
        elif label == "Batas waktu":
            yield label, text.joined([f"{text.deadline(part.due_at)} ({part.period_key})" for part in parts])
        else:
            yield label, words


def _more_words(parts: Sequence[Snapshot], obstacles: Sequence[Obstacle]) -> Iterator[str]:
    first, last = parts[0], parts[-1]
    if len(parts) > 1 and not last.before_due and (words := movement(first.total, last.total)):
        yield f"Dari {_named(first)} ke {_named(last)}, {words}."
    if obstacles:
        agencies = number(len({one.agency_code for one in obstacles}))
        yield f"{agencies} instansi menyampaikan kendala atau rencana tindak lanjut dalam laporan yang terverifikasi."


def _named(part: Snapshot) -> str:
    return f"{part.period} ({part.period_key})"


def _changes(parts: Sequence[Snapshot]) -> Iterator[Table]:
    """What moved from the first to the last quarter: all, level by level, action by action."""
    if len(parts) < 2:
        return
    before, after = (dict(_groups(part)) for part in (parts[0], parts[-1]))
    rows = tuple((name, *_moved(before.get(name), after[name])) for name in after)
    note = f"Sebelumnya: {_named(parts[0])}. Sesudahnya: {_named(parts[-1])}. Rata-rata instansi; selisih dalam poin."
    if parts[-1].before_due:
        note = f"{note} {_named(parts[-1])} masih berjalan: batas waktunya belum lewat."
    yield Table("Kemajuan", "Kemajuan antartriwulan", tables.CHANGES, rows, note)


def _groups(part: Snapshot) -> Iterator[tuple[str, Group]]:
    yield "Semua instansi", part.total
    for level in part.levels:
        yield level.name, level.group
    for action in part.by_action:
        yield f"Aksi {action.key}: {action.name}", action.group


def _moved(before: Group | None, after: Group) -> Iterator[Decimal | None]:
    for rate in CHANGED:
        was = rounded(getattr(before, rate)) if before else None
        now = rounded(getattr(after, rate))
        yield from (was, now, None if was is None or now is None else now - was)


def _obstacles(obstacles: Sequence[Obstacle]) -> Table:
    """The same words of several agencies are one row; of each action obstacles before mere plans, then what most
    agencies say."""
    whom = defaultdict(list)
    for one in obstacles:
        whom[one.action, one.constraint, one.follow_up].append(one.agency)
    order = list(dict.fromkeys(one.action for one in obstacles))
    known = [(action, *words, list(dict.fromkeys(names))) for (action, *words), names in whom.items()]
    known.sort(key=lambda one: (order.index(one[0]), not one[1], -len(one[3])))
    rows = tuple((a.key, a.name, constraint, plan, len(names), _whom(names)) for a, constraint, plan, names in known)
    note = "Seperti dinyatakan instansi dalam laporan yang keputusan terakhirnya terverifikasi pada keadaan laporan."
    return Table("Kendala", "Kendala dan rencana tindak lanjut", tables.OBSTACLES, rows, note)


def _whom(names: Sequence[str]) -> str:
    more = [f"{number(len(names) - NAMED)} instansi lain"] if len(names) > NAMED else []
    return text.joined([*names[:NAMED], *more])
