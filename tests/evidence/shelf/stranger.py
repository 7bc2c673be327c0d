"""The second half of the shelf, made by somebody who had seen only the list of checks: judged as the first half is.

It was run once when the checks were finished; docs/evidence-checks.md says what was read of it later.
"""

import hashlib
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from stranas.evidence.checks.finding import Earlier, Finding, Likeness, Neighbours, Reading, Use
from stranas.evidence.checks.media import media_of
from stranas.evidence.checks.reading import read
from stranas.evidence.checks.reuse import reuse
from stranas.evidence.likeness import Text, around, same_share
from stranas.evidence.words import digest
from tests.evidence import second_shelf
from tests.evidence.second_shelf import Case
from tests.evidence.shelf import country, measure

LAST_QUARTER = Use("Triwulan V (B15), kewajiban 1-a", "2020-01-01")


def judged(cases: Iterable[Case]) -> Iterator[measure.Judged]:
    with tempfile.TemporaryDirectory() as folder:
        trust = Path(folder) / "trust"
        trust.mkdir()
        (trust / "root.pem").write_bytes(second_shelf.root_pem())
        for number, case in enumerate(cases):
            path = Path(folder) / f"{number}"
            path.write_bytes(case.build())
            yield _judge(case, path, trust if case.trusts else None)
            path.unlink()


def _judge(case: Case, path: Path, trust: Path | None) -> measure.Judged:
    begin = time.perf_counter()
    found = [*measure.found_in(case, path, trust=trust), *_before(case, path)]
    seconds = time.perf_counter() - begin
    media = media_of(path).key if path.stat().st_size else "empty"
    if case.address:
        media = measure.LINK
    elif case.earlier:
        media = measure.PAIR
    return measure.Judged(case, media, frozenset(one.code for one in found), seconds)


def _before(case: Case, path: Path) -> list[Finding]:
    """What the check of comparison says: by bytes, by words, by the sequences of words."""
    own, elsewhere, others = [], None, 0
    for number, one in enumerate(case.earlier, 1):
        likeness, share = _likeness(path, one.build())
        if likeness is None:
            continue
        if one.own:
            own.append(Earlier(number, one.name, likeness, share, (LAST_QUARTER,) if one.used else ()))
        else:
            elsewhere, others = elsewhere or likeness, others + 1
    claim = country.claim(case.name, case.kind, agency=case.agency, item=case.item, period=case.period)
    return list(reuse(Reading(), claim, Neighbours(tuple(own), elsewhere, others)))


def _likeness(path: Path, earlier: bytes) -> tuple[Likeness | None, int]:
    if hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(earlier).digest():
        return Likeness.BYTES, 100
    with tempfile.NamedTemporaryFile() as file:
        file.write(earlier)
        file.flush()
        old, new = Text(read(Path(file.name)).text), Text(read(path).text)
    if new.is_enough and digest(new.plain) == digest(old.plain):
        return Likeness.WORDS, 100
    share = same_share(new, old)
    return (Likeness.NEAR, around(min(share, 0.99))) if share else (None, 0)
