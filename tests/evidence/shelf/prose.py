"""Indonesian papers of an Inspektorat, written anew by number: the same number gives the same words.

`Frame` words stand in every paper of a kind; everything else differs by seed, as it does between two quarters.
"""

from itertools import count
from random import Random

AGENCIES = (
    "Kabupaten Temanggung", "Kabupaten Wonosobo", "Kota Magelang", "Kabupaten Banyumas", "Kabupaten Jayapura",
    "Kota Ternate", "Provinsi Jawa Tengah", "Kabupaten Alor", "Kota Padang", "Kabupaten Ogan Ilir",
)  # fmt: skip
QUARTERS = (
    ("triwulan IV tahun 2019", "Oktober sampai dengan Desember 2019", "30 Desember 2019"),
    ("triwulan V tahun 2020", "Januari sampai dengan Maret 2020", "31 Maret 2020"),
    ("triwulan VI tahun 2020", "April sampai dengan Juni 2020", "30 Juni 2020"),
)
_WHO = (
    "Inspektorat", "Dinas Penanaman Modal", "Bagian Hukum", "Bappeda", "Badan Keuangan Daerah", "UKPBJ",
    "Dinas Komunikasi dan Informatika", "Badan Kepegawaian", "Sekretariat Daerah", "Dinas Pekerjaan Umum",
    "Tim koordinasi", "Kepala bidang perizinan", "Camat", "Kelompok kerja pengadaan", "Petugas layanan",
)  # fmt: skip
_DID = (
    "menyusun", "memeriksa", "menyampaikan", "memperbarui", "membahas", "menetapkan", "mendampingi", "mencocokkan",
    "menerbitkan", "mengumumkan", "menelaah", "menertibkan", "memetakan", "mengevaluasi", "menindaklanjuti",
    "menyederhanakan", "mengintegrasikan", "mencatat", "menyetujui", "mengusulkan",
)  # fmt: skip
_WHAT = (
    "daftar izin yang diproses melalui sistem perizinan", "rancangan peraturan tentang pelayanan terpadu",
    "rencana umum pengadaan seluruh perangkat daerah", "data penerima bantuan sosial menurut nama dan alamat",
    "peta proses bisnis perizinan berusaha", "laporan kekayaan pejabat yang wajib menyampaikannya",
    "hasil pemadanan data kependudukan", "anggaran kegiatan pencegahan korupsi", "standar harga satuan barang",
    "pengaduan masyarakat yang masuk sejak awal tahun", "jadwal pelatihan bagi petugas loket",
    "daftar aset yang belum bersertifikat", "perjanjian kinerja kepala perangkat daerah",
    "rekomendasi atas temuan tahun sebelumnya", "kebutuhan pegawai unit kerja pengadaan",
    "berkas permohonan yang dikembalikan kepada pemohon", "nota kesepahaman dengan kantor pertanahan",
    "kajian tentang titik rawan suap pada layanan", "pedoman penanganan benturan kepentingan",
    "tata cara pengisian katalog elektronik lokal",
)  # fmt: skip
_HOW = (
    "bersama perangkat daerah terkait", "dalam rapat yang dipimpin sekretaris daerah", "secara daring karena pandemi",
    "dengan contoh berkas dari tiap kecamatan", "setelah mendapat masukan dari pelaku usaha", "melalui surat edaran",
    "menurut petunjuk teknis kementerian", "tanpa tambahan anggaran", "dengan bantuan tenaga ahli setempat",
    "memakai aplikasi yang sudah ada", "di hadapan perwakilan masyarakat", "pada setiap hari kerja",
)  # fmt: skip
_WHY = (
    "agar waktu layanan lebih pendek", "sehingga selisih data dapat ditelusuri", "untuk menutup celah pungutan liar",
    "karena aturan yang lama sudah dicabut", "supaya target tahunan tercapai", "sebagai dasar perubahan anggaran",
    "untuk memenuhi kriteria keberhasilan", "agar pemohon mengetahui tahapannya", "guna mengurangi tatap muka",
    "sebab sebagian unit belum memiliki petunjuk", "dan hasilnya dilaporkan kepada kepala daerah",
)  # fmt: skip


def sentence(rng: Random) -> str:
    """One of some hundred thousand, half of them with a figure."""
    words = [rng.choice(part) for part in (_WHO, _DID, _WHAT, _HOW, _WHY)]
    figure = rng.choice(
        (
            f", yaitu {rng.randrange(12, 980)} berkas dari {rng.randrange(981, 4800)} berkas",
            f" sebesar {rng.randrange(11, 99)},{rng.randrange(10, 99)} persen",
            f" senilai Rp{rng.randrange(11, 980)}.{rng.randrange(100, 999)}.000",
            *[""] * 3,
        )
    )
    return " ".join(words) + figure + "."


def prose(seed: int, sentences: int) -> list[str]:
    rng = Random(seed)
    return [sentence(rng) for _ in range(sentences)]


def report(agency: str, quarter: int, seed: int, *, sentences: int = 24) -> list[str]:
    """A report of a quarter: a frame of 70 words, then what was done."""
    name, months, day = QUARTERS[quarter]
    return [
        f"Laporan pelaksanaan aksi pencegahan korupsi {agency} {name}.",
        "Laporan ini disusun sebagai pelaksanaan Peraturan Presiden Nomor 54 Tahun 2018 tentang Strategi Nasional "
        "Pencegahan Korupsi dan memuat capaian, kendala, serta rencana tindak lanjut menurut target triwulan.",
        f"Pelaksanaan aksi selama {months} diuraikan di bawah ini.",
        *prose(seed, sentences),
        "Demikian laporan ini disusun untuk dipergunakan sebagaimana mestinya.",
        f"Ditetapkan di {agency} pada tanggal {day}, Inspektur.",
    ]


FRAME = (
    "Jumlah permohonan izin yang diterima selama {months} adalah {} permohonan.",
    "Dari jumlah tersebut {} permohonan selesai dan {} permohonan dikembalikan kepada pemohon.",
    "Rata-rata waktu penyelesaian adalah {} hari kerja dengan waktu terlama {} hari kerja.",
    "Permohonan yang melewati standar waktu berjumlah {} permohonan atau {},{} persen.",
    "Nilai penanaman modal dalam negeri yang tercatat sebesar Rp{}.{} juta.",
    "Nilai penanaman modal asing yang tercatat sebesar Rp{}.{} juta.",
    "Pengaduan yang masuk berjumlah {} pengaduan dan {} pengaduan sudah dijawab.",
    "Survei kepuasan diikuti {} responden dengan nilai indeks {},{}.",
    "Petugas loket yang mengikuti pelatihan berjumlah {} orang dari {} orang.",
    "Kunjungan lapangan dilakukan sebanyak {} kali pada {} kecamatan.",
)


def frame(quarter: int, seed: int) -> list[str]:
    """The quarterly statistics of an office: the words are the same each time, the figures are not."""
    rng, months = Random(seed), QUARTERS[quarter][1]

    def filled(line: str) -> str:
        figures = (str(rng.randrange(13, 997)) for _ in count())
        return line.format(*(next(figures) for _ in range(line.count("{}"))), months=months)

    return [filled(line) for line in FRAME]


def wordy_frame(quarter: int, seed: int) -> list[str]:
    """The same with its explanations: 300 words that stay, 25 figures that do not."""
    explained = prose(70, len(FRAME) * 2)
    plain = ["".join(sign for sign in line if not sign.isdigit()) for line in explained]
    lines = frame(quarter, seed)
    return [part for at, line in enumerate(lines) for part in (line, plain[2 * at], plain[2 * at + 1])]


PREAMBLE = (
    "Keputusan Bupati tentang {subject}.",
    "Menimbang: a. bahwa dalam rangka pelaksanaan strategi nasional pencegahan korupsi perlu dilakukan langkah yang "
    "terpadu oleh seluruh perangkat daerah; b. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a perlu "
    "menetapkan Keputusan Bupati.",
    "Mengingat: 1. Undang-Undang Nomor 28 Tahun 1999 tentang Penyelenggara Negara yang Bersih dan Bebas dari Korupsi, "
    "Kolusi, dan Nepotisme; 2. Undang-Undang Nomor 31 Tahun 1999 tentang Pemberantasan Tindak Pidana Korupsi; "
    "3. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah; 4. Peraturan Presiden Nomor 54 Tahun 2018 "
    "tentang Strategi Nasional Pencegahan Korupsi.",
    "Memutuskan, menetapkan:",
)


def decree(subject: str, seed: int, *, articles: int = 10) -> list[str]:
    """A decree: a preamble of 110 words, alike in all, and articles of its own."""
    body = [f"Kesatu sampai dengan ketentuan ke-{at}: {line}" for at, line in enumerate(prose(seed, articles), 1)]
    return [*(line.format(subject=subject) for line in PREAMBLE), *body]


def table(seed: int, *, rows: int = 60) -> list[str]:
    """A table that is mostly figures, of which nine of ten stay from quarter to quarter."""
    lasting, changing = Random(1), Random(seed)
    lines = []
    for row in range(rows):
        figures = [str(lasting.randrange(10, 9999)) for _ in range(8)]
        if row % 10 == 0:
            figures[5] = str(changing.randrange(10, 9999))
        lines.append(" ".join([f"Kecamatan {row % 20}", *figures]))
    return lines
