"""How much a finding weighs: as its check says, as the programme sets it, and softly before its quarter.

Standard library only. What was found before a setting changed keeps its weight: settings meet new runs of the checks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from stranas.evidence.checks.codes import CODES
from stranas.evidence.checks.finding import Finding
from stranas.evidence.rules import Severity

# What a programme may set. "Tidak dapat diunggah" is a fact about bytes, never a choice.
CHOICES = (Severity.MUST_FIX, Severity.EXPLAIN, Severity.INFO)


@dataclass(frozen=True)
class Weight:
    """A programme's own weight of a code. None and "": as the register says (checks/codes.py)."""

    severity: Severity | None = None
    since: str | None = None


def weights(settings: Mapping[str, Mapping[str, str]]) -> dict[str, Weight]:
    """Read the stored setting `checks` of a programme. Raises ValueError on an unknown code or severity."""
    if unknown := [code for code in settings if code not in CODES or CODES[code].is_fixed]:
        raise ValueError(f"no weight can be set for {', '.join(sorted(unknown))}")
    return {
        code: Weight(Severity(values["severity"]) if values.get("severity") else None, values.get("since"))
        for code, values in settings.items()
    }


def weighed(
    found: Iterable[Finding], *, own: Mapping[str, Weight], period: str, order: Sequence[str]
) -> tuple[Finding, ...]:
    """The findings with their weight in a quarter, the heaviest first. `order`: the keys of the programme's quarters
    in time; without a known quarter nothing is softened."""
    judged = (replace(one, severity=_severity(one, own.get(one.code, Weight()), period, order)) for one in found)
    return tuple(sorted(judged, key=lambda one: one.severity.rank))


def _severity(one: Finding, weight: Weight, period: str, order: Sequence[str]) -> Severity:
    code = CODES.get(one.code)
    if code is None or code.is_fixed or one.severity is Severity.REFUSED:
        return one.severity
    severity = weight.severity or one.severity
    since = code.since if weight.since is None else weight.since
    if severity is Severity.MUST_FIX and _is_before(period, since, order):
        return Severity.EXPLAIN
    return severity


def _is_before(period: str, since: str, order: Sequence[str]) -> bool:
    return period in order and since in order and order.index(period) < order.index(since)
