"""One file on the shelf."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A file under a name, claimed to be of a kind, with the codes that must be found in it and no others.

    With `trusts` the root of the shelf's own chain of certificates is believed. `label` says in words
    what it is; two cases may share one and differ in a parameter. `agency`, `item` and `period` say who proves what
    by it (keys of the seed), where that matters; `address` stands for a link, which has no bytes.
    """

    label: str
    name: str
    build: Callable[[], bytes]
    expects: frozenset[str] = frozenset()
    kind: str = ""
    trusts: bool = False
    agency: str = ""
    item: str = ""
    period: str = "B18"
    address: str = ""


def bad(label: str, name: str, build: Callable[[], bytes], *codes: str, kind: str = "", **claimed: str) -> Case:
    return Case(label, name, build, frozenset(codes), kind, **claimed)
