"""A story as an edition holds it, for tests of what is made of one; no database."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from stranas.publication.frozen import FrozenFigure, FrozenStory, Headline, TrendPoint
from stranas.publication.rules import Direction, StoryKind

HEADLINE = Headline(
    expected=4,
    received=4,
    on_time=3,
    verified=4,
    accepted=3,
    first_accepted=3,
    compliance=Decimal("100.00"),
    punctuality=Decimal("75.00"),
    achievement=Decimal("81.25"),
    first_pass=Decimal("75.00"),
    before=Decimal("62.50"),
    told="kelas Baik",
    direction=Direction.UP,
)
STORY = FrozenStory(
    kind=StoryKind.ACHIEVEMENT,
    slug="temanggung-mencabut-syarat-surat-domisili-usaha",
    number=1,
    title="Temanggung mencabut syarat surat domisili usaha",
    summary="Pelaku usaha tidak perlu lagi membawa surat keterangan domisili untuk mengurus izin.",
    body="Capaian {{capaian}} persen. Laporan diterima {{diterima}} dari {{wajib}}.\n\n- Satu berkas berkurang.\n",
    quote="Warga cukup datang sekali.",
    quote_name="Bambang Sutrisno",
    quote_office="Bupati Temanggung",
    units=("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",),
    partners=("Universitas Tidar",),
    video_url="https://www.youtube.com/watch?v=abcdefghijk",
    source="Dinas Komunikasi dan Informatika Kabupaten Temanggung",
    agency_code="33.23",
    agency="Kabupaten Temanggung",
    agency_level="kabupaten",
    province_code="33",
    period_key="B12",
    period="Triwulan IV (B12), Oktober–Desember 2019",
    released_at=datetime(2020, 4, 7, 3, tzinfo=UTC),
    action_key="1",
    action="Peningkatan Pelayanan dan Kepatuhan Perizinan dan Penanaman Modal",
    practice=True,
    published_at=datetime(2020, 7, 6, 3, tzinfo=UTC),
    headline=HEADLINE,
    trend=(
        TrendPoint("B06", Decimal("75.00"), Decimal("66.67"), Decimal("50.00")),
        TrendPoint("B09", Decimal("100.00"), Decimal("75.00"), Decimal("62.50")),
        TrendPoint("B12", Decimal("100.00"), Decimal("75.00"), Decimal("81.25")),
    ),
    figures=(
        FrozenFigure("{{capaian}}", "achievement", "81,25", Decimal("81.25"), "1", "B12", 1),
        FrozenFigure("{{diterima}}", "received", "4", Decimal(4), "1", "B12", 1),
        FrozenFigure("{{wajib}}", "expected", "4", Decimal(4), "1", "B12", 1),
    ),
    pictures=(),
)


def story(**changes) -> FrozenStory:
    return replace(STORY, **changes)


def with_headline(**changes) -> FrozenStory:
    return replace(STORY, headline=replace(HEADLINE, **changes))
