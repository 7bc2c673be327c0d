# ruff: noqa: E402, F401 (the doors below need the blueprint)
"""The doors of reporting: home, the entry form, evidence, the quarter, approval, the receipt."""

from flask import Blueprint

import stranas.reporting.handing_over  # tells what a role leaves open
from stranas.reporting.rules import IllegalTransition
from stranas.system.errors import Refused, refusal

blueprint = Blueprint("reporting", __name__)


@blueprint.errorhandler(IllegalTransition)
def moved_on(problem: IllegalTransition):
    """Somebody else, or the same person in another tab, was quicker."""
    sentence = f"Laporan ini sekarang berstatus {problem.status.label.lower()}, jadi langkah itu tidak dapat dilakukan."
    return refusal(Refused(sentence, "Buka kembali laporan dari halaman laporan triwulan."))


from stranas.reporting.views import (
    answers,
    approvals,
    covering,
    entry,
    evidence,
    home,
    quarter,
    receipt,
    reopening,
    uploading,
    versions,
)
