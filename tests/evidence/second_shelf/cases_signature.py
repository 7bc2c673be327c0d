"""Signed PDFs: whole, changed, added to, by strangers; and papers that only speak of signatures."""

import functools
import io
from collections.abc import Iterator

import pikepdf

from . import bases, chance, html, rawpdf, scans, signing
from .case import Case
from .cases_opens import updated
from .readings import NO_CODE, SIGNED_BY_TWO
from .signing import official, self_made, sign, stranger

BSRE = (
    "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang diterbitkan oleh "
    "Balai Sertifikasi Elektronik (BSrE), Badan Siber dan Sandi Negara."
)
PICTURED = (
    BSRE,
    "Ditandatangani secara elektronik oleh: Kepala Dinas. Dokumen ini sah tanpa tanda tangan basah.",
    "Surat ini telah ditandatangani secara elektronik dengan sertifikat elektronik BSrE sesuai Undang-Undang ITE.",
    "Dokumen ini ditandatangani secara elektronik menggunakan sertifikat elektronik. "
    "Keaslian dapat diperiksa melalui kode QR.",
)


def _footed(label: str, kind: str, foot: str) -> bytes:
    from dataclasses import replace

    return html.pdf(replace(bases.paper(label, kind), foot=foot))


def _base(label: str, kind: str, i: int) -> bytes:
    return bases.plain_pdf(label, kind) if i % 2 else _footed(label, kind, BSRE)


@functools.cache
def signed(i: int, kind: str = "surat") -> bytes:
    box = (350, 60, 540, 120) if i % 3 == 0 else None
    return sign(
        _base(f"ttd {i}", kind, i),
        official(("Sekretaris Daerah", "Kepala Dinas", "Inspektur")[i % 3]),
        box=box,
        reason=("Menyetujui", "", "Mengesahkan")[i % 3],
        certify=i % 5 == 4,
        pades=i % 4 == 1,
    )


def flipped(data: bytes) -> bytes:
    """A letter in the signed words is another now; the file stays as long and opens."""
    at = data.index(b"/MediaBox")
    number = data.index(b"842" if b"842" in data[at : at + 60] else b"841", at)
    return data[:number] + b"843" + data[number + 3 :]


def flipped_contents(data: bytes) -> bytes:
    """An uncompressed page whose number was written over."""
    at = data.index(b"Tj T*")
    begin = data.index(b"(", at)
    return data[: begin + 1] + bytes([data[begin + 1] ^ 1 or 65]) + data[begin + 2 :]


@functools.cache
def open_signed(i: int) -> bytes:
    return sign(rawpdf.pdf(bases.paper(f"terbuka {i}", "surat"), squeeze=False), official())


def another_page(data: bytes, i: int) -> bytes:
    """Things added behind the signature by an incremental update."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.pdf_string(f"Angka diubah menjadi {70 + i} persen"),
            generic.pdf_name("/DA"): generic.pdf_string("/Helv 11 Tf 0 g"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (60, 400, 300, 430))),
        }
    )
    page[generic.pdf_name("/Annots")] = generic.ArrayObject([*page.get("/Annots", []), writer.add_object(note)])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def unreadable(data: bytes) -> bytes:
    """The signature's place is there, but what stands in it is no signature."""
    at = data.index(b"/Contents <") + len(b"/Contents <")
    return data[:at] + b"00ff" * 40 + data[at + 160 :]


def resaved(data: bytes) -> bytes:
    """Saved anew by another program: the signature's range no longer fits the bytes."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.docinfo["/Producer"] = "Pengolah PDF"
        pdf.save(out, linearize=True)
    return out.getvalue()


def cases() -> Iterator[Case]:
    c = bases.codes
    kinds = ("surat", "keputusan", "laporan", "berita_acara", "notulen", "perjanjian")
    papers = {"keputusan": "surat", "perjanjian": "berita_acara"}
    for i in range(22):
        kind = kinds[i % 6]
        basis = papers.get(kind, kind)
        yield Case(
            f"ditandatangani elektronik dan utuh {i} {kind}",
            f"{kind} TTE {i}.pdf",
            lambda n=i, k=basis: signed(n, k),
            c("signature_intact"),
            kind,
            trusts=True,
        )
    for i in range(6):
        yield Case(
            f"diubah sesudah ditandatangani {i}",
            f"surat ubah {i}.pdf",
            lambda n=i: flipped_contents(open_signed(n)),
            c("signature_changed"),
            "surat",
            trusts=True,
        )
        yield Case(
            f"ukuran halaman diubah {i}",
            f"surat halaman {i}.pdf",
            lambda n=i: flipped(signed(2 * n + 1)),
            c("signature_changed"),
            "surat",
            trusts=True,
        )
    for i in range(3):
        yield Case(
            f"disimpan ulang sesudah ditandatangani {i}",
            f"surat kompres {i}.pdf",
            lambda n=i: resaved(signed(n)),
            c("signature_changed"),
            "surat",
            trusts=True,
        )
    for i in range(6):
        yield Case(
            f"ditambah sesudah ditandatangani {i}",
            f"surat tambah {i}.pdf",
            lambda n=i: another_page(signed(3 * n + 1), n),
            c("signature_partial"),
            "surat",
            trusts=True,
        )
    for i in range(2):
        yield Case(
            f"keterangan ditambah sesudah ditandatangani {i}",
            f"surat keterangan {i}.pdf",
            lambda n=i: updated(open_signed(n + 10)),
            c("signature_partial"),
            "surat",
            trusts=True,
        )
    for i in range(5):
        yield Case(
            f"ditandatangani penerbit lain {i}",
            f"surat lain {i}.pdf",
            lambda n=i: sign(_base(f"lain {n}", "surat", n), stranger()),
            c("signature_untrusted"),
            "surat",
            trusts=True,
        )
        yield Case(
            f"ditandatangani dengan identitas buatan sendiri {i}",
            f"surat sendiri {i}.pdf",
            lambda n=i: sign(_base(f"sendiri {n}", "surat", n), self_made()),
            c("signature_untrusted"),
            "surat",
            trusts=True,
        )
    for i in range(5):
        yield Case(
            f"tanpa daftar penerbit tepercaya {i}",
            f"surat belum dinilai {i}.pdf",
            lambda n=i: signed(30 + n),
            c("signature_unjudged"),
            "surat",
        )
        yield Case(
            f"tanda tangan tidak terbaca {i}",
            f"surat rusak ttd {i}.pdf",
            lambda n=i: unreadable(signed(2 * n + 41)),
            c("signature_unjudged"),
            "surat",
            trusts=True,
        )
    for i in range(2):
        yield Case(
            f"dua pejabat menandatangani {i}",
            f"perjanjian dua {i}.pdf",
            lambda n=i: sign(
                sign(_base(f"berdua {n}", "berita_acara", n), official("Pihak Pertama"), "Pihak1"),
                official("Pihak Kedua"),
                "Pihak2",
            ),
            SIGNED_BY_TWO,
            "perjanjian",
            trusts=True,
        )
    for i in range(20):
        kind = kinds[i % 4]
        basis = papers.get(kind, kind)
        yield Case(
            f"hanya gambar tanda tangan elektronik {i}",
            f"{kind} gambar {i}.pdf",
            lambda n=i, k=basis: _pictured(n, k),
            c("signature_picture"),
            kind,
        )
    yield from _honest()


def _pictured(i: int, kind: str) -> bytes:
    from dataclasses import replace

    foot = PICTURED[i % 4]
    paper = replace(bases.paper(f"gambar ttd {i}", kind), foot=foot)
    if i % 7 == 6:
        return scans.scan_pdf([scans.scanned(scans.sheet(paper, 200, "sans", 10), chance.rng(f"g{i}"))], 200)
    return html.pdf(paper, "folio") if i % 2 else rawpdf.pdf(paper)


def _honest() -> Iterator[Case]:
    talk = (
        "Sosialisasi penerapan tanda tangan elektronik diikuti 24 perangkat daerah.",
        "Jumlah izin yang akan ditandatangani secara elektronik pada tahun depan ditargetkan 400 izin.",
        "Pendaftaran sertifikat elektronik pejabat dilakukan bersama Dinas Komunikasi dan Informatika.",
        "Naskah dinas masih ditandatangani basah karena sertifikat elektronik pejabat belum terbit.",
        "Kendala: belum semua pejabat memiliki sertifikat elektronik untuk menandatangani izin.",
    )
    for i, words in enumerate(talk):
        yield Case(
            f"laporan tentang tanda tangan elektronik {i}",
            f"laporan tte {i}.pdf",
            lambda w=words, n=i: html.pdf(bases.paper(f"tentang tte {n}").more(w)),
            NO_CODE,
            "laporan",
        )
    for i in range(6):
        yield Case(
            f"salinan resmi dengan ttd {i}", f"salinan SK {i}.pdf", lambda n=i: copy_of_decree(n), NO_CODE, "keputusan"
        )


def copy_of_decree(i: int) -> bytes:
    """An official copy: "ttd" stands for the signature, the head of the legal section vouches for it."""
    import datetime as dt

    from .offices import own
    from .papers import Signer, decree
    from .topics_more import topic

    r = chance.rng(f"salinan {i}")
    paper = decree(r, topic("1-a"), own(0), dt.date(2019, r.randint(1, 12), r.randint(1, 28)), "ttd")
    legal = Signer(
        "Salinan sesuai dengan aslinya, Kepala Bagian Hukum", "Maria Ulfah, S.H., M.H.", "19700512 199603 2 004"
    )
    from dataclasses import replace

    return html.pdf(
        replace(paper, title=("SALINAN", *paper.title), signers=(legal, *paper.signers)), ("dinas", "folio")[i % 2]
    )


def root_pem() -> bytes:
    return signing.root_pem()
