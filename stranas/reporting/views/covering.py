"""Surat pengantar: the letter of a filing in Word and PDF, its number, its signed scan, and which are still out."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from reports import cover_letter, word
from stranas.accounts.policy import visible_agencies
from stranas.catalogue.models import DocumentKind
from stranas.evidence import operations as library
from stranas.evidence.operations import NotAccepted
from stranas.reporting import operations
from stranas.reporting.cover_letters import letter_of, signature_of
from stranas.reporting.forms import LetterForm
from stranas.reporting.models import Filing
from stranas.reporting.queries import covering, history
from stranas.reporting.views import blueprint, scope
from stranas.system import clock
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db, read_only, unit_of_work
from stranas.verification.queries.scope import filings_in_sight

WHERE = "/laporan-triwulan/surat/<number>"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get(WHERE)
@needs(Permission.SEE_REPORTS)
def letter(number: str):
    return _page(_readable(number))


@blueprint.post(WHERE)
@needs(Permission.WRITE_REPORTS)
def describe_letter(number: str):
    filing, form = _writable(number), LetterForm()
    if not form.validate():
        return _page(filing, form), 422
    operations.describe_letter(
        filing=filing,
        number=form.register_number.data or "",
        nature=form.nature.data or "",
        dated_on=form.dated_on.data,
    )
    flash("Nomor dan tanggal surat sudah disimpan. Unduh suratnya untuk ditandatangani.")
    return redirect(url_for(".letter", number=number))


@blueprint.post(f"{WHERE}/pindaian")
@needs(Permission.WRITE_REPORTS)
def attach_scan(number: str):
    """The signed letter as one file; its bytes arrive outside every transaction."""
    with read_only():
        agency_id = _writable(number).agency_id
    part = request.files.get("berkas")
    try:
        if part is None or not part.filename:
            raise NotAccepted("Belum ada berkas.", "Pilih pindaian surat yang sudah ditandatangani.")
        received = library.receive_file(part.stream, part.filename)
    except NotAccepted as problem:
        return _page(_readable(number), problem=problem), 422
    with unit_of_work():
        filing = _writable(number)
        document = library.register_file(
            agency_id=agency_id, received=received, uploaded_by_id=current_user.id, at=received_at()
        )
        operations.attach_scan(filing=filing, document=document, person=current_user, received_at=received_at())
        library.request_check(document_id=document.id, claimed_kind=DocumentKind.LETTER)
    flash("Pindaian surat diterima.")
    return redirect(url_for(".letter", number=number))


@blueprint.get(f"{WHERE}.docx")
@needs(Permission.SEE_REPORTS)
def letter_docx(number: str):
    return _file(_letter(number, word.cover_letter), DOCX, f"surat-pengantar-{number}.docx", "attachment")


@blueprint.get(f"{WHERE}.pdf")
@needs(Permission.SEE_REPORTS)
def letter_pdf(number: str):
    return _file(_letter(number, cover_letter.as_pdf), "application/pdf", f"surat-pengantar-{number}.pdf", "inline")


def _letter(number: str, build) -> bytes:
    filing = _readable(number)
    values = letter_of(filing, covering.letter_row(filing.id))
    db.session.rollback()  # building takes a second, and needs nothing of the database any more
    return build(values)


def _file(content: bytes, kind: str, name: str, how: str) -> Response:
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'{how}; filename="{name}"'})


@blueprint.get("/surat-pengantar")
@needs(Permission.SEE_NATIONAL)
def letters():
    """Which signed letters are still out, of all agencies."""
    return render_template("reporting/letters.html", letters=covering.awaited_letters(db.true()), now=clock.now())


def _readable(number: str) -> Filing:
    return history.filing_in_scope(number, filings_in_sight(current_user)) or abort(404)


def _writable(number: str) -> Filing:
    return history.filing_in_scope(number, visible_agencies(current_user, Permission.WRITE_REPORTS)) or abort(404)


def _page(filing: Filing, form: LetterForm | None = None, problem: NotAccepted | None = None) -> str:
    row = covering.letter_row(filing.id)
    given = {"register_number": row.number, "nature": row.nature, "dated_on": row.dated_on} if row else {}
    return render_template(
        "reporting/letter.html",
        filing=filing,
        letter=letter_of(filing, row),
        state=covering.letters_of([filing.id]).get(filing.id),
        signature=signature_of(filing),
        form=form or LetterForm(formdata=None, data={"nature": "Biasa"} | given),
        problem=problem,
        editable=scope.may_write(filing.agency_id),
        now=clock.now(),
    )
