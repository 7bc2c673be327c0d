"""Which agencies a text names, and how plainly: by the words around a name, for many places share their names.

A local government is read with the word before it ("Kabupaten", "Bupati", "Kota", "Provinsi", "Gubernur"); a name
without such a word stands for each agency of that name. The longest name counts: "Kabupaten Bandung Barat" is not
Bandung.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stranas.evidence.checks.finding import Office
from stranas.evidence.rules import plain_words

_LEVELS = {
    "kabupaten": "kabupaten",
    "kab": "kabupaten",
    "bupati": "kabupaten",
    "kota": "kota",
    "walikota": "kota",
    "provinsi": "provinsi",
    "propinsi": "provinsi",
    "prov": "provinsi",
    "gubernur": "provinsi",
}
_BARE = ("administrasi", "daerah", "pemerintah")
# Behind these words a name is whom one meets, thanks or writes to, not who speaks.
_ELSEWHERE = frozenset(
    plain_words(
        "ke dari di dengan kepada bersama yth untuk antara dan pada oleh se terhadap seperti yaitu adalah kunjungan "
        "tembusan cq atau"
    )
)
_LINE = re.compile(r"[^\n\f]*\S[^\n\f]*")


@dataclass(frozen=True)
class Mention:
    """A name in a text: the offices that it may mean, whether its level was written, and whether it speaks for
    itself (no "kepada", "ke", "dari" before it). `line` counts the lines that are not empty."""

    codes: frozenset[str]
    has_level: bool
    is_plain: bool
    line: int


class Names:
    """The names of all agencies, by their first word, the longest first."""

    def __init__(self, offices: Iterable[Office]) -> None:
        self.offices = {office.code: office for office in offices}
        self._by_first: dict[str, list[tuple[tuple[str, ...], dict[str, set[str]]]]] = defaultdict(list)
        for words, codes in self._cores().items():
            self._by_first[words[0]].append((words, codes))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _cores(self) -> dict[tuple[str, ...], dict[str, set[str]]]:
        """Name without its level, in words → level → codes."""
        found: dict[tuple[str, ...], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for office in self.offices.values():
            for name in office.names:
                if core := core_of(name, office.level):
                    found[core][office.level].add(office.code)
        return found

    def mentions(self, text: str) -> Iterator[Mention]:
        for number, line in enumerate(_LINE.findall(text)):
            yield from self._in_line(plain_words(line), number)

    def _in_line(self, words: list[str], number: int) -> Iterator[Mention]:
        at = 0
        while at < len(words):
            met = self._at(words, at)
            if met is None:
                at += 1
                continue
            length, by_level = met
            level, before = _before(words, at)
            # "Kota Temanggung" is how people call the seat of the kabupaten: then the name alone counts.
            codes = by_level.get(level or "") or set().union(*by_level.values())
            plain = not before or before[-1] not in _ELSEWHERE
            yield Mention(frozenset(codes), level in by_level or "kl" in by_level, plain, number)
            at += length

    def _at(self, words: list[str], at: int) -> tuple[int, dict[str, set[str]]] | None:
        for core, by_level in self._by_first.get(words[at], ()):
            if tuple(words[at : at + len(core)]) == core:
                return len(core), by_level
        return None


def core_of(name: str, level: str) -> tuple[str, ...]:
    """The words of a name without its level: ("siau", "tagulandang", "biaro"). A K/L keeps all of them."""
    words = plain_words(name)
    while level != "kl" and len(words) > 1 and (words[0] in _LEVELS or words[0] in _BARE):
        words = words[1:]
    return tuple(words)


def _before(words: list[str], at: int) -> tuple[str | None, list[str]]:
    """The level that is written before a name, and the words before that."""
    start = at
    while start and words[start - 1] in _BARE:
        start -= 1
    if start >= 2 and words[start - 2 : start] == ["wali", "kota"]:
        return "kota", words[: start - 2]
    if start and words[start - 1] in _LEVELS:
        rest = words[: start - 1]
        while rest and (rest[-1] in _BARE or rest[-1] in _LEVELS):
            rest = rest[:-1]
        return _LEVELS[words[start - 1]], rest
    return None, words[:at]
