"""Pictures of pages for link previews (Open Graph), 1200 × 630."""

from collections.abc import Sequence
from functools import lru_cache

from flask import Response, abort

from stranas.publication.queries.figures import PublicFigures, PublicPeriod, public_figures, public_periods
from stranas.publication.queries.public_names import public_actions
from stranas.publication.rules import Scope
from stranas.publication.telling import period_title
from stranas.publication.views import public_blueprint
from stranas.publication.views.portal.seen import chosen_period, of_period, some_periods
from stranas.publication.views.portal.shell import public
from stranas.system import clock
from stranas.system.text import number

SOURCE = "Laporan yang sudah diverifikasi dan ditetapkan"


@public_blueprint.get("/capaian/gambar.png")
@public
def country_picture():
    periods = public_periods()
    if not periods:
        return _picture("Capaian pencegahan korupsi", "Hasil pertama tampil setelah penetapan hasil", None)
    rows = public_figures(scopes=[Scope.NATIONAL], period_keys=[periods[0].key])
    return _picture("Capaian pencegahan korupsi", period_title(periods[0]), rows[0])


@public_blueprint.get("/capaian/triwulan/<period_key>/gambar.png")
@public
def period_picture(period_key: str):
    seen = chosen_period(some_periods(), period_key)
    rows = public_figures(scopes=[Scope.NATIONAL], period_keys=[seen.key])
    return _picture(f"Capaian {seen.name} ({seen.key})", period_title(seen), rows[0])


@public_blueprint.get("/capaian/provinsi/<code>/gambar.png")
@public
def province_picture(code: str):
    return _asked(some_periods(), public_figures(scopes=[Scope.PROVINCE], keys=[code]))


@public_blueprint.get("/capaian/instansi/<code>/gambar.png")
@public
def agency_picture(code: str):
    return _asked(some_periods(), public_figures(scopes=[Scope.AGENCY], keys=[code]))


@public_blueprint.get("/capaian/aksi/<key>/gambar.png")
@public
def action_picture(key: str):
    action = next((one for one in public_actions() if one.key == key), None) or abort(404)
    return _asked(some_periods(), public_figures(scopes=[Scope.NATIONAL], action_keys=[key]), title=action.title)


def _asked(periods: Sequence[PublicPeriod], rows: Sequence[PublicFigures], *, title: str = "") -> Response:
    """Of the quarter that the page shows."""
    if not rows:
        abort(404)
    seen = chosen_period(periods)
    return _picture(title or rows[-1].name, period_title(seen), of_period(rows, seen))


def _picture(title: str, subtitle: str, row: PublicFigures | None) -> Response:
    """Kepatuhan never without its quality, here too."""
    figures = (
        ("Kepatuhan", _percent(row and row.compliance)),
        ("Lolos verifikasi pertama", _percent(row and row.first_pass)),
        ("Capaian", _percent(row and row.achievement)),
    )
    return Response(_drawn(title, subtitle, figures, SOURCE, clock.is_practice()), content_type="image/png")


def _percent(value) -> str:
    return number(value, places=2) if value is None else f"{number(value, places=2)}%"


@lru_cache(maxsize=32)
def _drawn(title: str, subtitle: str, figures: tuple, source: str, practice: bool) -> bytes:
    """The last few are kept: a link that is passed on is asked for many times in an hour."""
    from reports.kit.preview import page_picture

    return page_picture(title, subtitle, figures, source, practice=practice)
