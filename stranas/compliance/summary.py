"""The executive summary: sentences computed from the snapshot, so that they can say nothing that the tables do not.

Nothing of it judges or ranks before the release, unless the reader sees ranks then; what is withheld from a reader
is not in the snapshot, and the sentence says so.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from stranas.compliance.rules import Group, rounded
from stranas.compliance.snapshot import GroupFigures, Point, Snapshot
from stranas.system import text
from stranas.system.text import number


def sentences(snapshot: Snapshot, *, ranked: bool, trend: Sequence[Point] = ()) -> tuple[str, ...]:
    """Finished Indonesian sentences, the most important first. `trend`: periods up to this one, oldest first."""
    if not snapshot.total.agencies:
        return ("Tidak ada kewajiban pelaporan pada periode ini.",)
    return tuple(_sentences(snapshot, ranked=ranked or not snapshot.provisional, trend=trend))


def _sentences(snapshot: Snapshot, *, ranked: bool, trend: Sequence[Point]) -> Iterator[str]:
    yield from _nature(snapshot)
    yield _reported(snapshot)
    yield _beside_each_other(snapshot.total)
    yield from _change(snapshot, trend)
    if ranked and len(snapshot.agencies) > 1:
        yield from _actions(snapshot.by_action)
    if snapshot.reasons and not snapshot.withheld:
        most = snapshot.reasons[0]
        words = f"{most.reason} ({most.code})" if most.reason else most.code
        yield f"Alasan pengembalian terbanyak: {words}, pada {number(most.count)} persyaratan."
    yield _more_time(snapshot)
    yield from _open(snapshot)


def _nature(snapshot: Snapshot) -> Iterator[str]:
    if snapshot.before_due:
        yield f"Angka ini sementara: batas waktu {text.deadline(snapshot.due_at)} belum lewat."
    elif snapshot.provisional:
        yield "Angka ini sementara: hasil verifikasi belum ditetapkan."


def _reported(snapshot: Snapshot) -> str:
    owing = [row for row in snapshot.agencies if row.figures.expected]
    pooled = snapshot.total.pooled
    of_all = f"{number(pooled.received)} dari {number(pooled.expected)} laporan"
    if len(owing) == 1:
        return f"{owing[0].agency.name} mengirim {of_all}, {number(pooled.on_time)} di antaranya tepat waktu."
    full = sum(row.figures.received == row.figures.expected for row in owing)
    silent = sum(not row.figures.received for row in owing)
    nothing = f"{number(silent)} instansi belum mengirim laporan apa pun" if silent else "yang lain mengirim sebagian"
    others = f"; {nothing}" if full < len(owing) else ""
    return (
        f"{number(full)} dari {number(len(owing))} instansi yang punya kewajiban sudah mengirim semua laporannya"
        f"{others}. Diterima {of_all}, {number(pooled.on_time)} di antaranya tepat waktu."
    )


def _beside_each_other(total: Group) -> str:
    """Kepatuhan never stands alone: quality is said with it, or that it is not to be said yet."""
    mean = "Rata-rata k" if total.agencies > 1 else "K"
    compliance = f"{mean}epatuhan {_percent(rounded(total.compliance))}"
    if total.pooled.withheld:
        return f"{compliance}; mutunya (lolos verifikasi pertama dan capaian) ditampilkan setelah penetapan hasil."
    first_pass = rounded(total.first_pass)
    if first_pass is None:
        return f"{compliance}; belum ada laporan yang diverifikasi."
    return f"{compliance}, lolos verifikasi pertama {_percent(first_pass)}, capaian {_points(total)}."


def _points(total: Group) -> str:
    """Capaian is on a scale of 0 to 100, not a share."""
    return number(rounded(total.achievement), places=2)


def _change(snapshot: Snapshot, trend: Sequence[Point]) -> Iterator[str]:
    """Nothing while the quarter still runs: it could only have fallen."""
    keys = [point.period_key for point in trend]
    place = keys.index(snapshot.period_key) if snapshot.period_key in keys else 0
    if place and not snapshot.before_due and (words := movement(trend[place - 1].total, snapshot.total)):
        before = trend[place - 1]
        yield f"Dibandingkan dengan {before.period} ({before.period_key}), {words}."


def movement(before: Group, after: Group) -> str:
    """Between the figures as they are printed, so that a reader can subtract them himself. Empty without any."""
    moved = [
        _moved(name, rounded(getattr(before, key)), rounded(getattr(after, key)))
        for name, key in (("kepatuhan", "compliance"), ("lolos verifikasi pertama", "first_pass"))
    ]
    return text.joined([words for words in moved if words])


def _moved(name: str, before: Decimal | None, now: Decimal | None) -> str:
    if before is None or now is None:
        return ""
    if before == now:
        return f"{name} tetap {_percent(now)}"
    way = "naik" if now > before else "turun"
    return f"{name} {way} {number(abs(now - before), places=2)} poin persen (dari {_percent(before)})"


def _actions(by_action: Sequence[GroupFigures]) -> Iterator[str]:
    """The actions with the highest and the lowest kepatuhan, where they differ."""
    rates = {one.key: rounded(one.group.compliance) for one in by_action if one.group.agencies}
    if len(set(rates.values())) < 2:
        return
    high, low = max(rates.values()), min(rates.values())
    yield (
        f"Kepatuhan tertinggi pada {_named(by_action, rates, high)}, {_percent(high)}; "
        f"terendah pada {_named(by_action, rates, low)}, {_percent(low)}."
    )


def _named(by_action: Sequence[GroupFigures], rates: dict[str, Decimal | None], rate: Decimal) -> str:
    first, *more = [one for one in by_action if rates.get(one.key) == rate]
    others = f" dan {number(len(more))} aksi lain" if more else ""
    return f"Aksi {first.key} ({first.name}){others}"


def _more_time(snapshot: Snapshot) -> str:
    kinds = Counter(end.kind for end in snapshot.later_ends)
    if not kinds:
        return "Tidak ada perpanjangan batas waktu dan gangguan layanan."
    counted = text.joined([f"{number(count)} {kind[:1].lower()}{kind[1:]}" for kind, count in kinds.items()])
    return f"Tercatat {counted}; setiap keputusan dan alasannya tercantum dalam laporan ini."


def _open(snapshot: Snapshot) -> Iterator[str]:
    waiting = snapshot.awaiting
    if waiting is not None:
        counted = f"{number(waiting)} laporan masih" if waiting else "Tidak ada laporan yang"
        yield f"{counted} menunggu verifikasi."


def _percent(value: Decimal | None) -> str:
    return f"{number(value, places=2)} persen"
