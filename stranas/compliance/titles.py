"""What a report is called, and whom it says to be about."""

from stranas.compliance.snapshot import Snapshot
from stranas.system.text import number


def title_words(snapshot: Snapshot) -> str:
    """What the report is: of one agency, of a province and its kabupaten/kota, of the country."""
    if len(snapshot.agencies) == 1:
        return "Laporan kepatuhan pelaporan"
    if region := _region(snapshot):
        return f"Rekap kepatuhan Provinsi {region}"
    return "Laporan kepatuhan pelaporan" if snapshot.scope else "Laporan kepatuhan pelaporan nasional"


def _region(snapshot: Snapshot) -> str:
    """The one province in which all of its agencies lie."""
    one = len({row.agency.province_id for row in snapshot.agencies}) == 1
    return snapshot.provinces[0].name if one and snapshot.provinces else ""


def scope_for_machines(snapshot: Snapshot) -> str:
    """How the agencies were chosen, or by the reader's rights: a coordinator's own figures are not the country's."""
    if snapshot.scope or len(snapshot.agencies) == 1:
        return snapshot.scope or snapshot.agencies[0].agency.name
    region = _region(snapshot)
    return f"wilayah Provinsi {region}" if region else "nasional"


def scope_words(snapshot: Snapshot) -> str:
    """Whom it is about: the agency's name, or how the agencies were chosen."""
    if len(snapshot.agencies) == 1:
        return snapshot.agencies[0].agency.name
    return f"{snapshot.scope[:1].upper()}{snapshot.scope[1:]}" or f"{number(len(snapshot.agencies))} instansi"
