"""A new revision of a document, and the reports that take it instead of an earlier one."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import and_

from stranas.evidence import operations as library
from stranas.evidence.models import Document
from stranas.evidence.operations import NotAccepted, ReceivedFile
from stranas.evidence.queries import DocumentView
from stranas.evidence.queries.documents import revisions_of
from stranas.evidence.rules import BadLink
from stranas.evidence.views import blueprint, scope
from stranas.reporting import operations as reporting
from stranas.reporting.places import Place, places_of, stands
from stranas.system import text
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db, read_only, unit_of_work


@dataclass(frozen=True)
class Asked:
    """From which requirement of which report the officer came; 0 from the library itself."""

    obligation_id: int
    requirement_id: int

    @property
    def args(self) -> dict[str, int]:
        """As the address says it."""
        return {"laporan": self.obligation_id, "persyaratan": self.requirement_id} if self.obligation_id else {}

    def is_of(self, place: Place) -> bool:
        return (place.obligation_id, place.requirement_id) == (self.obligation_id, self.requirement_id)


@blueprint.get("/dokumen/<int:document_id>/revisi")
@needs(Permission.WRITE_REPORTS)
def new_revision(document_id: int):
    return _page(scope.editable(document_id), problem="", chosen=None)


@blueprint.post("/dokumen/<int:document_id>/revisi")
@needs(Permission.WRITE_REPORTS)
def revise_document(document_id: int):
    """The bytes come first; then one transaction makes the revision and puts it in the chosen places."""
    with read_only():
        shown = scope.editable(document_id)
    chosen = set(request.form.getlist("tempat", type=int))
    try:
        received = _received(shown)
        with unit_of_work():
            document = _revised(shown, received)
            kept = _replaced(document, chosen)
    except (NotAccepted, BadLink) as problem:
        sentence = f"{problem.sentence} {getattr(problem, 'repair', '')}".strip()
        return _page(scope.editable(document_id), problem=sentence, chosen=chosen), 422
    flash(_told(document, chosen, kept))
    return redirect(_back(document.id))


@blueprint.post("/dokumen/<int:document_id>/pasang")
@needs(Permission.WRITE_REPORTS)
def use_revision(document_id: int):
    """Reports that still hold an earlier revision take the newest one."""
    shown = scope.editable(document_id)
    chosen = set(request.form.getlist("tempat", type=int))
    newest = db.session.get_one(Document, revisions_of(shown.series, scope=scope.readable())[0].id)
    kept = _replaced(newest, chosen)
    flash(_told(newest, chosen, kept) if chosen else "Belum ada laporan yang dipilih.")
    return redirect(_back(newest.id))


def _received(shown: DocumentView) -> ReceivedFile | None:
    """The bytes, safe in the storage; nothing for a link. Raises NotAccepted."""
    if shown.is_link:
        return None
    part = request.files.get("berkas")
    if part is None or not part.filename:
        raise NotAccepted("Belum ada berkas yang dipilih.", "Pilih berkas revisinya.")
    return library.receive_file(part.stream, part.filename)


def _revised(shown: DocumentView, received: ReceivedFile | None) -> Document:
    scope.editable(shown.id)
    by = {"document_id": shown.id, "uploaded_by_id": current_user.id, "at": received_at()}
    if received is None:
        document = library.revise_link(address=request.form.get("tautan", ""), **by)
    else:
        document = library.revise_file(received=received, **by)
    if document.kind:
        library.request_check(document_id=document.id, claimed_kind=document.kind)
    return document


def _replaced(document: Document, chosen: Collection[int]) -> list[Place]:
    """Put it in the chosen places; those that moved on meanwhile keep what they had, and come back."""
    kept = []
    for place in _places(document.series):
        if place.evidence_id in chosen and place.document_id != document.id:
            done = reporting.replace_evidence(
                evidence_id=place.evidence_id, by=document, at=received_at(), person=current_user
            )
            kept += [] if done else [place]
    return kept


def _places(series: str) -> list[Place]:
    return places_of([series], where=and_(scope.places(), stands()))


def _told(document: Document, chosen: Collection[int], kept: list[Place]) -> str:
    where = f" dan dipasang pada {len(chosen) - len(kept)} persyaratan" if len(chosen) > len(kept) else ""
    words = f"Revisi {document.revision} disimpan{where}. Periksa nomor dan tanggalnya."
    if kept:
        names = text.joined([f"{place.item_key} {place.period_key}" for place in kept])
        words += f" Laporan {names} sudah tidak dapat diubah, jadi tetap memakai revisi lama."
    return words


def _back(document_id: int) -> str:
    """To the requirement from which the officer came, or to the document."""
    asked = _asked()
    if asked.obligation_id:
        return url_for(
            "reporting.edit_submission", obligation_id=asked.obligation_id, _anchor=f"syarat-{asked.requirement_id}"
        )
    return url_for(".document", document_id=document_id)


def _asked() -> Asked:
    return Asked(request.args.get("laporan", 0, type=int), request.args.get("persyaratan", 0, type=int))


def _page(shown: DocumentView, *, problem: str, chosen: Collection[int] | None) -> str:
    """`chosen`: the places that were ticked; at first the one that the officer came from, or else all."""
    asked, places = _asked(), _places(shown.series)
    open_places = [place for place in places if place.status.is_editable]
    if chosen is None:
        here = [place for place in open_places if asked.is_of(place)]
        chosen = {place.evidence_id for place in here or open_places}
    return render_template(
        "evidence/revise_document.html",
        document=shown,
        newest=revisions_of(shown.series, scope=scope.readable())[0],
        places=open_places,
        frozen=[place for place in places if not place.status.is_editable],
        chosen=chosen,
        asked=asked,
        problem=problem,
        back=_back(shown.id),
    )
