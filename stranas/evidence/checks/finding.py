"""The values that go into a check and come out of it. They travel between processes as plain JSON."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stranas.evidence.rules import Severity, TextSource


@dataclass(frozen=True)
class Claim:
    """What the file is said to be: its name, the kind of document that is asked for, and who proves what by it.

    `kind` is a value of catalogue.DocumentKind, `kind_words` its label; both are empty without a requirement.
    `period_from` is the first day of the quarter, `period_to` the last day on which its report is in time (both as
    2020-04-01), `period_words` its name. `agency`, `item` and `period` are keys of Surroundings. Each is empty where
    it is not known.
    """

    name: str
    kind: str = ""
    kind_words: str = ""
    period_from: str = ""
    period_to: str = ""
    period_words: str = ""
    agency: str = ""
    item: str = ""
    period: str = ""


@dataclass(frozen=True)
class Office:
    """An agency as papers call it. `names`: its own name first, then other spellings and former names; `province`:
    the code of the province in which it lies (a province's own code; empty for a K/L); `places`: where it has its
    seat, for papers that name only the place beside their date."""

    code: str
    level: str
    province: str
    names: tuple[str, ...]
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """An item of the catalogue: its title, and the words of its target and requirements in the quarter."""

    key: str
    title: str
    words: str


@dataclass(frozen=True)
class Quarter:
    """A period of the programme: first and last day (2020-04-01), and what people call it."""

    key: str
    first: str
    last: str
    words: str


@dataclass(frozen=True)
class Surroundings:
    """What a paper may be about instead: all agencies, the items of the quarter, the quarters of the programme."""

    offices: tuple[Office, ...] = ()
    subjects: tuple[Subject, ...] = ()
    quarters: tuple[Quarter, ...] = ()

    @classmethod
    def from_plain(cls, values: Mapping[str, Any]) -> "Surroundings":
        return cls(
            tuple(
                Office(**{**one, "names": tuple(one["names"]), "places": tuple(one["places"])})
                for one in values["offices"]
            ),
            tuple(Subject(**one) for one in values["subjects"]),
            tuple(Quarter(**one) for one in values["quarters"]),
        )


@dataclass(frozen=True)
class Reading:
    """The words of a file, and how they were got. `is_scan`: there are pages that only OCR could read."""

    text: str = ""
    source: TextSource = TextSource.NONE
    is_scan: bool = False

    @classmethod
    def from_plain(cls, values: Mapping[str, Any]) -> "Reading":
        return cls(values["text"], TextSource(values["source"]), values["is_scan"])

    def plain(self) -> dict[str, Any]:
        return {"text": self.text, "source": self.source.value, "is_scan": self.is_scan}


COMMON = 3


class Likeness(enum.Enum):
    """How alike two documents are, the most first: the same bytes; the same words in other bytes; nearly the same."""

    BYTES = "bytes"
    WORDS = "words"
    NEAR = "near"

    @property
    def rank(self) -> int:
        return list(Likeness).index(self)


@dataclass(frozen=True)
class Use:
    """Where a document serves as evidence: "Triwulan V (B15), kewajiban 1-a", and the first day of that quarter."""

    words: str
    period_from: str


@dataclass(frozen=True)
class Earlier:
    """An earlier document of the own agency that is like this one. `share`: percent of this one's words, of NEAR."""

    document: int
    name: str
    likeness: Likeness
    share: int = 100
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True)
class Neighbours:
    """What was handed in before and is like this document. Of other agencies only that there is something, and how
    many of them have it (later ones too): nothing of theirs may leak."""

    own: tuple[Earlier, ...] = ()
    elsewhere: Likeness | None = None
    agencies: int = 0

    @property
    def is_common(self) -> bool:
        """A circular, a decree, a form: COMMON agencies have it, the own one included."""
        return self.agencies + 1 >= COMMON


@dataclass(frozen=True)
class Finding:
    """What a check says: a code for machines, how much it weighs, what is wrong, and how to repair it.

    `hint`, where the check knows more: {"item": "7-a"} or {"period": "B15"}, where the document seems to belong;
    {"document": 12}, an earlier document of the own agency.
    """

    code: str
    severity: Severity
    message: str
    repair: str
    hint: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_plain(cls, values: Mapping[str, Any]) -> "Finding":
        return cls(**{**values, "severity": Severity(values["severity"])})

    def plain(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "repair": self.repair,
            "hint": self.hint,
        }
