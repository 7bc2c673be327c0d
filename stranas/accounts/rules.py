"""In what capacity an official signs, from when until when, and how that prints. Standard library only.

Source: the rules of official letters (tata naskah dinas) of the interior ministry and the national archives: a.n. is
atas nama (first delegation), u.b. is untuk beliau (second delegation); Plt., Plh., Pj. and Pjs. stand before the
office that somebody holds for another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

# Room for the signature and the stamp.
ROOM = ("", "", "")
LONGEST_CHAIN = 2


@dataclass(frozen=True)
class Span:
    """Days, both included; without an end until further notice."""

    starts_on: date
    ends_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def overlaps(self, other: "Span") -> bool:
        return self.covers(other.starts_on) or other.covers(self.starts_on)

    @property
    def is_in_order(self) -> bool:
        return self.ends_on is None or self.starts_on <= self.ends_on


@dataclass(frozen=True)
class Signatory:
    """Somebody who may sign for his agency, in the capacity of that day.

    `prefix`: "", "Plt.", "Plh.", "Pj." or "Pjs."; `chain`: on whose behalf, from the top, at most two offices.
    """

    person_id: int
    name: str
    office: str
    prefix: str = ""
    chain: tuple[str, ...] = ()
    rank: str = ""
    employee_number: str = ""
    legal_basis: str = ""

    @property
    def title(self) -> str:
        """Plh. Inspektur."""
        return " ".join(part for part in (self.prefix, self.office) if part)


def heading(signatory: Signatory) -> tuple[str, ...]:
    """The lines over the signature, the last with its comma: "a.n. BUPATI X", "Sekretaris Daerah", "u.b.", …"""
    own = f"{signatory.title}," if signatory.title else ""
    match signatory.chain:
        case ():
            return (own,)
        case (top,):
            return (f"a.n. {top}", own)
        case (top, middle, *_):
            return (f"a.n. {top}", middle, "u.b.", own)


def signature_block(signatory: Signatory) -> tuple[str, ...]:
    """The whole block, line by line; empty lines leave room for the signature."""
    number = f"NIP {signatory.employee_number}" if signatory.employee_number else ""
    under = (line for line in (signatory.rank, number) if line)
    return (*heading(signatory), *ROOM, signatory.name, *under)


def heading_words(block: Sequence[str]) -> str:
    """The heading of a block on one line: "a.n. BUPATI X, Sekretaris Daerah, u.b. Plh. Inspektur"."""
    lines = list(block[: list(block).index("")] if "" in block else block)
    return ", ".join(lines).replace("u.b., ", "u.b. ").rstrip(",")


def chain_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The offices that somebody typed, without empty ones and without an "a.n." of their own."""
    return tuple(word for line in lines if (word := line.strip().removeprefix("a.n.").strip()))


def titles(signatories: Sequence[Signatory]) -> str:
    """Who may approve, by office: "Inspektur atau Plh. Inspektur"."""
    return " atau ".join(dict.fromkeys(s.title or s.name for s in signatories))


def named(signatories: Sequence[Signatory]) -> str:
    """The same with their names, for colleagues: "Retno (Plh. Inspektur)"."""
    return " atau ".join(f"{s.name} ({s.title})" if s.title else s.name for s in signatories)
