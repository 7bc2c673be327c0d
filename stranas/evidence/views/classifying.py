"""How open a document is: the Inspektorat says or proposes, the PPID fixes."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from stranas.accounts.policy import visible_agencies
from stranas.evidence import operations
from stranas.evidence.forms import ClassForm, DecisionForm
from stranas.evidence.queries import DocumentView
from stranas.evidence.queries.documents import proposals_in
from stranas.evidence.rules import Publicity
from stranas.evidence.views import blueprint, scope
from stranas.evidence.views.document import detail_page
from stranas.system.access import Permission, needs, received_at


@blueprint.get("/dokumen/usul-dikecualikan")
@needs(Permission.FIX_PUBLICITY)
def proposals():
    """What waits for the PPID, the longest first."""
    found = proposals_in(visible_agencies(current_user, Permission.FIX_PUBLICITY))
    return render_template("evidence/proposals.html", found=found)


@blueprint.get("/dokumen/<int:document_id>/klasifikasi")
@needs(Permission.WRITE_REPORTS)
def classify_document(document_id: int):
    shown = scope.editable(document_id)
    data = {"publicity": shown.publicity.value, "ground": shown.publicity_ground, "seen": shown.publicity.value}
    return _page(shown, ClassForm(formdata=None, data=data))


@blueprint.post("/dokumen/<int:document_id>/klasifikasi")
@needs(Permission.WRITE_REPORTS)
def propose_publicity(document_id: int):
    shown, form = scope.editable(document_id), ClassForm()
    if not form.validate():
        return _page(shown, form), 422
    proposes = form.chosen is Publicity.PROPOSED_EXEMPT
    operations.propose_publicity(
        document_id=shown.id,
        publicity=form.chosen,
        ground=form.ground.data or "",
        person=current_user,
        at=received_at(),
        seen=form.seen_class,
    )
    flash("Usul dikecualikan diteruskan kepada PPID." if proposes else f"Klasifikasi diubah: {form.chosen.label}.")
    return redirect(url_for(".document", document_id=shown.id))


@blueprint.post("/dokumen/<int:document_id>/penetapan")
@needs(Permission.FIX_PUBLICITY)
def fix_publicity(document_id: int):
    shown, form = scope.fixable(document_id), DecisionForm()
    if not form.validate():
        return detail_page(shown, form), 422
    operations.fix_publicity(
        document_id=shown.id,
        publicity=form.chosen,
        ground=form.ground.data,
        person=current_user,
        at=received_at(),
        seen=form.seen_class,
    )
    flash(f"Penetapan disimpan: {form.chosen.label}.")
    return redirect(url_for(".document", document_id=shown.id))


def _page(shown: DocumentView, form: ClassForm) -> str:
    return render_template("evidence/classify_document.html", document=shown, form=form)
