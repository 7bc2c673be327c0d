"""Files of no bytes, and programs in place of documents."""

import struct
from collections.abc import Iterator

from . import bases
from .case import Case
from .office import zipped
from .readings import PROGRAM_DISGUISED


def exe() -> bytes:
    """The shape of a Windows program, which does nothing."""
    head = b"MZ" + b"\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + b"\0" * 46 + struct.pack("<I", 0x80)
    head = head.ljust(0x80, b"\0")
    pe = b"PE\0\0" + struct.pack("<HHIIIHH", 0x14C, 1, 0x5E000000, 0, 0, 0xE0, 0x102) + struct.pack("<H", 0x10B)
    return (head + pe.ljust(0xF8, b"\0") + b".text\0\0\0" + b"\0" * 32).ljust(0x400, b"\0") + b"\xc3" + b"\0" * 511


def elf() -> bytes:
    return (
        b"\x7fELF\x02\x01\x01"
        + b"\0" * 9
        + struct.pack("<HHIQQQIHHHHHH", 2, 0x3E, 1, 0x400078, 64, 0, 0, 64, 56, 1, 64, 0, 0)
        + struct.pack("<IIQQQQQQ", 1, 5, 0, 0x400000, 0x400000, 0x80, 0x80, 0x1000)
        + b"\xc3" * 8
    )


def lnk() -> bytes:
    """A Windows shortcut: its head and a name."""
    return (
        struct.pack("<I", 0x4C)
        + bytes.fromhex("0114020000000000c000000000000046")
        + struct.pack("<I", 0x84)
        + b"\0" * 52
        + struct.pack("<H", 11)
        + "Laporan.pdf".encode("utf-16-le")
        + b"\0\0\0\0"
    )


def jar() -> bytes:
    klass = b"\xca\xfe\xba\xbe\0\0\0\x34" + b"\0\x0a\x07\0\x02\x01\0\x04Main\x07\0\x04\x01\0\x10java/lang/Object"
    return zipped({"META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\r\nMain-Class: Main\r\n\r\n", "Main.class": klass})


BAT = b"@echo off\r\nrem Laporan TW II\r\necho Membuka laporan...\r\npause\r\n"
VBS = b'Set a = CreateObject("WScript.Shell")\r\na.Popup "Laporan"\r\n'
JS = b'var sh = new ActiveXObject("WScript.Shell");\r\nsh.Popup("Laporan");\r\n'
PS1 = b'Write-Host "Laporan"\r\n'
SH = b"#!/bin/sh\necho laporan\n"
HTA = b'<html><head><HTA:APPLICATION ID="a"/></head><body><script language="VBScript">MsgBox "x"</script></body></html>'

_NAMES = (
    "SK Satgas.pdf",
    "Laporan TW II 2020.docx",
    "Rekap Izin.xlsx",
    "foto rapat.jpg",
    "Undangan.doc",
    "data.csv",
    "SOP.odt",
    "Peta RTRW.tif",
    "scan0001.pdf",
    "IMG-20200512-WA0003.jpg",
    "Notulen.PDF",
    "lampiran.zip",
    "Berita Acara.jpeg",
    "tangkapan layar.png",
    "dokumen",
    "Daftar hadir 12 Mei.pdf",
    "Bukti.webp",
    "rekap.ods",
    "Paparan.pptx",
    "naskah.rtf",
)

_BY_ENDING = (
    ("Laporan TW II.exe", exe),
    ("Laporan TW II.pdf.exe", exe),
    ("Undangan Rapat.scr", exe),
    ("Cetak Laporan.bat", lambda: BAT),
    ("kirim.cmd", lambda: BAT),
    ("SK Bupati.pdf.lnk", lnk),
    ("Laporan Keuangan.lnk", lnk),
    ("eFaktur.jar", jar),
    ("Daftar.js", lambda: JS),
    ("Surat Edaran.vbs", lambda: VBS),
    ("rekap.ps1", lambda: PS1),
    ("Undangan.hta", lambda: HTA),
    ("jalankan.sh", lambda: SH),
    ("Faktur.com", exe),
    ("Laporan.exe", lambda: bases.pdf("pdf bernama exe")),
    ("Rekap.bat", lambda: bases.csv("csv bernama bat")),
)
_BY_CONTENT = (
    ("Laporan TW II.pdf", exe),
    ("Notulen.docx", exe),
    ("Rekap.xlsx", exe),
    ("foto.jpg", exe),
    ("Data.pdf", elf),
    ("lampiran.docx", elf),
    ("SK Bupati.pdf", lnk),
    ("SOP.pdf", lambda: SH),
    ("peta.png", lnk),
)


def cases() -> Iterator[Case]:
    for name in _NAMES:
        yield Case(f"berkas nol byte {name}", name, bytes, bases.codes("empty"))
    for name, build in _BY_ENDING:
        yield Case(f"program menurut akhiran: {name}", name, build, bases.codes("program"))
    for name, build in _BY_CONTENT:
        yield Case(f"program menurut isi: {name}", name, build, PROGRAM_DISGUISED)
