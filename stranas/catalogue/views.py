"""The door of the catalogue: what is demanded, when, of whom, and how well each row is known."""

from flask import Blueprint, abort, render_template
from flask_login import current_user

from stranas.catalogue.queries import catalogue, item_page
from stranas.reporting.obligations import owing_counts
from stranas.system.access import Permission, needs

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/katalog")
@needs(Permission.SEE_CATALOGUE)
def items():
    return render_template("catalogue/items.html", catalogue=catalogue(), timezone=_timezone())


@blueprint.get("/katalog/<key>")
@needs(Permission.SEE_CATALOGUE)
def item(key: str):
    page = item_page(item=key)
    if page is None:
        abort(404)
    counts = owing_counts(item_id=page.id)
    return render_template("catalogue/item.html", page=page, counts=counts, timezone=_timezone())


def _timezone() -> str:
    """The reader's own zone: that of the agency he works for."""
    agencies = (membership.agency for membership in current_user.memberships)
    return next((agency.timezone for agency in agencies if agency), "Asia/Jakarta")
