"""Tanda terima: the page and the PDF of one filing."""

from flask import Response, abort, render_template
from flask_login import current_user

from stranas.reporting import letters
from stranas.reporting.queries import history
from stranas.reporting.views import blueprint
from stranas.system.access import Permission, needs
from stranas.verification.queries.scope import filings_in_sight


@blueprint.get("/tanda-terima/<number>")
@needs(Permission.SEE_REPORTS)
def receipt(number: str):
    return render_template("reporting/receipt.html", receipt=_receipt(number))


@blueprint.get("/tanda-terima/<number>.pdf")
@needs(Permission.SEE_REPORTS)
def receipt_pdf(number: str):
    pdf = letters.receipt_pdf(_receipt(number))
    name = f"tanda-terima-{number}.pdf"
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def _receipt(number: str) -> letters.Receipt:
    filing = history.filing_in_scope(number, filings_in_sight(current_user))
    return letters.receipt_of(filing or abort(404))
