"""One document: what it is, what the checks say, where it is used, its revisions; and what it says about itself."""

from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from stranas.accounts.policy import holds
from stranas.evidence import operations
from stranas.evidence.forms import DecisionForm, FactsForm
from stranas.evidence.operations import FactsChanged, facts_of, stamp
from stranas.evidence.queries import DocumentView, find_document
from stranas.evidence.queries.checks import claims_of
from stranas.evidence.queries.documents import hands_of, revisions_of
from stranas.evidence.rules import Publicity, ending_of
from stranas.evidence.views import blueprint, scope
from stranas.release.queries.released import released_periods
from stranas.reporting.places import Place, places_of
from stranas.reporting.rules import Status
from stranas.reporting.uses import filings_with_letter, was_sent
from stranas.requests.queries.answers import answered_with
from stranas.system import clock
from stranas.system.access import Permission, needs, received_at


@blueprint.get("/dokumen/<int:document_id>")
@needs(Permission.SEE_REPORTS)
def document(document_id: int):
    return detail_page(scope.document(document_id))


def detail_page(shown: DocumentView, decision: DecisionForm | None = None) -> str:
    """`decision`: the PPID's form as it was sent, with its errors."""
    own = scope.is_own(shown)
    revisions = revisions_of(shown.series, scope=scope.readable())
    newest = revisions[0]
    edits = newest.id == shown.id and scope.may_edit(shown)
    fixes = newest.id == shown.id and scope.may(Permission.FIX_PUBLICITY, shown)
    places = places_of([shown.series], where=scope.places())
    if fixes and decision is None:
        decision = _decision_on(shown)
    return render_template(
        "evidence/document.html",
        document=shown,
        own=own,
        edits=edits and shown.removed_at is None,
        decision=decision if fixes else None,
        hands=hands_of(shown.id) if own else None,
        claims=claims_of(shown.id, scope.told()),
        revisions=revisions,
        newest=newest,
        places=[_shown(place, own=own) for place in places],
        left=[place for place in places if edits and _is_left(place, newest)],
        requests=answered_with([one.id for one in revisions]) if own else [],
        letters=filings_with_letter([one.id for one in revisions]) if own else [],
        sent=find_document(shown.id, scope=was_sent()) is not None,
        restorable=edits and _is_restorable(shown),
    )


@dataclass(frozen=True)
class ShownPlace:
    place: Place
    status: Status


def _shown(place: Place, *, own: bool) -> ShownPlace:
    """How a report was judged is told to those who may know; others see that it was sent."""
    if not own:
        return ShownPlace(place, Status.SENT)
    knows = holds(current_user, Permission.SEE_OWN_RESULT) or place.period_id in released_periods(at=clock.now())
    return ShownPlace(place, place.status if knows else place.status.unjudged)


def _is_left(place: Place, newest: DocumentView) -> bool:
    """A report that can still be changed holds an earlier revision."""
    return place.document_id != newest.id and place.status.is_editable


def _is_restorable(shown: DocumentView) -> bool:
    return shown.removed_at is not None and clock.now() - shown.removed_at <= operations.RESTORABLE_FOR


def _decision_on(shown: DocumentView) -> DecisionForm:
    """What was proposed is the ground to begin with."""
    proposed = shown.publicity is Publicity.PROPOSED_EXEMPT
    data: dict[str, Any] = {"seen": shown.publicity.value, "ground": shown.publicity_ground}
    if proposed or shown.is_fixed:
        data["publicity"] = Publicity.EXEMPT.value if proposed else shown.publicity.value
    return DecisionForm(formdata=None, data=data)


@blueprint.get("/dokumen/<int:document_id>/ubah")
@needs(Permission.WRITE_REPORTS)
def edit_document(document_id: int):
    shown = scope.editable(document_id)
    facts = facts_of(shown)
    form = FactsForm(formdata=None, data=FactsForm.data_of(facts) | {"opened": stamp(facts)})
    return _edit_page(shown, _begun(form, shown))


@blueprint.post("/dokumen/<int:document_id>/ubah")
@needs(Permission.WRITE_REPORTS)
def describe_document(document_id: int):
    shown = scope.editable(document_id)
    form = _begun(FactsForm(), shown)
    if not form.validate():
        return _edit_page(shown, form), 422
    try:
        operations.describe_document(document_id=shown.id, facts=form.facts, opened=form.opened.data or "")
    except FactsChanged as changed:
        return _conflict(shown, form, changed)
    flash("Keterangan dokumen disimpan. Yang sudah dikirim tidak berubah.")
    return redirect(url_for(".document", document_id=shown.id))


def _begun(form: FactsForm, shown: DocumentView) -> FactsForm:
    return form.begin(ending="" if shown.is_link else ending_of(shown.name), zone=shown.zone)


def _edit_page(shown: DocumentView, form: FactsForm) -> str:
    return render_template("evidence/edit_document.html", document=shown, form=form)


def _conflict(shown: DocumentView, form: FactsForm, changed: FactsChanged):
    """Both side by side; the form begins anew from what stands, so that it overwrites only knowingly."""
    form.opened.raw_data = [stamp(changed.facts)]
    form.opened.data = stamp(changed.facts)
    mine, theirs = vars(form.facts), vars(changed.facts)
    return render_template(
        "evidence/facts_conflict.html",
        document=replace(shown, name=changed.facts.name),
        form=form,
        theirs=changed.facts,
        differing=[name for name in mine if mine[name] != theirs[name]],
    ), 409


@blueprint.post("/dokumen/<int:document_id>/hapus")
@needs(Permission.WRITE_REPORTS)
def remove_document(document_id: int):
    shown = scope.editable(document_id)
    operations.remove_document(document_id=shown.id, person=current_user, at=received_at())
    flash(f"{shown.name} dihapus dari daftar. Dokumen dapat dikembalikan selama {operations.RESTORABLE_FOR.days} hari.")
    return redirect(url_for(".library"))


@blueprint.post("/dokumen/<int:document_id>/kembalikan")
@needs(Permission.WRITE_REPORTS)
def restore_document(document_id: int):
    shown = scope.editable(document_id)
    operations.restore_document(document_id=shown.id, at=received_at())
    flash(f"{shown.name} kembali ada dalam daftar.")
    return redirect(url_for(".document", document_id=shown.id))
