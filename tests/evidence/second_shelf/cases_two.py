"""One file hidden before or behind another, and honest files with odd beginnings and ends."""

from collections.abc import Callable, Iterator

from . import bases, chance, photos, scans
from .archives import rar, seven_zip
from .case import Case
from .cases_programs import SH, elf, exe
from .office import zipped
from .readings import NO_CODE

PAGE = (
    b"<!DOCTYPE html><html><head><title>Masuk</title></head><body><script>document.forms[0]</script><form action='/x'>"
    b"<input name=sandi type=password></form></body></html>\n"
)


def pack(label: str) -> bytes:
    return zipped({"rahasia.csv": bases.csv(label), "catatan.txt": b"berkas tersembunyi"})


def shifted_zip(before: bytes, label: str) -> bytes:
    """A ZIP behind other bytes, with places counted from the very beginning, as packers that append make it."""
    import io
    import zipfile

    out = io.BytesIO(before)
    out.seek(0, 2)
    with zipfile.ZipFile(out, "a") as z:
        z.writestr(zipfile.ZipInfo("rahasia.csv", (2020, 5, 1, 8, 0, 0)), bases.csv(label))
    return out.getvalue()


def in_comment(jpg: bytes, data: bytes) -> bytes:
    """A JPEG whose comment holds another file: that is inside, not behind."""
    return jpg[:2] + b"\xff\xfe" + (len(data) + 2).to_bytes(2, "big") + data + jpg[2:]


def _photo(label: str) -> bytes:
    return scans.jpeg(photos.scene(chance.rng(label), (1280, 960)), 65)


def _pdf(label: str) -> bytes:
    return bases.plain_pdf(label, "surat")


def _hidden() -> Iterator[tuple[str, str, Callable[[], bytes], str]]:
    for i in range(3):
        yield f"ZIP di belakang PDF {i}", f"surat {i}.pdf", lambda n=i: _pdf(f"dua {n}") + pack(f"dua {n}"), "surat"
        yield f"ZIP di belakang JPG {i}", f"foto {i}.jpg", lambda n=i: _photo(f"dua {n}") + pack(f"duaj {n}"), "foto"
    yield "ZIP tersambung pada PDF", "surat.pdf", lambda: shifted_zip(_pdf("sambung"), "sambung"), "surat"
    yield "ZIP tersambung pada JPG", "foto.jpg", lambda: shifted_zip(_photo("sambung j"), "sambung j"), "foto"
    yield "naskah perintah sebelum PDF", "laporan.pdf", lambda: SH + b"exit 0\n" + bases.plain_pdf("sh"), "laporan"
    yield "halaman web sebelum PDF", "surat.pdf", lambda: PAGE + _pdf("html depan"), "surat"
    yield "program di belakang PDF", "surat.pdf", lambda: _pdf("exe belakang") + exe(), "surat"
    yield "program lain di belakang PDF", "surat.pdf", lambda: _pdf("elf belakang") + b"\n" + elf(), "surat"
    yield "program di belakang pindaian", "scan.pdf", lambda: bases.scan("exe pindai") + exe(), "surat"
    yield "halaman web di belakang PDF", "surat.pdf", lambda: _pdf("html belakang") + PAGE, "surat"
    yield "PDF di belakang JPG", "foto.jpg", lambda: _photo("pdf belakang") + _pdf("pdf belakang"), "foto"
    yield "RAR di belakang JPG", "foto.jpg", lambda: _photo("rar") + rar("a.csv", bases.csv("rar")), "foto"
    yield (
        "7z di belakang PNG",
        "layar.png",
        lambda: scans.saved(photos.field(chance.rng("7z"), (720, 540)), "PNG") + seven_zip("a.csv", bases.csv("7z")),
        "foto",
    )
    yield (
        "RAR di belakang PDF",
        "laporan.pdf",
        lambda: bases.plain_pdf("rar pdf") + rar("a.csv", bases.csv("rar pdf")),
        "laporan",
    )
    yield "program di belakang JPG", "foto.jpg", lambda: _photo("exe jpg") + exe(), "foto"
    yield "JPG sebelum PDF", "foto dulu.jpg", lambda: _photo("jpg pdf") + b"\n" + bases.plain_pdf("jpg pdf"), "foto"
    yield (
        "ZIP di belakang PNG",
        "layar.png",
        lambda: scans.saved(photos.field(chance.rng("zip png"), (720, 540)), "PNG") + pack("zip png"),
        "foto",
    )


def cases() -> Iterator[Case]:
    for label, name, build, kind in _hidden():
        yield Case(label, name, build, bases.codes("two_in_one"), kind)
    r = chance.rng("jujur dua")
    for i, tail in enumerate((b"\0" * 2048, b"\r\n\r\n", b"\xff" * 64, b"SEFT" + b"\0" * 40 + b"SEFH")):
        yield Case(
            f"JPG dengan ekor kamera {i}",
            f"IMG_{r.randint(1000, 9999)}.jpg",
            lambda t=tail, n=i: _photo(f"ekor {n}") + t,
            NO_CODE,
            "foto",
        )
    yield Case("foto dua lensa (MPO)", "20200514_101010.jpg", _two_lenses, NO_CODE, "foto")
    yield Case("JPG dengan gambar kecil di dalam", "DSC_0412.jpg", _with_thumbnail, NO_CODE, "foto")
    yield Case("PDF tentang ZIP", "panduan.pdf", lambda: _speaks(), NO_CODE, "laporan")
    yield Case("PDF yang ditulis dua kali", "laporan.pdf", _updated_twice, NO_CODE, "laporan")
    yield Case(
        "arsip berisi PDF tanpa dimampatkan",
        "arsip.zip",
        lambda: zipped({"a.pdf": _pdf("stored"), "b.jpg": _photo("stored")}, ("a.pdf", "b.jpg")),
        NO_CODE,
    )


def _two_lenses() -> bytes:
    import io

    out = io.BytesIO()
    one, two = (photos.scene(chance.rng(f"lensa {i}"), (1280, 960)) for i in range(2))
    one.save(out, "MPO", save_all=True, append_images=[two], quality=60)
    return out.getvalue()


def _with_thumbnail() -> bytes:
    image = photos.scene(chance.rng("kecil"), (1280, 960))
    small = scans.jpeg(image.resize((160, 120)), 50)
    exif = (
        b"Exif\0\0II*\0\x08\0\0\0\0\0\x0e\0\0\0"
        + b"\x02\0\x01\x02\x04\0\x01\0\0\0"
        + (44).to_bytes(4, "little")
        + b"\x02\x02\x04\0\x01\0\0\0"
        + len(small).to_bytes(4, "little")
        + b"\0\0\0\0\0\0"
        + small
    )
    return scans.jpeg(image, 65, exif=exif)


def _speaks() -> bytes:
    from . import rawpdf

    return rawpdf.pdf(
        bases.paper("kata zip").more("Berkas yang diawali PK adalah arsip ZIP, MZ adalah program, %PDF adalah dokumen.")
    )


def _updated_twice() -> bytes:
    from .cases_opens import updated

    return updated(updated(bases.plain_pdf("dua kali")), "revisi kedua")
