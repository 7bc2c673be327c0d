"""Tanda terima: the page and the PDF of one filing for its readers, and the page where anybody checks one."""

from flask import Response, abort, make_response, render_template, request
from flask_login import current_user

from stranas.reporting import letters
from stranas.reporting.models import Filing
from stranas.reporting.queries import checking, history
from stranas.reporting.views import blueprint
from stranas.system.access import Permission, needs, open_to_all
from stranas.verification.queries.scope import filings_in_sight


@blueprint.get("/laporan-triwulan/tanda-terima/<number>")
@needs(Permission.SEE_REPORTS)
def receipt(number: str):
    return render_template("reporting/receipt.html", receipt=_receipt(number))


@blueprint.get("/laporan-triwulan/tanda-terima/<number>.pdf")
@needs(Permission.SEE_REPORTS)
def receipt_pdf(number: str):
    pdf = letters.receipt_pdf(_receipt(number))
    name = f"tanda-terima-{number}.pdf"
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@blueprint.get("/tanda-terima/<number>")
@open_to_all
def check_receipt(number: str):
    """What anybody may know of a receipt: number, agency, instant, and the SHA-256 of its files, no more."""
    found = checking.receipt_by_number(number)
    if found is None:
        return render_template("reporting/no_receipt.html"), 404
    page = render_template("reporting/check_receipt.html", receipt=found, reads=_in_sight(number) is not None)
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


def _receipt(number: str) -> letters.Receipt:
    return letters.receipt_of(_in_sight(number) or abort(404))


def _in_sight(number: str) -> Filing | None:
    """The filing, if the reader is signed in and may read all of it."""
    if not current_user.is_authenticated:
        return None
    return history.filing_in_scope(number, filings_in_sight(current_user))
