"""Load agencies and their other spellings."""

from typing import Any

from stranas.agencies.models import Agency, AgencyAlias, AgencyLevel, Provenance
from stranas.agencies.queries import agency_ids
from stranas.system.loading import Loaded, Row, load_rows
from stranas.system.text import ZONE_WORDS


def load_agencies(*, rows: list[Row]) -> Loaded:
    """Provinces and K/L first, so that kabupaten and kota find theirs."""
    above = [row for row in rows if not row["province"]]
    below = [row for row in rows if row["province"]]
    loaded = load_rows(Agency, [_agency(row, None) for row in above], key=("code",))
    provinces = agency_ids(level=AgencyLevel.PROVINCE)
    inside = [_agency(row, row.find("province", provinces, "province")) for row in below]
    return loaded + load_rows(Agency, inside, key=("code",))


def _agency(row: Row, province_id: int | None) -> dict[str, Any]:
    if row["timezone"] not in ZONE_WORDS:
        raise row.refuse(f"timezone is {row['timezone']!r}, but must be one of {', '.join(ZONE_WORDS)}")
    return {
        "code": row["code"],
        "name": row["name"],
        "short_name": row["short_name"],
        "level": row.choice("level", AgencyLevel),
        "province_id": province_id,
        "timezone": row["timezone"],
        "seat": row["seat"],
        "provenance": row.choice("provenance", Provenance),
    }


def load_aliases(*, rows: list[Row]) -> Loaded:
    ids = agency_ids()
    wanted = [
        {
            "agency_id": row.find("code", ids, "agency"),
            "alias": row["alias"],
            "kind": row["kind"],
            "source": row["source"],
        }
        for row in rows
    ]
    return load_rows(AgencyAlias, wanted, key=("agency_id", "alias"))
