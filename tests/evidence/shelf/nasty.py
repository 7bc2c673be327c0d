"""Files that are not what they say, or do not open whole: type, ending, password, cut off, two in one, programs."""

import io
import zipfile
from collections.abc import Iterator

import pikepdf

from tests.evidence import samples
from tests.evidence.shelf import office, paper, picture
from tests.evidence.shelf.case import Case, bad


def cases() -> Iterator[Case]:
    yield from _empty()
    yield from _programs()
    yield from _locked()
    yield from _broken()
    yield from _misnamed()
    yield from _two_in_one()


def _empty() -> Iterator[Case]:
    for ending in ("pdf", "xlsx", "jpg", "docx", "csv", "png", "zip", "odt", "xls", "tif"):
        for kind in ("", "laporan"):
            yield bad("empty file", f"kosong.{ending}", lambda: b"", "empty", kind=kind)


def _programs() -> Iterator[Case]:
    windows = b"MZ" + bytes(58) + (128).to_bytes(4, "little") + bytes(64) + b"PE\0\0" + bytes(300)
    for number, name in enumerate(("setup.exe", "laporan.pdf", "laporan.pdf.exe", "foto.jpg", "tanpa-akhiran")):
        yield bad("Windows program", name, lambda number=number: windows + bytes(number), "program")
        yield bad("Linux program", name, lambda number=number: b"\x7fELF\x02\x01\x01" + bytes(200 + number), "program")
        shortcut = b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F" + bytes(100 + number)
        yield bad("Windows shortcut", name, lambda shortcut=shortcut: shortcut, "program")
    for ending in ("bat", "vbs", "js", "ps1", "hta"):
        yield bad("script by its ending", f"buka.{ending}", lambda: b"CreateObject(1)\r\nRun\r\n", "program")
    for ending in ("exe", "js", "bat", "vbs", "scr", "com", "msi", "ps1", "jar", "lnk", "hta"):
        yield bad("paper under the ending of a program", f"Laporan.{ending}", paper.decree, "program", kind="laporan")
    yield bad(
        "photo under the ending of a program", "foto.scr", lambda: picture.saved(picture.scene(900, 700)), "program"
    )
    for name in ("Laporan.exe.pdf", "SK Tim an. Budi, S.Sos.SH", "unduhan jdih.contoh.com.pdf"):
        yield Case("paper whose name holds the ending of a program", name, paper.decree, kind="laporan")
    yield bad(
        "packed program",
        "aplikasi.jar",
        lambda: office.zipped({"META-INF/MANIFEST.MF": "x", "A.class": b"\0"}),
        "program",
    )
    yield bad("script by its content", "jalankan.txt", lambda: b"#!/bin/sh\nrm -r /\n", "program")


def _locked() -> Iterator[Case]:
    for number, level in enumerate((2, 3, 4, 6)):
        for kind in ("laporan", "surat", ""):
            lock = pikepdf.Encryption(user="rahasia", owner="lain", R=level, aes=level >= 4, metadata=level >= 4)
            yield bad(
                "PDF with a password",
                f"kunci-{number}.pdf",
                lambda lock=lock: paper.decree(encryption=lock),
                "locked",
                kind=kind,
            )
    for kind in ("data", "laporan", ""):
        yield bad("worksheet with a password", "kunci.xlsx", samples.locked_xlsx, "locked", kind=kind)
        yield bad("archive with a password", "kunci.zip", _locked_zip, "locked", kind=kind)
        yield bad("OpenDocument with a password", "kunci.odt", _locked_odt, "locked", kind=kind)
    yield bad("PDF locked by a certificate", "kunci.pdf", _locked_by_certificate, "locked", kind="surat")


def _locked_zip() -> bytes:
    """Marked as encrypted in both of its tables; the content need not be."""
    content = bytearray(office.zipped({"a.txt": "rahasia"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _locked_odt() -> bytes:
    lock = '<m:manifest xmlns:m="urn"><m:encryption-data m:checksum="x"/></m:manifest>'
    return office.open_document(parts={"META-INF/manifest.xml": lock})


def _locked_by_certificate() -> bytes:
    whole = paper.decree(qdf=True)
    lock = b"<< /Encrypt << /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s4 /V 1 /Length 40 /Recipients [<00>] >>\n"
    return whole.replace(b"trailer <<", b"trailer " + lock)


def _broken() -> Iterator[Case]:
    for seed in range(6):
        for part in (0.3, 0.6, 0.9):
            whole = paper.decree(seed, 3)
            yield bad(
                "PDF cut off",
                f"putus-{seed}.pdf",
                lambda whole=whole, part=part: _cut(whole, part),
                "cut_off",
                kind="laporan",
            )
        yield bad(
            "PDF without its end",
            f"ekor-{seed}.pdf",
            lambda seed=seed: _without_end(paper.decree(seed)),
            "damaged",
            kind="laporan",
        )
        yield bad(
            "half a photo",
            f"foto-{seed}.jpg",
            lambda seed=seed: _cut(picture.saved(picture.scene(900, 700, seed)), 0.5),
            "cut_off",
            kind="foto",
        )
        yield bad(
            "half a screenshot",
            f"layar-{seed}.png",
            lambda seed=seed: _cut(picture.saved(picture.screen(900, 700, seed), "PNG"), 0.5),
            "cut_off",
            kind="tangkapan_layar",
        )
        yield bad(
            "half a worksheet",
            f"rekap-{seed}.xlsx",
            lambda seed=seed: _cut(office.worksheet(seed), 0.7),
            "cut_off",
            kind="data",
        )
        yield bad(
            "half a document",
            f"notulen-{seed}.docx",
            lambda seed=seed: _cut(office.document(seed), 0.6),
            "cut_off",
            kind="",
        )
        yield bad(
            "worksheet with a broken sheet",
            f"rusak-{seed}.xlsx",
            lambda seed=seed: office.with_parts(
                office.worksheet(seed), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}
            ),
            "not_readable",
            kind="data",
        )
        yield bad(
            "bytes of nothing",
            f"acak-{seed}.pdf",
            lambda seed=seed: bytes(range(1, 250)) * (8 + seed),
            "not_readable",
            kind="laporan",
        )
        yield bad("PDF without pages", f"hampa-{seed}.pdf", lambda: paper.typed([]), "not_readable", kind="laporan")
        yield bad(
            "old workbook cut off",
            f"lama-{seed}.xls",
            lambda seed=seed: office.old_book(more={"Lain": bytes(5000 * (seed + 1))})[:-1500],
            "not_readable",
            kind="data",
        )
        yield bad(
            "worksheet with a wrong checksum",
            f"crc-{seed}.xlsx",
            lambda seed=seed: _bent(office.worksheet(seed)),
            "not_readable",
            kind="data",
        )


def _cut(content: bytes, part: float) -> bytes:
    return content[: int(len(content) * part)]


def _without_end(content: bytes) -> bytes:
    return content[: content.rindex(b"startxref")]


def _bent(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 200
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


def _misnamed() -> Iterator[Case]:
    for seed in range(4):
        yield bad(
            "PDF under the name of a worksheet",
            f"rekap-{seed}.xlsx",
            lambda seed=seed: paper.decree(seed),
            "wrong_type",
            kind="data",
        )
        yield bad(
            "PDF in place of a worksheet",
            f"rekap-{seed}.pdf",
            lambda seed=seed: paper.decree(seed),
            "wrong_type",
            kind="data",
        )
        yield bad(
            "worksheet under the name of a PDF",
            f"laporan-{seed}.pdf",
            lambda seed=seed: office.worksheet(seed),
            "wrong_ending",
            kind="laporan",
        )
        yield bad(
            "web page under the name of a worksheet", f"rekap-{seed}.xls", samples.html, "wrong_type", kind="data"
        )
        yield bad(
            "Word document in place of a decree",
            f"sk-{seed}.docx",
            lambda seed=seed: office.document(seed),
            "wrong_type",
            kind="keputusan",
        )
        yield bad(
            "archive in place of a letter",
            f"surat-{seed}.zip",
            lambda seed=seed: office.zipped({"a.pdf": paper.decree(seed)}),
            "archive",
            kind="surat",
        )
        yield bad(
            "RAR archive",
            f"bukti-{seed}.rar",
            lambda seed=seed: b"Rar!\x1a\x07\x01\0" + bytes(range(40 + seed)) * 3,
            "archive",
            kind="laporan",
        )
        yield bad(
            "PNG under the name of a JPG",
            f"foto-{seed}.jpg",
            lambda seed=seed: picture.saved(picture.scene(800, 700, seed), "PNG"),
            "other_ending",
            kind="foto",
        )
        yield bad(
            "Word document as a report",
            f"laporan-{seed}.docx",
            lambda seed=seed: office.document(seed),
            "unsigned_format",
            kind="laporan",
        )
        yield bad(
            "file in place of a link",
            f"halaman-{seed}.pdf",
            lambda seed=seed: paper.decree(seed),
            "file_for_link",
            kind="tautan",
        )


def _two_in_one() -> Iterator[Case]:
    archive = office.zipped({"a.exe": b"MZ" * 50})
    page = b"<html><script>alert(1)</script></html>"
    for seed in range(4):
        whole, photo = paper.decree(seed), picture.saved(picture.scene(800, 700, seed))
        shot = picture.saved(picture.screen(800, 700, seed), "PNG")
        yield bad("PDF with an archive behind", f"a-{seed}.pdf", lambda whole=whole: whole + archive, "two_in_one")
        yield bad("PDF with a web page before", f"b-{seed}.pdf", lambda whole=whole: page + whole, "two_in_one")
        yield bad("PDF with a script before", f"c-{seed}.pdf", lambda whole=whole: b"var a=1/*" + whole, "two_in_one")
        yield bad("PDF with a web page behind", f"d-{seed}.pdf", lambda whole=whole: whole + b"\n" + page, "two_in_one")
        yield bad(
            "PDF behind a program's head",
            f"e-{seed}.pdf",
            lambda whole=whole: b"MZ\x90\0\x03" + bytes(70) + whole,
            "two_in_one",
        )
        yield bad("PDF behind an archive", f"k-{seed}.pdf", lambda whole=whole: archive + whole, "two_in_one")
        yield bad("photo with an archive behind", f"f-{seed}.jpg", lambda photo=photo: photo + archive, "two_in_one")
        yield bad("photo with a web page behind", f"g-{seed}.jpg", lambda photo=photo: photo + page, "two_in_one")
        yield bad("screenshot with an archive behind", f"h-{seed}.png", lambda shot=shot: shot + archive, "two_in_one")
        yield bad(
            "screenshot with a PDF behind", f"i-{seed}.png", lambda shot=shot, whole=whole: shot + whole, "two_in_one"
        )
        yield bad("web page with an archive behind", f"j-{seed}.html", lambda: page * 300 + archive, "two_in_one")
