"""Every code that a check may say: the register that settings, pages and the shelf read. A test holds it complete.

`words` say before officers what the code is about; `severity` is its usual weight (a check may say less in a
harmless case). `since` is the quarter from which the weight counts in full: in quarters before it, a finding asks
for an explanation at most. `is_fixed`: no programme sets another weight, and no explanation lifts it, because the
bytes cannot serve, or endanger the computer of whoever opens them.
"""

from dataclasses import dataclass

from stranas.evidence.rules import Severity

REFUSED, MUST_FIX, EXPLAIN, INFO = Severity


@dataclass(frozen=True)
class Code:
    key: str
    check: str
    severity: Severity
    words: str
    since: str = ""
    is_fixed: bool = False


def _fixed(check: str, severity: Severity, **codes: str) -> tuple[Code, ...]:
    return tuple(Code(key, check, severity, words, is_fixed=True) for key, words in codes.items())


def _set(check: str, severity: Severity, since: str = "", **codes: str) -> tuple[Code, ...]:
    return tuple(Code(key, check, severity, words, since) for key, words in codes.items())


# In the order in which the checks look.
CODES: dict[str, Code] = {
    code.key: code
    for code in (
        *_fixed("empty", REFUSED, empty="Berkas kosong"),
        *_fixed("program", REFUSED, program="Program atau skrip, bukan dokumen"),
        *_fixed(
            "excess",
            REFUSED,
            archive_bomb="Membengkak bila dibuka",
            nested_archive="Arsip di dalam arsip",
            xml_entities="Perintah XML yang menghentikan komputer",
            too_many_pages="Terlalu banyak halaman",
            too_many_pixels="Gambar terlalu besar",
        ),
        *_fixed("malware", REFUSED, malware="Isi berbahaya menurut antivirus"),
        *_set("malware", EXPLAIN, too_large_to_scan="Terlalu besar untuk antivirus"),
        *_set("malware", INFO, not_scanned="Sedang diperiksa antivirus"),
        *_fixed("locked", REFUSED, locked="Terkunci kata sandi"),
        *_fixed("opens", REFUSED, not_readable="Tidak dapat dibuka", cut_off="Berkas terpotong"),
        *_set("opens", EXPLAIN, damaged="Bagian akhir PDF hilang"),
        *_set(
            "real_type",
            MUST_FIX,
            wrong_type="Jenis berkas tidak sesuai persyaratan",
            archive="Arsip (ZIP, RAR, 7-Zip) di tempat dokumen",
            wrong_ending="Akhiran nama tidak sesuai isi",
        ),
        *_set(
            "real_type",
            EXPLAIN,
            unsigned_format="Format yang tidak memperlihatkan tanda tangan",
            file_for_link="Berkas di tempat tautan",
        ),
        *_set("real_type", INFO, other_ending="Gambar dengan akhiran nama gambar lain"),
        *_fixed("two_in_one", MUST_FIX, two_in_one="Berkas lain di luar isi dokumen"),
        *_fixed("macros", MUST_FIX, macro_runs_itself="Makro yang berjalan sendiri"),
        *_set("macros", EXPLAIN, macro="Memuat makro"),
        *_fixed("pdf_actions", MUST_FIX, pdf_launch="PDF membuka program atau berkas lain"),
        *_set(
            "pdf_actions",
            EXPLAIN,
            pdf_script="PDF memuat skrip",
            pdf_sends="PDF mengirim isian",
            pdf_media="PDF memuat video atau suara",
            dynamic_form="Formulir yang hanya terbuka di Adobe Reader",
        ),
        *_set("pdf_actions", INFO, pdf_attachment="PDF memuat lampiran"),
        *_fixed(
            "outside",
            MUST_FIX,
            dde="Perintah DDE",
            program_inside="Program di dalam dokumen",
            outside_template="Templat dari alamat luar",
        ),
        *_set(
            "outside",
            EXPLAIN,
            outside_object="Objek dari alamat luar",
            outside_picture="Gambar dari alamat luar",
            active_control="Kontrol ActiveX",
        ),
        *_set("outside", INFO, linked_workbook="Tautan ke lembar kerja lain"),
        *_set(
            "signature",
            EXPLAIN,
            signature_changed="Berubah sesudah ditandatangani",
            signature_partial="Tanda tangan tidak mencakup seluruh berkas",
            signature_untrusted="Penerbit sertifikat tidak dikenal",
        ),
        *_set(
            "signature",
            INFO,
            signature_intact="Tanda tangan utuh",
            signature_unjudged="Tanda tangan tidak dapat dinilai",
            signature_picture="Hanya gambar atau kode QR tanda tangan",
        ),
        *_set(
            "legible",
            EXPLAIN,
            blank="Halaman kosong",
            blank_pages="Sebagian besar halaman kosong",
            page_not_shown="Halaman tidak dapat ditampilkan",
            low_resolution="Hasil pindai terlalu kasar",
            small_picture="Gambar terlalu kecil",
        ),
        *_set("dates", EXPLAIN, other_period="Tanggal di luar triwulan"),
        *_set("about", EXPLAIN, other_agency="Menyebut instansi lain"),
        *_set("subject", EXPLAIN, other_item="Berisi tentang aksi lain"),
        *_set(
            "personal_data",
            MUST_FIX,
            since="B21",
            personal_numbers="Daftar NIK atau nomor KK",
            bank_numbers="Daftar nomor rekening",
        ),
        *_set(
            "reuse",
            EXPLAIN,
            reused="Berkas yang sama pernah dipakai",
            same_words="Tulisan yang sama pernah dipakai",
            near_words="Tulisan yang hampir sama pernah dipakai",
            same_elsewhere="Berkas yang sama di instansi lain",
            same_words_elsewhere="Tulisan yang sama di instansi lain",
            near_words_elsewhere="Tulisan yang hampir sama di instansi lain",
        ),
        *_set(
            "reuse",
            INFO,
            in_library="Berkas yang sama ada di daftar dokumen",
            commonly_used="Dokumen yang dipakai bersama banyak instansi",
        ),
        *_set(
            "link",
            MUST_FIX,
            since="B21",
            shared_drive="Tautan ke Google Drive dan sejenisnya",
            link_shortened="Tautan yang dipendekkan",
            link_inside="Alamat jaringan dalam",
        ),
        *_set(
            "link", EXPLAIN, link_not_official="Situs yang bukan alamat resmi", link_not_reached="Tidak dapat dibuka"
        ),
        *_set("link", INFO, link_not_opened="Isi tautan tidak dibuka", link_reached="Tautan dapat dibuka"),
        *_set("all", EXPLAIN, too_heavy="Terlalu berat untuk dicek", not_finished="Pengecekan tidak selesai"),
        *_set("all", INFO, not_judged="Satu pengecekan tidak selesai"),
    )
}
