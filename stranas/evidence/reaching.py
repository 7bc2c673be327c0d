"""Whether a link opens, asked only of hosts that the operator listed (STRANAS_LINK_HOSTS), and never inside.

The name is resolved once, every address of it must lie in the open internet, and the connection goes to exactly the
address that was judged: a name that answers otherwise a moment later leads nowhere else. Redirects are judged anew.

Runs in the killable child (runner.reach), which is given SECONDS: a server may answer drop by drop, a resolver hang.
"""

import http.client
import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

import certifi
import urllib3

from stranas.evidence import addresses
from stranas.evidence.addresses import Address
from stranas.evidence.checks.finding import Finding
from stranas.evidence.rules import Severity

HOPS = 4
SECONDS = 10
TIMEOUT = urllib3.Timeout(connect=5, read=5)
AGENT = {"User-Agent": "StranasPK (pengecekan tautan)", "Accept": "*/*"}
# A whole part of the path, with or without its ending: /login, /users/sign_in, /masuk.php.
_SIGN_IN = re.compile(r"/(?:log[-_]?in|sign[-_]?in|masuk|auth|oauth2?|sso)(?:\.\w+)?(?:/|$)", re.IGNORECASE)

Resolve = Callable[[str, int], Iterable[str]]


class NotReached(Exception):
    """The page does not open. Carries what happened, in Indonesian."""


class NotAsked(Exception):
    """A host that is not on the operator's list: no request was made to it."""


@dataclass(frozen=True)
class Asker:
    """Whom it may ask, and how names become addresses; tests put their own in."""

    hosts: tuple[str, ...]
    resolve: Resolve
    is_outside: Callable[[str], bool]


def asker(hosts: Iterable[str]) -> Asker:
    return Asker(tuple(hosts), _resolved, is_outside)


def is_listed(address: str, hosts: Iterable[str]) -> bool:
    try:
        return _is_on_list(addresses.read(address).host, hosts)
    except ValueError:
        return False


def _is_on_list(host: str, hosts: Iterable[str]) -> bool:
    """`*.a.go.id` means all that lies in a.go.id; without a star it means the host alone."""
    return any(host.endswith(one[1:]) if one.startswith("*.") else host == one for one in hosts)


def reach(address: str, by: Asker) -> Finding | None:
    """What to say of a link that was asked; None where it was not."""
    try:
        _open(address, by)
    except NotAsked:
        return None
    except NotReached as problem:
        return not_reached(str(problem))
    return Finding("link_reached", Severity.INFO, "Tautan dapat dibuka saat dicek.", "Tidak perlu tindakan.")


def not_reached(why: str = f"situs tidak selesai menjawab dalam {SECONDS} detik") -> Finding:
    return Finding(
        "link_not_reached",
        Severity.EXPLAIN,
        f"Tautan ini tidak dapat dibuka saat dicek: {why}.",
        "Buka tautan di peramban tanpa masuk (login). Bila terbuka, jelaskan; bila tidak, perbaiki alamatnya.",
    )


def _open(address: str, by: Asker) -> None:
    place = _read(address)
    for _ in range(HOPS):
        status, onward = _ask(place, by)
        if onward is None:
            return _judge(status)
        place = _read(place.url, onward)
        if _SIGN_IN.search(place.path):
            raise NotReached("situs meminta masuk (login)")
    raise NotReached("situs mengalihkan terus-menerus")


def _read(address: str, onward: str = "") -> Address:
    try:
        return addresses.read(urljoin(address, onward))
    except ValueError:
        raise NotReached("situs mengalihkan ke alamat yang tidak dapat dibaca") from None


def _judge(status: int) -> None:
    if status in (401, 407):
        raise NotReached("situs meminta masuk (login)")
    if status == 403:
        raise NotReached("situs menolak; mungkin meminta masuk (login), mungkin hanya menolak pembaca otomatis")
    if status in (404, 410):
        raise NotReached("halamannya tidak ditemukan")
    if status >= 400:
        raise NotReached(f"situs menjawab dengan kesalahan {status}")


def _ask(place: Address, by: Asker) -> tuple[int, str | None]:
    """The status, and where a redirect leads."""
    if not _is_on_list(place.host, by.hosts):
        raise NotAsked(place.host)
    try:
        with _pool(place, _judged_address(place.host, place.port, by)) as pool:
            answer = pool.urlopen(
                "GET",
                place.target,
                headers={**AGENT, "Host": place.authority},
                redirect=False,
                retries=False,
                preload_content=False,
                assert_same_host=False,
            )
            answer.close()  # the body is nobody's business here
    except urllib3.exceptions.SSLError:
        raise NotReached("sambungan aman (https) ke situs ini gagal") from None
    except (urllib3.exceptions.HTTPError, http.client.HTTPException):
        raise NotReached("situs tidak menjawab") from None
    return answer.status, answer.headers.get("Location") if 300 <= answer.status < 400 else None


def _pool(place: Address, ip: str) -> urllib3.HTTPConnectionPool:
    if place.scheme == "http":
        return urllib3.HTTPConnectionPool(ip, place.port, timeout=TIMEOUT)
    return urllib3.HTTPSConnectionPool(
        ip,
        place.port,
        timeout=TIMEOUT,
        server_hostname=place.host,
        assert_hostname=place.host,
        cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
    )


def _judged_address(host: str, port: int, by: Asker) -> str:
    try:
        places = list(by.resolve(host, port))
    except (OSError, UnicodeError):  # a label too long for the name system
        raise NotReached("nama situsnya tidak ditemukan") from None
    if not places:
        raise NotReached("nama situsnya tidak ditemukan")
    if not all(by.is_outside(place) for place in places):
        raise NotReached("nama situsnya mengarah ke jaringan dalam")
    return places[0]


def _resolved(host: str, port: int) -> list[str]:
    return [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_outside(place: str) -> bool:
    """An address of the open internet, also behind its IPv6 disguise."""
    return addresses.is_public(ipaddress.ip_address(place.partition("%")[0]))
