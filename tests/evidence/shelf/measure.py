"""Lays out the shelf, runs the checks on it, and counts how often each was right.

A hit: the code stands where it must. A false alarm: it stands where it must not, counted over the files of the
types that the check looks at (a picture that raises no alarm about macros proves nothing).
"""

import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from stranas.evidence import checks
from stranas.evidence.checks import REGISTRY, WORDS, Finding
from stranas.evidence.checks.media import media_of
from stranas.evidence.checks.reading import scans
from tests.evidence.shelf import (
    active,
    addresses,
    again,
    carried,
    country,
    dated,
    faint,
    good,
    nasty,
    personal,
    seal,
    sealed,
    spoken,
    swelling,
)
from tests.evidence.shelf.case import Case

SECTIONS = (good, nasty, swelling, active, sealed, dated, faint, spoken, personal, addresses, carried)

# What a pair of papers counts as: only the check that compares looks at it.
PAIR = "pair"
LINK = "link"
WORDED = {"pdf", "docx", "odt", "pptx", "odp", "xlsx", "xls", "ods", "csv", "text", "jpg"}
# Codes that several checks give, each of files of its own.
SHARED = frozenset({"other_period"})
_PDF, _OFFICE = {"pdf"}, {"xlsx", "docx", "pptx", "ods", "odt", "odp", "xls", "doc", "ppt"}
# Which codes a check may give, and which types of file it looks at (None: all).
CHECKS: dict[str, tuple[tuple[str, ...], set[str] | None]] = {
    "empty": (("empty",), None),
    "program": (("program",), None),
    "excess": (
        ("archive_bomb", "nested_archive", "xml_entities", "too_many_pages", "too_many_pixels"),
        _OFFICE | {"zip", "pdf", "jpg", "png", "webp", "tiff"},
    ),
    "locked": (("locked",), _OFFICE | {"zip", "pdf", "office-locked"}),
    "opens": (("cut_off", "not_readable", "damaged"), None),
    "real_type": (("wrong_type", "archive", "wrong_ending", "other_ending", "unsigned_format", "file_for_link"), None),
    "two_in_one": (("two_in_one",), None),
    "macros": (("macro", "macro_runs_itself"), _OFFICE),
    "pdf_actions": (
        ("pdf_launch", "pdf_script", "pdf_sends", "pdf_attachment", "program_inside", "pdf_media", "dynamic_form"),
        _PDF,
    ),
    "outside": (
        (
            "dde",
            "program_inside",
            "outside_template",
            "outside_object",
            "outside_picture",
            "active_control",
            "linked_workbook",
        ),
        _OFFICE | {"csv", "rtf"},
    ),
    "signature": (
        (
            "signature_intact",
            "signature_changed",
            "signature_partial",
            "signature_untrusted",
            "signature_unjudged",
            "signature_picture",
        ),
        {"pdf"},
    ),
    "dates": (("other_period",), WORDED - {"jpg"}),
    "taken": (("other_period",), {"jpg"}),
    "about": (("other_agency",), WORDED),
    "subject": (("other_item",), WORDED),
    "personal_data": (("personal_numbers", "bank_numbers"), WORDED),
    "link": (("shared_drive", "link_shortened", "link_not_official", "link_inside"), {LINK}),
    "reuse": (
        (
            "reused",
            "in_library",
            "same_elsewhere",
            "same_words",
            "near_words",
            "same_words_elsewhere",
            "near_words_elsewhere",
            "commonly_used",
        ),
        {PAIR},
    ),
    "legible": (
        ("blank", "blank_pages", "page_not_shown", "low_resolution", "small_picture"),
        {"pdf", "jpg", "png", "webp", "tiff", "gif", "bmp"},
    ),
}


@dataclass(frozen=True)
class Judged:
    """A case, the type of its file, what the checks said, and how long they took."""

    case: Case | again.Pair
    media: str
    found: frozenset[str]
    seconds: float

    @property
    def is_right(self) -> bool:
        return self.found == self.case.expects


@dataclass
class Score:
    """How often a check was right."""

    positives: int = 0
    hits: int = 0
    negatives: int = 0
    alarms: int = 0
    slowest: float = 0.0
    wrong: list[Judged] = field(default_factory=list)


def all_cases() -> Iterator[Case]:
    for section in SECTIONS:
        yield from section.cases()


def judged(cases: Iterable[Case]) -> Iterator[Judged]:
    with tempfile.TemporaryDirectory() as folder:
        trust = Path(folder) / "trust"
        trust.mkdir()
        (trust / "root.pem").write_bytes(seal.root().pem)
        for number, case in enumerate(cases):
            path = Path(folder) / f"{number}"
            path.write_bytes(case.build())
            yield judge(case, path, trust=trust if case.trusts else None)
            path.unlink()


def judged_pairs(pairs: Iterable[again.Pair]) -> Iterator[Judged]:
    for pair in pairs:
        begin = time.perf_counter()
        found = frozenset(finding.code for finding in again.findings(pair))
        yield Judged(pair, PAIR, found, time.perf_counter() - begin)


def judge(case: Case, path: Path, *, trust: Path | None) -> Judged:
    begin = time.perf_counter()
    found = frozenset(finding.code for finding in found_in(case, path, trust=trust))
    seconds = time.perf_counter() - begin
    media = LINK if case.address else media_of(path).key if path.stat().st_size else "empty"
    return Judged(case, media, found, seconds)


def found_in(case: Case, path: Path, *, trust: Path | None) -> list[Finding]:
    """What the checks of file and words say, as the product runs them: a scan is read where somebody can."""
    claim = country.claim(case.name, case.kind, agency=case.agency, item=case.item, period=case.period)
    if case.address:
        return [one for one in checks.judge_address(case.address, claim) if one.code != "link_not_opened"]
    around = country.surroundings(case.period)
    judged = checks.judge(path, claim, around, trust=trust)
    found, reading = list(judged.findings), judged.reading
    if case.agency and reading and reading.is_scan and case.kind not in scans.WITHOUT_WORDS and scans.can_read():
        found.extend(checks.judge_words(scans.read(path), claim, around))
    return found


def scores(rows: Iterable[Judged]) -> dict[str, Score]:
    result = {name: Score() for name in CHECKS}
    for row in rows:
        for name, (codes, types) in CHECKS.items():
            if (row.media == PAIR) is (types == {PAIR}):
                _count(result[name], row, frozenset(codes), types)
    return result


def _count(score: Score, row: Judged, codes: frozenset[str], types: set[str] | None) -> None:
    expected, found = row.case.expects & codes, row.found & codes
    if types is not None and row.media not in types and codes <= SHARED:
        return
    if expected:
        score.positives += 1
        score.hits += found == expected
    elif types is None or row.media in types:
        score.negatives += 1
        score.alarms += bool(found)
    if found != expected:
        score.wrong.append(row)


def by_code(rows: Iterable[Judged]) -> dict[str, tuple[int, int]]:
    """(files that must have the code, how many have it) for each code."""
    asked, hit = Counter(), Counter()
    for row in rows:
        asked.update(row.case.expects)
        hit.update(row.case.expects & row.found)
    return {code: (asked[code], hit[code]) for code in sorted(asked)}


def undocumented() -> set[str]:
    """Checks that the shelf does not know."""
    return set(REGISTRY) - set(CHECKS) | (set(CHECKS) - set(WORDS))


def is_good_enough(score: Score) -> bool:
    """At least 95 of 100 found, at most 2 of 100 accused wrongly."""
    return score.hits >= 0.95 * score.positives and score.alarms <= 0.02 * score.negatives


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def sample(cases: Iterable[Case], every: int) -> Iterator[Case]:
    """The first of each label, and then each so manieth."""
    met: set[str] = set()
    for number, case in enumerate(cases):
        if case.label not in met or number % every == 0:
            met.add(case.label)
            yield case
