"""The words that explain the figures, printed in every report."""

from collections.abc import Iterator

from stranas.catalogue.rules import ProgrammeRules
from stranas.system.text import number


def definitions(rules: ProgrammeRules) -> Iterator[tuple[str, str]]:
    """(term, meaning), the programme's own settings included."""
    yield from _SETS
    yield "Kepatuhan", "Diterima dibagi kewajiban."
    yield "Ketepatan waktu", "Tepat waktu dibagi kewajiban."
    yield "Capaian", _achievement(rules)
    yield "Lolos verifikasi pertama", "Keputusan pertama terverifikasi dibagi diverifikasi."
    yield (
        "Rata-rata dan gabungan",
        (
            "Angka sekelompok instansi adalah rata-rata angka instansi; instansi tanpa kewajiban tidak ikut dan "
            "disebut jumlahnya. Di sampingnya angka gabungan: jumlah pembilang dibagi jumlah penyebut."
        ),
    )
    yield "Pembulatan", "Dihitung tepat dan dibulatkan sekali di akhir: dua angka di belakang koma, setengah ke atas."
    yield "Nilai", f"{_steps(rules)}. Tidak memenuhi bernilai 0. Skala ini asumsi."
    yield "Kelas", f"{_classes(rules)}. Diambil dari capaian yang sudah dibulatkan. Ambang kelas ini asumsi."
    yield (
        "Batas waktu",
        (
            f"Akhir hari kerja ke-{rules.due_working_days} sesudah akhir triwulan, waktu Jakarta. Aturan ini asumsi. "
            "Perpanjangan dan gangguan layanan tercantum dengan alasannya."
        ),
    )


_SETS = (
    ("Kewajiban", "Kewajiban pelaporan yang berlaku pada keadaan laporan, tanpa yang disetujui bukan kewenangan."),
    ("Diterima", "Kewajiban yang laporannya pernah terkirim, termasuk nihil."),
    ("Tepat waktu", "Pengiriman pertama diterima sistem sebelum batas waktu. Perbaikan tidak membuat terlambat."),
    ("Diverifikasi", "Laporan diterima yang sudah mendapat sekurang-kurangnya satu keputusan."),
    ("Terverifikasi", "Laporan yang keputusan terakhirnya terverifikasi."),
)


def weighted_mean(rules: ProgrammeRules) -> str:
    """How the weights make one figure."""
    if rules.weights_renormalised:
        return "jumlah bobot × nilai / jumlah bobot"
    return "jumlah bobot × nilai / 100 (bobot dalam persen, tidak dinormalkan ulang)"


def _achievement(rules: ProgrammeRules) -> str:
    over = (
        "atas semua kewajiban kecuali nihil yang disetujui dan menunggu instansi lain yang disetujui dan belum sampai "
        "tanggal peninjauan. Yang belum dinilai bernilai 0."
    )
    if rules.weights_renormalised:
        return f"Jumlah bobot kali nilai dibagi jumlah bobot, {over}"
    return (
        f"Jumlah bobot kali nilai dibagi 100, {over} Bobot adalah persen dan tidak dinormalkan ulang: yang tidak "
        "dihitung atau bukan kewenangan dikurangkan dari 100. Capaian per aksi memakai jumlah bobot aksi itu. "
        "Capaian paling tinggi 100."
    )


def _steps(rules: ProgrammeRules) -> str:
    pairs = zip(rules.scores, rules.score_words, strict=False)
    return ", ".join(f"{score} {words}" for score, words in pairs)


def _classes(rules: ProgrammeRules) -> str:
    return ", ".join(f"{c.name} mulai {number(c.at_least)}" for c in rules.classes)
