"""What one labelled file of the second shelf is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Earlier:
    """A document handed in before: its bytes, whether by the own agency, and whether it was used as evidence."""

    build: Callable[[], bytes]
    name: str
    own: bool = True
    used: bool = True


@dataclass(frozen=True)
class Case:
    """A file, the claim it comes with, and exactly the codes that must be said of it."""

    label: str
    name: str
    build: Callable[[], bytes]
    expects: frozenset[str] = frozenset()
    kind: str = ""
    agency: str = "33.23"
    item: str = "1-a"
    period: str = "B18"
    trusts: bool = False
    earlier: tuple[Earlier, ...] = ()
    address: str = ""
