"""What the Humas of the demo wrote. Invented, like all of the demo."""

from dataclasses import dataclass

from stranas.publication.rules import StoryKind
from stranas.publication.written import Written


@dataclass(frozen=True)
class Told:
    """`picture`: what is said about its picture; one that is not published waits for approval."""

    written: Written
    picture: dict[str, str]
    is_published: bool = True


_SOURCE = {"credit": "Gambar contoh", "caption": "Gambar contoh, bukan foto kegiatan."}
STORIES = (
    Told(
        Written(
            kind=StoryKind.ACHIEVEMENT,
            period_key="B12",
            title="Pelaporan Aksi Pencegahan Korupsi Temanggung Triwulan IV 2019",
            summary="Hasil verifikasi laporan Kabupaten Temanggung sudah ditetapkan dan dapat dibaca semua orang.",
            body=(
                "Pemerintah Kabupaten Temanggung mengirim {{diterima}} dari {{wajib}} laporan yang menjadi "
                "kewajibannya, {{tepat}} di antaranya tepat waktu.\n\n"
                "Setelah diverifikasi, {{terverifikasi}} laporan dinyatakan terverifikasi. "
                "Capaian triwulan ini {{capaian}} persen.\n\n"
                "## Yang dikerjakan\n\n"
                "- Perizinan berusaha dilayani di satu tempat.\n"
                "- Rencana umum pengadaan diumumkan pada awal tahun anggaran.\n"
                "- Setiap perangkat daerah menyerahkan data dukungnya kepada Inspektorat."
            ),
            units=("Inspektorat", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"),
        ),
        {"alt": "Ornamen elips hijau dan kuning sebagai gambar contoh", **_SOURCE},
    ),
    Told(
        Written(
            kind=StoryKind.ACTIVITY,
            title="Temanggung membuka kelas perizinan daring untuk pelaku usaha",
            summary="Petugas mendampingi pelaku usaha kecil mengurus izin dari rumah.",
            body=(
                "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu membuka kelas perizinan daring setiap Rabu. "
                "Peserta membawa data usahanya dan dibantu sampai permohonannya terkirim.\n\n"
                "Kelas ini terbuka bagi umum dan tidak dipungut biaya."
            ),
            units=("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",),
            partners=("Universitas Tidar",),
        ),
        {"alt": "Ornamen elips kuning dan hijau muda sebagai gambar contoh", **_SOURCE},
    ),
    Told(
        Written(
            kind=StoryKind.ACTIVITY,
            title="Perangkat daerah berlatih menyiapkan data dukung",
            summary="Inspektorat dan perangkat daerah menyamakan cara menata berkas sebelum batas waktu.",
            body="Pelatihan setengah hari membahas penamaan berkas, tanda tangan elektronik, dan data pribadi.",
            units=("Inspektorat",),
        ),
        {"alt": "Ornamen elips hijau muda sebagai gambar contoh", **_SOURCE},
        is_published=False,
    ),
)
# Title → (medium, link or place, days after publication, reach, what it counts).
APPEARED = {
    STORIES[0].written.title: (
        ("Situs resmi", "https://example.go.id/berita/aksi-pk-triwulan-iv", 0, 640, "pembaca"),
        ("Instagram", "https://example.com/temanggung/kartu", 1, 1250, "tayangan"),
        ("Radio", "Siaran pagi", 2, None, ""),
    ),
}
