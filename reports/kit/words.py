"""What every kit says in the same words."""

PROGRAMME = "Aksi Pencegahan Korupsi"
ACTIVITY = "Kabar kegiatan"
COUNTS = "Di balik angka"
TREND = "Perkembangan capaian"
WORK = "Yang dikerjakan"
CHECK = "Periksa sendiri"
CHECK_LINE = "Cerita dan arti setiap angka:"
HOW_TO_CHECK = "Pindai kode ini atau buka alamat di bawahnya. Di sana ada ceritanya, angkanya, dan arti setiap angka."
MEANING = (
    "Capaian dinilai tim nasional dari laporan dan data dukung. Karena itu capaian selalu disajikan bersama jumlah "
    "laporan yang diterima dan yang lolos verifikasi pertama."
)


def listed(names: tuple[str, ...]) -> str:
    """a; b; and how many more, where they are many."""
    shown = names[:3]
    more = f"; dan {len(names) - 3} lainnya" if len(names) > 3 else ""
    return "; ".join(shown) + more
