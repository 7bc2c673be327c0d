"""What was sent and what happened: the versions of a report, two side by side, the whole timeline."""

from flask import abort, redirect, render_template, request, url_for

from stranas.reporting.models import Obligation
from stranas.reporting.queries import versions
from stranas.reporting.queries.timeline import timeline_of
from stranas.reporting.views import blueprint, scope
from stranas.system import clock
from stranas.system.access import Permission, needs
from stranas.verification.queries.returns import returns_of


@blueprint.get("/laporan/<int:obligation_id>/versi")
@needs(Permission.SEE_REPORTS)
def list_versions(obligation_id: int):
    """Every sent version; `kiri` and `kanan` lead to the two side by side."""
    obligation = scope.judged(obligation_id)
    left, right = request.args.get("kiri", type=int), request.args.get("kanan", type=int)
    if left and right:
        return redirect(url_for(".compare_versions", obligation_id=obligation_id, first=left, second=right))
    lines = versions.versions_of(obligation.submission)
    return render_template("reporting/versions.html", obligation=obligation, lines=lines)


@blueprint.get("/laporan/<int:obligation_id>/versi/<int:first>/<int:second>")
@needs(Permission.SEE_REPORTS)
def compare_versions(obligation_id: int, first: int, second: int):
    obligation = scope.judged(obligation_id)
    left, right = versions.two_versions(obligation.submission, first, second) or abort(404)
    shown = [file.document_id for version in (left, right) for file in version.files]
    return render_template(
        "reporting/compare_versions.html",
        obligation=obligation,
        left=left,
        right=right,
        comparison=versions.compare(left, right),
        closed=scope.closed_documents(obligation, shown),
    )


@blueprint.get("/laporan/<int:obligation_id>/riwayat")
@needs(Permission.SEE_REPORTS)
def timeline(obligation_id: int):
    obligation = scope.known(obligation_id)
    own, judged = scope.works_in(obligation.agency_id), scope.sees_judgement(obligation)
    submission, lines = obligation.submission, versions.versions_of(obligation.submission)
    if scope.shows_as_sent(obligation) and not lines:
        abort(404)
    return render_template(
        "reporting/timeline.html",
        obligation=obligation,
        timeline=timeline_of(obligation, own=own, judged=judged, now=clock.now()),
        own=own,
        returns={view.decided_at: view for view in returns_of(submission.id)} if submission and judged else {},
        versions=len(lines) if judged else 0,
        judged=judged,
    )


def sent_page(obligation: Obligation) -> str:
    """The last sent version, for readers outside the agency while the agency works on the text."""
    sent = versions.last_sent(obligation.submission) or abort(404)
    lines = versions.versions_of(obligation.submission)
    return render_template(
        "reporting/sent.html",
        obligation=obligation,
        sent=sent,
        line=lines[-1],
        judged=scope.sees_judgement(obligation),
        closed=scope.closed_documents(obligation, [file.document_id for file in sent.files]),
    )
