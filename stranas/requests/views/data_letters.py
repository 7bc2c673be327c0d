"""Surat permohonan data: written, printed, and registered, which opens *menunggu instansi lain*."""

from dataclasses import dataclass, replace
from datetime import date

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from reports import data_letter as papers
from reports import word
from stranas.accounts.policy import visible_agencies
from stranas.accounts.queries.officials import signatories
from stranas.accounts.rules import Signatory, signature_block
from stranas.evidence import operations as library
from stranas.evidence.operations import NotAccepted, ReceivedFile
from stranas.reporting import operations as reporting
from stranas.reporting.models import Obligation
from stranas.reporting.operations import EditConflict
from stranas.reporting.queries.evidence import requirements_by_target
from stranas.reporting.rules import SubmissionKind
from stranas.requests import operations
from stranas.requests.data_papers import paper_of
from stranas.requests.forms import DataLetterForm, RegisterLetterForm
from stranas.requests.models import DataLetter
from stranas.requests.queries import data_letters as queries
from stranas.requests.views import blueprint, scope
from stranas.system import clock, text
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import read_only, unit_of_work

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.route("/laporan/<int:obligation_id>/surat-permohonan", methods=["GET", "POST"])
@needs(Permission.MANAGE_REQUESTS)
def write_letter(obligation_id: int):
    obligation = scope.obligation(obligation_id)
    today = text.local_day(clock.now(), obligation.agency.timezone)
    offered = signatories(agency_id=obligation.agency_id, day=today)
    form = DataLetterForm().offer(offered, today)
    if form.validate_on_submit():
        letter = operations.write_letter(
            obligation=obligation,
            addressee=form.addressee.data.strip(),
            place=(form.place.data or "").strip(),
            wanted=form.wanted.data.replace("\r\n", "\n").strip(),
            answer_by=form.answer_by.data,
            signature=_signature(offered, form.signatory.data),
            person=current_user,
            at=received_at(),
        )
        flash("Surat siap dicetak. Setelah ditandatangani dan bernomor, catat nomor dan tanggalnya di sini.")
        return redirect(url_for(".data_letter", data_letter_id=letter.id))
    page = render_template("requests/write_letter.html", obligation=obligation, form=form)
    return page, 422 if form.errors else 200


def _signature(offered: list[Signatory], chosen: int) -> tuple[str, ...]:
    """The block of the chosen official; nothing where the office fills it in."""
    found = next((one for one in offered if one.person_id == chosen), None)
    return signature_block(found) if found else ()


@blueprint.get("/surat-permohonan/<int:data_letter_id>")
@needs(Permission.MANAGE_REQUESTS)
def data_letter(data_letter_id: int):
    letter = _letter(data_letter_id)
    form = RegisterLetterForm(formdata=None, data={"revision": _revision(letter.obligation)})
    return _letter_page(letter, form)


@blueprint.get("/surat-permohonan/<int:data_letter_id>.pdf")
@needs(Permission.MANAGE_REQUESTS)
def data_letter_pdf(data_letter_id: int):
    with read_only():
        paper = paper_of(_letter(data_letter_id))
    return _file(papers.as_pdf(paper), f"surat-permohonan-{data_letter_id}.pdf", "application/pdf")


@blueprint.get("/surat-permohonan/<int:data_letter_id>.docx")
@needs(Permission.MANAGE_REQUESTS)
def data_letter_docx(data_letter_id: int):
    with read_only():
        paper = paper_of(_letter(data_letter_id))
    return _file(word.data_letter(paper), f"surat-permohonan-{data_letter_id}.docx", DOCX)


@dataclass(frozen=True)
class Registered:
    """What was typed; `requirement_id`: where the scan becomes evidence, or nowhere."""

    number: str
    dated: date
    revision: int
    requirement_id: int | None


@blueprint.post("/surat-permohonan/<int:data_letter_id>/catat")
@needs(Permission.MANAGE_REQUESTS)
def register_letter(data_letter_id: int):
    """Number and date, perhaps the scan; from then on the obligation waits for the addressee."""
    with read_only():
        letter = _letter(data_letter_id)
        today = text.local_day(clock.now(), letter.agency.timezone)
    form = RegisterLetterForm()
    if form.validate() and form.dated.data > today:
        form.dated.errors = ["Tanggal surat paling lambat hari ini."]
    if form.errors:
        return _letter_page(_letter(data_letter_id), form), 422
    typed = Registered(
        form.number.data.strip(), form.dated.data, form.revision.data, request.form.get("requirement", type=int)
    )
    try:
        received = _scan()
        with unit_of_work():
            obligation_id = _register(_letter(data_letter_id), typed, received)
    except NotAccepted as problem:
        form.scan.errors = [f"{problem.sentence} {problem.repair}"]
        return _letter_page(_letter(data_letter_id), form), 422
    except EditConflict:
        return _conflict(data_letter_id, form)
    flash("Surat dicatat. Laporan ini sekarang menunggu instansi lain.")
    return redirect(url_for("reporting.edit_submission", obligation_id=obligation_id))


def _scan() -> ReceivedFile | None:
    """The bytes of the signed letter, with no transaction open."""
    part = request.files.get("scan")
    return library.receive_file(part.stream, part.filename) if part and part.filename else None


def _register(letter: DataLetter, typed: Registered, received: ReceivedFile | None) -> int:
    at, obligation = received_at(), letter.obligation
    scan = received and library.register_file(
        agency_id=letter.agency_id, received=received, uploaded_by_id=current_user.id, at=at
    )
    operations.register_letter(letter=letter, number=typed.number, dated=typed.dated, at=at, scan=scan)
    submission = reporting.start_submission(obligation=obligation, person=current_user, received_at=at)
    before = reporting.entry_of(submission)
    basis = f"Data dimohon kepada {letter.addressee} dengan surat nomor {typed.number} tanggal {text.day(typed.dated)}."
    reporting.save_draft(
        submission=submission,
        entry=replace(
            before,
            kind=SubmissionKind.WAITING,
            beside_reason=before.beside_reason or basis,
            waiting_for=letter.addressee,
            waiting_letter=typed.number,
            waiting_since=typed.dated,
            review_on=letter.answer_by,
        ),
        revision=typed.revision,
        person=current_user,
        received_at=at,
    )
    if scan:
        _attach(obligation, submission, scan, typed.requirement_id)
    return obligation.id


def _attach(obligation: Obligation, submission, scan, requirement_id: int | None) -> None:
    requirement = next((r for r in _requirements(obligation) if r.id == requirement_id), None)
    if requirement:
        reporting.attach(
            submission=submission, requirement_id=requirement.id, document=scan, at=received_at(), person=current_user
        )
        library.request_check(document_id=scan.id, claimed_kind=requirement.kind, target_id=requirement.target_id)


def _conflict(data_letter_id: int, form: RegisterLetterForm):
    """Somebody saved the report meanwhile: nothing was changed; pressing once more does it knowingly."""
    letter = _letter(data_letter_id)
    form.revision.raw_data = [str(_revision(letter.obligation))]
    form.number.errors = [
        "Laporan ini disimpan sejak Anda membuka halaman ini. Isian Anda masih ada: tekan sekali lagi untuk mencatat."
    ]
    return _letter_page(letter, form), 409


def _letter(data_letter_id: int) -> DataLetter:
    found = queries.letter_in_scope(data_letter_id, visible_agencies(current_user, Permission.MANAGE_REQUESTS))
    return found or abort(404)


def _revision(obligation: Obligation) -> int:
    return obligation.submission.revision if obligation.submission else 0


def _requirements(obligation: Obligation):
    return requirements_by_target([obligation.target_id])[obligation.target_id]


def _letter_page(letter: DataLetter, form: RegisterLetterForm) -> str:
    submission = letter.obligation.submission
    return render_template(
        "requests/data_letter.html",
        letter=letter,
        obligation=letter.obligation,
        form=form,
        requirements=_requirements(letter.obligation),
        editable=submission is None or submission.status.is_editable,
        zone=letter.agency.timezone,
    )


def _file(content: bytes, name: str, media_type: str) -> Response:
    how = "inline" if media_type == "application/pdf" else "attachment"
    return Response(content, mimetype=media_type, headers={"Content-Disposition": f'{how}; filename="{name}"'})
