"""What reports on each sub-action talk about: sentences, obstacles, next steps and countable things."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    item: str
    about: str
    said: tuple[str, ...]
    hindered: tuple[str, ...]
    next: tuple[str, ...]
    counted: tuple[str, ...]


OSS = Topic(
    "1-a",
    "percepatan perizinan berusaha melalui OSS (Online Single Submission)",
    (
        "[Sebanyak|Sejumlah] {n} permohonan [izin berusaha|perizinan berusaha] diproses melalui OSS, dan {p} persen "
        "[di antaranya|dari jumlah itu] selesai [tepat waktu|sebelum batas waktu komitmen].",
        "Petugas loket DPMPTSP [mendampingi|membimbing] {n} pelaku usaha [yang belum pernah membuat akun OSS|dalam "
        "mengisi data akun OSS], terutama dari Kecamatan {k}.",
        "Pada tanggal {d} dilakukan [pembahasan|rapat teknis] pemenuhan komitmen izin lokasi dan izin lingkungan "
        "bersama {opd}.",
        "NIB yang [terbit|diterbitkan] sampai akhir masa pelaporan berjumlah {n}, [naik|bertambah] {p} persen "
        "dibandingkan masa sebelumnya.",
        "Waktu rata-rata penyelesaian izin operasional [turun|menjadi lebih singkat], "
        "dari {q} hari menjadi {s} hari kerja.",
        "Satuan Tugas Percepatan Pelaksanaan Berusaha [menerima|mencatat] {q} aduan dan menuntaskan {s} aduan.",
        "Klinik perizinan di Kecamatan {k} [dibuka|dilaksanakan] pada {d} dan dikunjungi {n} pelaku usaha mikro.",
        "Izin yang [tertahan|belum efektif] sebagian besar adalah izin mendirikan bangunan dan izin usaha peternakan.",
        "DPMPTSP mengirim {q} surat pengingat komitmen kepada pemegang NIB yang "
        "[melewati|hampir melewati] batas waktu.",
        "Layanan perizinan tanpa tatap muka dijalankan sejak {d} karena pembatasan kunjungan ke kantor.",
    ),
    (
        "[Pelaku usaha|Pemohon] belum memahami perbedaan izin usaha dan izin komersial pada OSS.",
        "Jaringan internet di Kecamatan {k} [sering terputus|belum stabil] sehingga unggah persyaratan gagal.",
        "Notifikasi komitmen dari sistem OSS [terlambat|tidak selalu] diterima dinas teknis.",
        "Data KBLI pada NIB lama [tidak sesuai|berbeda] dengan kegiatan usaha di lapangan.",
    ),
    (
        "Menyusun jadwal klinik OSS keliling untuk {q} kecamatan.",
        "Mengusulkan penambahan {s} tenaga pendamping perizinan kepada BKPSDM.",
        "Meminta hak akses tambahan bagi dinas teknis kepada BKPM.",
        "Menempelkan alur perizinan berusaha di {q} kantor kecamatan.",
    ),
    (
        "Permohonan izin usaha",
        "Izin lokasi",
        "Izin lingkungan",
        "Izin mendirikan bangunan",
        "Tanda daftar usaha pariwisata",
        "Izin usaha peternakan",
        "NIB usaha mikro",
        "NIB usaha kecil",
        "Izin apotek",
        "Izin usaha toko swalayan",
    ),
)

UKPBJ = Topic(
    "7-a",
    "peningkatan kematangan unit kerja pengadaan barang dan jasa (UKPBJ)",
    (
        "Pengukuran mandiri kematangan UKPBJ [menunjukkan|mencatat] {s} "
        "dari sembilan variabel sudah mencapai tingkat proaktif.",
        "Kelompok kerja pemilihan pada UKPBJ [menyelesaikan|menuntaskan] {q} paket tender dan {s} paket seleksi.",
        "Bagian Pengadaan Barang dan Jasa [mengunggah|menyampaikan] bukti variabel manajemen "
        "penyedia pada sistem LKPP tanggal {d}.",
        "[Sebanyak|Sejumlah] {s} pejabat fungsional pengelola pengadaan telah mengikuti penilaian kompetensi.",
        "Pendampingan variabel manajemen risiko pengadaan dilakukan bersama {opd} pada {d}.",
        "Standar layanan pengadaan secara elektronik [dievaluasi|dinilai] pada {q} aspek, "
        "dan {p} persen memenuhi syarat.",
        "Analisis beban kerja UKPBJ menghasilkan kebutuhan {q} pengelola pengadaan sampai tahun 2022.",
        "Jumlah penyedia yang mengikuti pembinaan UKPBJ [tercatat|mencapai] {n} badan usaha.",
        "Kode etik kelompok kerja pemilihan dibacakan dan ditandatangani pada tanggal {d}.",
    ),
    (
        "Pengelola pengadaan UKPBJ masih merangkap tugas pada {opd}.",
        "Bukti variabel pengorganisasian UKPBJ [belum lengkap|masih kurang] {s} dokumen.",
        "Formasi jabatan fungsional pengelola pengadaan [belum disetujui|masih diproses].",
        "Ruang layanan pengadaan belum memenuhi standar layanan.",
    ),
    (
        "Menyelesaikan {s} variabel kematangan UKPBJ yang tersisa.",
        "Mengajukan formasi {q} pengelola pengadaan.",
        "Menyusun pedoman manajemen kinerja UKPBJ.",
        "Melaksanakan bimbingan teknis bagi {q} kelompok kerja pemilihan.",
    ),
    (
        "Variabel organisasi",
        "Variabel tugas dan fungsi",
        "Variabel manajemen pengadaan",
        "Variabel manajemen penyedia",
        "Variabel manajemen kinerja",
        "Variabel manajemen risiko",
        "Variabel pengembangan SDM",
        "Variabel sistem informasi",
        "Paket tender",
        "Paket seleksi",
    ),
)

APIP = Topic(
    "9-a",
    "penguatan APIP (aparat pengawasan intern pemerintah)",
    (
        "Inspektorat Daerah [melaksanakan|menuntaskan] {q} audit dari rencana program kerja pengawasan tahunan.",
        "Kapabilitas APIP [dinilai mandiri|dievaluasi] pada {d} bersama perwakilan BPKP.",
        "Auditor dan P2UPD yang mengikuti pelatihan berjumlah {q} orang atau {p} persen dari rencana.",
        "[Sebanyak|Sejumlah] {n} rekomendasi hasil pengawasan APIP telah ditindaklanjuti {opd}.",
        "Reviu laporan keuangan oleh Inspektorat [diselesaikan|dilaporkan] pada {d}.",
        "Kebutuhan auditor menurut analisis jabatan adalah {q} orang, sedangkan yang tersedia {s} orang.",
        "Susunan organisasi Inspektorat Daerah disesuaikan dengan penambahan jabatan inspektur pembantu khusus.",
        "Anggaran pengawasan APIP [ditetapkan|disediakan] sebesar {p} per sepuluh ribu dari belanja daerah.",
        "Telaah sejawat antarauditor dilaksanakan tanggal {d} dengan {s} catatan perbaikan.",
    ),
    (
        "Jumlah auditor APIP [belum sebanding|tidak seimbang] dengan obyek pengawasan.",
        "Pelatihan auditor tatap muka [ditunda|dibatalkan] sejak masa pandemi.",
        "Tindak lanjut rekomendasi di {opd} masih menunggu perubahan anggaran.",
        "Pengawasan di Kecamatan {k} dilakukan dari jarak jauh.",
    ),
    (
        "Mengusulkan {s} formasi auditor baru.",
        "Melanjutkan penjaminan kualitas kapabilitas APIP.",
        "Menjadwalkan ulang {q} audit.",
        "Menyusun piagam audit intern yang baru.",
    ),
    (
        "Audit kinerja",
        "Audit dengan tujuan tertentu",
        "Reviu laporan keuangan",
        "Reviu RKA",
        "Evaluasi SAKIP",
        "Pemantauan tindak lanjut",
        "Pelatihan auditor",
        "Pelatihan P2UPD",
        "Konsultasi pengawasan",
        "Penanganan pengaduan",
    ),
)

SPBE = Topic(
    "9-b",
    "pembangunan SPBE (sistem pemerintahan berbasis elektronik)",
    (
        "Tim koordinasi SPBE [membahas|menyepakati] peta rencana SPBE pada rapat tanggal {d}.",
        "Inventarisasi aplikasi mencatat {q} aplikasi, {s} di antaranya [disatukan|dihentikan] karena fungsinya sama.",
        "Evaluasi mandiri SPBE [menghasilkan|menunjukkan] kenaikan pada domain tata kelola dan layanan SPBE.",
        "Pusat data Dinas Komunikasi dan Informatika melayani {q} aplikasi dengan ketersediaan {p} persen.",
        "[Sebanyak|Sejumlah] {q} perangkat daerah [telah memakai|memanfaatkan] jaringan intra pemerintah.",
        "Arsitektur SPBE disusun bersama {opd} dan diserahkan pada {d}.",
        "Indeks SPBE pada domain kebijakan internal [naik|meningkat] setelah {s} kebijakan ditetapkan.",
        "Uji keamanan aplikasi menemukan {q} celah dan {s} celah sudah ditutup pengembang.",
        "Layanan persuratan elektronik dipakai untuk {n} naskah dinas.",
    ),
    (
        "Aplikasi lama SPBE [belum memiliki|tidak memiliki] dokumentasi kode.",
        "Lebar pita jaringan ke Kecamatan {k} terbatas.",
        "Anggaran SPBE [dialihkan|digeser] untuk penanganan pandemi.",
        "Tenaga pranata komputer hanya {s} orang.",
    ),
    (
        "Menyatukan {s} aplikasi kepegawaian dan keuangan ke dalam SPBE.",
        "Menetapkan peraturan tentang peta rencana SPBE.",
        "Memindahkan {q} aplikasi ke pusat data.",
        "Melatih {q} operator SPBE.",
    ),
    (
        "Domain kebijakan internal",
        "Domain tata kelola SPBE",
        "Domain layanan SPBE",
        "Aplikasi dipertahankan",
        "Aplikasi disatukan",
        "Aplikasi dihentikan",
        "Server pusat data",
        "Titik jaringan intra",
        "Naskah elektronik",
        "Operator dilatih",
    ),
)
