"""An address in place of a file: what cannot be relied on is told, and an official address never is."""

import pytest

from stranas.evidence.checks import Claim, judge_address
from stranas.evidence.checks.link import is_inside, link
from stranas.evidence.rules import Severity

BAD = [
    ("https://drive.google.com/file/d/1aB2c/view?usp=sharing", "shared_drive"),
    ("https://docs.google.com/spreadsheets/d/1aB2c/edit#gid=0", "shared_drive"),
    ("https://forms.gle/abc", "shared_drive"),
    ("https://www.dropbox.com/s/abc/laporan.pdf?dl=0", "shared_drive"),
    ("https://temanggung-my.sharepoint.com/:f:/g/personal/abc", "shared_drive"),
    ("https://1drv.ms/b/s!abc", "shared_drive"),
    ("https://we.tl/t-abc", "shared_drive"),
    ("https://mega.nz/folder/abc", "shared_drive"),
    ("https://DRIVE.Google.com./drive/folders/abc", "shared_drive"),
    ("https://wa.me/628123456789", "shared_drive"),
    ("https://bit.ly/laporan-b18", "link_shortened"),
    ("http://s.id/aksi-pk", "link_shortened"),
    ("https://tinyurl.com/abc", "link_shortened"),
    ("https://linktr.ee/inspektorat", "link_shortened"),
    ("https://temanggung.blogspot.com/2020/06/oss.html", "link_not_official"),
    ("https://www.instagram.com/p/abc/", "link_not_official"),
    ("https://jdih.temanggungkab.go.id.example.com/", "link_not_official"),
    ("https://temanggungkab-go.id/", "link_not_official"),
    ("https://xn--temanggungkab-go-9za.com/", "link_not_official"),
    ("https://notgo.id/", "link_not_official"),
    ("http://192.168.1.20/laporan", "link_inside"),
    ("http://2130706433/laporan", "link_inside"),
    ("http://0x7f.1/laporan", "link_inside"),
    ("http://[::1]/laporan", "link_inside"),
    ("http://server.local/laporan", "link_inside"),
    ("http://sipd.intranet/", "link_inside"),
    ("http://36.66.1.10:8080/lpse", "link_inside"),
]
NAMES = (
    "temanggungkab",
    "jatengprov",
    "acehprov",
    "sitarokab",
    "papua",
    "jakarta",
    "kemendagri",
    "bpkp",
    "lkpp",
    "kpk",
)
KINDS = ("www", "jdih", "ppid", "lpse", "opendata", "e-katalog", "dprd", "inspektorat", "simpeg", "dinkominfo.layanan")
ODD = (
    "https://temanggungkab.go.id/google-drive/laporan",
    "https://jdih.temanggungkab.go.id/?lihat=bit.ly",
    "http://caturharjo.desa.id/apbdes-2020",
    "https://ugm.ac.id/id/berita/kerja-sama",
    "https://stranaspk.id/publikasi",
    "https://JAGA.id/",
    "https://katalog.inaproc.id/temanggung",
    "https://www.tni.mil.id/view",
    "https://sipp.pn-temanggung.go.id:8443/",
)


def codes(address: str) -> list[str]:
    return [finding.code for finding in link(address, Claim("tautan", "tautan"))]


@pytest.mark.parametrize(("address", "code"), BAD)
def test_an_address_that_a_verifier_cannot_rely_on_is_told(address, code):
    assert codes(address) == [code]


@pytest.mark.parametrize("address", [f"https://{kind}.{name}.go.id/a/b?c=1" for name in NAMES for kind in KINDS])
def test_official_addresses_raise_no_alarm(address):
    assert codes(address) == []


@pytest.mark.parametrize("address", ODD)
def test_odd_but_official_addresses_raise_no_alarm(address):
    assert codes(address) == []


@pytest.mark.parametrize("host", ["10.0.0.1", "localhost", "017700000001", "fe80::1%eth0", "kantor", "nas.lan"])
def test_numbers_and_local_names_are_inside(host):
    assert is_inside(host)


def test_every_address_is_told_that_nobody_opened_it():
    found = judge_address("https://drive.google.com/x", Claim("tautan", "tautan"))
    assert [(one.code, one.severity) for one in found] == [
        ("shared_drive", Severity.MUST_FIX),
        ("link_not_opened", Severity.INFO),
    ]
