"""Lay out the shelf, run every check on every file, print and write down how often each was right.

    .venv/bin/python -m tests.evidence.shelf [first|second]

Both halves where none is named; each has its own part of docs/evidence-checks.md.

Ends with 1 when a check misses more than 5 of 100 files or accuses more than 2 of 100 wrongly.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.evidence import second_shelf
from tests.evidence.shelf import again, measure, stranger

PAGE = Path(__file__).parents[3] / "docs" / "evidence-checks.md"
HALVES = {
    "first": lambda: [*measure.judged(measure.all_cases()), *measure.judged_pairs(again.pairs())],
    "second": lambda: list(stranger.judged(second_shelf.all_cases())),
}


def main(wanted: list[str]) -> int:
    return max(_measure(half) for half in wanted or HALVES)


def _measure(half: str) -> int:
    rows = HALVES[half]()
    scores = measure.scores(rows)
    table = "\n".join([*_by_check(rows, scores), "", *_by_code(rows), "", *_wrong(rows)])
    print(f"{half} half\n\n{table}\n")
    begin, end = f"<!-- measured on the {half} half -->", f"<!-- end of the {half} half -->"
    head, _, rest = PAGE.read_text().partition(begin)
    PAGE.write_text(f"{head}{begin}\n\n{table}\n\n{end}{rest.partition(end)[2]}")
    return 0 if all(map(measure.is_good_enough, scores.values())) else 1


def _by_check(rows, scores) -> Iterator[str]:
    honest = sum(not row.case.expects for row in rows)
    pairs = sum(row.media == measure.PAIR for row in rows)
    files = len(rows) - pairs
    yield f"{files} files and {pairs} pairs of papers, {honest} of them honest ones that no check may accuse."
    yield ""
    yield "| check | must be found | found | hit rate | must not be accused | accused | false alarms |"
    yield "|---|---|---|---|---|---|---|"
    for name, one in scores.items():
        hit, alarm = measure.percent(one.hits, one.positives), measure.percent(one.alarms, one.negatives)
        yield f"| `{name}` | {one.positives} | {one.hits} | {hit} | {one.negatives} | {one.alarms} | {alarm} |"


def _by_code(rows) -> Iterator[str]:
    yield "| code | must be found | found |"
    yield "|---|---|---|"
    for code, (asked, hit) in measure.by_code(rows).items():
        yield f"| `{code}` | {asked} | {hit} |"


def _wrong(rows) -> Iterator[str]:
    wrong = [row for row in rows if not row.is_right]
    if not wrong:
        yield "No file was judged otherwise than its label says."
    for row in wrong:
        expected, found = (", ".join(sorted(codes)) or "nothing" for codes in (row.case.expects, row.found))
        yield f"- {row.case.label} (`{row.case.name}`): expected {expected}, found {found}"


sys.exit(main(sys.argv[1:]))
