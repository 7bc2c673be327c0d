"""The values that go into a check and come out of it."""

from dataclasses import dataclass, field

from stranas.evidence.rules import Severity


@dataclass(frozen=True)
class Claim:
    """What the file is said to be: its name, and the kind of document that the requirement asks for.

    `kind` is a value of catalogue.DocumentKind, `kind_words` its label; both are empty without a requirement.
    `period_from` is the first day of the quarter, `period_to` the last day on which its report is in time (both as
    2020-04-01), `period_words` its name; all are empty where the quarter is not known.
    """

    name: str
    kind: str = ""
    kind_words: str = ""
    period_from: str = ""
    period_to: str = ""
    period_words: str = ""


@dataclass(frozen=True)
class Neighbours:
    """What else holds the same bytes. Of other agencies only that there is one: nothing of theirs may leak.

    `own_names`: names of earlier copies in the own library; `own_uses`: where those were used, in words
    ("Triwulan V (B15), kewajiban 1-a").
    """

    own_names: tuple[str, ...] = field(default=())
    own_uses: tuple[str, ...] = field(default=())
    elsewhere: bool = False


@dataclass(frozen=True)
class Finding:
    """What a check says: a code for machines, how much it weighs, what is wrong, and how to repair it."""

    code: str
    severity: Severity
    message: str
    repair: str
