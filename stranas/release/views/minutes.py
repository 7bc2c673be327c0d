"""Berita acara hasil verifikasi: page, paper, and the signatures of both sides."""

from dataclasses import dataclass

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from reports import paper
from stranas.accounts.policy import holds
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.compliance.queries import latest_cutoff
from stranas.release import operations
from stranas.release.forms import SignForm
from stranas.release.queries import minutes as queries
from stranas.release.queries.periods import PeriodStage
from stranas.release.rules import Side, minutes_number
from stranas.release.views import blueprint, scope
from stranas.release.views.content import content_of, said
from stranas.reporting.rules import canonical, fingerprint
from stranas.system import clock
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import read_only


@dataclass(frozen=True)
class Sheet:
    """One berita acara as it stands: frozen, or as it would be if somebody signed now."""

    agency: Agency
    period: Period
    stage: PeriodStage
    view: queries.MinutesView | None
    content: dict

    @property
    def words(self):
        return said(self.content, self.agency.timezone)

    @property
    def number(self) -> str:
        return minutes_number(period_key=self.period.key, agency_code=self.agency.code)

    @property
    def seen(self) -> str:
        """What a reader has before him, whatever the minute at which he reads it."""
        return fingerprint(canonical({key: value for key, value in self.content.items() if key != "cutoff"}))

    @property
    def sides(self) -> list[tuple[Side, queries.Signature | None]]:
        return [(side, self.view.by(side) if self.view else None) for side in Side]


@blueprint.get("/berita-acara/<period_key>/<code>")
@needs(Permission.SEE_REPORTS)
def minutes(period_key: str, code: str):
    return _page(_sheet(period_key, code), SignForm(formdata=None))


@blueprint.get("/berita-acara/<period_key>/<code>.pdf")
@needs(Permission.SEE_REPORTS)
def minutes_pdf(period_key: str, code: str):
    """Read in one short transaction; rendering holds none."""
    with read_only():
        sheet = _sheet(period_key, code)
        values = {
            "m": sheet.words,
            "number": sheet.number,
            "sides": sheet.sides,
            "zone": sheet.agency.timezone,
            "sha256": sheet.view.sha256 if sheet.view else "",
            "practice": clock.is_practice(),
        }
        pdf_name = f"{sheet.number}.pdf"
    content = paper.render("minutes.html", **values)
    headers = {"Content-Disposition": f'inline; filename="{pdf_name}"'}
    return Response(content, mimetype="application/pdf", headers=headers)


@blueprint.post("/hasil/<period_key>/tanda-tangan")
@needs(Permission.SEE_OWN_RESULT)
def sign_for_agency(period_key: str):
    sheet = _sheet(period_key, scope.own_agency().code)
    return _signed(sheet, Side.AGENCY, queries.agency_signer(current_user, agency=sheet.agency, now=received_at()))


@blueprint.post("/berita-acara/<period_key>/<code>/tanda-tangan")
@needs(Permission.VERIFY)
def sign_as_verifier(period_key: str, code: str):
    sheet = _sheet(period_key, code)
    verifies = queries.verifies_agency(current_user, agency_id=sheet.agency.id, period_id=sheet.period.id)
    return _signed(sheet, Side.VERIFIER, queries.verifier_signer(current_user) if verifies else ())


def _signed(sheet: Sheet, side: Side, signer: tuple[str, ...]):
    form = SignForm()
    if not form.validate():
        return _page(sheet, form), 422
    if request.form.get("seen") != sheet.seen:  # nobody signs what he has not read
        form.stance.errors = ["Isi berita acara ini berubah sejak Anda membukanya. Baca isinya, lalu simpan kembali."]
        return _page(sheet, form), 409
    operations.sign_minutes(
        period_id=sheet.period.id,
        agency=sheet.agency,
        side=side,
        stance=form.chosen,
        remark=form.remark.data or "",
        person=current_user,
        signer=signer,
        content=sheet.content,
        received_at=received_at(),
    )
    flash(f"Pernyataan tersimpan pada berita acara {sheet.number}.")
    return redirect(url_for(".minutes", period_key=sheet.period.key, code=sheet.agency.code))


def _sheet(period_key: str, code: str) -> Sheet:
    """404 until the masa klarifikasi has ended: there is nothing to sign before."""
    period, stage = scope.period_of(period_key), scope.stage_of(period_key)
    agency = scope.agency_with_minutes(code, period)
    if stage.clarification_ends_at is None or clock.now() < stage.clarification_ends_at:
        abort(404)
    view = queries.minutes_of(period_id=period.id, agency_id=agency.id)
    content = (
        view.content
        if view
        else content_of(
            agency=agency,
            period=period,
            clarification_ended=stage.clarification_ends_at,
            cutoff=latest_cutoff(),
        )
    )
    return Sheet(agency, period, stage, view, content)


def _page(sheet: Sheet, form: SignForm) -> str:
    side, signer = _turn(sheet)
    return render_template(
        "release/minutes.html",
        sheet=sheet,
        m=sheet.words,
        form=form,
        side=side,
        signer=signer,
        may_sign=queries.agency_signers(sheet.agency, now=clock.now()),
        zone=sheet.agency.timezone,
    )


def _turn(sheet: Sheet) -> tuple[Side | None, tuple[str, ...]]:
    """For which side the reader may sign now, and under which lines."""
    sides = dict(sheet.sides)
    if scope.is_own(sheet.agency) and sides[Side.AGENCY] is None:
        signer = queries.agency_signer(current_user, agency=sheet.agency, now=clock.now())
        return (Side.AGENCY, signer) if signer else (None, ())
    if sides[Side.VERIFIER] is None and holds(current_user, Permission.VERIFY):
        verifies = queries.verifies_agency(current_user, agency_id=sheet.agency.id, period_id=sheet.period.id)
        return (Side.VERIFIER, queries.verifier_signer(current_user)) if verifies else (None, ())
    return None, ()
