"""A released quarter whose figures are public, for tests of the portal and of stories."""

from stranas.catalogue.models import Period
from stranas.publication.operations.figures import publish_figures
from stranas.publication.queries.figures import public_figures
from stranas.publication.rules import Scope
from stranas.system import clock
from tests.compliance.released import AFTER, freeze, settle_released


def publish(*, agencies: int = 20) -> Period:
    """The country of tests/compliance, released, frozen and public at AFTER. Files of the edition are made in full
    unless the test replaces `Format.write` (tests/compliance/released.py, write_quickly)."""
    period = settle_released(agencies=agencies)
    freeze()
    with clock.at(AFTER):
        publish_figures()
    return period


def addresses() -> list[str]:
    """Every kind of page, of things that have figures."""
    (province, *_), (agency, *_) = public_figures(scopes=[Scope.PROVINCE]), public_figures(scopes=[Scope.AGENCY])
    action = next(row.action_key for row in public_figures(scopes=[Scope.NATIONAL], action_keys=None) if row.action_key)
    return [
        "/capaian",
        f"/capaian/triwulan/{agency.period_key}",
        f"/capaian/provinsi/{province.key}",
        f"/capaian/instansi/{agency.key}",
        f"/capaian/aksi/{action}",
        "/capaian/instansi",
        "/capaian/aksi",
        "/capaian/peringkat",
        "/capaian/peringkat?kelompok=kabupaten&urut=lolos",
        "/capaian/arti-angka",
        "/capaian/cari",
        "/capaian/cari?q=kab",
        "/capaian/cari?q=zzzz",
    ]
