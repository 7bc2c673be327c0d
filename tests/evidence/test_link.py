"""An address in place of a file: what cannot be relied on is told, and an official address never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stranas.evidence import addresses
from stranas.evidence.checks import Claim, hosts, judge_address
from stranas.evidence.checks.codes import CODES
from stranas.evidence.checks.link import is_inside, link
from stranas.evidence.rules import BadLink, Severity, clean_link
from tests.evidence.addresses_of_offices import HONEST

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
    ("https://www.google.com/url?q=https://jdih.kpk.go.id", "link_shortened"),
    ("https://docs.google.com/viewer?url=https://jdih.kpk.go.id/a.pdf", "link_shortened"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fkpk.go.id", "link_shortened"),
    ("https://jdih-kpk-go-id.translate.goog/a", "link_shortened"),
    ("https://sites.google.com/view/ppid-kecamatan", "link_not_official"),
    ("https://cargo.id/", "link_not_official"),
    ("https://pengadaans.id/", "link_not_official"),
    ("https://notdrive.google.com.id/", "link_not_official"),
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


def test_more_than_a_hundred_honest_addresses_stand_beside():
    assert len(set(HONEST)) > 140


@pytest.mark.parametrize("address", HONEST)
def test_an_honest_official_address_is_accused_of_nothing(address):
    assert codes(clean_link(address)) == []


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "intranet", "laporan", "simda.local", "nas.lan", "router.home.arpa", "10.10.1.5", "127.1",
        "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "192.168.257", "100.64.1.1",
        "169.254.169.254", "0.0.0.0", "224.0.0.1", "[::1]", "[::ffff:10.0.0.1]", "[64:ff9b::10.0.0.1]",
        "[2002:0a00:0001::1]", "[fe80::1%25eth0]", "[fd00::1]", "[fec0::1]", "１２７.０.０.１", "127。0。0。1",
    ],
)  # fmt: skip
def test_numbers_and_local_names_are_inside_in_any_notation(host):
    assert is_inside(addresses.read(f"http://{host}/a"))
    (finding,) = link(f"http://{host}/a", Claim("", "tautan"))
    assert (finding.code, finding.severity) == ("link_inside", Severity.MUST_FIX)


def test_a_public_number_is_not_said_to_lie_inside_but_asked_about():
    (finding,) = link("http://36.66.1.10:8080/lpse", Claim("", "tautan"))
    assert finding.severity is Severity.EXPLAIN
    assert "36.66.1.10" in finding.message


@pytest.mark.parametrize(
    "host",
    ["jdih.temanggungkab.go.id.berkas-aman.com", "www.kpk.gо.id", "kpk.xn--g-1tb.id", "kpk.g0.id", "kpk.gó.id",
     "itb.аc.id", "kpk.go.іd"],
)  # fmt: skip
def test_what_only_looks_official_is_called_so(host):
    (finding,) = link(f"https://{host}/", Claim("", "tautan"))
    assert finding.code == "link_not_official"
    assert "menyerupai situs resmi" in finding.message


def test_wide_letters_lead_to_the_official_site_and_are_not_accused():
    assert codes("https://ｋｐｋ.ｇｏ.ｉｄ/") == []


def test_the_repair_fits_what_was_asked_for_and_where_the_link_leads():
    def repair(address: str, kind: str) -> str:
        (finding,) = link(address, Claim("", kind))
        return finding.repair

    assert "akun resmi instansi" in repair("https://www.instagram.com/p/abc/", "tautan")
    assert "tangkapan layar" in repair("https://www.instagram.com/p/abc/", "laporan")
    assert "rekap jawaban" in repair("https://docs.google.com/forms/d/e/1FA/viewform", "data")
    assert "Unduh berkasnya" in repair("https://docs.google.com/document/d/1/edit", "laporan")
    assert "tangkapan layar" in repair("https://t.me/c/1/2", "laporan")


@pytest.mark.parametrize(
    "address",
    ["https://evil.example\\.go.id/", "https://evil.example\\@kpk.go.id/", "https://%6c%6fcalhost.go.id/",
     "https://kpk.go.id:99999/", "https://1.2.3.4.5/", "https://kpk..go.id/", "https://kpk.go.id@example.com/"],
)  # fmt: skip
def test_what_programs_and_browsers_would_read_differently_is_no_link(address):
    with pytest.raises(BadLink):
        clean_link(address)
    assert codes(address) == ["link_not_official"], "an older row with it is not taken for an official one"


@given(some.text(max_size=60), some.sampled_from(["", "https://", "http://", "https://kpk.go.id/", "https://x@"]))
def test_no_address_makes_the_check_fall(words, start):
    found = list(link(start + words, Claim("", "tautan")))
    assert len(found) <= 1
    for finding in found:
        assert finding.code in CODES
        assert finding.message.endswith(".")
        assert finding.repair.endswith(".")


def test_every_known_host_is_written_as_hosts_are_compared_and_stands_once():
    known = [host for group in (*hosts.SHARED.values(), *hosts.SOCIAL.values()) for host in group]
    known += [*hosts.FORMS, *hosts.CHATS, *hosts.SHORTENERS, *hosts.OFFICIAL_TOO]
    assert [host for host in known if addresses.read(f"https://{host}/").host != host] == []
    assert len(set(known)) == len(known)


def test_every_address_is_told_that_nobody_opened_it():
    found = judge_address("https://drive.google.com/x", Claim("tautan", "tautan"))
    assert [(one.code, one.severity) for one in found] == [
        ("shared_drive", Severity.MUST_FIX),
        ("link_not_opened", Severity.INFO),
    ]
