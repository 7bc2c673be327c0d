"""The second shelf of labelled files, made from the list of checks alone.

It was made by someone who had not seen the checks or the first shelf. `all_cases` gives every case; cases that need a
real program (LibreOffice, Ghostscript, qpdf) are not given where the program is missing.
"""

from collections.abc import Iterator

from . import (
    cases_about,
    cases_dates,
    cases_excess,
    cases_legible,
    cases_links,
    cases_locked,
    cases_macros,
    cases_opens,
    cases_outside,
    cases_pdf_actions,
    cases_personal,
    cases_programs,
    cases_reuse,
    cases_signature,
    cases_two,
    cases_types,
    honest_dates,
    honest_images,
    honest_linked,
    honest_office,
    honest_pdf,
    honest_sheets,
)
from .case import Case, Earlier
from .signing import root_pem

MODULES = (
    cases_programs,
    cases_excess,
    cases_locked,
    cases_opens,
    cases_types,
    cases_two,
    cases_macros,
    cases_pdf_actions,
    cases_outside,
    cases_signature,
    cases_legible,
    cases_dates,
    cases_about,
    cases_personal,
    cases_reuse,
    cases_links,
    honest_pdf,
    honest_sheets,
    honest_office,
    honest_dates,
    honest_images,
    honest_linked,
)


def all_cases() -> Iterator[Case]:
    for module in MODULES:
        yield from module.cases()


__all__ = ["MODULES", "Case", "Earlier", "all_cases", "root_pem"]
