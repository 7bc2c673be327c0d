"""The catalogue of the open data in DCAT 3 as JSON-LD, for other catalogues to harvest. Pure: values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from stranas.publication.terms import Terms

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EU = "http://publications.europa.eu/resource/authority"
_IANA = "https://www.iana.org/assignments/media-types"
INDONESIA = {"@id": f"{_EU}/country/IDN"}
CSV, JSON = "text/csv", "application/json"
_FORMATS = {CSV: f"{_EU}/file-type/CSV", JSON: f"{_EU}/file-type/JSON"}
TITLE = "Angka kepatuhan dan capaian Aksi Pencegahan Korupsi"
ABOUT = (
    "Kewajiban pelaporan, kepatuhan, ketepatan waktu, capaian, dan lolos verifikasi pertama dari triwulan yang "
    "hasilnya sudah ditetapkan: nasional, tingkat, provinsi, dan instansi, seluruh aksi maupun setiap aksi."
)
KEYWORDS = ("pencegahan korupsi", "Stranas PK", "kepatuhan pelaporan", "capaian", "pemerintah daerah")


@dataclass(frozen=True)
class Covered:
    """A released period with the edition that is current."""

    programme_key: str
    key: str
    name: str
    starts_on: date
    ends_on: date
    number: int
    released_at: datetime
    published_at: datetime
    snapshot_sha256: str


@dataclass(frozen=True)
class Fixed:
    """A file that is the same for everybody and small: its size and checksum are told."""

    path: str
    media_type: str
    content: bytes


def catalogue(terms: Terms, *, periods: Sequence[Covered], reference: Fixed, dictionary: Fixed) -> dict[str, Any]:
    """One document: the catalogue with its datasets, each with its files."""
    datasets = [_figures(terms, periods, dictionary), *(_period(terms, one, dictionary) for one in periods)]
    return {
        "@context": CONTEXT,
        "@id": terms.at("/data/katalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": _words(terms.titled("Data terbuka Aksi Pencegahan Korupsi")),
        "dct:description": _words("Berkas data dari angka yang sudah diverifikasi dan ditetapkan."),
        "foaf:homepage": {"@id": terms.at("/data")},
        "dct:spatial": INDONESIA,
        **_shared(terms),
        **_modified(periods),
        "dcat:dataset": [*datasets, _reference(terms, reference), _changes(terms, periods)],
    }


def _figures(terms: Terms, periods: Sequence[Covered], dictionary: Fixed) -> dict[str, Any]:
    """All periods together; it is the series to which the dataset of each period belongs."""
    return {
        "@id": terms.at("/data#angka"),
        "@type": ["dcat:Dataset", "dcat:DatasetSeries"],
        "dct:identifier": "angka",
        "dct:title": _words(terms.titled(TITLE)),
        "dct:description": _words(ABOUT),
        "dcat:keyword": [_words(word) for word in KEYWORDS],
        "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/QUARTERLY"},
        **_described(terms, dictionary),
        **_modified(periods),
        **(_temporal(min(p.starts_on for p in periods), max(p.ends_on for p in periods)) if periods else {}),
        "dcat:distribution": _two_files(terms, "", dictionary),
    }


def _period(terms: Terms, period: Covered, dictionary: Fixed) -> dict[str, Any]:
    return {
        "@id": terms.at(f"/data#angka-{period.key}"),
        "@type": "dcat:Dataset",
        "dct:identifier": f"{period.programme_key}/{period.key}",
        "dct:title": _words(terms.titled(f"{TITLE}, {period.name} ({period.key})")),
        "dct:description": _words(f"{ABOUT} Sidik SHA-256 angka edisi {period.number}: {period.snapshot_sha256}."),
        "dcat:version": f"edisi {period.number}",
        "dcat:inSeries": {"@id": terms.at("/data#angka")},
        "dct:issued": _instant(period.released_at),
        "dct:modified": _instant(period.published_at),
        **_described(terms, dictionary),
        **_temporal(period.starts_on, period.ends_on),
        "dcat:distribution": _two_files(terms, f"?triwulan={period.key}", dictionary),
    }


def _reference(terms: Terms, file: Fixed) -> dict[str, Any]:
    return {
        "@id": terms.at("/data#rujukan"),
        "@type": "dcat:Dataset",
        "dct:identifier": "rujukan",
        "dct:title": _words("Angka yang dipublikasikan media dan situs program, 2019–2021"),
        "dct:description": _words("Deret rujukan menurut sumbernya; bukan hasil hitungan sistem ini."),
        "dct:spatial": INDONESIA,
        "dcat:landingPage": {"@id": terms.at("/capaian/angka-terdahulu")},
        **_shared(terms),
        "dcat:distribution": [_file(terms, file.path, file.media_type) | _measured(file)],
    }


def _changes(terms: Terms, periods: Sequence[Covered]) -> dict[str, Any]:
    return {
        "@id": terms.at("/data#perubahan"),
        "@type": "dcat:Dataset",
        "dct:identifier": "perubahan",
        "dct:title": _words(terms.titled("Catatan perubahan angka")),
        "dct:description": _words("Edisi triwulan mana yang menjadi publik kapan, dan angka mana yang berubah."),
        "dct:spatial": INDONESIA,
        "dcat:landingPage": {"@id": terms.at("/data/perubahan")},
        **_shared(terms),
        **_modified(periods),
        "dcat:distribution": [_file(terms, "/data/perubahan.json", JSON)],
    }


def _described(terms: Terms, dictionary: Fixed) -> dict[str, Any]:
    return {
        **_shared(terms),
        "dct:spatial": INDONESIA,
        "dcat:landingPage": {"@id": terms.at("/data")},
        "dcat:theme": {"@id": f"{_EU}/data-theme/GOVE"},
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dct:conformsTo": _standard(terms, dictionary),
        "dcat:contactPoint": {"@type": "vcard:Organization", "vcard:fn": terms.publisher, "vcard:note": terms.contact},
    }


def _shared(terms: Terms) -> dict[str, Any]:
    return {
        "dct:publisher": {
            "@id": terms.at("/data#penerbit"),
            "@type": "foaf:Agent",
            "foaf:name": terms.titled(terms.publisher),
        },
        "dct:license": {"@id": terms.licence_url},
        "dct:language": {"@id": f"{_EU}/language/IND"},
    }


def _standard(terms: Terms, dictionary: Fixed) -> dict[str, Any]:
    return {
        "@id": terms.at(dictionary.path),
        "@type": "dct:Standard",
        "dct:title": _words("Kamus data"),
        "dct:identifier": sha256(dictionary.content).hexdigest(),
    }


def _two_files(terms: Terms, narrowed: str, dictionary: Fixed) -> list[dict[str, Any]]:
    conforms = {"dct:conformsTo": {"@id": terms.at(dictionary.path)}}
    return [
        _file(terms, f"/data/angka.{ending}{narrowed}", media_type) | conforms
        for ending, media_type in (("csv", CSV), ("json", JSON))
    ]


def _file(terms: Terms, path: str, media_type: str) -> dict[str, Any]:
    return {
        "@id": f"{terms.at(path)}#berkas",
        "@type": "dcat:Distribution",
        "dct:title": _words(path.rpartition("/")[2]),
        "dcat:accessURL": {"@id": terms.at("/data")},
        "dcat:downloadURL": {"@id": terms.at(path)},
        "dcat:mediaType": {"@id": f"{_IANA}/{media_type}"},
        "dct:format": {"@id": _FORMATS[media_type]},
        "dct:license": {"@id": terms.licence_url},
    }


def _measured(file: Fixed) -> dict[str, Any]:
    checksum = {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
        "spdx:checksumValue": {"@value": sha256(file.content).hexdigest(), "@type": "xsd:hexBinary"},
    }
    size = {"@value": str(len(file.content)), "@type": "xsd:nonNegativeInteger"}
    return {"dcat:byteSize": size, "spdx:checksum": checksum}


def _modified(periods: Sequence[Covered]) -> dict[str, Any]:
    return {"dct:modified": _instant(max(one.published_at for one in periods))} if periods else {}


def _temporal(first: date, last: date) -> dict[str, Any]:
    days = {
        name: {"@value": day.isoformat(), "@type": "xsd:date"}
        for name, day in (("dcat:startDate", first), ("dcat:endDate", last))
    }
    return {"dct:temporal": {"@type": "dct:PeriodOfTime", **days}}


def _instant(value: datetime) -> dict[str, str]:
    return {"@value": value.isoformat(), "@type": "xsd:dateTime"}


def _words(value: str) -> dict[str, str]:
    return {"@value": value, "@language": "id"}
