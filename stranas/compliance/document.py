"""From the snapshot to the document that reports/ prints: rounds once, puts figures into the columns."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from reports import tables
from reports.document import Document, KeyFigure
from reports.tables import Table
from stranas.catalogue.rules import ProgrammeRules
from stranas.compliance import grouped
from stranas.compliance.definitions import definitions
from stranas.compliance.detail_rows import details
from stranas.compliance.extracts import leagues, unreported
from stranas.compliance.grouped import nine, nine_note, rates
from stranas.compliance.rules import Figures, Group, rounded
from stranas.compliance.snapshot import AgencyFigures, Point, Snapshot
from stranas.compliance.summary import sentences
from stranas.compliance.titles import scope_for_machines, scope_words, title_words
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
        provinces=grouped.provinces(snapshot, ranked=ranked),
        levels=grouped.levels(snapshot),
        actions=grouped.actions(snapshot),
        items=grouped.items(snapshot),
        agencies=_agencies(snapshot, ranked=ranked),
        matrices=tuple(_matrices(snapshot)),
        details=details(snapshot),
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
            "scope": scope_for_machines(snapshot),
        },
    )


def period_words(snapshot: Snapshot | Point) -> str:
    return f"{snapshot.period} ({snapshot.period_key}), {text.month_span(snapshot.starts_on, snapshot.ends_on)}"


def status_words(snapshot: Snapshot) -> str:
    if snapshot.released_at:
        decree = f", {snapshot.decree}" if snapshot.decree else ""
        return f"Hasil ditetapkan {text.instant(snapshot.released_at)}{decree}"
    if snapshot.before_due:
        return "Angka sementara: batas waktu belum lewat"
    return "Angka sementara: hasil belum ditetapkan"


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
    return f"{words[0].upper()}{words[1:]}"


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
    for column, mean, together in zip(tables.RATES, rates(total), rates(pooled), strict=True):
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


def _agencies(snapshot: Snapshot, *, ranked: bool) -> Table:
    score_class = tables.PROVISIONAL_CLASS if snapshot.provisional else tables.CLASS
    score_class = replace(score_class, tones=tuple(_tones(snapshot.rules)))
    columns = (*tables.AGENCIES, score_class) if ranked else tables.AGENCIES
    rows = tuple(_agency(row, snapshot, ranked=ranked) for row in snapshot.agencies)
    return Table("Instansi", "Menurut instansi", columns, rows, nine_note(snapshot.rules))


def _tones(rules: ProgrammeRules) -> Iterator[tuple[str, str]]:
    """The highest class stands out well, the lowest stands out, those between wait."""
    last = len(rules.classes) - 1
    for place, known in enumerate(rules.classes):
        yield known.name, "verif" if place == 0 else "kembali" if place == last else "tunggu"


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
