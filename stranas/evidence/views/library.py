"""The library: the documents of an agency, where they are used, and what the checks say."""

from flask import render_template, request

from stranas.evidence import queries
from stranas.evidence.views import blueprint, scope
from stranas.reporting.uses import uses_of_documents
from stranas.requests.queries.asked import origins
from stranas.system.access import Permission, needs


@blueprint.get("/dokumen")
@needs(Permission.SEE_REPORTS)
def library():
    """Documents of the own agency; a reader without one sees those of the agencies in scope."""
    words = request.args.get("cari", "").strip()
    found = queries.list_documents(scope=scope.listed(), words=words, page=request.args.get("halaman", 1, type=int))
    ids = [row.id for row in found.rows]
    uses: dict[int, list] = {}
    for use in uses_of_documents(ids):
        uses.setdefault(use.document_id, []).append(use)
    return render_template(
        "evidence/library.html",
        found=found,
        words=words,
        uses=uses,
        findings=queries.worst_findings(ids),
        units=origins(ids),
        several=len({row.agency_id for row in found.rows}) > 1 or not scope.own_agencies(),
    )
