"""Snapshots made by hand: a few agencies, what each owed and what became of it, without a database."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from stranas.agencies.models import AgencyLevel
from stranas.catalogue.rules import programme_rules
from stranas.compliance.grouping import figures_by, groups, levels, provinces
from stranas.compliance.rules import Figures, Result, group
from stranas.compliance.snapshot import Action, AgencyFigures, AgencyName, Detail, ReasonCount, Snapshot
from stranas.reporting.rules import Status

DUE = datetime(2020, 4, 15, 17, tzinfo=UTC)
LOCKS = DUE + timedelta(days=14)
CUTOFF = datetime(2020, 7, 13, 1, 58, tzinfo=UTC)
RELEASED = datetime(2020, 7, 1, tzinfo=UTC)
ACTIONS = {"1": Action("1", "Perizinan"), "2": Action("2", "Pengadaan")}
STEPS = {
    "-": {},
    "late": {"received": True},
    "sent": {"received": True, "on_time": True},
    "returned": {"received": True, "on_time": True, "verified": True},
    "good": {
        "received": True,
        "on_time": True,
        "verified": True,
        "accepted": True,
        "first_accepted": True,
        "score": Decimal(100),
    },
}
WORDS = {"-": Status.NOT_STARTED, "good": Status.VERIFIED, "returned": Status.RETURNED}


def regency(number: int, *, province: str = "Jawa Tengah") -> AgencyName:
    code = {"Jawa Tengah": "33", "Papua": "91"}[province]
    return AgencyName(
        id=int(code) * 100 + number,
        code=f"{code}.{number:02}",
        name=f"Kabupaten {province} {number}",
        level=AgencyLevel.REGENCY,
        province_id=int(code),
        province_code=code,
        province=province,
    )


def make_snapshot(owed: dict[AgencyName, dict[str, str]], *, withheld: bool = False, **more) -> Snapshot:
    """`owed`: for each agency, what became of its obligation on each action (a word of STEPS)."""
    details = [_detail(agency, key, word) for agency, each in owed.items() for key, word in each.items()]
    if withheld:
        details = [detail.without_judgement() for detail in details]
    known = figures_by(details, lambda detail: detail.agency.id)
    matrix = figures_by(details, lambda detail: (detail.agency.id, detail.action.key))
    items = figures_by(details, lambda detail: (detail.agency.id, detail.item_key))
    rows = tuple(AgencyFigures(agency, known.get(agency.id, Figures())) for agency in owed)
    values = {
        "programme": "Aksi PK 2019–2020",
        "programme_key": "stranas-2019-2020",
        "period": "Triwulan V",
        "period_key": "B15",
        "starts_on": date(2020, 1, 1),
        "ends_on": date(2020, 3, 31),
        "due_at": DUE,
        "locks_at": LOCKS,
        "cutoff": CUTOFF,
        "scope": "",
        "practice": False,
        "released_at": None,
        "decree": "",
        "rules": programme_rules({}),
        "agencies": rows,
        "provinces": tuple(provinces(rows)),
        "levels": tuple(levels(rows)),
        "total": group(row.figures for row in rows),
        "actions": tuple(ACTIONS.values()),
        "by_action": tuple(groups({key: action.name for key, action in ACTIONS.items()}, matrix)),
        "by_item": tuple(groups({f"{key}-a": action.name for key, action in ACTIONS.items()}, items)),
        "matrix": matrix,
        "details": tuple(details),
        "later_ends": (),
        "reasons": () if withheld else (ReasonCount("S01", "Dokumen belum ditandatangani", 3),),
    }
    return Snapshot(**(values | more))


def _detail(agency: AgencyName, key: str, word: str) -> Detail:
    return Detail(
        obligation_id=agency.id * 100 + int(key),
        agency=agency,
        action=ACTIONS[key],
        item_key=f"{key}-a",
        item=ACTIONS[key].name,
        text="Target",
        unit="dokumen",
        value=Decimal(1),
        due_at=DUE,
        closes_at=LOCKS,
        status=WORDS.get(word, Status.SENT),
        result=Result(weight=Decimal(1), expected=True, weighed=True, **STEPS[word]),
    )
