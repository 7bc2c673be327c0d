"""To whom the secretariat writes about what an agency owes: offices, never persons. Standard library only.

Source: Sekretaris Daerah by UU 23/2014; secretaries and heads of K/L by the regulations on their organisation,
recalled for 2020. The secretariat reads the address before it signs; the Word file can be corrected.
"""

from dataclasses import dataclass

from stranas.agencies import rules

# Ministries whose secretary is a Sekretaris Kementerian, and not a Sekretaris Jenderal.
LED_BY_SECRETARY = {
    "kemenko-marves",
    "kemenko-perekonomian",
    "kemenko-pmk",
    "kemenko-polhukam",
    "kemenkop-ukm",
    "kementerian-bumn",
    "kementerian-panrb",
    "kementerian-ppn-bappenas",
    "kementerian-pppa",
}
# Of K/L whose offices have names of their own: secretary and head.
OFFICES = {
    "brg": ("Sekretaris Badan Restorasi Gambut", "Kepala Badan Restorasi Gambut"),
    "kasn": ("Kepala Sekretariat Komisi Aparatur Sipil Negara", "Ketua Komisi Aparatur Sipil Negara"),
    "kejagung": ("Jaksa Agung Muda Pembinaan", "Jaksa Agung Republik Indonesia"),
    "kpk": ("Sekretaris Jenderal Komisi Pemberantasan Korupsi", "Ketua Komisi Pemberantasan Korupsi"),
    "ksp": ("Kepala Sekretariat Kantor Staf Presiden", "Kepala Staf Kepresidenan"),
    "ma": ("Sekretaris Mahkamah Agung Republik Indonesia", "Ketua Mahkamah Agung Republik Indonesia"),
    "polri": (
        "Kepala Sekretariat Umum Kepolisian Negara Republik Indonesia",
        "Kepala Kepolisian Negara Republik Indonesia",
    ),
}
# Non-ministerial agencies: a Sekretaris Utama under a Kepala.
AGENCIES = ("Arsip", "Badan", "Lembaga", "Pusat")
# A legal person under public law is led by directors and has neither.
NO_AGENCY = ("bpjs-kesehatan", "bpjs-ketenagakerjaan")
INTERIOR = "Menteri Dalam Negeri c.q. Inspektur Jenderal Kementerian Dalam Negeri"
TO_PLACE_UNKNOWN = "tempat"


@dataclass(frozen=True)
class Place:
    """What of an agency decides about its addresses. `level`: value of AgencyLevel; `province`: name of the one in
    which a kabupaten or kota lies; `head`, `oversight`: names of its own, empty where the usual ones hold."""

    code: str
    name: str
    level: str
    province: str = ""
    seat: str = ""
    head: str = ""
    oversight: str = ""

    @property
    def is_local(self) -> bool:
        return self.level != "kl"

    @property
    def lies_in_province(self) -> bool:
        return self.level in ("kabupaten", "kota")


def secretary(place: Place) -> str:
    """ "Sekretaris Daerah Kabupaten Temanggung", "Sekretaris Jenderal Kementerian Sosial", "Sekretaris Utama …"."""
    if place.is_local:
        return f"Sekretaris Daerah {place.name}"
    if place.code in OFFICES:
        return OFFICES[place.code][0]
    if place.name.startswith("Kementerian"):
        own = "Sekretaris" if place.code in LED_BY_SECRETARY else "Sekretaris Jenderal"
        return f"{own} {place.name}"
    return f"Sekretaris Utama {place.name}" if _is_agency(place) else f"Pimpinan Sekretariat {place.name}"


def head(place: Place) -> str:
    """The office of the head; what the agency's own data say goes first."""
    if place.head:
        return place.head
    if place.code in OFFICES:
        return OFFICES[place.code][1]
    return f"Kepala {place.name}" if _is_agency(place) else rules.head(name=place.name, level=place.level)


def _is_agency(place: Place) -> bool:
    return not place.is_local and place.name.startswith(AGENCIES) and place.code not in NO_AGENCY


def governor(place: Place) -> str:
    """Through whom the head of a kabupaten or kota is written to; empty for all others."""
    if not place.lies_in_province:
        return ""
    return rules.head(name=place.province, level="provinsi") if place.province else "Gubernur"


def overseer(place: Place) -> str:
    """The office that leads the oversight unit: "Inspektur Kabupaten Temanggung", "Inspektur Jenderal …"."""
    return rules.office(name=place.name, level=place.level, unit=place.oversight)


def seat(place: Place) -> str:
    return place.seat or (TO_PLACE_UNKNOWN if place.is_local else "Jakarta")


def copies_to_secretary(place: Place) -> tuple[str, ...]:
    """Tembusan of the first letter: those who oversee, and nobody above the addressee."""
    if place.lies_in_province:
        return (_provincial_inspector(place), overseer(place))
    return (overseer(place),)


def copies_to_head(place: Place) -> tuple[str, ...]:
    """Tembusan of the second letter: who supervises regions, the governor c.q. his inspector, who had the first."""
    above = (INTERIOR,) if place.is_local else ()
    through = (f"{governor(place)} c.q. {_provincial_inspector(place)}",) if place.lies_in_province else ()
    return (*above, *through, secretary(place), overseer(place))


def _provincial_inspector(place: Place) -> str:
    return f"Inspektur {place.province or 'Provinsi'}"
