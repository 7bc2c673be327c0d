"""Personal data that a proof does not need: lists of identity numbers (NIK) or of bank accounts.

Only lists count: five or more numbers that can be a NIK, or that stand below a heading that says so. A single NIK in
a contract, the 18 digits of a civil servant's NIP, budget codes and bar codes are none. Masked numbers are good
practice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stranas.evidence.checks.finding import Claim, Finding, Reading, Surroundings
from stranas.evidence.rules import Severity

FEWEST = 5
# The first two digits are a province's, as Kemendagri numbers them (also of provinces made after 2020).
PROVINCES = frozenset(
    [*range(11, 22), *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98)]
)
_CELL = re.compile(r"\t| {2,}|;|\|")
# Sixteen digits, bare or in groups as people write them.
_SIXTEEN = re.compile(
    r"(?<![\d.,/-])(?:\d{16}|\d{4}[ .-]\d{4}[ .-]\d{4}[ .-]\d{4}|\d{6}[ .-]\d{6}[ .-]\d{4})(?![\d.,/-]*\d)"
)
# What Excel leaves of a long number: 3,32301E+15.
_ROUNDED = re.compile(r"\d[.,]\d{2,}E\+15", re.IGNORECASE)
_NIK_HEAD = re.compile(
    r"\b(?:nik|n\.i\.k\.?|no\.?\s*ktp|nomor\s+(?:induk\s+kependudukan|ktp)|no\.?\s*kk|nomor\s+kk|nokk)\b", re.I
)
_BANK_HEAD = re.compile(
    r"\b(?:no\.?|nomor|nmr)\s*(?:rek\b\.?|rekening)|\bnorek\b|\brekening\s+(?:bank|penerima|tabungan)|\baccount\s+n",
    re.I,
)
# A code of the budget is called "rekening", too.
_BUDGET = re.compile(r"\b(?:kode|uraian|kelompok|jenis|mata\s+anggaran)\b", re.I)
_ACCOUNT = re.compile(r"(?<![\d.,/])\d{2,6}(?:[ .-]?\d{1,6}){1,4}(?![\d.,/]*\d)")
_NOT_A_DIGIT = re.compile(r"\D")


def personal_data(reading: Reading, claim: Claim, around: Surroundings) -> Iterator[Finding]:
    columns = _columns(reading.text)
    if max(_plausible(reading.text), columns.nik) >= FEWEST:
        yield Finding(
            "personal_numbers",
            Severity.MUST_FIX,
            "Berkas ini memuat daftar NIK atau nomor KK, yaitu data pribadi yang tidak diperlukan sebagai bukti.",
            "Unggah rekapitulasi (jumlah per wilayah atau per jenis) tanpa kolom NIK dan KK, lalu lepas berkas ini.",
        )
    if columns.bank >= FEWEST:
        yield Finding(
            "bank_numbers",
            Severity.MUST_FIX,
            "Berkas ini memuat daftar nomor rekening bank, yaitu data pribadi yang tidak diperlukan sebagai bukti.",
            "Unggah rekapitulasi penyaluran tanpa kolom nomor rekening, lalu lepas berkas ini.",
        )


def is_nik(digits: str) -> bool:
    """Province, day (women: plus 40), month and serial as Permendagri writes a NIK; sixteen digits."""
    day, month = int(digits[6:8]), int(digits[8:10])
    return (
        int(digits[:2]) in PROVINCES
        and digits[2:4] != "00"
        and (1 <= day <= 31 or 41 <= day <= 71)
        and 1 <= month <= 12
        and digits[12:] != "0000"
    )


def _plausible(text: str) -> int:
    numbers = {_NOT_A_DIGIT.sub("", match.group()) for match in _SIXTEEN.finditer(text)}
    return sum(map(is_nik, numbers))


@dataclass
class _Columns:
    """How many values stand under a heading of each kind."""

    nik: int = 0
    bank: int = 0


def _columns(text: str) -> _Columns:
    """Row by row: the cell under the heading, or, where a PDF lost its columns, any cell of the row."""
    found, nik_at, bank_at = _Columns(), None, None
    for line in text.splitlines():
        cells = _CELL.split(line.strip())
        if (at := _heading(cells, _NIK_HEAD)) is not None:
            nik_at = at
        if (at := _heading(cells, _BANK_HEAD)) is not None:
            bank_at = at
        if nik_at is not None:
            found.nik += _has(cells, nik_at, _is_nik_cell)
        if bank_at is not None:
            found.bank += _has(cells, bank_at, _is_account)
    return found


def _heading(cells: list[str], pattern: re.Pattern[str]) -> int | None:
    """Which cell is such a heading: a few words without numbers."""
    for at, cell in enumerate(cells):
        if len(cell) < 120 and pattern.search(cell) and not re.search(r"\d{5}", cell) and not _BUDGET.search(cell):
            return at
    return None


def _has(cells: list[str], at: int, fits) -> bool:
    if at < len(cells) and fits(cells[at]):
        return True
    return len(cells) == 1 and any(fits(word) for word in re.findall(r"\S+", cells[0])[-4:])


def _is_nik_cell(cell: str) -> bool:
    if _ROUNDED.search(cell):
        return True
    digits = _NOT_A_DIGIT.sub("", cell) if not re.search(r"[a-z*x]", cell, re.I) else ""
    return len(digits) == 16


def _is_account(cell: str) -> bool:
    """Eight to sixteen digits; dots after every one or two digits are a budget code."""
    match = _ACCOUNT.search(cell.strip(" '’`"))
    if match is None or re.search(r"\d{1,2}\.\d{1,2}\.\d{1,2}", cell) or re.search(r"[*x]{2}", cell, re.I):
        return False
    digits = _NOT_A_DIGIT.sub("", match.group())
    return 8 <= len(digits) <= 16 and not re.search(r"[,]\d{2}$|rp", cell, re.I)
