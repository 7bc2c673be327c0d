"""The checks: one file per check, pure: (path, Claim, Neighbours) in, findings out. No app, no database.

Standard library and file readers only: they run in a child process that must start fast (see evidence/child.py).
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from stranas.evidence.checks.duplicate import duplicate
from stranas.evidence.checks.empty import empty
from stranas.evidence.checks.finding import Claim, Finding, Neighbours
from stranas.evidence.checks.locked import locked
from stranas.evidence.checks.opens import opens
from stranas.evidence.checks.real_type import real_type
from stranas.evidence.rules import Severity

Check = Callable[[Path, Claim, Neighbours], Iterable[Finding]]

# In this order: what cannot be opened is not judged further.
REGISTRY: tuple[Check, ...] = (empty, locked, opens, real_type, duplicate)


def run_all(path: Path, claim: Claim, neighbours: Neighbours) -> list[Finding]:
    """The findings of every check, the heaviest first; a refused file ends the row."""
    found: list[Finding] = []
    for check in REGISTRY:
        found.extend(check(path, claim, neighbours))
        if any(finding.severity is Severity.REFUSED for finding in found):
            break
    return sorted(found, key=lambda finding: finding.severity.rank)


__all__ = ["REGISTRY", "Claim", "Finding", "Neighbours", "run_all"]
