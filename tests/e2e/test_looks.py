"""Every main page at 1280 and 390 pixels: no sideways scrolling, and nothing that axe calls serious."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.conftest import PAGE_ALONE

PAGES = {
    "budi@example.com": [
        "/",
        "/batas-waktu",
        "/batas-waktu/B18/permintaan/baru",
        "/laporan-triwulan",
        "/dokumen",
        "/katalog",
        "/kepatuhan",
        "/kepatuhan/belum-lapor",
        "/kepatuhan/profil/33.23?triwulan=B12",
        "/kepatuhan/posisi?triwulan=B12&instansi=33.23",
        "/permintaan",
        "/permintaan/4",
        "/permintaan/ringkasan",
        "/unit",
        "/unit/penanggung-jawab",
        "/pengingat-saya",
        "/pengingat/unit",
    ],
    "lestari.ningsih@example.com": ["/permintaan-saya", "/permintaan-saya/1"],
    "sri.lestari@example.com": [
        "/persetujuan",
        "/pejabat",
        "/pejabat/33.23/tunjuk",
        "/laporan-triwulan/surat/B15-33.23-0001",
    ],
    "indah@example.com": ["/instansi/33.23/pengaturan"],
    "citra@example.com": ["/antrean", "/antrean/bersama", "/uji-petik", "/uji-petik/2", "/tanya-jawab"],
    "ani@example.com": [
        "/kepatuhan",
        "/kepatuhan/semester",
        "/kepatuhan/belum-lapor",
        "/kepatuhan?triwulan=B12&banding=B09&semua=1",
        "/kepatuhan?triwulan=B15&provinsi=33",
        "/kepatuhan/tren?triwulan=B12",
        "/surat-pengantar",
        "/instansi?cari=temang",
        "/batas-waktu",
        "/batas-waktu/perpanjangan/baru",
        "/pembukaan-kembali",
        "/kotak-surat",
        "/penugasan",
        "/alasan",
        "/alasan/statistik",
    ],
    "agus@example.com": ["/orang", "/kotak-surat", "/operasi", "/serah-terima", "/orang/1/serah-terima"],
}


@PAGE_ALONE
@pytest.mark.parametrize("email", PAGES)
def test_pages_fit_both_widths_and_axe_finds_nothing_serious(site, email):
    for width in (1280, 390):
        page = site.signed_in(email, width=width)
        for path in [*PAGES[email], *_deeper(page, email)]:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            assert _serious(page) == [], (path, width)


def _deeper(page, email: str) -> list[str]:
    """One form or case that the person can open."""
    page.goto("/")
    links = page.locator("a[href^='/laporan/'], a[href^='/verifikasi/'], a[href^='/persetujuan/']").all()
    return [links[0].get_attribute("href")] if links else []


def _serious(page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")]
