"""Whether a link opens, asked only of hosts that the operator listed (STRANAS_LINK_HOSTS), and never inside.

The name is resolved once, every address of it must lie in the open internet, and the connection goes to exactly the
address that was judged: a name that answers otherwise a moment later leads nowhere else. Redirects are judged anew.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from urllib.parse import urljoin, urlsplit

import urllib3

from stranas.evidence.checks.finding import Finding
from stranas.evidence.rules import Severity

HOPS = 4
TIMEOUT = urllib3.Timeout(connect=5, read=5)
AGENT = {"User-Agent": "StranasPK (pengecekan tautan)", "Accept": "*/*"}
_SIGN_IN = re.compile(r"/(?:log-?in|sign-?in|masuk|auth|sso)\b", re.IGNORECASE)

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


def reach(address: str, by: Asker) -> Finding | None:
    """What to say of a link that was asked; None where it was not."""
    try:
        _open(address, by)
    except NotAsked:
        return None
    except NotReached as problem:
        return Finding(
            "link_not_reached",
            Severity.EXPLAIN,
            f"Tautan ini tidak dapat dibuka saat dicek: {problem}.",
            "Buka tautan di peramban tanpa masuk (login). Bila terbuka, jelaskan; bila tidak, perbaiki alamatnya.",
        )
    return Finding("link_reached", Severity.INFO, "Tautan dapat dibuka saat dicek.", "Tidak perlu tindakan.")


def _open(address: str, by: Asker) -> None:
    for _ in range(HOPS):
        status, onward = _ask(address, by)
        if onward is None:
            return _judge(status)
        address = urljoin(address, onward)
        if _SIGN_IN.search(urlsplit(address).path):
            raise NotReached("situs meminta masuk (login)")
    raise NotReached("situs mengalihkan terus-menerus")


def _judge(status: int) -> None:
    if status in (401, 403, 407):
        raise NotReached("situs meminta masuk (login)")
    if status in (404, 410):
        raise NotReached("halamannya tidak ditemukan")
    if status >= 400:
        raise NotReached(f"situs menjawab dengan kesalahan {status}")


def _ask(address: str, by: Asker) -> tuple[int, str | None]:
    """The status, and where a redirect leads."""
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.scheme not in ("http", "https") or not any(fnmatchcase(host, pattern) for pattern in by.hosts):
        raise NotAsked(host)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    place = _judged_address(host, port, by)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _pool(parts.scheme, place, port, host) as pool:
            answer = pool.urlopen(
                "GET",
                path,
                headers={**AGENT, "Host": parts.netloc},
                redirect=False,
                retries=False,
                preload_content=False,
                assert_same_host=False,
            )
            answer.close()  # the body is nobody's business here
    except urllib3.exceptions.HTTPError:
        raise NotReached("situs tidak menjawab") from None
    return answer.status, answer.headers.get("Location") if 300 <= answer.status < 400 else None


def _pool(scheme: str, place: str, port: int, host: str) -> urllib3.HTTPConnectionPool:
    if scheme == "https":
        return urllib3.HTTPSConnectionPool(
            place, port, timeout=TIMEOUT, server_hostname=host, assert_hostname=host, cert_reqs="CERT_REQUIRED"
        )
    return urllib3.HTTPConnectionPool(place, port, timeout=TIMEOUT)


def _judged_address(host: str, port: int, by: Asker) -> str:
    try:
        places = list(by.resolve(host, port))
    except OSError:
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
    address = ipaddress.ip_address(place.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (mapped is None or mapped.is_global)
