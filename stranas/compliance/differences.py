"""What changed between a frozen edition and the figures of today, agency by agency and figure by figure. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from reports.tables import NINE, RATES
from stranas.catalogue.rules import ProgrammeRules
from stranas.compliance.document import nine
from stranas.compliance.rules import rounded
from stranas.compliance.snapshot import Snapshot
from stranas.system import text

Value = str | int | float | None
NATIONAL = "Nasional"
# An agency that is not in a report counts there like one that owes nothing.
NOTHING: tuple[Value, ...] = (0, 0, 0, 0, 0, None, None, None, None)
# The settings of a programme that bear on figures, as a reader calls them.
RULES = {"weights_renormalised": "Bobot dinormalkan ulang", "scores": "Skala nilai", "classes": "Kelas capaian"}


@dataclass(frozen=True)
class Difference:
    """One figure of one agency (code: its own; empty for the country and for settings)."""

    code: str
    name: str
    figure: str
    before: Value
    after: Value

    @property
    def before_words(self) -> str:
        return _words(self.before)

    @property
    def after_words(self) -> str:
        return _words(self.after)

    @property
    def record(self) -> dict[str, Value]:
        return asdict(self)


def _words(value: Value) -> str:
    """Rates are floats with two places, counts whole numbers."""
    if isinstance(value, str):
        return value
    return text.number(Decimal(str(value)), places=2) if isinstance(value, float) else text.number(value)


def differences(old: Mapping[str, Any], new: Snapshot) -> tuple[Difference, ...]:
    """`old`: the JSON of a frozen edition. The country first, then the agencies in today's order, then settings."""
    return (*_national(old, new), *_agencies(old, new), *_settings(old["rules"], rules_record(new.rules)))


def _national(old: Mapping[str, Any], new: Snapshot) -> Iterator[Difference]:
    before = {figure["key"]: figure for figure in old["key_figures"]}
    for column in RATES:
        title = column.title.removesuffix(" (%)")
        then = before[column.key]
        mean, pooled = (_plain(rounded(getattr(rated, column.key))) for rated in (new.total, new.total.pooled))
        yield from _changed("", NATIONAL, [(f"{title}, rata-rata", then["mean"], mean)])
        yield from _changed("", NATIONAL, [(f"{title}, gabungan", then["pooled"], pooled)])


def _agencies(old: Mapping[str, Any], new: Snapshot) -> Iterator[Difference]:
    before = {row["code"]: row for row in old["agencies"]}
    for row in new.agencies:
        then = before.pop(row.agency.code, None)
        yield from _nine(row.agency.code, row.agency.name, _figures_of(then), tuple(map(_plain, nine(row.figures))))
    for code, gone in before.items():
        yield from _nine(code, gone["agency"], _figures_of(gone), NOTHING)


def _figures_of(record: Mapping[str, Value] | None) -> tuple[Value, ...]:
    return NOTHING if record is None else tuple(record[column.key] for column in NINE)


def _nine(code: str, name: str, before: Sequence[Value], after: Sequence[Value]) -> Iterator[Difference]:
    titles = (column.title for column in NINE)
    yield from _changed(code, name, zip(titles, before, after, strict=True))


def _settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    found = ((title, _setting(before[name]), _setting(after[name])) for name, title in RULES.items())
    yield from _changed("", "Aturan program", found)


def _setting(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    steps = (f"{one['name']} ≥ {one['at_least']}" if isinstance(one, Mapping) else str(one) for one in value)
    return ", ".join(steps)


def _changed(code: str, name: str, figures: Iterable[tuple[str, Value, Value]]) -> Iterator[Difference]:
    for figure, before, after in figures:
        if before != after:
            yield Difference(code, name, figure, before, after)


def _plain(value: Decimal | int | None) -> Value:
    return float(value) if isinstance(value, Decimal) else value


def rules_record(rules: ProgrammeRules) -> dict[str, Any]:
    """The settings that a figure depends on, as plain JSON values."""
    return {
        "weights_renormalised": rules.weights_renormalised,
        "scores": list(rules.scores),
        "classes": [{"name": one.name, "at_least": str(one.at_least)} for one in rules.classes],
    }
