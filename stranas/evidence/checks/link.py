"""An address in place of a file: whether a verifier will find there tomorrow what the officer saw today.

Nothing is opened here. Hosts are compared by their labels, so that "go.id.example.com" is no official host.
"""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.rules import Severity

# Suffixes that only public bodies and schools may register under.
OFFICIAL = ("go.id", "mil.id", "desa.id", "ac.id", "sch.id")
# Hosts of public bodies elsewhere: anti-corruption portals, procurement, state-owned enterprises and regional banks.
OFFICIAL_TOO = (
    "stranaspk.id",
    "jaga.id",
    "inaproc.id",
    "pln.co.id",
    "pertamina.com",
    "bri.co.id",
    "bni.co.id",
    "bankmandiri.co.id",
    "btn.co.id",
    "posindonesia.co.id",
    "telkom.co.id",
    "bankjateng.co.id",
    "bankjatim.co.id",
    "bankbjb.co.id",
    "bankdki.co.id",
)
# Who holds the account there can change or withdraw the file, and often a sign-in is asked for.
SHARED = {
    "Google Drive": ("drive.google.com", "docs.google.com", "forms.gle", "photos.google.com", "photos.app.goo.gl"),
    "Dropbox": ("dropbox.com", "db.tt", "dropboxusercontent.com"),
    "OneDrive": ("onedrive.live.com", "onedrive.com", "1drv.ms", "sharepoint.com", "forms.office.com"),
    "WeTransfer": ("wetransfer.com", "we.tl"),
    "MEGA": ("mega.nz", "mega.io", "mega.co.nz"),
    "iCloud": ("icloud.com",),
    "layanan berbagi berkas": (
        "4shared.com",
        "mediafire.com",
        "box.com",
        "terabox.com",
        "1024terabox.com",
        "pcloud.com",
        "zippyshare.com",
        "sendspace.com",
        "gofile.io",
        "filemail.com",
        "smash.com",
        "fromsmash.com",
        "scribd.com",
        "docdroid.net",
        "docworkspace.com",
    ),
    "aplikasi percakapan": ("wa.me", "whatsapp.com", "t.me", "telegram.me", "telegram.org"),
}
SHORTENERS = (
    "bit.ly",
    "bitly.com",
    "s.id",
    "tinyurl.com",
    "linktr.ee",
    "lynk.id",
    "goo.gl",
    "t.co",
    "ow.ly",
    "is.gd",
    "v.gd",
    "cutt.ly",
    "rb.gy",
    "shorturl.at",
    "tiny.cc",
    "rebrand.ly",
    "adf.ly",
    "linkin.bio",
    "msha.ke",
    "heylink.me",
    "intip.in",
    "qrco.de",
)
_INSIDE = ("local", "localhost", "localdomain", "internal", "intranet", "lan", "home", "corp", "test", "invalid")
_NUMBER = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}", re.IGNORECASE)


def link(address: str, claim: Claim) -> Iterator[Finding]:
    """`address`: a well-formed one (evidence.rules.clean_link). One finding at most: the one that helps most."""
    host = (urlsplit(address).hostname or "").rstrip(".").lower()
    if is_inside(host):
        yield _INSIDE_ONLY
    elif service := next((name for name, hosts in SHARED.items() if _under(host, hosts)), None):
        yield _shared(service)
    elif _under(host, SHORTENERS):
        yield _SHORTENED
    elif not _under(host, (*OFFICIAL, *OFFICIAL_TOO)):
        yield _not_official(host)


def is_inside(host: str) -> bool:
    """A number in any notation that programs take for one, or a name that only a local network knows."""
    try:
        ipaddress.ip_address(host.strip("[]").partition("%")[0])
        return True
    except ValueError:
        pass
    return bool(_NUMBER.fullmatch(host)) or "." not in host or host.rpartition(".")[2] in _INSIDE


def _under(host: str, suffixes: Iterable[str]) -> bool:
    return any(host == suffix or host.endswith(f".{suffix}") for suffix in suffixes)


def _shared(service: str) -> Finding:
    return Finding(
        "shared_drive",
        Severity.MUST_FIX,
        f"Tautan ini ke {service}: isinya dapat diubah atau ditutup pemilik akunnya, juga sesudah laporan dikirim.",
        "Unduh berkasnya ke komputer Anda, lalu unggah di sini sebagai berkas.",
    )


def _not_official(host: str) -> Finding:
    return Finding(
        "link_not_official",
        Severity.EXPLAIN,
        f"Situs {host} bukan alamat resmi pemerintah (.go.id, .desa.id, .ac.id, dan sejenisnya).",
        "Beri tautan ke situs resmi instansi, atau jelaskan mengapa situs ini membuktikan target.",
    )


_SHORTENED = Finding(
    "link_shortened",
    Severity.MUST_FIX,
    "Tautan ini dipendekkan, sehingga tidak terlihat ke mana arahnya dan dapat dialihkan kemudian.",
    "Buka tautannya, lalu salin alamat lengkap dari bilah alamat peramban ke sini.",
)
_INSIDE_ONLY = Finding(
    "link_inside",
    Severity.MUST_FIX,
    "Alamat ini hanya dikenal di jaringan kantor sendiri, sehingga verifikator tidak dapat membukanya.",
    "Beri alamat situs yang dapat dibuka dari internet, atau unggah tangkapan layarnya.",
)
