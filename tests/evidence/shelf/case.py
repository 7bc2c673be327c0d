"""One file on the shelf."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A file under a name, claimed to be of a kind, with the codes that must be found in it and no others.

    With `trusts` the root of the shelf's own chain of certificates is believed. `label` says in words
    what it is; two cases may share one and differ in a parameter.
    """

    label: str
    name: str
    build: Callable[[], bytes]
    expects: frozenset[str] = frozenset()
    kind: str = ""
    trusts: bool = False


def bad(label: str, name: str, build: Callable[[], bytes], *codes: str, kind: str = "") -> Case:
    return Case(label, name, build, frozenset(codes), kind)
