"""Pairs of papers: one that was handed in before, and one that comes now. What must be said of the second?"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from stranas.evidence.checks.finding import Claim, Earlier, Finding, Likeness, Neighbours, Reading, Use
from stranas.evidence.checks.reuse import reuse
from stranas.evidence.likeness import Text, around, same_share
from stranas.evidence.prints import LIKELY
from stranas.evidence.sketch import sketch_of
from stranas.evidence.words import digest
from tests.evidence.shelf.prose import AGENCIES, QUARTERS, decree, frame, prose, report, sentence, table, wordy_frame

EACH = 20


@dataclass(frozen=True)
class Pair:
    """Texts of two papers, of which `old` was used in the quarter before. `elsewhere`: by another agency;
    `agencies`: how many others hold the old one."""

    label: str
    name: str
    old: str
    new: str
    expects: frozenset[str] = frozenset()
    kind: str = "laporan"
    elsewhere: bool = False
    agencies: int = 1


def pairs() -> Iterator[Pair]:
    yield from _copies()
    yield from _copies_elsewhere()
    yield from _laid_out()
    yield from _honest()
    yield from _honest_forms()


def findings(pair: Pair) -> list[Finding]:
    """What the check says of the new paper, found by its print and its words as the product finds it."""
    new, old = Text(pair.new), Text(pair.old)
    claim = Claim(pair.name, pair.kind, period_from="2020-04-01")
    likeness = Likeness.WORDS if digest(pair.new) == digest(pair.old) and new.is_enough else None
    share = same_share(new, old) if _meet(new, old, by_bands=pair.elsewhere) else None
    likeness = likeness or (Likeness.NEAR if share else None)
    if likeness is None:
        return list(reuse(Reading(pair.new), claim, Neighbours()))
    if pair.elsewhere:
        return list(reuse(Reading(pair.new), claim, Neighbours(elsewhere=likeness, agencies=pair.agencies)))
    used = Earlier(1, "lama.pdf", likeness, around(share or 1), (Use("Triwulan V (B15), kewajiban 1-a", "2020-01-01"),))
    return list(reuse(Reading(pair.new), claim, Neighbours(own=(used,))))


def _meet(new: Text, old: Text, *, by_bands: bool) -> bool:
    mine, theirs = sketch_of(new), sketch_of(old)
    if mine is None or theirs is None or mine.part_in(theirs) < LIKELY:
        return False
    return not by_bands or bool(set(mine.bands("file")) & set(theirs.bands("file")))


def _text(lines: list[str]) -> str:
    return "\n".join(lines)


def _pair(label: str, seed: int, old: list[str], new: list[str], *codes: str, **more) -> Pair:
    return Pair(label, f"pasangan-{seed}", _text(old), _text(new), frozenset(codes), **more)


def _copies() -> Iterator[Pair]:
    for seed in range(EACH):
        old = report(AGENCIES[0], 1, seed, sentences=8 + 2 * seed)
        yield _pair("printed anew", seed, old, [line.upper().replace(",", " ,") for line in old], "same_words")
        yield _pair("another quarter's name on it", seed, old, _renamed(old), "near_words")
        yield _pair(
            "a sentence more and one less", seed, old, [*old[:4], *prose(900 + seed, 1), *old[5:]], "near_words"
        )
        yield _pair("read by OCR", seed, old, _misread(old, seed), "near_words")


def _copies_elsewhere() -> Iterator[Pair]:
    for seed in range(EACH):
        old = report(AGENCIES[1], 2, 100 + seed, sentences=14 + 2 * seed)
        own = [line.replace(AGENCIES[1], AGENCIES[0]) for line in old]
        yield _pair("of another agency", seed, old, list(old), "same_words_elsewhere", elsewhere=True)
        yield _pair("of another agency, renamed", seed, old, own, "near_words_elsewhere", elsewhere=True)
        yield _pair(
            "of another agency, two sentences changed",
            seed,
            old,
            [*own[:6], *prose(700 + seed, 2), *own[8:]],
            "near_words_elsewhere",
            elsewhere=True,
        )
        circular = prose(300 + seed, 20)
        yield _pair("a circular that all have", seed, circular, circular, "commonly_used", elsewhere=True, agencies=7)


def _laid_out() -> Iterator[Pair]:
    """The same text from another program: on other pages, under a running head, in other signs."""
    for seed in range(EACH):
        old = report(AGENCIES[0], 1, 1200 + seed, sentences=16 + 2 * seed)
        typed = _on_pages(old, seed)
        yield _pair("typed from a PDF", seed, typed, old, "same_words")
        yield _pair("printed from Word", seed, old, typed, "same_words")
        yield _pair("on other pages", seed, typed, _on_pages(old, seed + 1), "same_words")
        yield _pair("in other signs", seed, old, [_in_other_signs(line) for line in old], "same_words")
        elsewhere = _on_pages(old, seed + 2)
        yield _pair("of another agency, on other pages", seed, old, elsewhere, "same_words_elsewhere", elsewhere=True)
        figure = [*old[:-2], f"Jumlah seluruhnya {500 + seed} berkas.", *old[-2:]]
        other = [*old[:-2], f"Jumlah seluruhnya {700 + seed} berkas.", *old[-2:]]
        yield _pair("one figure is another", seed, _on_pages(figure, seed), _on_pages(other, seed), "near_words")


def _on_pages(lines: list[str], seed: int) -> list[str]:
    """As a reader of PDFs gives it back: words broken at the ends of lines, the number of each page, a running head."""
    rows = _rows(" ".join(lines).split(), width=60 + 7 * (seed % 5))
    height = 14 + seed % 6
    pages = [rows[at : at + height] for at in range(0, len(rows), height)]
    number = ("Halaman {} dari {}", "- {} -", "{}", "hal. {}/{}")[seed % 4]
    return [
        line
        for at, page in enumerate(pages, 1)
        for line in ("\f" * (at > 1) + "Laporan Inspektorat", *page, number.format(at, len(pages)))
    ][seed % 2 :]


def _rows(words: list[str], *, width: int) -> list[str]:
    rows, row = [], ""
    for word in words:
        if len(row) + len(word) > width:
            cut = len(word) // 2 if word.isalpha() and len(word) > 8 else 0
            rows.append(f"{row} {word[:cut]}\N{HYPHEN}" if cut else row)
            row = word[cut:]
        else:
            row = f"{row} {word}".strip()
    return [*rows, row]


def _in_other_signs(line: str) -> str:
    signs = {"fi": "\N{LATIN SMALL LIGATURE FI}", "-": "\N{NON-BREAKING HYPHEN}", " dan ": "\N{NO-BREAK SPACE}dan "}
    for plain, other in signs.items():
        line = line.replace(plain, other)
    return f"\N{LEFT DOUBLE QUOTATION MARK}{line.title()}\N{RIGHT DOUBLE QUOTATION MARK}"


def _honest() -> Iterator[Pair]:
    for seed in range(EACH):
        agency = AGENCIES[seed % len(AGENCIES)]
        old = report(agency, 1, seed, sentences=10 + seed)
        yield _pair("the same frame, another quarter", seed, old, report(agency, 2, 500 + seed, sentences=10 + seed))
        yield _pair("a third was kept", seed, old, [*old[: len(old) // 3], *prose(600 + seed, 14)])
        yield _pair("statistics with other figures", seed, frame(1, seed), frame(2, 400 + seed))
        yield _pair("the same, explained at length", seed, wordy_frame(1, seed), wordy_frame(2, 400 + seed))
        other = report(AGENCIES[(seed + 1) % len(AGENCIES)], 1, 800 + seed)
        yield _pair("the same form of another agency", seed, other, old, elsewhere=True)


def _honest_forms() -> Iterator[Pair]:
    for seed in range(EACH):
        team, duty = decree("pembentukan tim koordinasi", seed), decree("pengendalian gratifikasi", 40 + seed)
        yield _pair("two decrees with one preamble", seed, team, duty, kind="keputusan")
        letter = [f"Bersama ini disampaikan laporan {QUARTERS[1][0]} untuk menjadi perhatian Bapak.", *prose(seed, 3)]
        yield _pair("a short letter sent again", seed, letter, _renamed(letter), kind="surat")
        yield _pair("a table of figures", seed, table(seed), table(50 + seed), kind="data")
        minutes = [*prose(60, 6), *prose(200 + seed, 12)]
        yield _pair("minutes on the same form", seed, minutes, [*prose(60, 6), *prose(250 + seed, 12)])


def _renamed(lines: list[str]) -> list[str]:
    before, now = QUARTERS[1], QUARTERS[2]
    changed = lines
    for old, new in zip(before, now, strict=True):
        changed = [line.replace(old, new) for line in changed]
    return changed


def _misread(lines: list[str], seed: int) -> list[str]:
    """One word of a hundred is spelled otherwise."""
    rng = Random(seed)
    words = [" ".join(w if rng.random() > 0.01 else f"{w[:-1]}l" for w in line.split()) for line in lines]
    return [*words, sentence(rng)]
