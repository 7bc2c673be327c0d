"""Honest photographs, screenshots, maps and pictures of papers."""

from collections.abc import Iterator

from . import bases, chance, photos, scans
from .case import Case

CAMERAS = (
    ("samsung", "SM-A505F"),
    ("Xiaomi", "Redmi 8"),
    ("Canon", "Canon EOS 1300D"),
    ("OPPO", "CPH1933"),
    ("Apple", "iPhone XR"),
)
SIZES = ((1280, 960), (960, 1280), (1600, 1200), (1040, 780), (1280, 720))
SITES = (
    ("https://oss.go.id/portal/permohonan", "Daftar Permohonan Izin Berusaha"),
    ("https://perizinan.temanggungkab.go.id/rekap", "Rekap Perizinan OSS Kabupaten Temanggung"),
    ("https://dpmptsp.temanggungkab.go.id/", "Status NIB Kabupaten Temanggung"),
)


def photo(i: int) -> bytes:
    """With the camera's notes, without them (as sent by WhatsApp), or with the date in the corner."""
    r = chance.rng(f"foto jujur {i}")
    image = (photos.scene, photos.field)[i % 2](r, SIZES[i % 5])
    if i % 6 == 5:
        image = photos.stamped(image, ["Temanggung, Jawa Tengah", f"{10 + i % 18} Mei 2020 09:1{i % 10}"])
    options: dict[str, object] = {}
    if i % 3 == 0:
        options["exif"] = photos.exif(f"2020:0{4 + i % 3}:{10 + i % 18:02d} 09:1{i % 10}:0{i % 7}", *CAMERAS[i % 5])
    if i % 8 == 7:
        return scans.saved(image, "WEBP", quality=60)
    return scans.jpeg(image, (55, 65, 75)[i % 3], progressive=i % 4 == 1, **options)


def screen(i: int) -> bytes:
    r = chance.rng(f"layar jujur {i}")
    address, title = SITES[i % 3]
    rows = [
        ["No", "Nomor Permohonan", "Jenis Izin", "Tanggal", "Status"],
        *[
            [
                str(k),
                f"I-2020{r.randint(10000, 99999)}",
                r.choice(("Izin Lokasi", "Izin Usaha", "Izin Lingkungan")),
                f"{r.randint(1, 28):02d}/0{r.randint(4, 6)}/2020",
                r.choice(("Terbit", "Proses", "Ditolak")),
            ]
            for k in range(1, 9)
        ],
    ]
    size = ((1366, 768), (1280, 720), (1920, 1080), (1024, 640))[i % 4]
    image = photos.screenshot(r, address, title, rows, size, f"{10 + i % 18}/05/2020")
    return scans.jpeg(image, 80) if i % 4 == 3 else scans.saved(image, "PNG")


def chart(i: int) -> tuple[str, bytes]:
    r = chance.rng(f"peta jujur {i}")
    image = photos.chart(r, "PETA INDIKASI TUMPANG TINDIH", ((1754, 1240), (2338, 1654), (1600, 1100))[i % 3])
    how = ("PNG", "JPEG", "TIFF")[i % 3]
    return ("png", "jpg", "tif")[i % 3], scans.saved(
        image, how, **({"compression": "tiff_lzw"} if how == "TIFF" else {})
    )


def cases() -> Iterator[Case]:
    names = (
        "IMG_2020051{}.jpg",
        "IMG-20200514-WA00{}.jpg",
        "dokumentasi {}.jpg",
        "DSC_04{}.JPG",
        "foto rapat {}.jpeg",
        "WhatsApp Image 2020-05-14 at 10.12.{}.jpeg",
    )
    for i in range(48):
        name = "foto {}.webp" if i % 8 == 7 else names[i % 6]
        yield Case(f"foto jujur {i}", name.format(i), lambda n=i: photo(n), kind="foto")
    for i in range(28):
        yield Case(
            f"tangkapan layar jujur {i}",
            f"Screenshot ({i}).{'jpg' if i % 4 == 3 else 'png'}",
            lambda n=i: screen(n),
            kind="tangkapan_layar",
        )
    for i in range(9):
        yield Case(
            f"peta jujur {i}",
            f"peta {i}.{('png', 'jpg', 'tif')[i % 3]}",
            lambda n=i: chart(n)[1],
            kind="peta",
            item="2-a",
            agency="64.02",
        )
    for i in range(20):
        kind = ("surat", "berita_acara", "daftar_hadir", "surat_pernyataan")[i % 4]
        yield Case(
            f"gambar surat jujur {i}",
            f"scan{i:04d}.{('jpg', 'png', 'tif')[i % 3]}",
            lambda n=i, k=kind: _page(n, k),
            kind=kind,
        )


def _page(i: int, kind: str) -> bytes:
    """A page off the glass as JPEG, PNG or one-bit TIFF (as fax-like office machines save it)."""
    page = scans.sheet(bases.paper(f"gambar jujur {i}", kind), 150, ("serif", "sans")[i % 2], 10.5)
    if i % 3 == 0:
        return scans.jpeg(scans.scanned(page, chance.rng(f"gambar jujur {i}")), 45, 150)
    if i % 3 == 1:
        return scans.saved(page.quantize(16), "PNG", dpi=(150, 150))
    return scans.saved(
        page.point(lambda v: 255 if v > 150 else 0).convert("1"), "TIFF", compression="group4", dpi=(150, 150)
    )
