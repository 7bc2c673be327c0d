"""More sub-actions, and the way to ask for one."""

from .topics import APIP, OSS, SPBE, UKPBJ, Topic

MERIT = Topic(
    "9-c",
    "pelaksanaan sistem merit dalam manajemen aparatur sipil negara",
    (
        "Penilaian mandiri sistem merit [menghasilkan|memperoleh] nilai pada {s} dari delapan aspek.",
        "Uji kompetensi jabatan pimpinan tinggi pratama [diikuti|dilaksanakan bagi] {q} pejabat pada {d}.",
        "Manajemen talenta ASN [memetakan|mencatat] {n} pegawai ke dalam kotak talenta.",
        "Pengisian jabatan dilakukan melalui seleksi terbuka untuk {s} jabatan dan dilaporkan kepada KASN.",
        "Rencana pengembangan karier [disusun|dirampungkan] bagi {n} ASN pada {opd}.",
        "Penilaian kinerja ASN telah diisi oleh {p} persen pegawai.",
        "Kebutuhan pegawai dihitung melalui analisis jabatan dan beban kerja {opd}.",
        "Berkas sistem merit diunggah ke aplikasi penilaian mandiri KASN tanggal {d}.",
    ),
    (
        "Data riwayat kompetensi ASN [belum lengkap|tersebar].",
        "Anggaran uji kompetensi sistem merit [terbatas|berkurang].",
        "Kotak talenta belum dipakai dalam rencana suksesi.",
        "Aspek promosi dan mutasi sistem merit masih rendah.",
    ),
    (
        "Melengkapi bukti {s} aspek sistem merit.",
        "Melaksanakan uji kompetensi bagi {q} pejabat administrator.",
        "Menyusun peraturan tentang manajemen talenta.",
        "Menyerahkan hasil penilaian mandiri kepada KASN.",
    ),
    (
        "Aspek perencanaan kebutuhan",
        "Aspek pengadaan ASN",
        "Aspek pengembangan karier",
        "Aspek promosi dan mutasi",
        "Aspek manajemen kinerja",
        "Aspek penggajian",
        "Aspek perlindungan",
        "Aspek sistem informasi kepegawaian",
        "Pejabat diuji kompetensi",
        "ASN dalam kotak talenta",
    ),
)

PLAN = Topic(
    "6-a",
    "integrasi sistem perencanaan dan penganggaran",
    (
        "Rencana kerja pemerintah daerah tahun 2021 [disusun|dimasukkan] melalui SIPD oleh {q} perangkat daerah.",
        "Sinkronisasi antara e-planning dan e-budgeting [dilakukan|diuji] pada {d} bersama {opd}.",
        "[Sebanyak|Sejumlah] {n} kegiatan perencanaan telah dipetakan ke kode penganggaran yang baru.",
        "Selisih pagu antara RKPD dan KUA-PPAS [turun|berkurang] menjadi {p} persen.",
        "Bappeda melatih {q} operator perencanaan dan penganggaran perangkat daerah.",
        "Musrenbang tingkat Kecamatan {k} menghasilkan {q} usulan yang diinput ke sistem perencanaan.",
        "Verifikasi rancangan RKPD pada sistem perencanaan [selesai|dituntaskan] tanggal {d}.",
        "Standar harga satuan untuk penganggaran tahun 2021 memuat {n} barang.",
    ),
    (
        "Nomenklatur kegiatan pada sistem penganggaran [berubah|belum sama] dengan sistem perencanaan.",
        "Server SIPD sulit diakses pada jam kerja.",
        "Operator perencanaan di {opd} berganti.",
        "Usulan musrenbang Kecamatan {k} terlambat diinput.",
    ),
    (
        "Menyelaraskan {n} kode kegiatan antara perencanaan dan penganggaran.",
        "Menetapkan RKPD melalui SIPD.",
        "Melatih kembali {q} operator penganggaran.",
        "Menyusun berita acara pagu indikatif.",
    ),
    (
        "Usulan musrenbang",
        "Kegiatan RKPD",
        "Kegiatan KUA-PPAS",
        "Kode penganggaran dipetakan",
        "Operator dilatih",
        "Standar harga satuan",
        "Perangkat daerah terverifikasi",
        "Program prioritas",
        "Pagu indikatif",
        "Selisih pagu",
    ),
)

DESA = Topic(
    "10-a",
    "pengawasan keuangan desa",
    (
        "Pengawasan pengelolaan keuangan desa [dilaksanakan|dilakukan] pada {q} desa di Kecamatan {k}.",
        "Siskeudes [dipakai|dijalankan] secara daring oleh {p} persen desa.",
        "Penyaluran dana desa tahap pertama [diperiksa|direviu] pada {d}.",
        "[Sebanyak|Sejumlah] {n} temuan pengelolaan APBDes ditindaklanjuti kepala desa.",
        "Pelatihan bendahara desa diikuti {q} perangkat desa.",
        "Camat {k} mengevaluasi rancangan APBDes dari {s} desa.",
        "Laporan realisasi dana desa diterima dari {q} desa sampai {d}.",
        "Badan permusyawaratan desa ikut mengawasi kegiatan padat karya tunai desa.",
    ),
    (
        "Bendahara desa [belum tertib|terlambat] menyusun buku kas umum.",
        "Perubahan APBDes untuk BLT dana desa memakan waktu.",
        "Jaringan Siskeudes di Kecamatan {k} tidak stabil.",
        "Pendamping desa terbatas.",
    ),
    (
        "Menyusun rencana pengawasan dana desa untuk {q} desa.",
        "Melatih {q} bendahara desa.",
        "Memantau penyaluran dana desa tahap kedua.",
        "Menerbitkan pedoman pengawasan keuangan desa.",
    ),
    (
        "Desa diawasi",
        "APBDes dievaluasi",
        "Temuan ditindaklanjuti",
        "Bendahara dilatih",
        "Desa memakai Siskeudes",
        "Dana desa tahap I",
        "Laporan realisasi",
        "Padat karya tunai",
        "Musyawarah desa",
        "Aset desa dicatat",
    ),
)

MAP = Topic(
    "2-a",
    "implementasi kebijakan satu peta",
    (
        "Peta tematik [yang dikompilasi|terkompilasi] berjumlah {q} lembar dengan skala 1:50.000.",
        "Tumpang tindih izin perkebunan dan kawasan hutan ditemukan pada {s} lokasi di Kecamatan {k}.",
        "Peninjauan lapangan atas indikasi tumpang tindih [dilaksanakan|dilakukan] tanggal {d}.",
        "Geoportal kebijakan satu peta [diakses|dipakai] oleh {q} pengguna dari {opd}.",
        "Integrasi peta rencana tata ruang dengan peta izin dilakukan bersama Badan Informasi Geospasial.",
        "Walidata [menyerahkan|mengunggah] {s} informasi geospasial tematik pada {d}.",
        "Sinkronisasi peta batas desa menyelesaikan {q} segmen.",
    ),
    ("Peta izin lama tidak memiliki koordinat.", "Skala peta tematik berbeda.", "Tenaga pemetaan hanya {s} orang."),
    (
        "Menyusun rekomendasi penyelesaian tumpang tindih izin.",
        "Memperbarui {q} peta tematik.",
        "Menyerahkan peta batas desa kepada walidata.",
    ),
    (
        "Peta rencana tata ruang",
        "Peta izin perkebunan",
        "Peta kawasan hutan",
        "Peta izin pertambangan",
        "Peta batas desa",
        "Lokasi tumpang tindih",
        "Lokasi ditinjau",
        "Informasi geospasial tematik",
    ),
)

NIK = Topic(
    "3-a",
    "utilisasi NIK untuk bantuan sosial dan pemadanan DTKS dengan data kependudukan",
    (
        "Pemadanan DTKS dengan data Dukcapil [mencakup|menjangkau] {n} keluarga penerima manfaat.",
        "Data penerima bantuan sosial yang padan NIK mencapai {p} persen.",
        "Perbaikan NIK ganda [dilakukan|diselesaikan] untuk {n} penerima bantuan sosial di Distrik {k}.",
        "Dinas Sosial dan Dinas Kependudukan menandatangani hasil pemadanan DTKS tanggal {d}.",
        "Perekaman KTP elektronik penerima bantuan sosial dilaksanakan di {s} distrik.",
        "Penyaluran bantuan sosial tunai menurut NIK padan dimulai {d}.",
    ),
    (
        "Penerima bantuan sosial di distrik terpencil belum direkam.",
        "DTKS memuat NIK yang tidak ditemukan.",
        "Jaringan pemadanan data kependudukan terputus.",
    ),
    (
        "Merekam {n} penerima bantuan sosial yang belum ber-NIK.",
        "Memperbaiki DTKS semester kedua.",
        "Menyusun berita acara pemadanan.",
    ),
    (
        "Keluarga penerima manfaat",
        "Data DTKS padan",
        "Data DTKS tidak padan",
        "NIK ganda diperbaiki",
        "Perekaman baru",
        "Penyaluran tunai",
        "Penyaluran sembako",
        "Distrik terlayani",
    ),
)

TOPICS = {t.item: t for t in (OSS, UKPBJ, APIP, SPBE, MERIT, PLAN, DESA, MAP, NIK)}


def topic(item: str) -> Topic:
    return TOPICS[item]
