"""What search engines read of a page: schema.org as JSON-LD. Pure: values in, values out."""

from collections.abc import Sequence
from typing import Any

from stranas.publication.dcat import ABOUT, CSV, JSON, KEYWORDS, TITLE, Covered
from stranas.publication.frozen import FrozenStory
from stranas.publication.open_data import COLUMNS
from stranas.publication.terms import Terms

_CONTEXT = "https://schema.org"


def dataset(terms: Terms, periods: Sequence[Covered]) -> dict[str, Any]:
    """The page of the open data."""
    known = {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": terms.at("/data#angka"),
        "name": terms.titled(TITLE),
        "description": ABOUT,
        "url": terms.at("/data"),
        "license": terms.licence_url,
        "creator": {"@type": "Organization", "name": terms.titled(terms.publisher)},
        "isAccessibleForFree": True,
        "inLanguage": "id",
        "keywords": list(KEYWORDS),
        "spatialCoverage": {"@type": "Country", "name": "Indonesia"},
        "variableMeasured": [column.meaning for column in COLUMNS if column.unit],
        "includedInDataCatalog": {"@type": "DataCatalog", "url": terms.at("/data/katalog.jsonld")},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": terms.at(f"/data/angka.{ending}")}
            for ending, media_type in (("csv", CSV), ("json", JSON))
        ],
    }
    if periods:
        first, last = min(one.starts_on for one in periods), max(one.ends_on for one in periods)
        known["temporalCoverage"] = f"{first.isoformat()}/{last.isoformat()}"
        known["dateModified"] = max(one.published_at for one in periods).isoformat()
    return known


def article(terms: Terms, story: FrozenStory, *, published_at: str, modified_at: str, picture: str) -> dict[str, Any]:
    """The page of a story. `picture`: the path of its card or picture; empty without one."""
    known = {
        "@context": _CONTEXT,
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.summary,
        "url": terms.at(f"/kabar/{story.slug}"),
        "mainEntityOfPage": terms.at(f"/kabar/{story.slug}"),
        "datePublished": published_at,
        "dateModified": modified_at,
        "inLanguage": "id",
        "isAccessibleForFree": True,
        "author": {"@type": "GovernmentOrganization", "name": story.agency},
        "publisher": {"@type": "Organization", "name": terms.titled(terms.publisher)},
        "version": story.number,
    }
    if picture:
        known["image"] = [terms.at(picture)]
    return known
