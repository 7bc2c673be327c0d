"""Addresses given for the kind "tautan"."""

from collections.abc import Iterator

from . import bases
from .case import Case
from .readings import LINK_INSIDE, LINK_SHORTENED, NO_CODE, SHARED_DRIVE

DRIVES = (
    "https://drive.google.com/file/d/1aBcD3fGhIjKlMnOpQrStUvWxYz012345/view?usp=sharing",
    "https://drive.google.com/drive/folders/1QwErTyUiOpAsDfGh?usp=sharing",
    "https://docs.google.com/document/d/1xYz/edit",
    "https://docs.google.com/spreadsheets/d/1abc/edit#gid=0",
    "docs.google.com/forms/d/e/1FAIpQL/viewform",
    "https://forms.gle/AbCdEf123",
    "https://www.dropbox.com/s/ab12cd34/laporan.pdf?dl=0",
    "https://dropbox.com/sh/xyz/AAA?dl=0",
    "https://onedrive.live.com/?authkey=%21AB&cid=12",
    "https://1drv.ms/b/s!AabbCC",
    "https://temanggungkab-my.sharepoint.com/:b:/g/personal/dpmptsp/EXyz",
    "https://we.tl/t-AbCdEf",
    "https://wetransfer.com/downloads/abc123",
    "https://mega.nz/file/AbCd#key",
    "https://www.4shared.com/office/abc/laporan.html",
    "https://www.mediafire.com/file/abc/laporan.pdf/file",
    "HTTPS://DRIVE.GOOGLE.COM/open?id=1abc",
    "drive.google.com/open?id=1abcDEF",
)
SHORT = (
    "https://bit.ly/LaporanTW2",
    "http://bit.ly/2XyZabc",
    "https://s.id/oss-temanggung",
    "https://tinyurl.com/y7abcde",
    "https://goo.gl/AbC123",
    "https://t.co/AbCdEf",
    "https://ow.ly/x1Y2z",
    "https://cutt.ly/abc",
    "https://is.gd/abcDEF",
    "https://rb.gy/abc123",
    "bit.ly/dpmptsp2020",
    "s.id/satgas",
    "https://www.bit.ly/abc",
    "https://rebrand.ly/oss",
)
UNOFFICIAL = (
    "https://dpmptsptemanggung.blogspot.com/2020/05/laporan.html",
    "https://satgasoss.wordpress.com/laporan",
    "https://www.youtube.com/watch?v=abc123",
    "https://www.instagram.com/p/CAbCdEf/",
    "https://www.facebook.com/pemkabtemanggung/posts/1",
    "https://jateng.tribunnews.com/2020/05/12/oss-temanggung",
    "https://www.temanggung.com/berita",
    "https://temanggungkab.go.id.berkas-resmi.com/laporan",
    "https://temanggungkab-go.id/laporan",
    "https://www.temanggungkab.go.id@contoh.example/laporan",
    "https://go.id.contoh.net/",
    "https://temanggungkabgo.id/oss",
    "https://contoh.example/?u=https://oss.go.id/",
    "https://dpmptsp.temanggungkab.co/",
    "https://kumparan.com/berita/oss",
    "https://perizinan.web.id/temanggung",
    "https://oss-go-id.contoh.org/portal",
    "https://ac.id.palsu.xyz/jurnal",
    "https://twitter.com/pemkab_tmg/status/1",
    "https://www.scribd.com/document/123/SK",
)
INSIDE = (
    "http://192.168.1.10/laporan",
    "http://10.10.1.5:8080/simperizinan",
    "http://172.16.4.2/oss/",
    "http://localhost/oss/laporan.pdf",
    "http://127.0.0.1:8000/",
    "http://server-dpmptsp/laporan",
    "http://intranet/berkas/sk.pdf",
    "http://103.94.12.34/perizinan",
    "https://36.66.100.7:8443/epuskesmas",
    "http://[::1]/laporan",
    "http://nas-kominfo/bagi/SK.pdf",
    "http://sipd.local/laporan",
    "192.168.0.7/rekap",
    "http://localhost:8080",
    "http://0.0.0.0/",
    "http://[fd00::12]/berkas",
)
_HOSTS = (
    "www.temanggungkab.go.id",
    "jdih.temanggungkab.go.id",
    "dpmptsp.temanggungkab.go.id",
    "mediacenter.temanggungkab.go.id",
    "lpse.temanggungkab.go.id",
    "oss.go.id",
    "www.bkpm.go.id",
    "jdih.kemendagri.go.id",
    "jatengprov.go.id",
    "jdih.jatengprov.go.id",
    "www.kpk.go.id",
    "stranaspk.kpk.go.id",
    "sirup.lkpp.go.id",
    "e-katalog.lkpp.go.id",
    "siukpbj.lkpp.go.id",
    "sipd.kemendagri.go.id",
    "monev.spbe.go.id",
    "peraturan.bpk.go.id",
    "www.bpkp.go.id",
    "kasn.go.id",
    "sapk.bkn.go.id",
    "tanahair.indonesia.go.id",
    "portal.ina-sdi.or.go.id",
    "www.undip.ac.id",
    "pustaka.ugm.ac.id",
    "petarangan-temanggung.desa.id",
    "kledung.desa.id",
    "www.tni.mil.id",
    "www.acehprov.go.id",
    "jdih.wonosobokab.go.id",
    "www.bandung.go.id",
    "sicantikui.layanan.go.id",
    "www.lapor.go.id",
    "setkab.go.id",
)
_PATHS = ("/", "/laporan/triwulan-ii-2020", "/produk-hukum/detail/123?tahun=2019#isi", "/unduh/SK%20Satgas%20OSS.pdf")


def _link(address: str, said: frozenset[str], label: str = "") -> Case:
    return Case(f"tautan {label or address}", "", bytes, said, "tautan", address=address)


def cases() -> Iterator[Case]:
    for addresses, said in (
        (DRIVES, SHARED_DRIVE),
        (SHORT, LINK_SHORTENED),
        (UNOFFICIAL, bases.codes("link_not_official")),
        (INSIDE, LINK_INSIDE),
    ):
        for address in addresses:
            yield _link(address, said)
    for i, host in enumerate(_HOSTS):
        for k in range(3):
            scheme = "http" if (i + k) % 4 == 0 else "https"
            yield _link(f"{scheme}://{host}{_PATHS[(i + k) % 4]}", NO_CODE)
    odd = (
        "HTTPS://WWW.TEMANGGUNGKAB.GO.ID/Berita",
        "https://perizinan.temanggungkab.go.id:8443/oss",
        "www.temanggungkab.go.id/berita/1",
        "jdih.temanggungkab.go.id",
        "https://oss.go.id/portal?kembali=https://drive.google.com/abc",
        "https://dpmptsp.temanggungkab.go.id/berita/cara-memakai-bit.ly",
        "https://temanggungkab.go.id./laporan",
        "  https://www.temanggungkab.go.id/oss  ",
        "https://mail.temanggungkab.go.id/",
        "https://www.temanggungkab.go.id/tautan?ke=192.168.1.1",
    )
    for i, address in enumerate(odd):
        yield _link(address, NO_CODE, f"resmi yang tampak aneh {i}")
