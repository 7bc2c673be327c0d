"""An address in place of a file: whether a verifier will find there tomorrow what the officer saw today.

Nothing is opened here. Hosts are read as browsers read them and compared by their labels, so that neither
"go.id.example.com" nor "example.com\\.go.id" is an official host.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from stranas.evidence import addresses
from stranas.evidence.addresses import Address
from stranas.evidence.checks import hosts
from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.rules import Severity


def link(address: str, claim: Claim) -> Iterator[Finding]:
    """One finding at most: the one that helps most. An address without its https:// is read as browsers do."""
    try:
        place = addresses.read(address if "://" in address else f"https://{address.strip()}")
    except ValueError:
        yield _NOT_READABLE
        return
    if place.ip is not None and addresses.is_public(place.ip):
        yield _number(place.host)
    elif is_inside(place):
        yield _INSIDE_ONLY
    elif not _under(place.host, (*hosts.OFFICIAL, *hosts.OFFICIAL_TOO)):
        yield _elsewhere(place, claim)


def is_inside(place: Address) -> bool:
    """An IP address, in any notation, that no public network leads to, or a name that only a local network knows."""
    if place.ip is not None:
        return not addresses.is_public(place.ip)
    return "." not in place.host or _under(place.host, hosts.INSIDE)


def _elsewhere(place: Address, claim: Claim) -> Finding:
    if any(_under(place.host, [host]) and place.path.startswith(path) for host, path in hosts.BETWEEN):
        return _SHORTENED
    if _under(place.host, hosts.FORMS) or (place.host == "docs.google.com" and place.path.startswith("/forms")):
        return _shared("formulir daring", "Unduh rekap jawabannya sebagai Excel atau PDF, lalu unggah di sini.")
    if service := _named(place.host, hosts.SHARED):
        return _shared(service, "Unduh berkasnya ke komputer Anda, lalu unggah di sini sebagai berkas.")
    if _under(place.host, hosts.CHATS):
        return _shared("aplikasi percakapan", "Simpan berkas atau tangkapan layarnya, lalu unggah di sini.")
    if _under(place.host, hosts.SHORTENERS):
        return _SHORTENED
    return _not_official(place.host, claim)


def _under(host: str, suffixes: Iterable[str]) -> bool:
    return any(addresses.is_under(host, suffix) for suffix in suffixes)


def _named(host: str, groups: Mapping[str, Iterable[str]]) -> str | None:
    return next((name for name, suffixes in groups.items() if _under(host, suffixes)), None)


def _shared(service: str, repair: str) -> Finding:
    return Finding(
        "shared_drive",
        Severity.MUST_FIX,
        f"Tautan ini ke {service}: isinya dapat diubah atau ditutup pemilik akunnya, juga sesudah laporan dikirim.",
        repair,
    )


def _not_official(host: str, claim: Claim) -> Finding:
    """A requirement that asks for a link may well be met by a post of the agency's own account."""
    message = f"Situs {host} bukan alamat resmi pemerintah (.go.id, .desa.id, .ac.id, dan sejenisnya)."
    repair = "Beri tautan ke situs resmi instansi, atau jelaskan mengapa situs ini membuktikan target."
    if _looks_official(host):
        message = f"Alamat {host} menyerupai situs resmi pemerintah, tetapi bukan."
        repair = "Periksa huruf demi huruf, lalu ganti dengan alamat situs resmi."
    elif service := _named(host, hosts.SOCIAL):
        message = f"{service} adalah media sosial, bukan situs resmi."
        repair = "Unggah tangkapan layarnya, atau beri tautan ke situs resmi instansi."
        if claim.kind == "tautan":
            repair = "Jelaskan bahwa akun itu akun resmi instansi, atau beri tautan ke situs resmi."
    return Finding("link_not_official", Severity.EXPLAIN, message, repair)


def _number(host: str) -> Finding:
    """A public IP address may be open to everybody: that is for the officer to say."""
    return Finding(
        "link_inside",
        Severity.EXPLAIN,
        f"Alamat ini berupa angka ({host}): tidak terlihat situs siapa, dan sering hanya terbuka dari jaringan kantor.",
        "Beri alamat situs dengan nama, atau jelaskan situs siapa ini dan pastikan terbuka dari luar kantor.",
    )


_NOT_READABLE = Finding(
    "link_not_official",
    Severity.EXPLAIN,
    "Alamat tautan ini tidak dapat dibaca.",
    "Buka halamannya di peramban, lalu salin alamat lengkap dari bilah alamat ke sini.",
)
_SHORTENED = Finding(
    "link_shortened",
    Severity.MUST_FIX,
    "Tautan ini hanya meneruskan, sehingga tidak terlihat ke mana arahnya dan dapat dialihkan kemudian.",
    "Buka tautannya, lalu salin alamat lengkap dari bilah alamat peramban ke sini.",
)
_INSIDE_ONLY = Finding(
    "link_inside",
    Severity.MUST_FIX,
    "Alamat ini hanya dikenal di jaringan kantor sendiri, sehingga verifikator tidak dapat membukanya.",
    "Beri alamat situs yang dapat dibuka dari internet, atau unggah tangkapan layarnya.",
)


def _looks_official(host: str) -> bool:
    """An official suffix stands in it, though not at its end, or would in letters of another script."""
    inner = f".{host}."
    if any(f".{suffix}." in inner for suffix in hosts.OFFICIAL):
        return True
    return _under(".".join(_seen(label) for label in host.split(".")), hosts.OFFICIAL)


def _seen(label: str) -> str:
    """A label as the eye takes it."""
    if label.startswith("xn--"):
        try:
            label = label.removeprefix("xn--").encode().decode("punycode")
        except UnicodeError:
            return label
    plain = unicodedata.normalize("NFKD", label.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(hosts.LOOK_ALIKES)
