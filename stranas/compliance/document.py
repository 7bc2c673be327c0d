"""From the snapshot to the document that reports/ prints: rounds once, puts figures into the columns."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from reports import tables
from reports.tables import Document, KeyFigure, Table
from stranas.catalogue.rules import ProgrammeRules
from stranas.compliance.definitions import definitions, weighted_mean
from stranas.compliance.extracts import leagues, unreported
from stranas.compliance.rules import Figures, Group, ranks, rounded
from stranas.compliance.snapshot import AgencyFigures, Detail, GroupFigures, Point, Snapshot
from stranas.compliance.summary import sentences
from stranas.compliance.titles import scope_words, title_words
from stranas.system import text
from stranas.system.text import number

WITHHELD = (
    "Hasil verifikasi triwulan ini belum ditetapkan. Nilai dan capaian instansi lain, dan angka gabungannya, "
    "ditampilkan setelah penetapan hasil."
)
NOTHING_COUNTED = {
    "compliance": "Tanda – berarti tidak ada kewajiban.",
    "achievement": "Tanda – berarti tidak ada kewajiban, atau semuanya nihil atau menunggu instansi lain.",
}


def document(snapshot: Snapshot, *, ranked: bool, trend: Sequence[Point] = ()) -> Document:
    """`ranked`: the reader sees ranks and classes of a period that is not released; afterwards everybody does.

    trend: the periods up to this one, for the summary in words.
    """
    ranked = ranked or not snapshot.provisional
    cutoff = f"Keadaan {text.instant(snapshot.cutoff, seconds=True)}"
    period = period_words(snapshot)
    return Document(
        title=title_words(snapshot),
        whom=scope_words(snapshot),
        subtitle=f"{snapshot.programme}. {period}. {cutoff}",
        period=period,
        status=status_words(snapshot),
        practice=snapshot.practice,
        made_at=snapshot.cutoff,
        facts=_facts(snapshot, period, cutoff),
        key_figures=tuple(_key_figures(snapshot, ranked=ranked)),
        summary=_summary(snapshot),
        provinces=_provinces(snapshot, ranked=ranked),
        levels=Table(
            "Tingkat", "Menurut tingkat", tables.LEVELS, tuple(_levels(snapshot.levels)), _group_note(snapshot.rules)
        ),
        actions=Table("Aksi", "Menurut aksi", tables.ACTIONS, _keyed(snapshot.by_action), _member_note(snapshot)),
        items=Table("Sub-aksi", "Menurut sub-aksi", tables.ITEMS, _keyed(snapshot.by_item), _member_note(snapshot)),
        agencies=_agencies(snapshot, ranked=ranked),
        matrices=tuple(_matrices(snapshot)),
        details=Table(
            "Rincian",
            "Rincian kewajiban",
            tables.DETAILS,
            tuple(map(_detail, snapshot.details)),
            "Nilai –: belum ada keputusan akhir (dalam capaian dihitung 0), atau tidak dihitung dalam capaian.",
        ),
        later_ends=_later_ends(snapshot),
        reasons=Table(
            "Alasan",
            "Alasan pengembalian",
            tables.REASONS,
            tuple((reason.code, reason.reason, reason.count) for reason in snapshot.reasons),
            _reasons_note(snapshot),
        ),
        definitions=Table("Definisi", "Definisi", tables.DEFINITIONS, tuple(definitions(snapshot.rules))),
        notes=tuple(_notes(snapshot)),
        overview=sentences(snapshot, ranked=ranked, trend=trend),
        leagues=tuple(leagues(snapshot)) if ranked else (),
        unreported=unreported(snapshot),
        identity={
            "programme": snapshot.programme_key,
            "period": snapshot.period_key,
            "cutoff": snapshot.cutoff,
            "provisional": snapshot.provisional,
            "released_at": snapshot.released_at,
            "withheld": snapshot.withheld,
            "scope": snapshot.scope or "nasional",
        },
    )


def period_words(snapshot: Snapshot) -> str:
    return f"{snapshot.period} ({snapshot.period_key}), {text.month_span(snapshot.starts_on, snapshot.ends_on)}"


def status_words(snapshot: Snapshot) -> str:
    if snapshot.released_at:
        decree = f", {snapshot.decree}" if snapshot.decree else ""
        return f"Hasil ditetapkan {text.instant(snapshot.released_at)}{decree}"
    if snapshot.before_due:
        return "Angka sementara: batas waktu belum lewat"
    return "Angka sementara: hasil belum ditetapkan"


def nine(figures: Figures) -> tuple[int | Decimal | None, ...]:
    """The nine figures in the order of the columns, rounded: the only place that rounds them."""
    return (
        figures.expected,
        figures.received,
        figures.on_time,
        None if figures.withheld else figures.verified,
        None if figures.withheld else figures.accepted,
        *_rates(figures),
    )


def _rates(rated: Figures | Group) -> tuple[Decimal | None, ...]:
    return tuple(rounded(getattr(rated, column.key)) for column in tables.RATES)


def _nine_note(rules: ProgrammeRules) -> str:
    return (
        "Kepatuhan = diterima / kewajiban; ketepatan waktu = tepat waktu / kewajiban; "
        f"capaian = {weighted_mean(rules)}; "
        "lolos verifikasi pertama = keputusan pertama terverifikasi / diverifikasi."
    )


def _group_note(rules: ProgrammeRules) -> str:
    means = "Persen: rata-rata angka instansi; gabungan: jumlah pembilang dibagi jumlah penyebut."
    return f"{means} {_nine_note(rules)}"


def _facts(snapshot: Snapshot, period: str, cutoff: str) -> tuple[tuple[str, str], ...]:
    return (
        ("Program", snapshot.programme),
        ("Triwulan", period),
        ("Lingkup", scope_words(snapshot)),
        ("Batas waktu", text.deadline(snapshot.due_at)),
        ("Keadaan", cutoff.removeprefix("Keadaan ")),
        ("Sifat angka", _nature(snapshot)),
    )


def _nature(snapshot: Snapshot) -> str:
    words = status_words(snapshot).removeprefix("Angka ").removeprefix("Hasil ")
    return words if snapshot.provisional else f"{words[0].upper()}{words[1:]}"


def _key_figures(snapshot: Snapshot, *, ranked: bool) -> Iterator[KeyFigure]:
    total, pooled = snapshot.total, snapshot.total.pooled
    of_expected = f"dari {number(pooled.expected)} kewajiban"
    withheld = "Hasil verifikasi belum ditetapkan"
    words = {
        "compliance": f"{number(pooled.received)} diterima {of_expected}",
        "punctuality": f"{number(pooled.on_time)} tepat waktu {of_expected}",
        "achievement": withheld if pooled.withheld else f"{number(pooled.accepted)} terverifikasi {of_expected}",
        "first_pass": withheld
        if pooled.withheld
        else f"{number(pooled.first_accepted)} lolos dari {number(pooled.verified)} diverifikasi",
    }
    for column, mean, together in zip(tables.RATES, _rates(total), _rates(pooled), strict=True):
        is_scored = ranked and column.key == "achievement"
        yield KeyFigure(
            key=column.key,
            title=column.title.removesuffix(" (%)"),
            mean=mean,
            pooled=together,
            words=words[column.key],
            score_class=snapshot.rules.class_of(mean) if is_scored and mean is not None else "",
        )


def _summary(snapshot: Snapshot) -> Table:
    rows = tuple((f.title, f.mean, f.pooled, f.words) for f in _key_figures(snapshot, ranked=False))
    total = snapshot.total
    note = f"Rata-rata {number(total.agencies)} instansi; {number(total.without)} instansi tanpa kewajiban tidak ikut."
    return Table("Ringkasan", "Ringkasan", tables.SUMMARY, rows, f"{note} {_judged(total)}")


def _judged(total: Group) -> str:
    if total.pooled.withheld:
        return WITHHELD
    return f"Lolos verifikasi pertama: rata-rata {number(total.judged)} instansi yang laporannya sudah diverifikasi."


def _group(found: Group) -> tuple[int | Decimal | None, ...]:
    """Counts are sums, rates are means of the agencies; then the pooled rates."""
    return (found.agencies, found.without, *nine(found.pooled)[:5], *_rates(found), *_rates(found.pooled))


def _levels(levels: Iterable[GroupFigures]) -> Iterator[tuple]:
    for level in levels:
        yield (level.name, *_group(level.group))


def _keyed(groups: Iterable[GroupFigures]) -> tuple[tuple, ...]:
    return tuple((one.key, one.name, *_group(one.group)) for one in groups)


def _member_note(snapshot: Snapshot) -> str:
    return f"Instansi yang punya kewajiban padanya. {_group_note(snapshot.rules)}"


def _provinces(snapshot: Snapshot, *, ranked: bool) -> Table:
    rows = [(p.key, p.name, *_group(p.group)) for p in snapshot.provinces]
    note = f"Termasuk pemerintah provinsi. {_group_note(snapshot.rules)}"
    columns = tables.PROVINCES
    if ranked:
        places = ranks([rounded(p.group.compliance) for p in snapshot.provinces])
        rows = [(place, *row) for place, row in zip(places, rows, strict=True)]
        rows.sort(key=lambda row: (row[0] is None, row[0], row[1]))
        columns = (tables.PROVISIONAL_RANK if snapshot.provisional else tables.RANK, *columns)
        note = f"Peringkat menurut kepatuhan; angka yang sama berbagi peringkat. {note}"
    return Table("Provinsi", "Menurut provinsi", columns, tuple(rows), note)


def _agencies(snapshot: Snapshot, *, ranked: bool) -> Table:
    score_class = tables.PROVISIONAL_CLASS if snapshot.provisional else tables.CLASS
    columns = (*tables.AGENCIES, score_class) if ranked else tables.AGENCIES
    rows = tuple(_agency(row, snapshot, ranked=ranked) for row in snapshot.agencies)
    return Table("Instansi", "Menurut instansi", columns, rows, _nine_note(snapshot.rules))


def _agency(row: AgencyFigures, snapshot: Snapshot, *, ranked: bool) -> tuple:
    agency, figures = row.agency, nine(row.figures)
    score_class = (snapshot.rules.class_of(figures[7]),) if ranked else ()
    return (agency.code, agency.name, agency.level.label, agency.province, *figures, *score_class)


def _matrices(snapshot: Snapshot) -> Iterator[Table]:
    columns = tables.matrix_columns((action.key, action.name) for action in snapshot.actions)
    for name, key in (("Matriks kepatuhan", "compliance"), ("Matriks capaian", "achievement")):
        rows = tuple(tuple(_matrix_row(snapshot, row, key)) for row in snapshot.agencies)
        note = f"Persen per instansi dan aksi. {NOTHING_COUNTED[key]}"
        yield Table(name, name, columns, rows, note)


def _matrix_row(snapshot: Snapshot, row: AgencyFigures, key: str) -> Iterator[str | Decimal | None]:
    yield from (row.agency.code, row.agency.name)
    for action in snapshot.actions:
        figures = snapshot.matrix.get((row.agency.id, action.key))
        yield rounded(getattr(figures, key)) if figures else None


def _detail(detail: Detail) -> tuple:
    agency, judged = detail.agency, detail.result
    return (
        agency.code,
        agency.name,
        agency.level.label,
        agency.province,
        detail.action.key,
        detail.item_key,
        detail.item,
        detail.text,
        detail.unit,
        detail.value,
        judged.weight,
        detail.due_at,
        judged.first_submitted_at,
        detail.status.label,
        judged.expected,
        judged.received,
        judged.on_time,
        None if judged.withheld else judged.verified,
        None if judged.withheld else judged.accepted,
        None if judged.withheld else judged.first_accepted,
        judged.score if judged.weighed else None,
        judged.beside.label if judged.beside else "",
    )


def _later_ends(snapshot: Snapshot) -> Table:
    rows = tuple((e.kind, e.whom, e.until, e.decided_at, e.obligations, e.reason) for e in snapshot.later_ends)
    return Table("Perpanjangan", "Perpanjangan, gangguan layanan, dan perubahan waktu", tables.LATER_ENDS, rows)


def _reasons_note(snapshot: Snapshot) -> str:
    counted = "Jumlah persyaratan yang dikembalikan dengan alasan itu."
    return f"{counted} Laporan instansi lain ikut setelah penetapan hasil." if snapshot.withheld else counted


def _notes(snapshot: Snapshot) -> Iterator[str]:
    pooled = snapshot.total.pooled
    yield WITHHELD if pooled.withheld else f"{_beside(pooled)} tidak dihitung dalam capaian."
    if pooled.not_competent:
        yield f"{number(pooled.not_competent)} kewajiban bukan kewenangan keluar dari semua angka."
    yield from snapshot.rules.assumptions


def _beside(pooled: Figures) -> str:
    return f"{number(pooled.nil)} kewajiban nihil dan {number(pooled.waiting)} menunggu instansi lain"
