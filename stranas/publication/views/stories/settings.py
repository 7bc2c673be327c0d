"""How an agency publishes: unit, office, logo, colours, masa pilkada."""

from dataclasses import dataclass

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from reports.kit.values import Identity
from stranas.accounts.policy import POLICY
from stranas.agencies.models import Agency, AgencyLevel
from stranas.agencies.queries import units_of
from stranas.publication import handing_over  # noqa: F401 (tells the accounts what a role leaves)
from stranas.publication.colours import (
    HOUSE_ACCENT,
    HOUSE_COLOUR,
    INK,
    LARGE,
    WHITE,
    contrast,
    is_colour,
    look_of,
    text_on,
)
from stranas.publication.images import LOGO, BadImage, take_in
from stranas.publication.operations.profiles import set_logo, set_profile
from stranas.publication.profile_forms import LogoForm, ProfileForm, filled
from stranas.publication.queries.profiles import profile_of
from stranas.publication.views import blueprint
from stranas.system import text
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import read_only, unit_of_work
from stranas.system.storage import MissingObject, storage

# Suggestions, never a rule: every agency has its own house.
OFFICES = (
    "Kepala Dinas Komunikasi dan Informatika",
    "Kepala Bagian Protokol dan Komunikasi Pimpinan",
    "Kepala Biro Hubungan Masyarakat",
    "Kepala Biro Komunikasi dan Layanan Informasi",
)
LOCAL_UNITS = ("Dinas Komunikasi dan Informatika", "Bagian Protokol dan Komunikasi Pimpinan")
CENTRAL_UNITS = ("Biro Hubungan Masyarakat", "Biro Komunikasi dan Layanan Informasi")


@dataclass(frozen=True)
class Reading:
    """How text is read on a colour: white where it can be read, else ink, and both contrasts as printed ("8,9")."""

    name: str
    colour: str
    text: str
    on_white: str
    on_ink: str

    @property
    def words(self) -> str:
        return "putih" if self.text == WHITE else "gelap"


@blueprint.get("/publikasi/identitas")
@needs(Permission.SET_UP_PUBLICATION)
def settings():
    return _page(own_agency())


@blueprint.post("/publikasi/identitas")
@needs(Permission.SET_UP_PUBLICATION)
def change_settings():
    agency, form = own_agency(), ProfileForm()
    if not form.validate():
        return _page(agency, form), 422
    values = {field.name: field.data for field in form if field.name != "csrf_token"}
    set_profile(agency=agency, **values, person=current_user, at=received_at())
    flash("Identitas publikasi sudah disimpan.")
    return redirect(url_for(".settings"))


@blueprint.get("/publikasi/identitas/kontras")
@needs(Permission.SET_UP_PUBLICATION)
def colour_contrast():
    """The part of the page that says how two colours are read, asked again whenever one is chosen."""
    colour, accent = request.args.get("colour", ""), request.args.get("accent", "")
    return render_template("publication/_contrast.html", **_readings(colour, accent))


@blueprint.get("/publikasi/identitas/logo")
@needs(Permission.SEE_OWN_ACCOUNT)
def logo():
    """The logo of the agency in which the reader works; the public sees it only in what a kit made."""
    places = [m.agency_id for m in current_user.memberships if m.agency_id]
    keys = [key for key in (profile_of(agency_id).logo_key for agency_id in places) if key]
    if not keys:
        abort(404)
    try:
        with storage().open(keys[0]) as stream:
            return Response(stream.read(), mimetype="image/png")
    except MissingObject:
        abort(404)


@blueprint.post("/publikasi/identitas/logo")
@needs(Permission.SET_UP_PUBLICATION)
def change_logo():
    """Received and drawn with nothing open."""
    with read_only():
        own_agency()
    part, form = request.files.get("logo"), LogoForm()
    try:
        taken = take_in(part.stream, LOGO) if part and part.filename else None
    except BadImage as problem:
        form.logo.errors = [str(problem)]
    if not form.logo.errors and taken is None:
        form.logo.errors = ["Pilih berkas logo."]
    if form.logo.errors:
        with read_only():
            return _page(own_agency(), logo_form=form), 422
    with unit_of_work():
        set_logo(agency=own_agency(), logo=taken, person=current_user, at=received_at())
    flash("Logo sudah disimpan.")
    return redirect(url_for(".settings", _anchor="logo"))


@blueprint.post("/publikasi/identitas/logo/hapus")
@needs(Permission.SET_UP_PUBLICATION)
def remove_logo():
    set_logo(agency=own_agency(), logo=None, person=current_user, at=received_at())
    flash("Logo sudah dihapus. Publikasi yang sudah terbit tidak berubah.")
    return redirect(url_for(".settings", _anchor="logo"))


def own_agency() -> Agency:
    """The agency that the person may set up: his own, never another."""
    for membership in current_user.memberships:
        if membership.agency and Permission.SET_UP_PUBLICATION in POLICY[membership.role].permissions:
            return membership.agency
    abort(404)


def _page(agency: Agency, form: ProfileForm | None = None, logo_form: LogoForm | None = None) -> str:
    profile = profile_of(agency.id)
    form = form or filled(profile)
    units = [unit.name for unit in units_of(agency.id, active=True)]
    usual = CENTRAL_UNITS if agency.level is AgencyLevel.KL else LOCAL_UNITS
    return render_template(
        "publication/settings.html",
        agency=agency,
        profile=profile,
        form=form,
        logo_form=logo_form or LogoForm(formdata=None),
        units=dict.fromkeys((*usual, *units)),
        offices=OFFICES,
        largest=LOGO.largest,
        **_readings(form.colour.data or "", form.accent.data or ""),
        leaves_names_out=profile.leaves_leaders_out,
    )


def _readings(colour: str, accent: str) -> dict:
    """Of what is no colour, those of the house."""
    colour, accent = colour.lower(), accent.lower()
    colour, accent = (colour if is_colour(colour) else HOUSE_COLOUR), (accent if is_colour(accent) else HOUSE_ACCENT)
    return {
        "readings": [_reading("Warna utama", colour), _reading("Warna aksen", accent)],
        "between": _ratio(contrast(colour, accent)),
        "kit_note": look_of(Identity(colour, accent)).note,
        "least": _ratio(LARGE),
    }


def _reading(name: str, colour: str) -> Reading:
    return Reading(name, colour, text_on(colour), _ratio(contrast(colour, WHITE)), _ratio(contrast(colour, INK)))


def _ratio(value: float) -> str:
    """One place, cut and not rounded: what is printed is reached."""
    return text.number(int(value * 10) / 10, places=1)
