"""What a report is called, and whom it says to be about."""

from stranas.compliance.snapshot import Snapshot
from stranas.system.text import number


def title_words(snapshot: Snapshot) -> str:
    """What the report is: of one agency, of a province and its kabupaten/kota, of the country."""
    if len(snapshot.agencies) == 1:
        return "Laporan kepatuhan pelaporan"
    if len({row.agency.province_id for row in snapshot.agencies}) == 1 and snapshot.provinces:
        return f"Rekap kepatuhan Provinsi {snapshot.provinces[0].name}"
    return "Laporan kepatuhan pelaporan" if snapshot.scope else "Laporan kepatuhan pelaporan nasional"


def scope_words(snapshot: Snapshot) -> str:
    """Whom it is about: the agency's name, or how the agencies were chosen."""
    if len(snapshot.agencies) == 1:
        return snapshot.agencies[0].agency.name
    return f"{snapshot.scope[:1].upper()}{snapshot.scope[1:]}" or f"{number(len(snapshot.agencies))} instansi"
