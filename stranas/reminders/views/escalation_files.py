"""Files of the secretariat's letters: Word, PDF, the signed scan, all drafts at once; and what the agency reads."""

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask_login import current_user
from sqlalchemy import ColumnElement

from reports import escalation_letter as papers
from reports import word
from reports.escalation_letter import EscalationLetter as Paper
from stranas.accounts.policy import visible_agencies
from stranas.evidence import malware
from stranas.evidence.operations.receiving import media_type_of
from stranas.reminders import drafting
from stranas.reminders.escalation import paper_of
from stranas.reminders.letter_rules import LetterState
from stranas.reminders.models import EscalationLetter
from stranas.reminders.queries import escalation as queries
from stranas.reminders.views import blueprint
from stranas.reminders.views.escalation import KINDS, MOST_IN_ONE_FILE, WHERE, chosen_by_address, letter_of
from stranas.system import text
from stranas.system.access import Permission, needs
from stranas.system.db import read_only
from stranas.system.errors import Refused
from stranas.system.storage import MissingObject, storage

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BUILDERS: dict[str, Callable[[Paper], bytes]] = {"docx": word.escalation_letter, "pdf": papers.as_pdf}
SENT = "/surat-sekretariat/<int:escalation_letter_id>"


@blueprint.get(f"{WHERE}.docx")
@needs(Permission.WRITE_TO_HEADS)
def escalation_letter_docx(escalation_letter_id: int):
    return _built(_to_sign(escalation_letter_id), "docx", DOCX, "attachment")


@blueprint.get(f"{WHERE}.pdf")
@needs(Permission.WRITE_TO_HEADS)
def escalation_letter_pdf(escalation_letter_id: int):
    return _built(_to_sign(escalation_letter_id), "pdf", "application/pdf", "inline")


def _to_sign(letter_id: int) -> tuple[Paper, str]:
    """The paper and its file's name. Raises Refused for what is not to be sent any more."""
    drafting.let_go_of_settled(only=letter_id)
    with read_only():
        letter = letter_of(letter_id)
        if letter.withdrawn_at:
            raise Refused("Konsep ini sudah ditarik, jadi tidak dicetak.", letter.withdrawn_why)
        return paper_of(letter), _name(letter)


def _built(paper: tuple[Paper, str], ending: str, kind: str, how: str) -> Response:
    values, name = paper
    content = BUILDERS[ending](values)
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'{how}; filename="{name}.{ending}"'})


def _name(letter: EscalationLetter) -> str:
    """ "surat-B18-33.23-kabupaten-temanggung-pimpinan"."""
    agency = re.sub(r"[^a-z0-9]+", "-", letter.agency.name.lower()).strip("-")
    to = next(word for word, kind in KINDS.items() if kind is letter.kind)
    return f"surat-{letter.period.key}-{letter.agency.code}-{agency}-{to}"[:150]


@blueprint.get("/surat-pengingat/konsep.zip")
@needs(Permission.WRITE_TO_HEADS)
def escalation_drafts():
    """The open drafts of a list in one file: `bentuk` docx or pdf. More than fit are a sentence on the list."""
    drafting.let_go_of_settled()
    ending = "pdf" if request.args.get("bentuk") == "pdf" else "docx"
    with read_only():
        chosen, args = chosen_by_address()
        drafts = queries.chosen_letters(replace(chosen, state=LetterState.DRAFT))
        if not 0 < len(drafts) <= MOST_IN_ONE_FILE:
            flash(_not_packed(len(drafts)))
            return redirect(url_for(".escalation_letters", **args))
        named = [(f"{_name(letter)}.{ending}", paper_of(letter)) for letter in drafts]
    return _zip(named, ending)


def _not_packed(count: int) -> str:
    if not count:
        return "Tidak ada konsep dalam daftar ini. Ubah saringannya, lalu unduh kembali."
    return (
        f"Daftar ini memuat {text.number(count)} konsep; satu berkas memuat paling banyak {MOST_IN_ONE_FILE}. "
        "Pilih satu provinsi atau satu jenis surat, lalu unduh kembali."
    )


def _zip(named: Sequence[tuple[str, Paper]], ending: str) -> Response:
    """Sent letter by letter, so that the line never stands idle while the next one is laid out."""
    how = f'attachment; filename="konsep-surat-{ending}.zip"'
    return Response(_packed(named, ending), mimetype="application/zip", headers={"Content-Disposition": how})


class _Sink(list):
    """Takes what the packer writes, and gives it on."""

    def write(self, piece: bytes) -> int:
        self.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def taken(self) -> bytes:
        pieces = b"".join(self)
        self.clear()
        return pieces


def _packed(named: Sequence[tuple[str, Paper]], ending: str) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as packed:
        for name, paper in named:
            packed.writestr(name, BUILDERS[ending](paper))
            yield sink.taken()
    yield sink.taken()


@blueprint.get(f"{WHERE}/pindaian")
@needs(Permission.WRITE_TO_HEADS)
def escalation_letter_scan(escalation_letter_id: int):
    return _scan_of(letter_of(escalation_letter_id), to_own=True)


@blueprint.get("/surat-sekretariat")
@needs(Permission.SEE_DEADLINES)
def sent_letters():
    """Letters about the agencies in scope that were recorded as sent."""
    found = queries.sent_letters(_scope(), number=request.args.get("halaman", 1, type=int))
    return render_template("reminders/escalation_sent.html", found=found)


@blueprint.get(f"{SENT}.pdf")
@needs(Permission.SEE_DEADLINES)
def sent_letter_pdf(escalation_letter_id: int):
    with read_only():
        letter = _sent(escalation_letter_id)
        paper = paper_of(letter), _name(letter)
    return _built(paper, "pdf", "application/pdf", "inline")


@blueprint.get(f"{SENT}/pindaian")
@needs(Permission.SEE_DEADLINES)
def sent_letter_scan(escalation_letter_id: int):
    return _scan_of(_sent(escalation_letter_id), to_own=False)


def _scope() -> ColumnElement[bool]:
    return visible_agencies(current_user, Permission.SEE_DEADLINES)


def _sent(letter_id: int) -> EscalationLetter:
    return queries.sent_letter(letter_id, _scope()) or abort(404)


def _scan_of(letter: EscalationLetter, *, to_own: bool) -> Response:
    """The original bytes, never shown inside our page. Raises Refused while its scan for malware waits, or found
    some."""
    if letter.file is None:
        abort(404)
    why = malware.why_not_served(letter.file_id, to_own_agency=to_own)
    if why:
        raise Refused(*why)
    try:
        stream = storage().open(letter.file.storage_key)
    except MissingObject:
        abort(404)
    answer = send_file(
        stream, mimetype=media_type_of(letter.file_name), as_attachment=True, download_name=letter.file_name
    )
    answer.content_length = letter.file.size
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
