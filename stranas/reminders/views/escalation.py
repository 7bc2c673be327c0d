"""Letters of the secretariat about what an agency owes: drafted here, signed and sent by people."""

from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.evidence.operations import NotAccepted, ReceivedFile
from stranas.reminders import drafting, recording
from stranas.reminders.escalation import paper_of
from stranas.reminders.escalation_forms import RecordForm, WithdrawForm
from stranas.reminders.letter_rules import LetterState
from stranas.reminders.models import EscalationLetter
from stranas.reminders.queries import escalation as queries
from stranas.reminders.queries.escalation import Chosen
from stranas.reminders.rules import LetterKind
from stranas.reminders.views import blueprint
from stranas.system import clock, text
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db, read_only, unit_of_work

WHERE = "/surat-pengingat/<int:escalation_letter_id>"
# What the filters say in the address.
KINDS = {"sekda-sekjen": LetterKind.SECRETARY, "pimpinan": LetterKind.HEAD}
STATES = {"konsep": LetterState.DRAFT, "dikirim": LetterState.RECORDED, "ditarik": LetterState.WITHDRAWN}
# A page with more of them takes long to put into one file.
MOST_IN_ONE_FILE = 60


@blueprint.get("/surat-pengingat")
@needs(Permission.WRITE_TO_HEADS)
def escalation_letters():
    """All letters; drafts of which nothing is awaited any more are withdrawn before anybody sees them."""
    drafting.let_go_of_settled()
    chosen, args = chosen_by_address()
    drafts = queries.chosen_letters(replace(chosen, state=LetterState.DRAFT))
    return render_template(
        "reminders/escalation_letters.html",
        found=queries.letter_page(chosen, number=request.args.get("halaman", 1, type=int)),
        changed=drafting.changed_drafts(drafts),
        periods=queries.periods_with_letters(),
        provinces=queries.provinces(),
        kinds=KINDS,
        states=STATES,
        chosen=chosen,
        args=args,
        most=MOST_IN_ONE_FILE,
    )


def chosen_by_address() -> tuple[Chosen, dict[str, str]]:
    """What the address asks for, and the same as arguments of links."""
    period = next((p for p in queries.periods_with_letters() if p.key == request.args.get("triwulan")), None)
    province = next((p for p in queries.provinces() if p.code == request.args.get("provinsi")), None)
    kind, state = request.args.get("jenis", ""), request.args.get("keadaan", "")
    search = request.args.get("cari", "").strip()[:200]
    chosen = Chosen(
        period_id=period.id if period else None,
        kind=KINDS.get(kind),
        province_id=province.id if province else None,
        state=STATES.get(state),
        search=search,
    )
    args = {
        "triwulan": period.key if period else "",
        "provinsi": province.code if province else "",
        "jenis": kind if chosen.kind else "",
        "keadaan": state if chosen.state else "",
        "cari": search,
    }
    return chosen, {name: value for name, value in args.items() if value}


@blueprint.post("/surat-pengingat/susun-ulang")
@needs(Permission.WRITE_TO_HEADS)
def redraft_changed_letters():
    """Every open draft that no longer says what is awaited; each in a transaction of its own."""
    with read_only():
        changed = list(drafting.changed_drafts(queries.chosen_letters(Chosen(state=LetterState.DRAFT))))
    count = 0
    for letter_id in changed:
        with unit_of_work():
            count += drafting.redraft(letter=letter_of(letter_id))
    flash(f"{count} konsep disusun ulang menurut laporan yang sudah masuk.")
    return redirect(url_for(".escalation_letters", keadaan="konsep"))


@blueprint.get(WHERE)
@needs(Permission.WRITE_TO_HEADS)
def escalation_letter(escalation_letter_id: int):
    drafting.let_go_of_settled(only=escalation_letter_id)
    return _page(letter_of(escalation_letter_id))


@blueprint.post(f"{WHERE}/susun-ulang")
@needs(Permission.WRITE_TO_HEADS)
def redraft_escalation_letter(escalation_letter_id: int):
    done = drafting.redraft(letter=letter_of(escalation_letter_id))
    flash("Konsep disusun ulang. Unduh kembali sebelum ditandatangani." if done else "Konsep ini tetap seperti semula.")
    return redirect(url_for(".escalation_letter", escalation_letter_id=escalation_letter_id))


@blueprint.post(f"{WHERE}/catat")
@needs(Permission.WRITE_TO_HEADS)
def record_escalation_letter(escalation_letter_id: int):
    """Number, date and scan; the bytes are received and looked at outside every transaction."""
    with read_only():
        form = _record_form(letter_of(escalation_letter_id))
        _validate(form, letter_of(escalation_letter_id))
    received = None if form.errors else _scan(form)
    if form.errors:
        return _page(letter_of(escalation_letter_id), record=form), 422
    entry = recording.Entry(form.number.data.strip(), form.dated_on.data, received)
    try:
        was_recorded = _record(escalation_letter_id, entry, seen=form.seen.data)
    except recording.RecordedMeanwhile:
        with read_only():
            _validate(form, letter_of(escalation_letter_id))
        return _page(letter_of(escalation_letter_id), record=form), 422
    flash("Catatan surat diperbaiki." if was_recorded else "Surat tercatat dikirim. Instansi dapat membacanya.")
    return redirect(url_for(".escalation_letter", escalation_letter_id=escalation_letter_id))


def _record(letter_id: int, entry: recording.Entry, *, seen: str) -> bool:
    """Whether it had been recorded before."""
    with unit_of_work():
        letter = letter_of(letter_id)
        was_recorded = letter.recorded_at is not None
        recording.record_letter(letter=letter, entry=entry, seen=seen, person=current_user, at=received_at())
    return was_recorded


def _validate(form: RecordForm, letter: EscalationLetter) -> None:
    form.validate()
    if form.seen.data != letter.number:
        told = f"Baru saja dicatat nomor {letter.number}. Periksa, lalu simpan sekali lagi."
        form.number.errors = [*form.number.errors, told]
        form.seen.raw_data, form.seen.data = None, letter.number
    elif form.number.data and (taken := queries.same_number(form.number.data.strip(), besides=letter.id)):
        form.number.errors = [*form.number.errors, f"Nomor ini sudah dicatat untuk {taken}. Periksa nomornya."]
    if form.errors and request.files.get("scan"):
        form.scan.errors = ["Berkas belum disimpan. Pilih kembali setelah isian lain diperbaiki."]


def _scan(form: RecordForm) -> ReceivedFile | None:
    part = request.files.get("scan")
    if part is None or not part.filename:
        return None
    try:
        return recording.receive_scan(part.stream, part.filename)
    except NotAccepted as problem:
        form.scan.errors = [f"{problem.sentence} {problem.repair}"]
        return None


@blueprint.post(f"{WHERE}/tarik")
@needs(Permission.WRITE_TO_HEADS)
def withdraw_escalation_letter(escalation_letter_id: int):
    letter, form = letter_of(escalation_letter_id), WithdrawForm()
    if not form.validate():
        return _page(letter, withdraw=form), 422
    recording.withdraw_letter(letter=letter, why=form.why.data.strip(), at=received_at())
    flash("Konsep ditarik. Instansi tidak menerima surat ini.")
    return redirect(url_for(".escalation_letter", escalation_letter_id=escalation_letter_id))


def letter_of(escalation_letter_id: int) -> EscalationLetter:
    return db.session.get(EscalationLetter, escalation_letter_id) or abort(404)


def _record_form(letter: EscalationLetter, **given) -> RecordForm:
    return RecordForm(**given).of(
        drafted_on=text.last_day(letter.drafted_at),
        today=text.last_day(clock.now()),
        withdrawn_on=text.last_day(letter.withdrawn_at) if letter.withdrawn_at else None,
    )


def _page(letter: EscalationLetter, record: RecordForm | None = None, withdraw: WithdrawForm | None = None) -> str:
    known = {"number": letter.number, "dated_on": letter.dated_on, "seen": letter.number}
    return render_template(
        "reminders/escalation_letter.html",
        letter=letter,
        state=queries.state_of(letter),
        paper=paper_of(letter),
        changed=drafting.changed_drafts([letter]).get(letter.id, 0),
        record=record or _record_form(letter, formdata=None, data=known),
        withdraw=withdraw or WithdrawForm(formdata=None),
    )
