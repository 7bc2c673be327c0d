"""From the snapshot of a period and a trend to the profile of each agency: every number rounded, every word said."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reports.charts.trend import words_of
from reports.profile import ActionLine, Figure, ObligationLine, Profile, ReasonLine, Standing
from reports.tables import NINE, Kind, shown
from stranas.compliance.definitions import definitions
from stranas.compliance.document import WITHHELD, nine, period_words, status_words
from stranas.compliance.drawing import trend_point
from stranas.compliance.peers import Place, peers
from stranas.compliance.rules import Figures, rounded
from stranas.compliance.snapshot import AgencyFigures, Detail, Point, ReasonCount, Snapshot
from stranas.reporting.rules import Status
from stranas.system import text
from stranas.system.text import number

MOST_OBLIGATIONS = 20
FULL_TEXT_UP_TO = 12
MOST_REASONS = 5
TERMS = 9  # the first of the definitions: the five sets and the four rates
RATE_ORDER = ("compliance", "first_pass", "punctuality", "achievement")  # quality beside compliance

Reasons = Mapping[int, Sequence[ReasonCount]]


def profiles(
    seen: Snapshot, points: Sequence[Point], *, country: Snapshot | None, reasons: Reasons | None = None
) -> Iterator[Profile]:
    """Of every agency in the snapshot, in its order. `points`: the trend of the same agencies; `country`: all
    agencies, among which each has its places (None where the reader may not see them); `reasons`: by agency id
    (queries.reasons_by_agency), left out without."""
    details = defaultdict(list)
    for detail in seen.details:
        details[detail.agency.id].append(detail)
    for row in seen.agencies:
        places = peers(country, row.agency.id) if country else None
        yield _profile(seen, row, details[row.agency.id], points, places, reasons)


def profile(own: Snapshot, points: Sequence[Point], *, places: Sequence[Place] | None) -> Profile:
    """Of the one agency in the snapshot. `places`: None where the reader may not see them."""
    (row,) = own.agencies
    return _profile(own, row, own.details, points, places, {row.agency.id: own.reasons})


def _profile(
    snapshot: Snapshot,
    row: AgencyFigures,
    details: Sequence[Detail],
    points: Sequence[Point],
    places: Sequence[Place] | None,
    reasons: Reasons | None,
) -> Profile:
    agency, withheld = row.agency, bool(row.figures.withheld)
    trend = tuple(trend_point(point, agency_id=agency.id) for point in points)
    printed = dict(_printed(row.figures))
    return Profile(
        agency=agency.name,
        code=agency.code,
        place=_place(row),
        programme=snapshot.programme,
        period=period_words(snapshot),
        period_key=snapshot.period_key,
        status=status_words(snapshot),
        provisional=snapshot.provisional,
        practice=snapshot.practice,
        cutoff=text.instant(snapshot.cutoff),
        due=text.deadline(snapshot.due_at),
        rates=tuple(printed[key] for key in RATE_ORDER),
        counts=tuple(printed[column.key] for column in NINE[:5]),
        standings=tuple(map(_standing, places or ())),
        standing_note=_standing_note(places, snapshot),
        trend=trend,
        trend_words=words_of(trend),
        actions=tuple(_actions(snapshot, agency.id)),
        obligations=tuple(_obligation(d, full=len(details) <= FULL_TEXT_UP_TO) for d in details[:MOST_OBLIGATIONS]),
        more_obligations=max(0, len(details) - MOST_OBLIGATIONS),
        reasons=None if reasons is None else _reasons(reasons.get(agency.id, ())),
        reasons_note=_reasons_note(reasons, agency.id, withheld=withheld),
        open=tuple(_open(details, withheld=withheld)) or ("Tidak ada yang masih terbuka.",),
        definitions=tuple(definitions(snapshot.rules))[:TERMS],
        notes=((WITHHELD,) if withheld else ()) + ("Tanda – berarti tidak ada angka.",),
    )


def _place(row: AgencyFigures) -> str:
    agency = row.agency
    lies = f", wilayah {agency.province}" if agency.province and agency.code != agency.province_code else ""
    return f"{agency.level.label}{lies}. Kode {agency.code}"


def _printed(figures: Figures) -> Iterator[tuple[str, Figure]]:
    words = _divided(figures)
    for column, value in zip(NINE, nine(figures), strict=True):
        title = column.title.removesuffix(" (%)")
        yield column.key, Figure(column.key, title, shown(value, column.kind), words.get(column.key, ""))


def _divided(figures: Figures) -> dict[str, str]:
    of = f"dari {number(figures.expected)} kewajiban"
    judged = {
        "achievement": f"{number(figures.accepted)} terverifikasi {of}",
        "first_pass": f"{number(figures.first_accepted)} dari {number(figures.verified)} diverifikasi",
    }
    if figures.withheld:
        judged = dict.fromkeys(judged, "Hasil verifikasi belum ditetapkan")
    return {
        "compliance": f"{number(figures.received)} diterima {of}",
        "punctuality": f"{number(figures.on_time)} tepat waktu {of}",
    } | judged


def _rate(value) -> str:
    return shown(rounded(value), Kind.RATE)


def _standing(place: Place) -> Standing:
    return Standing(
        among=f"Wilayah {place.name}" if place.key == "province" else place.name,
        size=number(place.size),
        compliance_rank=number(place.compliance_rank),
        first_pass_rank=number(place.first_pass_rank),
        compliance=_rate(place.group.compliance),
        first_pass=_rate(place.group.first_pass),
    )


def _standing_note(places: Sequence[Place] | None, snapshot: Snapshot) -> str:
    if places is None:
        return "Ditampilkan setelah penetapan hasil."
    if not places:
        return "Instansi ini tidak punya kewajiban pelaporan pada triwulan ini."
    head = "Peringkat sementara. " if snapshot.provisional else ""
    return f"{head}Di antara instansi yang punya kewajiban pada triwulan ini; angka yang sama berbagi peringkat."


def _actions(snapshot: Snapshot, agency_id: int) -> Iterator[ActionLine]:
    for action in snapshot.actions:
        figures = snapshot.matrix.get((agency_id, action.key))
        if figures:
            yield ActionLine(
                key=action.key,
                name=action.name,
                expected=number(figures.expected),
                received=number(figures.received),
                compliance=_rate(figures.compliance),
                first_pass=_rate(figures.first_pass),
                achievement=_rate(figures.achievement),
            )


def _obligation(detail: Detail, *, full: bool) -> ObligationLine:
    judged = detail.result
    return ObligationLine(
        key=detail.item_key,
        text=detail.text if full else detail.item,
        status=detail.status.label,
        mark=detail.status.mark,
        on_time="Ya" if judged.on_time else "Tidak" if judged.received else "–",
        score=number(judged.score if judged.weighed else None),
        beside=judged.beside.label if judged.beside else "",
    )


def _reasons(found: Sequence[ReasonCount]) -> tuple[ReasonLine, ...]:
    return tuple(ReasonLine(one.code, one.reason, number(one.count)) for one in found[:MOST_REASONS])


def _reasons_note(reasons: Reasons | None, agency_id: int, *, withheld: bool) -> str:
    if withheld:
        return "Ditampilkan setelah penetapan hasil."
    found = (reasons or {}).get(agency_id, ())
    if not found:
        return "Belum ada persyaratan yang dikembalikan pada triwulan ini."
    left = len(found) - MOST_REASONS
    return "Jumlah persyaratan yang dikembalikan dengan alasan itu." + (f" {left} alasan lain." if left > 0 else "")


def _open(details: Sequence[Detail], *, withheld: bool) -> Iterator[str]:
    """What the agency still has to send, then what waits for a verifier."""
    owed = [d for d in details if d.result.expected]
    yield from _counted([d for d in owed if not d.result.received], "kewajiban belum dikirim")
    yield from _counted([d for d in owed if d.result.received and d.status.is_owed], "laporan belum dikirim kembali")
    waiting = [d for d in owed if d.status is Status.SENT]
    words = "sudah terkirim, hasil verifikasinya belum ditetapkan" if withheld else "menunggu keputusan verifikator"
    yield from _counted(waiting, f"laporan {words}")


def _counted(details: Sequence[Detail], words: str) -> Iterator[str]:
    if details:
        yield f"{number(len(details))} {words}: {', '.join(d.item_key for d in details)}."
