"""Accepting several reports together: one score, one confirmation, a list of what was done and what was not."""

from dataclasses import dataclass
from decimal import Decimal

from flask import render_template, request
from flask_login import current_user

from stranas.catalogue.rules import ProgrammeRules
from stranas.reporting.queries.due import rules_of
from stranas.system import clock
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import read_only, unit_of_work
from stranas.system.errors import Refused
from stranas.verification import operations
from stranas.verification.forms import read_batch
from stranas.verification.queries import case as cases
from stranas.verification.queries.bulk import bulk_rows
from stranas.verification.rules import Incomplete
from stranas.verification.views import blueprint, scope

MOST = 50


@dataclass(frozen=True)
class Done:
    """One report of the batch; `why_not` is empty where it was accepted."""

    submission_id: int
    words: str
    why_not: str


@blueprint.get("/antrean/bersama")
@needs(Permission.VERIFY)
def bulk():
    return _page()


@blueprint.post("/antrean/bersama")
@needs(Permission.VERIFY)
def accept_together():
    """Each report is a transaction of its own: one that moved on in between is skipped with a sentence. 409 when
    none was accepted."""
    batch, score = read_batch(request.form.getlist("laporan"))[:MOST], request.form.get("nilai", "").strip()
    with read_only():
        rules = _rules()
        problems = _problems(batch, score, rules)
        if problems:
            return _page(problems, chosen={pair[0] for pair in batch}, score=score), 422
    done = [_accept(submission_id, version_id, Decimal(score)) for submission_id, version_id in batch]
    with read_only():
        page = render_template("verification/bulk_done.html", done=done, score=score, args=scope.args())
    return page, 409 if all(one.why_not for one in done) else 200


def _problems(batch: list[tuple[int, int]], score: str, rules: ProgrammeRules | None) -> dict[str, str]:
    problems = {}
    if not batch:
        problems["laporan"] = "Pilih sekurang-kurangnya satu laporan."
    scale = (
        {str(step) for step in rules.scores} if rules else {score} if score.isdecimal() and len(score) < 4 else set()
    )
    if score not in scale:
        problems["nilai"] = "Pilih satu nilai untuk semua laporan yang dipilih."
    if request.form.get("yakin") != "1":
        problems["yakin"] = "Nyatakan bahwa Anda sudah memeriksa laporan yang dipilih."
    return problems


def _accept(submission_id: int, version_id: int, score: Decimal) -> Done:
    words = ""
    try:
        with unit_of_work():
            submission = cases.submission_in_scope(submission_id, scope.mine())
            if submission is None:
                raise Refused("Laporan ini tidak ada dalam antrean Anda.")
            words = f"{submission.obligation.item.key} {submission.obligation.agency.name}"
            operations.accept_together(
                submission=submission,
                version_id=version_id,
                verifier=current_user,
                score=score,
                received_at=received_at(),
            )
    except Refused as refused:
        return Done(submission_id, words, refused.sentence)
    except Incomplete as incomplete:
        return Done(submission_id, words, incomplete.problems[0].sentence)
    return Done(submission_id, words, "")


def _rules() -> ProgrammeRules | None:
    """The scale of the programme that the queue is about."""
    ids = scope.ids()[:1]
    submission = cases.submission_in_scope(ids[0], scope.mine()) if ids else None
    return rules_of(submission.obligation) if submission else None


def _page(problems: dict[str, str] | None = None, *, chosen: set[int] | None = None, score: str = "") -> str:
    ids = scope.ids()
    rows = bulk_rows(ids[:MOST], now=clock.now())
    return render_template(
        "verification/bulk.html",
        eligible=[row for row in rows if not row.why_not],
        others=[row for row in rows if row.why_not],
        total=len(ids),
        most=MOST,
        rules=_rules(),
        problems=problems or {},
        chosen=chosen or set(),
        score=score,
        args=scope.args(),
    )
