"""What the address of the compliance page asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from stranas.agencies.models import AgencyLevel
from stranas.compliance.choices import PeriodChoice, reported_period
from stranas.compliance.exports import Slice
from stranas.compliance.queries import Unknown, latest_cutoff


@dataclass(frozen=True)
class Filters:
    """Empty strings mean no narrowing. `cutoff` makes a page and its files show the same figures; `fixed`: the
    address names it. `beside`: the key of the period to compare with."""

    programme: str
    period: str
    level: str
    province: str
    agency: str
    cutoff: datetime
    fixed: bool = False
    beside: str = ""

    @property
    def asked(self) -> dict[str, str]:
        """The words of the address that narrow, without those that are empty."""
        words = {"triwulan": self.period, "tingkat": self.level, "provinsi": self.province, "instansi": self.agency}
        return {name: word for name, word in words.items() if word}

    @property
    def with_cutoff(self) -> dict[str, str]:
        return self.asked | {"keadaan": self.cutoff.isoformat()}

    def to(self, **changed: str | int | None) -> dict[str, str | int]:
        """The words of an address that keeps what this one asks, but for what is `changed` (None: left out)."""
        words = self.asked | {"banding": self.beside, "keadaan": self.cutoff.isoformat() if self.fixed else ""}
        return {name: word for name, word in (words | changed).items() if word}

    @property
    def slice(self) -> Slice:
        """What a file made in the background is told of it."""
        return Slice(self.programme, self.period, self.cutoff, self.level, self.province, self.agency)


def read_filters(words: Mapping[str, str], choices: Sequence[PeriodChoice]) -> Filters:
    """Raises Unknown when a word of the address is not one that the page offers."""
    period = _period(words.get("triwulan", ""), choices)
    level = words.get("tingkat", "")
    if level and level not in {known.value for known in AgencyLevel}:
        raise Unknown("level", level)
    return Filters(
        programme=period.programme_key,
        period=period.key,
        level=level,
        province=words.get("provinsi", ""),
        agency=words.get("instansi", ""),
        cutoff=read_cutoff(words.get("keadaan", "")),
        fixed=bool(words.get("keadaan")),
        beside=_beside(words.get("banding", ""), period, choices),
    )


def _beside(key: str, period: PeriodChoice, choices: Sequence[PeriodChoice]) -> str:
    """Another period of the same programme; a period beside itself says nothing."""
    if not key or key == period.key:
        return ""
    if all((c.key, c.programme_key) != (key, period.programme_key) for c in choices):
        raise Unknown("period", key)
    return key


def _period(key: str, choices: Sequence[PeriodChoice]) -> PeriodChoice:
    found = next((c for c in choices if c.key == key), None) if key else reported_period(choices)
    if found is None:
        raise Unknown("period", key)
    return found


def read_cutoff(word: str) -> datetime:
    """The asked instant, never younger than the latest that a report may have."""
    latest = latest_cutoff()
    if not word:
        return latest
    try:
        asked = datetime.fromisoformat(word)
        if asked.tzinfo is None:
            raise ValueError("no zone")
        return min(asked.astimezone(UTC), latest)
    except (ValueError, OverflowError):
        raise Unknown("cutoff", word) from None


class EditionForm(FlaskForm):
    """Why a released report is issued anew, as of the cut-off whose differences were seen."""

    reason = TextAreaField(
        "Alasan edisi baru",
        [
            DataRequired("Tulis mengapa angka berubah: alasan ini tercantum pada laporan."),
            Length(max=1000, message="Paling panjang 1.000 huruf."),
        ],
    )
    cutoff = HiddenField("Keadaan")

    @property
    def cutoff_at(self) -> datetime | None:
        try:
            asked = datetime.fromisoformat(self.cutoff.data or "")
            return asked.astimezone(UTC) if asked.tzinfo and asked.astimezone(UTC) <= latest_cutoff() else None
        except (ValueError, OverflowError):
            return None

    def validate_cutoff(self, field: HiddenField) -> None:
        if self.cutoff_at is None:
            raise ValidationError("Muat ulang halaman ini, lalu periksa lagi angka yang berubah.")
