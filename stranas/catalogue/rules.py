"""What a programme's settings mean, and whom a scope expression names. Standard library only."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class ScoreClass:
    name: str
    at_least: Decimal


@dataclass(frozen=True)
class ProgrammeRules:
    """Settings of a programme, with the defaults of Aksi PK 2019–2020 (assumptions, shown as such).

    due_working_days: working days after the quarter's end until its due instant; lock_days and
    verification_days: calendar days after due, rolled to the end of the next working day; correction_days: the
    window of a returned submission; scores: the steps a verifier may give, 0–100; weights_renormalised: whether
    an agency's weights are divided by their own sum, or are percentages of 100 as they stand; clarification_days
    and minutes_days: working days of the masa klarifikasi nilai, and that the release then waits for signatures;
    checks: what findings of the evidence checks weigh, by code, where it differs from the usual (read by
    evidence.weighing).
    """

    approval_required: bool = False
    due_working_days: int = 10
    lock_days: int = 14
    verification_days: int = 60
    correction_days: int = 14
    clarification_days: int = 7
    minutes_days: int = 5
    scores: tuple[int, ...] = (0, 25, 50, 75, 100)
    score_words: tuple[str, ...] = ("tidak ada", "awal", "sebagian", "sebagian besar", "penuh")
    weights_renormalised: bool = True
    classes: tuple[ScoreClass, ...] = (
        ScoreClass("Baik", Decimal(80)),
        ScoreClass("Cukup", Decimal(50)),
        ScoreClass("Kurang", Decimal(0)),
    )
    assumptions: tuple[str, ...] = field(default=())
    checks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def class_of(self, rounded: Decimal | None) -> str:
        """The class of a figure that was rounded already; "–" without a figure."""
        if rounded is None:
            return "–"
        return next(c.name for c in self.classes if rounded >= c.at_least)


def programme_rules(settings: Mapping[str, Any]) -> ProgrammeRules:
    """Read stored settings (plain JSON). An unknown name raises TypeError: a misspelt rule must not be silent."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in settings.items()
    }
    if "classes" in values:
        values["classes"] = tuple(ScoreClass(c["name"], Decimal(str(c["at_least"]))) for c in values["classes"])
    return ProgrammeRules(**values)


class ScopeError(ValueError):
    """A scope expression is not understood; the message is an English sentence."""


# The kind of alias that says: the seat of the province lies here under another name (Sofifi in Tidore Kepulauan).
HOLDS_SEAT = "holds the seat"


@dataclass(frozen=True)
class AgencyFacts:
    """What a scope needs to know of an agency. `seats`: its own seat, and others that lie in its area."""

    id: int
    code: str
    level: str
    name: str
    short_name: str
    province_code: str
    seats: tuple[str, ...] = ()


def owing(expression: str, agencies: Iterable[AgencyFacts]) -> list[AgencyFacts]:
    """The agencies that a scope expression names, in the order of their codes.

    The grammar stands in seed_data/README.md. Raises ScopeError on an unknown expression or name.
    """
    known = sorted(agencies, key=lambda agency: agency.code)
    group, _, rest = expression.partition(":")
    if group not in _GROUPS or not rest:
        raise ScopeError(f"the scope {expression!r} must begin with provinsi:, kabkota: or kl:")
    members = [agency for agency in known if agency.level in _GROUPS[group]]
    function = _FUNCTION.fullmatch(rest)
    if rest == "all":
        return members
    if group == "kabkota" and rest in _PER_PROVINCE:
        return _PER_PROVINCE[rest](members, _of_level(known, "provinsi"))
    if group == "kabkota" and function and function["name"] in _IN_PROVINCE:
        return _in_provinces(function, members, _of_level(known, "provinsi"))
    return _listed(rest, members, "short_name" if group == "kl" else "code")


def scope_words(expression: str, agencies: Iterable[AgencyFacts]) -> str:
    """The expression in Indonesian words, for people who read the catalogue."""
    group, _, rest = expression.partition(":")
    if (group, rest) in _SCOPE_WORDS:
        return _SCOPE_WORDS[group, rest]
    function = _FUNCTION.fullmatch(rest)
    if function:
        provinces = _listed(function["codes"], _of_level(agencies, "provinsi"), "code")
        return f"{_IN_PROVINCE[function['name']][1]} {', '.join(p.short_name for p in provinces)}"
    named = ", ".join(agency.short_name for agency in owing(expression, agencies))
    return f"provinsi {named}" if group == "provinsi" else named


def _of_level(agencies: Iterable[AgencyFacts], level: str) -> list[AgencyFacts]:
    return [agency for agency in agencies if agency.level == level]


def _listed(names: str, members: Iterable[AgencyFacts], attribute: str) -> list[AgencyFacts]:
    found = {getattr(agency, attribute): agency for agency in members}
    wanted = [name.strip() for name in names.split(";")]
    for name in wanted:
        if name not in found:
            raise ScopeError(f"the scope names {name!r}, which is no known agency or form")
    return [found[name] for name in wanted]


def _in_provinces(
    function: re.Match[str], members: list[AgencyFacts], provinces: list[AgencyFacts]
) -> list[AgencyFacts]:
    levels, _ = _IN_PROVINCE[function["name"]]
    codes = {province.code for province in _listed(function["codes"], provinces, "code")}
    return [agency for agency in members if agency.level in levels and agency.province_code in codes]


def _capitals(members: list[AgencyFacts], provinces: list[AgencyFacts]) -> list[AgencyFacts]:
    """The kabupaten or kota where a province has its seat: at most 33, for DKI Jakarta has neither."""
    seats = {(province.code, seat) for province in provinces for seat in province.seats}
    return [agency for agency in members if any((agency.province_code, seat) in seats for seat in agency.seats)]


def _first_regencies(members: list[AgencyFacts], provinces: list[AgencyFacts]) -> list[AgencyFacts]:
    """Per province the first kabupaten by code that is not the capital, which is named apart."""
    capitals = _capitals(members, provinces)
    first: dict[str, AgencyFacts] = {}
    for agency in members:
        if agency.level == "kabupaten" and agency not in capitals:
            first.setdefault(agency.province_code, agency)
    return list(first.values())


_GROUPS = {"provinsi": ("provinsi",), "kabkota": ("kabupaten", "kota"), "kl": ("kl",)}
_FUNCTION = re.compile(r"(?P<name>\w+)\((?P<codes>[^()]+)\)")
_IN_PROVINCE = {
    "kabupaten_di_provinsi": (("kabupaten",), "kabupaten di provinsi"),
    "semua_di_provinsi": (("kabupaten", "kota"), "kabupaten/kota di provinsi"),
}
_PER_PROVINCE = {"ibukota_provinsi": _capitals, "kabupaten_pertama_per_provinsi": _first_regencies}
_SCOPE_WORDS = {
    ("provinsi", "all"): "semua provinsi",
    ("kabkota", "all"): "semua kabupaten/kota",
    ("kl", "all"): "semua kementerian/lembaga",
    ("kabkota", "ibukota_provinsi"): "ibu kota provinsi",
    ("kabkota", "kabupaten_pertama_per_provinsi"): "satu kabupaten di setiap provinsi",
}
