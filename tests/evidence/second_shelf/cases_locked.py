"""Files that need a password, and files that only look as if they did."""

import io
import struct
import zlib
from collections.abc import Iterator

import pikepdf
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from . import bases, rawpdf
from .case import Case
from .office import ODS, ODT, unzipped, zipped


def pdf_locked(data: bytes, user: str, level: int, aes: bool = True, **allow: bool) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        may = pikepdf.Permissions(**allow)
        pdf.save(
            out,
            encryption=pikepdf.Encryption(
                user=user, owner="dpmptsp-2020", R=level, aes=aes and level > 3, metadata=aes and level > 3, allow=may
            ),
        )
    return out.getvalue()


def office_locked(data: bytes, password: str = "Temanggung1") -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def odf_locked(data: bytes, mime: str) -> bytes:
    """OpenDocument 1.2 with AES-256: each part deflated and encrypted, keys told in the manifest."""
    parts = unzipped(data)
    salt, start = b"s" * 16, b"v" * 16
    key = PBKDF2HMAC(hashes.SHA1(), 32, salt, 1000).derive(b"rahasia")
    plain = zlib.compress(parts["content.xml"], 9, -15)
    plain += b"\0" * (16 - len(plain) % 16)
    lock = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
    parts["content.xml"] = lock.update(plain) + lock.finalize()
    import base64

    def b64(raw: bytes) -> str:
        return base64.b64encode(raw).decode()

    told = (
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" '
        f'manifest:size="{len(plain)}">'
        "<manifest:encryption-data manifest:checksum-type="
        '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k" '
        f'manifest:checksum="{b64(b"c" * 32)}"><manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/'
        f'xmlenc#aes256-cbc" manifest:initialisation-vector="{b64(start)}"/><manifest:key-derivation '
        f'manifest:key-derivation-name="PBKDF2" manifest:key-size="32" manifest:iteration-count="1000" '
        f'manifest:salt="{b64(salt)}"/></manifest:encryption-data></manifest:file-entry>'
    )
    parts["META-INF/manifest.xml"] = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:'
        f'xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{mime}"/>'
        f"{told}</manifest:manifest>"
    ).encode()
    return zipped(parts, ("mimetype", "content.xml"))


def _zip_entry(name: bytes, packed: bytes, crc: int, size: int, method: int, extra: bytes = b"") -> bytes:
    """A ZIP of one entry with the mark "encrypted"."""
    common = struct.pack(
        "<HHHHHIIIHH", 51 if extra else 20, 1, method, 0x4BD2, 0x50B2, crc, len(packed), size, len(name), len(extra)
    )
    local = b"PK\x03\x04" + common + name + extra + packed
    table = b"PK\x01\x02" + struct.pack("<H", 51) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name + extra
    return local + table + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(table), len(local), 0)


def zip_locked(name: str, data: bytes, password: bytes = b"12345") -> bytes:
    """The old ZIP encryption."""
    keys = [0x12345678, 0x23456789, 0x34567890]
    table = []
    for i in range(256):
        c = i
        for _ in range(8):
            c = c >> 1 ^ (0xEDB88320 if c & 1 else 0)
        table.append(c)

    def feed(b: int) -> None:
        keys[0] = keys[0] >> 8 ^ table[(keys[0] ^ b) & 255]
        keys[1] = (keys[1] + (keys[0] & 255)) * 134775813 + 1 & 0xFFFFFFFF
        keys[2] = keys[2] >> 8 ^ table[(keys[2] ^ keys[1] >> 24) & 255]

    for b in password:
        feed(b)
    crc = zlib.crc32(data)
    plain = b"Temanggung!" + bytes([crc >> 24]) + zlib.compress(data, 9, -15)
    out = bytearray()
    for b in plain:
        t = keys[2] | 2
        out.append(b ^ (t * (t ^ 1) >> 8) & 255)
        feed(b)
    return _zip_entry(name.encode(), bytes(out), crc, len(data), 8)


def zip_aes(name: str, data: bytes) -> bytes:
    """The newer encryption of WinZip and 7-Zip."""
    salt = b"garam-garam-gara"
    keys = PBKDF2HMAC(hashes.SHA1(), 66, salt, 1000).derive(b"rahasia")
    packed, out, counter = zlib.compress(data, 9, -15), bytearray(), 1
    box = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor()
    for i in range(0, len(packed), 16):
        pad = box.update(counter.to_bytes(16, "little"))
        out += bytes(a ^ b for a, b in zip(packed[i : i + 16], pad, strict=False))
        counter += 1
    seal = hmac.HMAC(keys[32:64], hashes.SHA1())
    seal.update(bytes(out))
    body = salt + keys[64:] + bytes(out) + seal.finalize()[:10]
    return _zip_entry(name.encode(), body, 0, len(data), 99, struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, 8))


def sheet_protected(data: bytes) -> bytes:
    parts = unzipped(data)
    page = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = page.replace(
        b"</sheetData>", b'</sheetData><sheetProtection password="CC1A" sheet="1" objects="1" scenarios="1"/>'
    )
    return zipped(parts)


def docx_read_only(data: bytes) -> bytes:
    parts = unzipped(data)
    text = parts["word/settings.xml"]
    at = text.index(b">", text.index(b"<w:settings")) + 1
    parts["word/settings.xml"] = text[:at] + b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/>' + text[at:]
    return zipped(parts)


def cases() -> Iterator[Case]:
    said = bases.codes("locked")
    for level, aes, kind in (
        (2, False, "surat"),
        (3, False, "keputusan"),
        (4, True, "laporan"),
        (4, False, "notulen"),
        (6, True, "sop"),
        (6, True, "laporan"),
    ):
        yield Case(
            f"PDF terkunci R{level} aes={aes} {kind}",
            f"{kind} terkunci.pdf",
            lambda lv=level, a=aes, k=kind: pdf_locked(bases.plain_pdf(f"kunci {k}"), "rahasia", lv, a),
            said,
            kind,
        )
    yield Case(
        "pindaian terkunci",
        "scan terkunci.pdf",
        lambda: pdf_locked(bases.scan("kunci pindai"), "1234", 4),
        said,
        "surat",
    )
    for i in range(3):
        yield Case(
            f"Word terkunci {i}", f"Notulen {i}.docx", lambda n=i: office_locked(bases.docx(f"kunci w{n}")), said
        )
        yield Case(
            f"Excel terkunci {i}", f"Rekap {i}.xlsx", lambda n=i: office_locked(bases.xlsx(f"kunci x{n}")), said, "data"
        )
    for i in range(2):
        yield Case(
            f"ODT terkunci {i}", f"Telaah {i}.odt", lambda n=i: odf_locked(bases.odt(f"kunci odt{n}"), ODT), said
        )
        yield Case(
            f"ODS terkunci {i}", f"Rekap {i}.ods", lambda n=i: odf_locked(bases.ods(f"kunci ods{n}"), ODS), said, "data"
        )
        yield Case(
            f"ZIP terkunci {i}", f"arsip {i}.zip", lambda n=i: zip_locked("laporan.csv", bases.csv(f"kunci z{n}")), said
        )
        yield Case(
            f"ZIP AES terkunci {i}",
            f"arsip aes {i}.zip",
            lambda n=i: zip_aes("laporan.csv", bases.csv(f"kunci a{n}")),
            said,
        )
    yield from _honest()


def _honest() -> Iterator[Case]:
    for i, (level, allow) in enumerate(
        (
            (3, {"print_highres": False, "print_lowres": False}),
            (4, {"extract": False}),
            (6, {"modify_other": False, "print_highres": False, "print_lowres": False}),
            (2, {"extract": False}),
            (4, {"modify_annotation": False, "modify_form": False}),
            (6, {"extract": False}),
        )
    ):
        for kind in ("surat", "laporan"):
            yield Case(
                f"PDF hanya dilarang cetak atau salin {i} {kind}",
                f"{kind} {i}.pdf",
                lambda lv=level, a=allow, k=kind, n=i: pdf_locked(
                    bases.plain_pdf(f"izin {k} {n}", k), "", lv, lv != 3, **a
                ),
                kind=kind,
            )
    for i in range(3):
        yield Case(
            f"lembar dilindungi tanpa kunci buka {i}",
            f"KK {i}.xlsx",
            lambda n=i: sheet_protected(bases.xlsx(f"lindung {n}")),
            kind="data",
        )
        yield Case(
            f"Word hanya-baca {i}", f"Pedoman {i}.docx", lambda n=i: docx_read_only(bases.docx(f"hanya baca {n}"))
        )
    for i, word in enumerate(
        ("Kata sandi akun OSS tidak boleh dibagikan.", "Berkas terkunci pada aplikasi lama telah dibuka.")
    ):
        yield Case(
            f"teks tentang kata sandi {i}",
            f"laporan sandi {i}.pdf",
            lambda w=word, n=i: rawpdf.pdf(bases.paper(f"sandi {n}").more(w)),
            kind="laporan",
        )
