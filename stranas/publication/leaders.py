"""Names of leaders in words that go out during masa pilkada: the office may stand there, the name may not.

A leader is who heads a government or a ministry, or is the deputy, by his office. Standard library only.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stranas.publication.wording import as_seen

_OFFICE = re.compile(
    r"(?:(?:plt|plh|pjs?)\b\.?\s*|pelaksana\s+(?:tugas|harian)\s+|penjabat\s+(?:sementara\s+)?)?(?:wakil\s+)?"
    r"(?:bupati|wali\s?kota|gubernur|menteri|presiden)\b",
    re.IGNORECASE,
)
_BEFORE_NAMES = {"h", "hj", "haji", "hajah", "dr", "drs", "dra", "ir", "prof", "kh", "bapak", "pak", "ibu", "bu"}


@dataclass(frozen=True)
class Leader:
    """`office` as it was written where the name is known from."""

    name: str
    office: str


def is_leading(office: str, *, head: str = "") -> bool:
    """Whether an office leads; `head`: that of the own agency's head, where it has a name of its own."""
    words = " ".join(office.split())
    return bool(_OFFICE.match(words)) or (bool(head) and words.lower() == head.lower())


def named(words: str, leaders: Iterable[Leader]) -> Leader | None:
    """The first of them whose name stands in words as a reader sees them."""
    seen = as_seen(words)
    return next((leader for leader in leaders if any(p.search(seen) for p in _patterns(leader.name))), None)


def sentence(leader: Leader) -> str:
    """What is wrong, with the repair."""
    return (
        f"“{leader.name}” adalah nama pimpinan, yang tidak ditampilkan selama masa pilkada. "
        f"Tulis jabatannya saja: {leader.office}."
    )


def _patterns(name: str) -> Iterator[re.Pattern[str]]:
    """The name without degrees; of three words or more also its first two and its last two. A single word counts with
    its capital only: many names are words of every day."""
    words = _core(name)
    if len(words) == 1:
        yield re.compile(rf"(?<!\w)(?:{re.escape(words[0].capitalize())}|{re.escape(words[0].upper())})(?!\w)")
        return
    for part in {words, words[:2], words[-2:]} if len(words) > 2 else {words} - {()}:
        joined = r"[\s.-]+".join(map(re.escape, part))
        yield re.compile(rf"(?<!\w){joined}(?!\w)", re.IGNORECASE)


def _core(name: str) -> tuple[str, ...]:
    """ "Dr. H. Bambang Sutrisno, M.M." → ("Bambang", "Sutrisno")."""
    words = re.findall(r"[\w'’]+\.?", as_seen(name).partition(",")[0])
    return tuple(w for w in words if len(w) > 1 and not w.endswith(".") and w.lower() not in _BEFORE_NAMES)
